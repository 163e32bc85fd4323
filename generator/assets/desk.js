"use strict";
/* The desk's script: it lets a page be seen anew when files change, switches what is shown of a letter,
   and finds where words come from. Without it each page is what it was when it was opened. */
{
  const {page, letter, root} = document.body.dataset;
  const frame = by("web"); // of a page that shows a letter in every way
  const writing = typeof editing === "undefined" ? null : editing; // of a letter that can be written to

  /* --- Seen anew: of what has data-live, exactly what differs is exchanged --- */

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

  // Of what may stand in another order than it came in, each is found by its key.
  function renewByKey(here, before, fresh, key) {
    const keyed = part => new Map([...part.children].map(child => [child.dataset[key], child]));
    const [there, known] = [keyed(here), keyed(before)];
    for (const [name, child] of keyed(fresh)) {
      if (known.has(name)) renew(there.get(name), known.get(name), child);
      else here.append(child.cloneNode(true));
    }
    const wanted = keyed(fresh);
    for (const [name, child] of there) if (!wanted.has(name)) child.remove();
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
      if (here.dataset.keyed) renewByKey(here, before, fresh, here.dataset.keyed);
      else renew(here, before, fresh);
      if (focused && !focused.isConnected) {
        const again = all("a", here).find(link => link.href === focused.href) ?? by("main");
        again.focus({preventScroll: true});
      }
      dress(here);
    }
    served.set(fresh.id, fresh);
  }

  async function look() {
    const answer = await fetch(drafting.address(location.href));
    by("gone").hidden = answer.status !== 404 || page === "missing";
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
  let isStale = false; // what is shown is to be another, though there is no news
  let isLooking = false;

  // The moment that is wanted, the moment that is visible: whatever comes meanwhile is looked at next.
  async function catchUp() {
    if (isLooking) return;
    isLooking = true;
    try {
      while (visible !== wanted || isStale) {
        const moment = wanted;
        isStale = false;
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

  document.addEventListener("look-again", () => {
    isStale = true;
    catchUp();
  });

  /* --- The news: that there is something to be seen anew --- */

  const AGAIN_MS = 1000;
  let news = null;
  let again = 0;

  function listen() {
    if (news) return;
    news = new EventSource(`${root}/events${letter ? `?letter=${letter}` : ""}`);
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

  const LIT = ".chosen { outline: 3px solid #12375c; outline-offset: 3px }"
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
    const answer = await fetch(now.getAttribute("src"));
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
    inside.addEventListener("keydown", event => {
      if (!document.dispatchEvent(new KeyboardEvent("keydown", event))) event.preventDefault();
    });
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
    writing?.open(spot.figure ? "" : spot.block, false, target.closest("[data-block]").textContent);
    const figure = spot.figure && document.querySelector(`[data-of-figure="${spot.figure}"]`);
    const source = document.querySelector(`[data-of-block="${spot.block}"]`);
    (figure || source)?.scrollIntoView({block: "nearest"});
  }

  function chooseSource(event) {
    const edited = event.target.closest("[data-edit]")?.dataset.edit;
    if (edited) writing?.open(edited, true);
    const source = event.target.closest("summary")?.closest("[data-of-block]");
    if (!source) return;
    event.preventDefault(); // it is opened here, and the one that was open is closed
    const block = source.dataset.ofBlock;
    chosen = chosen.block === block ? NOTHING : {block, figure: ""};
    mark();
    if (chosen.block !== block) writing?.open("");
    const inside = by("view-web").hidden ? by("pages") : frame.contentDocument;
    if (chosen.block) inside.querySelector(`[data-block="${block}"]`)?.scrollIntoView({block: "center"});
  }

  /* --- What is shown of a letter: kept in the address, so that a reload does not lose it --- */

  const shown = {panel: "", ...Object.fromEntries(
    all("[data-tab][aria-current]").map(tab => [tab.dataset.of, tab.dataset.tab]))};

  function show(what, name) {
    shown[what] = name;
    for (const part of all(`[data-${what}]`)) part.hidden = part.dataset[what] !== name;
    for (const tab of all(`[data-of="${what}"]`)) {
      if (name && tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    history.replaceState(null, "", `?${new URLSearchParams(shown)}`);
    keepInLinks();
    if (what === "view") document.dispatchEvent(new Event("look-again")); // some are made when they are asked for
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

  /* --- From page to page --- */

  const jump = by("jump");
  const pagesSeen = new Map();

  function noteSeen(entries) {
    for (const {target, intersectionRatio} of entries) pagesSeen.set(target, intersectionRatio);
    const [most] = all("#pages .page").sort((a, b) => (pagesSeen.get(b) ?? 0) - (pagesSeen.get(a) ?? 0));
    const number = most?.id.slice("page-".length);
    for (const link of all("#thumbnails a")) {
      if (link.hash === `#page-${number}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (number && document.activeElement !== jump) jump.value = number;
  }

  const watcher = frame && new IntersectionObserver(noteSeen, {
    root: null, threshold: [0, 0.1, 0.25, 0.5, 0.75, 1],
  });

  function watchPages() {
    watcher.disconnect();
    pagesSeen.clear();
    for (const figure of all("#pages .page")) watcher.observe(figure);
  }

  const goTo = number => by(`page-${number}`)?.scrollIntoView({block: "start"});

  function setUpJumps() {
    watchPages();
    jump.addEventListener("change", () => goTo(jump.value));
    by("thumbnails").addEventListener("click", event => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      goTo(link.hash.slice("#page-".length));
    });
  }

  function setUpLetter() {
    setUpJumps();
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

  /* --- All of it, when it is there, and again for what is seen anew --- */

  function dress(part) {
    aim(part);
    if (frame) {
      if (part.id === "pages") watchPages();
      keepInLinks();
      mark();
    }
    part.dispatchEvent(new CustomEvent("renewed", {bubbles: true}));
  }

  setUpEditor();
  if (frame) setUpLetter();
}
