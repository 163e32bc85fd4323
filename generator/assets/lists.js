"use strict";
/* Lists of letters or changes, on every page that has one: found by their words, shown by their tags. */

const by = id => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Blind to case, accents, apostrophes and full stops, which few people type.
const fold = text => text.normalize("NFKD").replace(/[\p{M}'‘’.]/gu, "").toLowerCase();

// Only with the script there is something to press.
function makeButton(holder) {
  const words = holder.firstElementChild;
  const button = document.createElement("button");
  button.type = "button";
  button.className = words.className;
  button.append(...words.childNodes);
  words.replaceWith(button);
  return button;
}

// Pressed once, it shows only what has its tag; pressed again, everything.
function setUpFilters(choose) {
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-filter] > button");
    if (!button) return;
    const isChosen = button.ariaPressed === "true";
    choose(isChosen ? "" : button.parentElement.dataset.filter);
  });
}

// What can be searched of a change: what is seen of it and of its letter, not what is only said.
function wordsOfChange(item) {
  const letter = item.closest(".letter");
  const parts = [...letter ? all("h3, .against", letter) : [], ...item.children];
  const words = parts.filter(part => part.className !== "sides").map(part => part.textContent).join(" ");
  return (words || item.textContent).replace(/(removed|added) “/g, "").replace(/\s+/g, " ");
}

function setUpList(wordsOf) {
  const shown = by("shown");
  const {noun} = shown.dataset;
  const counted = {letter: "tr", change: ".change", item: "tr, .item"}[noun];
  let folded = new WeakMap();

  function hasWords(item, words) {
    if (!folded.has(item)) folded.set(item, fold(wordsOf(item)));
    return words.every(word => folded.get(item).includes(word));
  }

  // Letters and sections are hidden where nothing in them is shown; the innermost first.
  function sift(search, tag, fits = () => true) {
    const words = fold(search).split(/\s+/).filter(Boolean);
    let found = 0;
    let of = 0;
    for (const item of all("[data-tags]")) {
      const isShown = (!tag || item.dataset.tags.split(", ").includes(tag)) && fits(item)
        && (!words.length || hasWords(item, words));
      item.hidden = !isShown;
      of += item.matches(counted);
      found += isShown && item.matches(counted);
    }
    for (const group of all("[data-group]").reverse()) {
      group.hidden = !group.querySelector("[data-tags]:not([hidden])");
    }
    for (const filter of all("[data-filter]")) {
      filter.firstElementChild.ariaPressed = filter.dataset.filter === tag;
    }
    const sentence = found === of ? `All ${noun}s are shown.`
      : found ? `${found.toLocaleString("en-GB")} of ${of.toLocaleString("en-GB")} ${noun}s are shown.`
      : `No ${noun} fits. Try fewer words, or all ${noun}s.`;
    if (shown.textContent !== sentence) shown.textContent = sentence; // said once
    shown.parentElement.classList.toggle("some", found < of);
    document.dispatchEvent(new Event("sifted"));
  }

  return {sift, forget: () => { folded = new WeakMap(); }};
}
