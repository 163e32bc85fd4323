/* A list on a page: searched, filtered and sorted. How it is shown is kept in the address: so it survives a
   reload and the way back from a letter, and can be sent to a colleague. */

// Orders rows by one column: what has no value is last, whichever way; what is the same, by name.
function sortRows(table, column, order) {
  const collator = new Intl.Collator(table.dataset.language, {numeric: true});
  const headers = [...table.tHead.rows[0].cells];
  const place = headers.findIndex(header => header.dataset.column === column);
  for (const header of headers) header.removeAttribute("aria-sort");
  if (place < 0) return;
  headers[place].setAttribute("aria-sort", order);
  const isNumber = "number" in headers[place].dataset;
  const sign = order === "ascending" ? 1 : -1;
  const compare = isNumber ? (a, b) => a - b : collator.compare;
  const body = table.tBodies[0];
  const entries = [...body.rows].map(row => {
    const {dataset: {value = null}, textContent} = row.cells[place];
    const key = isNumber ? value && Number(value) : textContent || null;
    return {row, key, name: row.cells[0].textContent};
  });
  entries.sort((a, b) =>
    (a.key === null) - (b.key === null)
    || (a.key === null ? 0 : sign * compare(a.key, b.key))
    || collator.compare(a.name, b.name));
  if (entries.every(({row}, number) => row === body.rows[number])) return;
  const focused = body.contains(document.activeElement) ? document.activeElement : null;
  body.append(...entries.map(entry => entry.row));
  focused?.focus({preventScroll: true});
}

/* `filter` is what the address calls the tag; `choices` are what else it keeps, with what each may be, or
   nothing where that may change. The function that comes back shows the list in another way, and with
   nothing to change, as it is: after its rows, its headers or its filters have come or gone. */
function setUpPage({filter, wordsOf, choices = {}, fits, dress = () => {}}) {
  const {sift, forget} = setUpList(wordsOf);
  const search = by("search");
  const table = document.querySelector("table");
  const headers = () => all("thead [data-column]");
  const usual = {search: "", sort: table?.dataset.sort ?? "", order: "ascending"};
  const known = {
    [filter]: all("[data-filter]").map(each => each.dataset.filter),
    sort: headers().map(header => header.dataset.column),
    order: ["ascending", "descending"],
    ...choices,
  };
  const view = {};

  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const name of ["search", ...Object.keys(known)]) {
      const value = given.get(name) ?? "";
      view[name] = known[name]?.includes(value) ?? true ? value : usual[name] ?? "";
    }
  }

  // What is typed goes on with the entry that the browser has; each other step can be taken back.
  function keep(isTyped) {
    const kept = Object.entries(view).filter(([name, value]) => value && value !== (usual[name] ?? ""));
    const hash = `#${new URLSearchParams(kept)}`;
    if (hash === (location.hash || "#")) return;
    try {
      history[isTyped ? "replaceState" : "pushState"](null, "", hash);
    } catch {
      // Some browsers allow only so many changes in a while; the next one is kept.
    }
  }

  function show(isSorted = false) {
    if (table && !isSorted) sortRows(table, view.sort || usual.sort, view.order || usual.order);
    dress(view);
    sift(view.search, view[filter], fits && (item => fits(item, view)));
  }

  function change(changes, isTyped = false) {
    Object.assign(view, changes);
    if (!changes) dressButtons();
    show(changes && !("sort" in changes));
    if (changes) keep(isTyped);
  }

  function open() {
    read();
    search.value = view.search;
    show();
  }

  function dressButtons() {
    forget();
    for (const holder of [...all("[data-filter]"), ...headers()]) {
      if (!holder.querySelector("button")) makeButton(holder);
    }
  }

  dressButtons();
  setUpFilters(tag => change({[filter]: tag}));
  document.addEventListener("click", event => {
    const header = event.target.closest("thead [data-column] > button")?.parentElement;
    if (!header) return;
    // Of figures the highest are looked for first.
    const orders = ["ascending", "descending"];
    if ("figure" in header.dataset) orders.reverse();
    change({sort: header.dataset.column, order: orders.find(order => order !== header.ariaSort)});
  });
  search.addEventListener("input", () => change({search: search.value}, true));
  addEventListener("hashchange", open);
  document.querySelector(".search").hidden = false;
  open();
  return change;
}
