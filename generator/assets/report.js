/* The report's own: the changes of one authority, and the words of before beside those of now. */
{
  const authority = by("authority");
  const ways = all("[name=view]");

  // The letters that an item is in, from their numbers in short: `0-397 399`.
  function isIn(item, letter) {
    const ranges = item.dataset.letters.split(" ").filter(Boolean).map(range => range.split("-").map(Number));
    return ranges.some(([first, last = first]) => first <= letter && letter <= last);
  }

  // Last year's words are those without the new ones, and the other way round.
  function setSides() {
    const { before, after } = by("views").dataset;
    for (const words of all(".words:has(ins, del)")) {
      const sides = document.createElement("div");
      sides.className = "sides";
      for (const [heading, other] of [[before, "ins"], [after, "del"]]) {
        const side = document.createElement("div");
        const title = document.createElement("p");
        title.className = "side-heading";
        title.textContent = heading;
        const copy = words.cloneNode(true);
        for (const element of all(other, copy)) element.remove();
        if (!copy.textContent.trim()) copy.textContent = "–";
        side.append(title, copy);
        sides.append(side);
      }
      words.before(sides);
    }
  }

  function dress(view) {
    if (view.view === "sides" && !document.querySelector(".sides")) setSides();
    document.documentElement.dataset.view = view.view || "inline";
    for (const way of ways) way.checked = way.value === view.view;
    for (const option of authority.options) option.selected = option.dataset.slug === view.authority;
  }

  const change = setUpPage({
    filter: "reason",
    wordsOf: wordsOfChange,
    choices: {
      authority: [...authority.options].map(option => option.dataset.slug),
      view: ways.map(way => way.value),
    },
    fits: (item, view) => !view.authority || isIn(item, Number(authority.value)),
    dress,
  });
  authority.addEventListener("change", () =>
    change({authority: authority.selectedOptions[0].dataset.slug}));
  for (const way of ways) way.addEventListener("change", () => change({view: way.value}));
}
