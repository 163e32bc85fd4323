"use strict";
{
  const search = document.getElementById("search");
  const authority = document.getElementById("authority");
  const shown = document.getElementById("shown");
  const table = document.getElementById("figures");
  const counts = [...document.querySelectorAll("[data-count-of]")];
  const ways = [...document.querySelectorAll("[name=view]")];
  const collator = new Intl.Collator("en-GB", {numeric: true});

  // Blind to case, accents and apostrophes, which few people type.
  const fold = text => text.normalize("NFKD").replace(/[\p{M}'‘’]/gu, "").toLowerCase();

  const members = ranges => new Set(ranges.split(" ").filter(Boolean).flatMap(range => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({length: last - first + 1}, (_, number) => String(first + number));
  }));

  const items = [...document.querySelectorAll("[data-letters]")].map(element => ({
    element,
    cause: element.dataset.cause,
    letters: members(element.dataset.letters),
    isChange: element.matches(".change"),
  }));
  const changes = items.filter(item => item.isChange).length;
  // Letters and sections: hidden where nothing in them is shown; the innermost first.
  const groups = [...document.querySelectorAll("[data-group]")].reverse();

  // What can be searched: what is seen of it, not what is said to screen readers alone.
  function textOf(item) {
    if (item.text === undefined) {
      const letter = item.element.closest(".letter");
      const parts = [...letter?.querySelectorAll("h3, .against") ?? [], ...item.element.children];
      const seen = parts.filter(part => part.className !== "sides").map(part => part.textContent);
      const said = seen.join(" ").replace(/(removed|added) “/g, "");
      item.text = fold(said || item.element.textContent).replace(/\s+/g, " ");
    }
    return item.text;
  }

  // The view is kept in the address: it survives a reload, and can be sent to a colleague.
  const view = {};

  function readView() {
    const given = new URLSearchParams(location.hash.slice(1));
    const known = (name, values) => values.includes(given.get(name)) ? given.get(name) : "";
    view.search = given.get("search") ?? "";
    view.reason = known("reason", counts.map(count => count.dataset.countOf));
    view.authority = known("authority", [...authority.options].map(option => option.dataset.slug));
    view.view = known("view", ["sides"]);
  }

  function keepView() {
    const kept = new URLSearchParams(Object.entries(view).filter(([, value]) => value));
    try {
      history.replaceState(null, "", `#${kept}`);
    } catch {
      // Some browsers allow only so many changes in a while; the next one is kept.
    }
  }

  function filter() {
    const words = fold(view.search).split(/\s+/).filter(Boolean);
    const letter = authority.value;
    let found = 0;
    for (const item of items) {
      const fits = (!view.reason || item.cause === view.reason)
        && (!letter || item.letters.has(letter))
        && (!words.length || words.every(word => textOf(item).includes(word)));
      item.element.hidden = !fits;
      found += fits && item.isChange;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("[data-letters]:not([hidden])");
    }
    for (const count of counts) {
      const isChosen = count.dataset.countOf === view.reason;
      count.firstElementChild.setAttribute("aria-pressed", isChosen);
    }
    search.closest(".search").classList.toggle("some", Boolean(view.reason || letter || words.length));
    shown.textContent = found === changes ? "All changes are shown."
      : found ? `${found.toLocaleString("en-GB")} of ${changes.toLocaleString("en-GB")} changes are shown.`
      : "No change fits. Try fewer words, or all changes.";
  }

  // Last year's words are those without the new ones, and the other way round.
  function setSides() {
    const isBeside = view.view === "sides";
    if (isBeside && !document.querySelector(".sides")) {
      for (const words of document.querySelectorAll(".words:has(ins, del)")) {
        const sides = document.createElement("div");
        sides.className = "sides";
        for (const [head, other] of [["Last year", "ins"], ["This year", "del"]]) {
          const side = document.createElement("div");
          const title = document.createElement("p");
          title.className = "side-head";
          title.textContent = head;
          const copy = words.cloneNode(true);
          for (const element of copy.querySelectorAll(other)) element.remove();
          if (!copy.textContent.trim()) copy.textContent = "–";
          side.append(title, copy);
          sides.append(side);
        }
        words.before(sides);
      }
    }
    document.documentElement.dataset.view = view.view || "inline";
    for (const way of ways) way.checked = way.value === view.view;
  }

  for (const count of counts) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "count";
    button.append(...count.firstElementChild.childNodes);
    button.addEventListener("click", () => {
      view.reason = view.reason === count.dataset.countOf ? "" : count.dataset.countOf;
      filter();
      keepView();
    });
    count.replaceChildren(button);
  }

  if (table) {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    for (const [index, head] of heads.entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.firstElementChild.childNodes);
      button.addEventListener("click", () => {
        const isFigure = "number" in head.dataset;
        const first = isFigure ? "descending" : "ascending"; // the highest are looked for first
        const second = isFigure ? "ascending" : "descending";
        const order = head.ariaSort === first ? second : first;
        const sign = order === "ascending" ? 1 : -1;
        const keys = new Map(rows.map(row => {
          const {dataset, textContent} = row.cells[index];
          return [row, isFigure ? ("value" in dataset ? Number(dataset.value) : null) : textContent];
        }));
        rows.sort((a, b) => {
          const [x, y] = [keys.get(a), keys.get(b)];
          return (x === null) - (y === null) // what has none is last, whichever way
            || (x === null ? 0 : sign * (isFigure ? x - y : collator.compare(x, y)));
        });
        table.tBodies[0].append(...rows);
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
      });
      head.replaceChildren(button);
    }
  }

  search.addEventListener("input", () => {
    view.search = search.value;
    filter();
    keepView();
  });
  authority.addEventListener("change", () => {
    view.authority = authority.selectedOptions[0].dataset.slug;
    filter();
    keepView();
  });
  for (const way of ways) {
    way.addEventListener("change", () => {
      view.view = way.value;
      setSides();
      keepView();
    });
  }

  function show() {
    readView();
    search.value = view.search;
    for (const option of authority.options) {
      option.selected = option.dataset.slug === view.authority;
    }
    setSides();
    filter();
  }

  addEventListener("hashchange", show);
  document.querySelector(".search").hidden = false;
  show();
}
