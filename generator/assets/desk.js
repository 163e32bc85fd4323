"use strict";
/* The desk's script: it lets a page be seen anew when files change, switches what is shown of a letter,
   finds where words come from, and searches. Without it each page is what it was when it was opened. */
{
  const {page, letter} = document.body.dataset;

  // A browser may keep nothing; then nothing is remembered.
  function remember(where, name, value) {
    try {
      window[where].setItem(`letters-${name}`, value);
    } catch {}
  }

  function remembered(where, name) {
    try {
      return window[where].getItem(`letters-${name}`);
    } catch {
      return null;
    }
  }

  /* --- Seen anew: of what has data-live, exactly what differs is exchanged --- */

  // As it came from the desk, which is not as it stands here: the script opens, marks and hides.
  const served = new Map(all("[data-live]").map(part => [part.id, part.cloneNode(true)]));

  // What is the same is left alone, and so keeps its focus, its selection and its place.
  function renew(here, before, fresh) {
    if (before.isEqualNode(fresh)) return;
    if (before.nodeName !== fresh.nodeName || before.nodeType !== Node.ELEMENT_NODE) {
      here.replaceWith(fresh.cloneNode(true));
      return;
    }
    for (const name of new Set([...before.getAttributeNames(), ...fresh.getAttributeNames()])) {
      const value = fresh.getAttribute(name);
      if (value === before.getAttribute(name)) continue;
      if (value === null) here.removeAttribute(name);
      else here.setAttribute(name, value);
    }
    renewChildren([...here.childNodes], [...before.childNodes], [...fresh.childNodes], here);
  }

  function renewChildren(here, before, fresh, parent) {
    if (before.length === fresh.length) {
      for (const [index, node] of here.entries()) renew(node, before[index], fresh[index]);
      return;
    }
    const fewest = Math.min(before.length, fresh.length);
    let start = 0;
    while (start < fewest && before[start].isEqualNode(fresh[start])) start += 1;
    let end = 0;
    while (end < fewest - start && before.at(-1 - end).isEqualNode(fresh.at(-1 - end))) end += 1;
    const after = here[here.length - end] ?? null;
    for (const node of here.slice(start, here.length - end)) node.remove();
    for (const node of fresh.slice(start, fresh.length - end)) {
      parent.insertBefore(node.cloneNode(true), after);
    }
  }

  // Pictures are fetched before they are shown, so that no page turns blank meanwhile.
  async function fetchPictures(part) {
    await Promise.all(all("image", part).map(image => {
      const picture = new Image();
      picture.src = image.getAttribute("href");
      return picture.decode().catch(() => {});
    }));
  }

  async function renewPart(fresh) {
    const before = served.get(fresh.id);
    if (!before.isEqualNode(fresh)) {
      await fetchPictures(fresh);
      const here = by(fresh.id);
      const focused = here.contains(document.activeElement) ? document.activeElement : null;
      renew(here, before, fresh);
      if (focused && !focused.isConnected) {
        const again = all("a", here).find(link => link.href === focused.href) ?? by("main");
        again.focus({preventScroll: true});
      }
      dress(here);
    }
    served.set(fresh.id, fresh);
  }

  async function look() {
    const answer = await fetch(location.href);
    by("gone").hidden = answer.status !== 404;
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = all("[data-live]", fresh);
    if (parts.length !== served.size || !parts.every(part => served.has(part.id))) {
      location.reload(); // another kind of page than it was
      return;
    }
    document.title = fresh.title;
    await Promise.all([lookAtWeb(fresh), ...parts.map(renewPart)]);
  }

  let wanted = 0;
  let visible = 0;
  let isLooking = false;

  // The moment that is wanted, the moment that is visible: whatever comes meanwhile is looked at next.
  async function catchUp() {
    if (isLooking) return;
    isLooking = true;
    try {
      while (visible !== wanted) {
        const moment = wanted;
        await look();
        visible = moment;
        document.documentElement.dataset.moment = moment;
      }
    } catch {
      // The desk is closed, or it is just being started again: the news says so.
    } finally {
      isLooking = false;
    }
  }

  /* --- The news: that there is something to be seen anew --- */

  const AGAIN_MS = 1000;
  let news = null;
  let again = 0;

  function listen() {
    if (news) return;
    news = new EventSource(letter ? `/events?letter=${letter}` : "/events");
    visible = null; // whatever was missed: it is looked at with the first news
    news.addEventListener("message", event => {
      by("lost").hidden = true;
      wanted = JSON.parse(event.data).moment;
      catchUp();
    });
    news.addEventListener("error", () => {
      by("lost").hidden = false;
      stopListening();
      again = setTimeout(listen, AGAIN_MS);
    });
  }

  function stopListening() {
    clearTimeout(again);
    news?.close();
    news = null;
  }

  // A browser keeps few connections to one place: of the tabs that are not seen, only the last listens.
  const tabs = new BroadcastChannel("letters");
  tabs.addEventListener("message", () => {
    if (document.hidden) stopListening();
  });

  function awake() {
    if (document.hidden) return;
    tabs.postMessage("seen");
    listen();
  }

  document.addEventListener("visibilitychange", awake);
  addEventListener("pageshow", awake);
  addEventListener("pagehide", stopListening);

  /* --- The letter as a web page: inert, in a frame; its words are exchanged, it stays where it is --- */

  const frame = by("web");
  const LIT = ".chosen { outline: 3px solid #b45f06; outline-offset: 3px }"
    + " .pointed:not(.chosen) { outline: 2px dashed #5b6b7b; outline-offset: 3px }";
  let key = frame?.dataset.key;

  async function lookAtWeb(fresh) {
    const now = fresh.getElementById("web");
    if (!frame || now.dataset.key === key) return;
    key = now.dataset.key;
    if (!frame.hasAttribute("src")) {
      frame.src = now.getAttribute("src");
      return;
    }
    const answer = await fetch(frame.getAttribute("src"));
    const inside = frame.contentDocument;
    if (!answer.ok || !inside?.body) return;
    // By the frame's own parser: what ours reads is under the policy of this page, and loses its styles.
    const parser = new inside.defaultView.DOMParser();
    const {documentElement} = parser.parseFromString(await answer.text(), "text/html");
    const {scrollTop, scrollLeft} = inside.scrollingElement;
    inside.replaceChild(inside.adoptNode(documentElement), inside.documentElement);
    inside.scrollingElement.scrollTo(scrollLeft, scrollTop);
    mark();
  }

  function dressFrame() {
    const inside = frame.contentDocument;
    if (!inside?.body) return;
    const styles = new inside.defaultView.CSSStyleSheet();
    styles.replaceSync(LIT);
    inside.adoptedStyleSheets = [styles];
    followPointer(inside);
    inside.addEventListener("click", choose);
    mark();
  }

  /* --- Where it comes from: point at words in the letter, or choose a source --- */

  const NOTHING = {block: "", figure: ""};
  const lit = {pointed: [], chosen: []};
  let chosen = NOTHING;
  let pointed = NOTHING;

  function spotOf(target) {
    const block = target.closest?.("[data-block]")?.dataset.block ?? "";
    const figure = target.closest?.("[data-figure]")?.dataset.figure ?? "";
    return {block, figure};
  }

  const isSame = (one, other) => one.block === other.block && one.figure === other.figure;

  function light(name, {block, figure}) {
    const selector = figure ? `[data-figure="${figure}"]` : `[data-block="${block}"]`;
    const roots = [by("pages"), frame.contentDocument].filter(Boolean);
    for (const element of lit[name]) element.classList.remove(name);
    lit[name] = block ? roots.flatMap(root => all(selector, root)) : [];
    for (const element of lit[name]) element.classList.add(name);
  }

  function point({target, type}) {
    const spot = type === "mouseleave" ? NOTHING : spotOf(target);
    if (isSame(spot, pointed)) return;
    pointed = spot;
    light("pointed", pointed);
  }

  function followPointer(where) {
    where.addEventListener("mouseover", point);
    where.addEventListener("mouseleave", point);
  }

  function mark() {
    light("chosen", chosen);
    light("pointed", pointed);
    for (const source of all(".sources details")) source.open = source.dataset.ofBlock === chosen.block;
    for (const figure of all("[data-of-figure]")) {
      figure.classList.toggle("chosen", figure.dataset.ofFigure === chosen.figure);
    }
  }

  function choose(event) {
    const {target} = event;
    if (target.closest?.("a")) event.preventDefault(); // here a letter's links lead nowhere
    const spot = spotOf(target);
    if (!spot.block || !target.ownerDocument.getSelection().isCollapsed) return;
    chosen = spot;
    mark();
    show("panel", "sources");
    const figure = spot.figure && document.querySelector(`[data-of-figure="${spot.figure}"]`);
    const source = document.querySelector(`[data-of-block="${spot.block}"]`);
    (figure || source)?.scrollIntoView({block: "nearest"});
  }

  function chooseSource(event) {
    const source = event.target.closest("summary")?.closest("[data-of-block]");
    if (!source) return;
    event.preventDefault(); // it is opened here, and the one that was open is closed
    const block = source.dataset.ofBlock;
    chosen = chosen.block === block ? NOTHING : {block, figure: ""};
    mark();
    const inside = by("view-web").hidden ? by("pages") : frame.contentDocument;
    if (chosen.block) inside.querySelector(`[data-block="${block}"]`)?.scrollIntoView({block: "center"});
  }

  /* --- What is shown of a letter: kept in the address, so that a reload does not lose it --- */

  const shown = Object.fromEntries(
    all("[data-tab][aria-current]").map(tab => [tab.dataset.of, tab.dataset.tab]));

  function show(what, name) {
    shown[what] = name;
    for (const part of all(`[data-${what}]`)) part.hidden = part.dataset[what] !== name;
    for (const tab of all(`[data-of="${what}"]`)) {
      if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    history.replaceState(null, "", `?${new URLSearchParams(shown)}`);
    keepInLinks();
  }

  // Links to other letters, and those that switch, when they are opened in another tab.
  function keepInLinks() {
    for (const link of all("#neighbours a")) link.search = new URLSearchParams(shown);
    for (const link of all("[data-tab]")) {
      link.search = new URLSearchParams({...shown, [link.dataset.of]: link.dataset.tab});
    }
  }

  function setUpSwitches() {
    by("main").addEventListener("click", event => {
      const tab = event.target.closest("[data-tab]");
      if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(tab.dataset.of, tab.dataset.tab);
    });
  }

  function setUpZoom() {
    const zoom = by("zoom");
    const pages = by("view-pages");
    const before = remembered("localStorage", "zoom");
    if ([...zoom.options].some(option => option.value === before)) zoom.value = before;
    const resize = () => {
      const middle = (pages.scrollTop + pages.clientHeight / 2) / pages.scrollHeight;
      pages.style.setProperty("--zoom", zoom.value / 100);
      pages.scrollTop = middle * pages.scrollHeight - pages.clientHeight / 2;
      remember("localStorage", "zoom", zoom.value);
    };
    zoom.addEventListener("change", resize);
    resize();
  }

  function setUpLetter() {
    setUpSwitches();
    setUpZoom();
    by("sources").addEventListener("click", chooseSource);
    by("view-pages").addEventListener("click", choose);
    followPointer(by("view-pages"));
    frame.addEventListener("load", dressFrame);
    dressFrame();
  }

  /* --- Links that ask an editor to open a file --- */

  const editor = by("editor");

  function aim(within) {
    const form = editor.selectedOptions[0].dataset.address;
    for (const place of all(".place", within)) {
      const {path, line, column} = place.dataset;
      const encoded = path.split("/").map(encodeURIComponent).join("/");
      if (form) place.href = form.replace("{path}", encoded).replace("{line}", line).replace("{column}", column);
      else place.removeAttribute("href");
    }
  }

  function setUpEditor() {
    editor.value = remembered("localStorage", "editor") ?? "";
    if (editor.selectedIndex < 0) editor.value = "";
    editor.addEventListener("change", () => {
      remember("localStorage", "editor", editor.value);
      aim(document);
    });
    aim(document);
  }

  /* --- Lists: searched, filtered, gone through by arrow keys --- */

  const search = by("search");
  const list = search && setUpList(
    page === "list" ? row => row.cells[0].textContent : wordsOfChange);
  let filter = "";

  function sift() {
    list.sift(search.value, filter);
    remember("sessionStorage", page, JSON.stringify([search.value, filter]));
  }

  function walk(event) {
    const links = all("#letters > tr:not([hidden]) a");
    const at = links.indexOf(event.target);
    const steps = event.target === search ? {ArrowDown: 0, Enter: 0}
      : {ArrowDown: Math.min(at + 1, links.length - 1), ArrowUp: at - 1, Home: 0, End: links.length - 1, Escape: -1};
    const to = steps[event.key];
    if (to === undefined || (at < 0 && event.target !== search)) return;
    event.preventDefault();
    const next = links[to] ?? search;
    next.focus();
    if (event.key === "Enter") next.click();
  }

  function setUpSearch() {
    try {
      [search.value, filter] = JSON.parse(remembered("sessionStorage", page)) ?? ["", ""];
    } catch {
      // What was remembered is of another version of this page.
    }
    search.addEventListener("input", sift);
    setUpFilters(tag => {
      filter = tag;
      sift();
    });
    if (page === "list") by("main").addEventListener("keydown", walk);
    search.closest(".search").hidden = false;
    all("[data-filter]").forEach(makeButton);
    sift();
  }

  /* --- All of it, when it is there, and again for what is seen anew --- */

  function dress(part) {
    aim(part);
    if (letter) {
      keepInLinks();
      mark();
    }
    if (search) {
      list.forget();
      all("[data-filter]:not(:has(button))", part).forEach(makeButton);
      sift();
    }
  }

  setUpEditor();
  if (letter) setUpLetter();
  if (search) setUpSearch();
}
