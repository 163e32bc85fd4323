"use strict";
/* The desk's lists: all letters, and all changes. Searched, filtered, sorted as on our other pages, and gone
   through by arrow keys; the way back to a list leads to it as it was left. */
{
  const {page, root} = document.body.dataset;
  const isList = page === "list";

  /* --- What else a list of letters is filtered by --- */

  const free = Object.fromEntries(["kind", "pages", "insert", "rate", "from", "to"].map(name => [name, null]));
  const choices = () => all("[data-choice]");

  function isBetween(row, {rate, from, to}) {
    if (!from && !to) return true;
    const name = rate || by("rates").dataset.first;
    const place = all("thead [data-column]").findIndex(header => header.dataset.column === name);
    const value = row.cells[place]?.dataset.value;
    return value !== undefined && Number(value) >= Number(from || -Infinity)
      && Number(value) <= Number(to || Infinity);
  }

  const fitsChoices = (row, view) =>
    (!view.kind || row.dataset.kind === view.kind)
    && (!view.pages || row.dataset.pages === view.pages)
    && (!view.insert || row.dataset.inserts.split(" ").includes(view.insert))
    && isBetween(row, view);

  function dressChoices(view) {
    for (const choice of choices()) {
      if (choice !== document.activeElement || choice.tagName === "SELECT") choice.value = view[choice.dataset.choice];
      if (choice.selectedIndex < 0) choice.selectedIndex = 0;
    }
  }

  /* --- Gone through by arrow keys --- */

  function walk(event) {
    const search = by("search");
    const links = all("#letters > tr:not([hidden]) a");
    const at = links.indexOf(event.target);
    const isAtRest = [document.body, by("main")].includes(event.target)
      && document.documentElement.scrollHeight <= innerHeight; // else the arrows scroll the window
    const steps = isAtRest ? {ArrowDown: 0} : event.target === search ? {ArrowDown: 0, Enter: 0}
      : {ArrowDown: Math.min(at + 1, links.length - 1), ArrowUp: at - 1, Home: 0, End: links.length - 1, Escape: -1};
    const to = steps[event.key];
    if (to === undefined || event.defaultPrevented || (at < 0 && event.target !== search && !isAtRest)) return;
    event.preventDefault();
    const next = links[to] ?? search;
    next.focus();
    if (event.key === "Enter") next.click();
  }

  function setUp() {
    const change = setUpPage(isList ? {
      filter: "show",
      wordsOf: row => row.cells[0].textContent,
      choices: {show: null, sort: null, ...free},
      fits: fitsChoices,
      dress: dressChoices,
    } : {filter: "show", wordsOf: page === "review" ? item => item.textContent : wordsOfChange, choices: {show: null}});
    const renew = ({target}) => {
      if (target.matches("#filters, #choices, #headers, #letters, #change-filters, #all-changes, #review-filters, #items")) change();
    };
    document.addEventListener("renewed", renew);
    by("main").addEventListener("input", ({target}) => {
      const {choice} = target.dataset;
      if (choice) change({[choice]: target.value}, target.tagName === "INPUT");
    });
    if (isList) document.addEventListener("keydown", walk);
  }

  /* --- The way back leads to the list as it was left --- */

  const places = {list: `${root}/`, changes: `${root}/changes`, review: `${root}/review`};

  function leave() {
    if (page in places) remember("sessionStorage", page, location.hash);
  }

  for (const [name, path] of Object.entries(places)) {
    const link = document.querySelector(`#desk-nav a[href="${path}"]`);
    if (name !== page && link) link.hash = remembered("sessionStorage", name) ?? "";
  }
  addEventListener("pagehide", leave);
  if (by("search")) setUp();
}
