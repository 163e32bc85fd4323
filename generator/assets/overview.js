"use strict";
{
  const table = document.getElementById("letters");
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const heads = [...table.tHead.rows[0].cells].filter(head => head.dataset.column);
  const counts = [...document.querySelectorAll("[data-count-of]")];
  const collator = new Intl.Collator(table.dataset.language, {numeric: true});

  // Blind to case, accents and apostrophes, which few people type.
  const fold = text => text.normalize("NFKD").replace(/[\p{M}'‘’]/gu, "").toLowerCase();

  const byName = (a, b) => collator.compare(a.name, b.name);
  const rows = [...table.tBodies[0].rows].map(row => ({
    row,
    name: row.cells[0].textContent,
    status: row.dataset.status,
    text: fold(["th", ".status", ".inserts"]
      .map(part => row.querySelector(part)?.textContent ?? "")
      .concat(row.dataset.slug).join(" ")),
  })).sort(byName);
  rows.forEach((entry, rank) => { entry.rank = rank; });

  // The view is kept in the address: it survives a reload after the next build, and the way back
  // from a letter, and can be sent to a colleague.
  const view = {};

  function readView() {
    const given = new URLSearchParams(location.hash.slice(1));
    const known = (name, values, otherwise) =>
      values.includes(given.get(name)) ? given.get(name) : otherwise;
    view.search = given.get("search") ?? "";
    view.status = known("status", counts.map(count => count.dataset.countOf), "");
    view.sort = known("sort", heads.map(head => head.dataset.column), "status");
    view.order = known("order", ["ascending", "descending"], "ascending");
  }

  function keepView() {
    const kept = new URLSearchParams(Object.entries(view).filter(([name, value]) =>
      value && value !== {sort: "status", order: "ascending"}[name]));
    try {
      history.replaceState(null, "", `#${kept}`);
    } catch {
      // Some browsers allow only so many changes in a while; the next one is kept.
    }
  }

  function sort() {
    const index = heads.findIndex(head => head.dataset.column === view.sort);
    const isNumber = "number" in heads[index].dataset;
    const sign = view.order === "ascending" ? 1 : -1;
    for (const entry of rows) {
      const {dataset, textContent} = entry.row.cells[index];
      entry.key = view.sort === "name" ? entry.rank
        : isNumber ? ("value" in dataset ? Number(dataset.value) : null)
        : textContent || null;
    }
    const byKey = rows.some(entry => typeof entry.key === "string")
      ? collator.compare : (a, b) => a - b;
    rows.sort((a, b) =>
      (a.key === null) - (b.key === null)  // what has none is last, whichever way
      || (a.key === null ? 0 : sign * byKey(a.key, b.key))
      || a.rank - b.rank);
    table.tBodies[0].append(...rows.map(entry => entry.row));
    for (const [place, head] of heads.entries()) {
      if (place === index) head.setAttribute("aria-sort", view.order);
      else head.removeAttribute("aria-sort");
    }
  }

  function filter() {
    const words = fold(view.search).split(/\s+/);
    let found = 0;
    for (const {row, status, text} of rows) {
      const fits = (!view.status || status === view.status)
        && words.every(word => text.includes(word));
      row.hidden = !fits;
      found += fits;
    }
    table.tBodies[0].hidden = !found; // a group of no rows is no group to a screen reader
    for (const count of counts) {
      const isChosen = count.dataset.countOf === view.status;
      count.firstElementChild.setAttribute("aria-pressed", isChosen);
    }
    search.parentElement.classList.toggle("some", found < rows.length);
    shown.textContent = found === rows.length ? "All letters are shown."
      : found ? `${found} of ${rows.length} letters are shown.`
      : "No letter fits. Try fewer words, or all letters.";
  }

  for (const count of counts) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "count";
    button.append(...count.firstElementChild.childNodes);
    button.addEventListener("click", () => {
      view.status = view.status === count.dataset.countOf ? "" : count.dataset.countOf;
      filter();
      keepView();
    });
    count.replaceChildren(button);
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.firstElementChild.childNodes);
    button.addEventListener("click", () => {
      // Of figures the highest are looked for first.
      const first = "figure" in head.dataset ? "descending" : "ascending";
      const second = first === "ascending" ? "descending" : "ascending";
      view.order = view.sort === head.dataset.column && view.order === first ? second : first;
      view.sort = head.dataset.column;
      sort();
      keepView();
    });
    head.replaceChildren(button);
  }

  search.addEventListener("input", () => {
    view.search = search.value;
    filter();
    keepView();
  });

  function show() {
    readView();
    search.value = view.search;
    sort();
    filter();
  }

  addEventListener("hashchange", show);
  document.querySelector(".search").hidden = false;
  show();
}
