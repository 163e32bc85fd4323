/* A page that works from disk: its list is searched, filtered and sorted. How it is shown is kept in the
   address: so it survives a reload and the way back from a letter, and can be sent to a colleague. */

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
  const entries = [...table.tBodies[0].rows].map(row => {
    const {dataset: {value = null}, textContent} = row.cells[place];
    const key = isNumber ? value && Number(value) : textContent || null;
    return {row, key, name: row.cells[0].textContent};
  });
  entries.sort((a, b) =>
    (a.key === null) - (b.key === null)
    || (a.key === null ? 0 : sign * compare(a.key, b.key))
    || collator.compare(a.name, b.name));
  table.tBodies[0].append(...entries.map(entry => entry.row));
}

/* `filter` is what the address calls the tag; `choices` are what else it keeps, with what each may be. */
function setUpPage({filter, wordsOf, choices = {}, fits, dress = () => {}}) {
  const {sift} = setUpList(wordsOf);
  const search = by("search");
  const filters = all("[data-filter]");
  const table = document.querySelector("table");
  const headers = table ? all("[data-column]", table.tHead) : [];
  const usual = {search: "", sort: table?.dataset.sort ?? "", order: "ascending"};
  const known = {
    [filter]: filters.map(each => each.dataset.filter),
    sort: headers.map(header => header.dataset.column),
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

  function keep() {
    const kept = Object.entries(view).filter(([name, value]) => value !== (usual[name] ?? ""));
    try {
      history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
    } catch {
      // Some browsers allow only so many changes in a while; the next one is kept.
    }
  }

  function show(isSorted = false) {
    if (table && !isSorted) sortRows(table, view.sort, view.order);
    dress(view);
    sift(view.search, view[filter], fits && (item => fits(item, view)));
  }

  function change(changes) {
    Object.assign(view, changes);
    show(!("sort" in changes));
    keep();
  }

  function open() {
    read();
    search.value = view.search;
    show();
  }

  filters.forEach(makeButton);
  setUpFilters(tag => change({[filter]: tag}));
  for (const header of headers) {
    makeButton(header).addEventListener("click", () => {
      // Of figures the highest are looked for first.
      const orders = ["ascending", "descending"];
      if ("figure" in header.dataset) orders.reverse();
      change({sort: header.dataset.column, order: orders.find(order => order !== header.ariaSort)});
    });
  }
  search.addEventListener("input", () => change({search: search.value}));
  addEventListener("hashchange", open);
  document.querySelector(".search").hidden = false;
  open();
  return change;
}
