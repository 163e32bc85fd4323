"use strict";
/* The desk's script: it lets a page be seen anew when files change, switches what is shown of a letter,
   finds where words come from, and searches. Without it, each page is what it was when it was opened. */
{
  const page = document.body.dataset.page;
  const slug = document.body.dataset.letter;
  const by = id => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const remember = (name, value) => {
    try {
      localStorage.setItem(`letters-${name}`, value);
    } catch {
      // A browser may keep nothing; then nothing is remembered.
    }
  };
  const remembered = name => {
    try {
      return localStorage.getItem(`letters-${name}`) ?? "";
    } catch {
      return "";
    }
  };

  /* --- Seen anew: what has data-live is replaced where it differs, and nothing else is touched --- */

  const seen = new Map(all("[data-live]").map(part => [part.id, part.outerHTML]));

  // Pictures are fetched before they are shown, so that a page never turns blank meanwhile.
  async function fetched(part) {
    const pictures = all("image", part).map(image => {
      const picture = new Image();
      picture.src = image.getAttribute("href");
      return picture.decode().catch(() => {});
    });
    await Promise.all(pictures);
  }

  async function replace(id, fresh) {
    const markup = fresh.outerHTML;
    if (seen.get(id) === markup) return;
    await fetched(fresh);
    const old = by(id);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const place = focused && (focused.id || focused.getAttribute("href") || focused.dataset.filter);
    for (const name of fresh.getAttributeNames()) old.setAttribute(name, fresh.getAttribute(name));
    old.replaceChildren(...fresh.childNodes);
    seen.set(id, markup);
    if (focused) {
      const again = all("a, button, input, select, [tabindex]", old).find(
        e => place && [e.id, e.getAttribute("href"), e.dataset.filter].includes(place));
      (again ?? by("main")).focus({preventScroll: true});
    }
    dress(old);
  }

  async function look() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = all("[data-live]", fresh);
    if (parts.some(part => !by(part.id)) || fresh.body.dataset.page !== page
      || [...seen.keys()].some(id => !fresh.getElementById(id))) {
      location.reload(); // another kind of page than it was
      return;
    }
    const key = by("web-state")?.dataset.key;
    // A letter's words first, its pages last: these have pictures to wait for.
    const slow = parts.filter(part => part.id === "pages");
    const quick = parts.filter(part => part.id !== "pages");
    const web = fresh.getElementById("web-state");
    await Promise.all([
      web && web.dataset.key !== key ? lookAtWeb() : undefined,
      ...quick.map(part => replace(part.id, part)),
    ]);
    for (const part of slow) await replace(part.id, part);
  }

  let wanted = 0;
  let visible = 0;
  let isLooking = false;

  // The moment that is wanted, the moment that is visible: whatever comes meanwhile is looked at next.
  async function catchUp() {
    if (isLooking) return;
    isLooking = true;
    try {
      while (visible < wanted) {
        const moment = wanted;
        await look();
        visible = moment;
        document.documentElement.dataset.moment = moment;
      }
    } catch {
      // The desk is closed, or it is just being started again: news says so.
    } finally {
      isLooking = false;
    }
  }

  function listen() {
    const news = new EventSource(slug ? `/events?letter=${slug}` : "/events");
    let isFirst = true;
    news.addEventListener("message", event => {
      by("lost").hidden = true;
      const {moment} = JSON.parse(event.data);
      if (moment < wanted || isFirst) visible = -1; // another desk, or the first news: look once
      isFirst = false;
      wanted = moment;
      catchUp();
    });
    news.addEventListener("error", () => {
      by("lost").hidden = false;
      isFirst = true;
    });
    addEventListener("pagehide", () => news.close());
  }

  addEventListener("pageshow", event => {
    if (event.persisted) location.reload();
  });

  /* --- The letter as a web page: inert, in a frame; its words are exchanged, it stays where it is --- */

  const frame = by("web");

  async function lookAtWeb() {
    const answer = await fetch(frame.getAttribute("src"));
    const inside = frame.contentDocument;
    if (!answer.ok || !inside?.body) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const {scrollTop, scrollLeft} = inside.scrollingElement ?? inside.documentElement;
    inside.replaceChild(inside.adoptNode(fresh.documentElement), inside.documentElement);
    (inside.scrollingElement ?? inside.documentElement).scrollTo(scrollLeft, scrollTop);
    dressFrame();
  }

  function dressFrame() {
    const inside = frame.contentDocument;
    if (!inside?.body) return;
    inside.documentElement.addEventListener("click", event => choose(event.target, event));
    inside.documentElement.addEventListener("mouseover", event => hint(event.target));
    mark();
  }

  /* --- Where it comes from: point at words in the letter, or choose a source --- */

  let chosen = {block: "", figure: ""};

  function spotOf(target) {
    const block = target.closest?.("[data-block]")?.dataset.block ?? "";
    const figure = target.closest?.("[data-figure]")?.dataset.figure ?? "";
    return {block, figure};
  }

  function lit(spot, className) {
    const within = [by("pages"), frame?.contentDocument].filter(Boolean);
    for (const root of within) {
      for (const element of all("[data-block], [data-figure]", root)) {
        const {block = "", figure = ""} = element.dataset;
        const isIt = spot.figure ? figure === spot.figure : Boolean(spot.block) && block === spot.block;
        if (root === frame?.contentDocument) {
          if (className === "chosen") {
            element.style.outline = isIt ? "3px solid #b45f06" : "";
            element.style.outlineOffset = isIt ? "3px" : "";
          } else if (element.style.outline === "" || !element.style.outline.includes("solid")) {
            element.style.outline = isIt ? "2px dashed #5b6b7b" : "";
          }
        } else {
          element.classList.toggle(className, isIt);
        }
      }
    }
  }

  const hint = target => lit(spotOf(target), "pointed");

  function mark() {
    lit(chosen, "chosen");
    for (const source of all("[data-of-block]")) {
      const isIt = source.dataset.ofBlock === chosen.block;
      source.classList.toggle("chosen", isIt);
      source.querySelector(".show").setAttribute("aria-expanded", isIt);
      source.querySelector(".details").hidden = !isIt;
    }
    for (const figure of all("[data-of-figure]")) {
      figure.classList.toggle("chosen", figure.dataset.ofFigure === chosen.figure);
    }
  }

  function choose(target, event) {
    const spot = spotOf(target);
    if (target.closest?.("a")) event.preventDefault();
    if (!spot.block || getSelection()?.toString()) return;
    chosen = spot;
    mark();
    show("panel", "sources");
    const figure = spot.figure && document.querySelector(`[data-of-figure="${spot.figure}"]`);
    const source = document.querySelector(`[data-of-block="${spot.block}"]`);
    (figure || source)?.scrollIntoView({block: "nearest"});
  }

  function showInLetter(block) {
    const inside = by("view-web")?.hidden ? by("pages") : frame?.contentDocument;
    const element = inside && all("[data-block]", inside).find(e => e.dataset.block === block);
    element?.scrollIntoView({block: "center"});
  }

  if (slug) {
    by("sources").addEventListener("click", event => {
      const source = event.target.closest(".show")?.closest("[data-of-block]");
      if (!source) return;
      const block = source.dataset.ofBlock;
      chosen = chosen.block === block ? {block: "", figure: ""} : {block, figure: ""};
      mark();
      if (chosen.block) showInLetter(block);
    });
    by("view-pages").addEventListener("click", event => choose(event.target, event));
    by("view-pages").addEventListener("mouseover", event => hint(event.target));
    frame?.addEventListener("load", dressFrame);
    if (frame?.contentDocument?.readyState === "complete") dressFrame();
  }

  /* --- What is shown of a letter: kept in the address, so that a reload does not lose it --- */

  function show(what, name) {
    for (const tab of all(`[data-tabs="${what}"] [data-tab]`)) {
      if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    for (const part of all(`[data-${what}]`)) part.hidden = part.dataset[what] !== name;
    const address = new URL(location.href);
    if (address.searchParams.get(what) !== name) {
      address.searchParams.set(what, name);
      history.replaceState(null, "", address);
    }
    for (const link of all("#neighbours a, [data-tabs] a")) {
      const to = new URL(link.href);
      const isOwn = link.closest("[data-tabs]")?.dataset.tabs === what;
      if (!isOwn) to.searchParams.set(what, name);
      link.href = to.pathname + to.search;
    }
  }

  for (const tabs of all("[data-tabs]")) {
    tabs.addEventListener("click", event => {
      const tab = event.target.closest("[data-tab]");
      if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(tabs.dataset.tabs, tab.dataset.tab);
    });
  }

  const zoom = by("zoom");
  if (zoom) {
    const resize = () => {
      by("view-pages").dataset.zoom = zoom.value;
      remember("zoom", zoom.value);
    };
    const before = remembered("zoom");
    if ([...zoom.options].some(option => option.value === before)) zoom.value = before;
    zoom.addEventListener("change", resize);
    resize();
  }

  /* --- Links that ask an editor to open a file --- */

  const editor = by("editor");

  function aim(within) {
    const form = editor.selectedOptions[0]?.dataset.address;
    for (const place of all(".place", within)) {
      if (form) {
        const {path, line, column} = place.dataset;
        const encoded = path.split("/").map(encodeURIComponent).join("/");
        place.href = form.replace("{path}", encoded).replace("{line}", line).replace("{column}", column);
      } else {
        place.removeAttribute("href");
      }
    }
  }

  editor.value = remembered("editor");
  if (editor.selectedIndex < 0) editor.value = "";
  editor.addEventListener("change", () => {
    remember("editor", editor.value);
    aim(document);
  });

  /* --- Lists: searched, filtered, gone through by arrow keys --- */

  const search = by("search");
  // Blind to case, accents and apostrophes, which few people type.
  const fold = text => text.normalize("NFKD").replace(/[\p{M}'‘’.]/gu, "").toLowerCase();
  let filter = "";

  function sift() {
    if (!search) return;
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const items = page === "list" ? all("#letters > tr") : all("#all-changes .change");
    let found = 0;
    for (const item of items) {
      item.folded ??= fold(page === "list" ? item.cells[0].textContent : (item.closest(".letter")
        ?.querySelector("h3").textContent ?? "") + item.textContent);
      const tags = (item.dataset.tags ?? item.dataset.cause).split(" ");
      const fits = (!filter || tags.includes(filter)) && words.every(word => item.folded.includes(word));
      item.hidden = !fits;
      found += fits;
    }
    for (const group of all("[data-group]").reverse()) {
      group.hidden = !group.querySelector(".change:not([hidden])");
    }
    for (const button of all("[data-filter]")) {
      button.setAttribute("aria-pressed", button.dataset.filter === filter);
    }
    const noun = page === "list" ? "letters" : "changes";
    by("shown").textContent = found === items.length ? `All ${noun} are shown.`
      : found ? `${found.toLocaleString("en-GB")} of ${items.length.toLocaleString("en-GB")} ${noun} are shown.`
      : `None of the ${noun} fits. Try fewer words, or show all.`;
    try {
      sessionStorage.setItem(`letters-${page}`, JSON.stringify([search.value, filter]));
    } catch {
      // A browser may keep nothing.
    }
  }

  if (search) {
    try {
      [search.value, filter] = JSON.parse(sessionStorage.getItem(`letters-${page}`) ?? '["", ""]');
    } catch {
      // Nothing is remembered.
    }
    search.addEventListener("input", sift);
    by("main").addEventListener("click", event => {
      const button = event.target.closest("[data-filter]");
      if (!button) return;
      filter = filter === button.dataset.filter ? "" : button.dataset.filter;
      sift();
    });
  }

  if (page === "list") {
    by("main").addEventListener("keydown", event => {
      const links = all("#letters > tr:not([hidden]) a");
      const at = links.indexOf(document.activeElement);
      const isInList = at >= 0;
      const to = {
        ArrowDown: isInList ? Math.min(at + 1, links.length - 1) : 0,
        ArrowUp: at - 1,
        Home: isInList ? 0 : undefined,
        End: isInList ? links.length - 1 : undefined,
        Escape: isInList ? -1 : undefined,
      }[event.key];
      if (to === undefined || !(isInList || event.target === search)) return;
      if (!isInList && event.key !== "ArrowDown") return;
      event.preventDefault();
      (links[to] ?? search).focus();
    });
  }

  /* --- All of it, when it is there, and again for what is seen anew --- */

  function dress(within) {
    aim(within);
    if (slug) mark();
    if (within.id === "letters" || within.id === "all-changes" || within.id.endsWith("filters")) sift();
    if (within.id === "neighbours") {
      for (const tab of all("[data-tabs] [aria-current]")) {
        show(tab.closest("[data-tabs]").dataset.tabs, tab.dataset.tab);
      }
    }
  }

  aim(document);
  if (slug) mark();
  sift();
  listen();
}
