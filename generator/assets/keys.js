"use strict";
/* Single keys: each does what the part of the page does that names it (`aria-keyshortcuts`). None acts while
   somebody types, or while a dialog is open, and all can be turned off (WCAG 2.1.4). */
{
  const dialog = by("keys");
  const isOn = by("keys-on");
  const FIELDS = "input, select, textarea, [contenteditable]:not([contenteditable=false])";

  // The last that is there: a field on the page comes after a link to it in its head.
  const named = key => all("[aria-keyshortcuts]")
    .findLast(part => part.getAttribute("aria-keyshortcuts").split(" ").includes(key) && part.checkVisibility());

  function press(event) {
    const {key, target} = event;
    if (!isOn.checked || event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    // Arrows are keys of their own where something is to be scrolled, chosen or gone through.
    const isFree = target === document.body || target === by("main");
    const part = key.startsWith("Arrow") && !isFree ? undefined : named(key);
    if (!part) return;
    event.preventDefault();
    if (part.matches(FIELDS)) part.focus();
    else {
      if (key === "/") remember("sessionStorage", "search", "now"); // on the page that this leads to
      part.click();
      if (part.dataset.focus) document.querySelector(part.dataset.focus)?.focus();
    }
  }

  function setUp() {
    isOn.checked = remembered("localStorage", "keys") !== "off";
    isOn.addEventListener("change", () => remember("localStorage", "keys", isOn.checked ? "on" : "off"));
    by("show-keys").addEventListener("click", () => dialog.showModal());
    by("close-keys").addEventListener("click", () => dialog.close());
    document.addEventListener("keydown", press);
    if (remembered("sessionStorage", "search") === "now") by("search")?.focus();
    remember("sessionStorage", "search", "");
  }

  setUp();
}
