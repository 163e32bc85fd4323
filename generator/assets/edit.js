"use strict";
/* Edits the wording of a paragraph beside its letter, which is set anew at each keystroke and unsaved
   until it is saved. What is typed is Markdown; a placeholder is one piece, shown with its value. */

const editing = (() => {
  const box = by("edit");
  if (!box) return null;
  const {letter, root} = document.body.dataset;
  const words = by("edit-words");
  const IMPACT_MS = 500;
  const AGAIN_MS = 200; // how often it is asked again for what is just being read
  const TRIES = 25;

  let base = null; // how the block can be edited, as the desk told it
  let block = "";
  let isNew = false; // a paragraph that comes in below the block
  let isMarked = false; // whether the browser marks problems at their words
  let values = new Map();
  let rule = null; // the field of the rule that the block stands under, if any
  let undo = "";

  const said = (node, text) => { if (node.textContent !== text) node.textContent = text; };

  /* --- Words and pieces --- */

  const PLACEHOLDER = /(\{\{.*?\}\})/;

  function piece(source) {
    const pill = document.createElement("span");
    pill.className = "pill";
    pill.contentEditable = "false";
    pill.dataset.source = source;
    const name = document.createElement("code");
    name.textContent = source.slice(2, -2).trim();
    pill.append(name);
    if (values.has(source)) pill.append(` ${values.get(source)}`);
    else pill.classList.add("unknown");
    return pill;
  }

  const pieces = text => text.split(PLACEHOLDER).filter(Boolean)
    .map(part => part.startsWith("{{") && part.endsWith("}}") ? piece(part) : document.createTextNode(part));

  function textOf(node) {
    return [...node.childNodes].map(child => {
      if (child.nodeType === Node.TEXT_NODE) return child.data;
      if (child.dataset?.source) return child.dataset.source;
      if (child.nodeName === "BR") return child === node.lastChild && node === words ? "" : "\n";
      const inside = textOf(child);
      return ["DIV", "P"].includes(child.nodeName) && child.previousSibling ? `\n${inside}` : inside;
    }).join("").replaceAll("\u00a0", " ");
  }

  const text = () => textOf(words).replace(/\n{3,}/g, "\n\n").replace(/\n+$/, "");
  const isRuleChanged = () => Boolean(rule) && rule.value.trim() !== base.rule.text;
  const isChanged = () => base && (text().trim() !== (isNew ? "" : base.text.trim()) || isRuleChanged());

  function put(source) {
    words.replaceChildren(...pieces(source));
  }

  function caretAtEnd() {
    words.focus();
    getSelection().selectAllChildren(words);
    getSelection().collapseToEnd();
  }

  // The place where it was typed last, also while a button or the list of values has the focus.
  let place = null;
  function keepPlace() {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (range && words.contains(range.commonAncestorContainer)) place = range.cloneRange();
  }
  document.addEventListener("selectionchange", keepPlace);
  words.addEventListener("input", keepPlace); // of which the browser tells only later
  words.addEventListener("blur", keepPlace);

  function backToPlace() {
    if (document.activeElement === words) return keepPlace();
    words.focus();
    if (!place || !words.contains(place.commonAncestorContainer)) return caretAtEnd();
    getSelection().removeAllRanges();
    getSelection().addRange(place);
  }

  // As if it had been typed, so that the browser can take it back.
  function type(typed) {
    for (const [number, line] of typed.split("\n").entries()) {
      if (number) document.execCommand("insertLineBreak");
      if (line) document.execCommand("insertText", false, line);
    }
  }

  function insertPiece(source) {
    backToPlace();
    const selection = getSelection();
    const range = selection.getRangeAt(0);
    const pill = piece(source);
    range.deleteContents();
    range.insertNode(pill);
    range.setStartAfter(pill);
    range.collapse(true);
    selection.removeAllRanges();
    selection.addRange(range);
    changed();
  }

  /* --- Marks --- */

  function surround(before, after) {
    backToPlace();
    const range = getSelection().getRangeAt(0);
    const {startContainer, startOffset} = range;
    getSelection().collapseToEnd();
    type(after);
    const end = getSelection().getRangeAt(0).cloneRange();
    getSelection().collapse(startContainer, startOffset);
    type(before);
    if (before !== "[" && range.collapsed) return;
    getSelection().removeAllRanges();
    getSelection().addRange(end);
    if (before === "[") getSelection().modify("move", "backward", "character");
  }

  function toList() {
    const lines = text().split("\n").filter(line => line.trim());
    const isList = lines.every(line => /^[-*] /.test(line));
    put(lines.map(line => isList ? line.slice(2) : `- ${line.replace(/^[-*] /, "")}`).join("\n") || "- ");
    caretAtEnd();
    changed();
  }

  const MARKS = {
    "**": () => surround("**", "**"),
    "*": () => surround("*", "*"),
    link: () => surround("[", "](https://)"),
    list: toList,
  };
  const KEYS = {b: "**", i: "*", k: "link"};

  /* --- What is pasted: plain wording, whatever it comes from --- */

  const plain = said => said.replace(/[\u00ad\u200b-\u200d\ufeff]/g, "").replace(/[“”„]/g, '"').replace(/[‘’‚]/g, "'")
    .replace(/[\u00a0\t]/g, " ").replace(/\r\n?/g, "\n");
  const escaped = said => said.replace(/([\\*_[\]<])/g, "\\$1");
  const styleOf = element => element.dataset?.style ?? "";
  const BLOCKS = new Set(["P", "DIV", "LI", "UL", "OL", "TABLE", "TR", "TD", "BLOCKQUOTE",
    "H1", "H2", "H3", "H4", "H5", "H6"]);

  // Paragraphs become paragraphs, lists lists; bold, italic and links stay, all else is left behind.
  function wordingOf(html) {
    const found = [];
    let line = "";
    const end = () => {
      const done = line.replace(/ +/g, " ").trim();
      if (/[^-*\d. ]/.test(done)) found.push(done);
      line = "";
    };
    const wrapped = (node, mark) => {
      const [before] = line.match(/^.*$/s);
      line = "";
      walk(node);
      const inner = line.trim();
      line = `${before}${inner ? `${/^\s/.test(line) ? " " : ""}${mark(inner)}${/\s$/.test(line) ? " " : ""}` : line}`;
    };
    const walk = node => {
      for (const child of node.childNodes) {
        const {nodeName} = child;
        if (child.nodeType === Node.TEXT_NODE) line += escaped(plain(child.data).replace(/\s+/g, " "));
        else if (nodeName === "BR") line += " ";
        else if (child.nodeType !== Node.ELEMENT_NODE || ["STYLE", "SCRIPT", "HEAD", "TITLE"].includes(nodeName)
          || /mso-list:\s*Ignore/i.test(styleOf(child))) continue;
        else if (BLOCKS.has(nodeName)) {
          if (!/^(-|1\.) $/.test(line)) end();
          const isWordItem = /MsoListParagraph/.test(child.className) || /mso-list:\s*l\d/i.test(styleOf(child));
          if (nodeName === "LI" || isWordItem) line = child.parentElement.nodeName === "OL" ? "1. " : "- ";
          walk(child);
          end();
        } else if (["B", "STRONG"].includes(nodeName) && !/font-weight:\s*normal/i.test(styleOf(child))) {
          wrapped(child, inner => `**${inner}**`);
        } else if (["I", "EM"].includes(nodeName)) wrapped(child, inner => `*${inner}*`);
        else if (nodeName === "A" && /^(https?|mailto):/i.test(child.getAttribute("href") ?? "")) {
          wrapped(child, inner => `[${inner}](${child.getAttribute("href")})`);
        } else walk(child);
      }
    };
    // Styles are looked at and never applied: the policy of this page would complain of each.
    const inert = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-style=");
    walk(new DOMParser().parseFromString(inert, "text/html").body);
    end();
    return found.map((each, at) => {
      const isItem = /^(-|1\.) /.test(each);
      const follows = at > 0 && isItem && /^(-|1\.) /.test(found[at - 1]);
      return `${at === 0 ? "" : follows ? "\n" : "\n\n"}${each}`;
    }).join("");
  }

  words.addEventListener("paste", event => {
    event.preventDefault();
    const html = event.clipboardData.getData("text/html");
    const pasted = (html && wordingOf(html)) || plain(event.clipboardData.getData("text/plain"));
    type(pasted);
  });
  words.addEventListener("drop", event => event.preventDefault());

  /* --- The draft: the letter as it would be, what is wrong with it, what it does to all --- */

  const edits = () => {
    const typed = text();
    if (isNew) return [{first: base.last + 1, last: base.last, text: typed}];
    const {line, before} = base.rule ?? {};
    const ruled = isRuleChanged() ? [{first: line, last: line, text: `${before}${rule.value.trim()}`}] : [];
    return [...ruled, {first: base.first, last: base.last, text: typed}];
  };

  function asked(own = null) {
    const expected = {[base.file]: base.digest};
    if (base.action === "own-paragraph") return {...base.asked, text: text(), expected};
    if (base.action === "data") return {...base.asked, values: {[base.key]: text()}, expected};
    return {...base.asked, edits: own ?? edits(), expected};
  }

  let isAsking = false;
  let isWaiting = false;
  let timer = 0;
  let impact = new AbortController();

  function dropImpact() {
    clearTimeout(timer);
    impact.abort();
    impact = new AbortController();
    said(by("edit-impact"), "");
  }

  async function changed() {
    dropImpact();
    if (!by("edit-conflict").hidden) {
      said(by("edit-mine"), text());
      return;
    }
    by("edit-save").disabled = !isChanged();
    isWaiting = true;
    if (isAsking || !base) return;
    isAsking = true;
    try {
      while (isWaiting && base) {
        isWaiting = false;
        const was = base;
        const answer = await drafting.show(base.action, asked(), () => base === was);
        if (base !== was) continue;
        if (answer.status === 409) {
          await showConflict(answer);
          break;
        }
        showProblems(answer.problems);
        if (!isWaiting && answer.ok) timer = setTimeout(tellImpact, IMPACT_MS, impact.signal);
      }
    } finally {
      isAsking = false;
    }
  }

  async function tellImpact(signal) {
    try {
      const {page} = drafting;
      let answer = await act("impact", {page, slug: letter, action: base.action, asked: asked()}, signal);
      if (!answer.ok || answer.dropped) return;
      const first = answer.said.join(" ");
      said(by("edit-impact"), first);
      for (let counted = -1, done = !answer.letters; !done;) {
        answer = await act("growth", {page, counted}, signal);
        if (!answer.ok) return;
        ({counted, done} = answer);
        said(by("edit-impact"), [first, ...answer.said].join(" "));
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function showProblems(problems) {
    by("edit-problems").replaceChildren(...problems.map(problem => {
      const item = document.createElement("li");
      item.className = `card ${problem.severity === "error" || !problem.severity ? "bad" : "doubtful"}`;
      const mark = document.createElement("b");
      mark.className = "mark";
      mark.textContent = problem.severity ?? "error";
      item.append(mark, ` ${problem.where ? `${problem.where}: ` : ""}${problem.message}`);
      return item;
    }));
    markProblems(problems);
  }

  // At their words, where the browser can mark words without changing them.
  function markProblems(problems) {
    if (!window.Highlight || base.action !== "wording") return;
    const first = isNew ? base.last + 2 : base.first;
    const ranges = problems.filter(problem => problem.path?.endsWith(base.file.split("/").pop()) && problem.line)
      .map(problem => rangeAt(problem.line - first, (problem.column ?? 1) - 1)).filter(Boolean);
    CSS.highlights.set("problem", new Highlight(...ranges));
    isMarked = ranges.length > 0;
    words.ariaInvalid = isMarked;
  }

  function rangeAt(line, column) {
    const lines = text().split("\n");
    if (line < 0 || line >= lines.length) return null;
    let left = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + column;
    for (const node of words.childNodes) {
      const length = node.dataset?.source?.length ?? node.textContent.length;
      const range = document.createRange();
      if (left < length && node.nodeType === Node.TEXT_NODE) {
        const end = node.data.slice(left).search(/(?<=\}\})|(?<!\{\{.*)\s|$/);
        range.setStart(node, left);
        range.setEnd(node, Math.max(left + end, Math.min(left + 1, node.length)));
        return range;
      }
      if (left < length) {
        range.selectNodeContents(node);
        return range;
      }
      left -= length;
    }
    return null;
  }

  /* --- Opening, saving, taking back --- */

  async function fetchBase(of, was = "", read = "") {
    const query = new URLSearchParams({block: of, was, said: read.trim().slice(0, 200)});
    const answer = await fetch(`${root}/letters/${letter}/wording?${query}`);
    return answer.json();
  }

  function fill(found, source) {
    base = found;
    values = new Map([...Object.entries(found.values), ...found.names.flatMap(
      name => name.ways.map(way => [way.source, way.printed]))]);
    by("edit-names").replaceChildren(...found.names.flatMap(name => name.ways.map(way => {
      const option = document.createElement("option");
      option.value = way.source.slice(2, -2).trim();
      option.label = way.printed;
      return option;
    })));
    put(source);
    const ruled = found.rule && !isNew ? ruleField(found.rule.text, changed) : null;
    rule = ruled?.input ?? null;
    by("edit-rule").replaceChildren(...ruled ? [ruled.field, ruled.hits] : []);
    said(by("edit-title"), isNew ? "A new paragraph" : found.isHeading ? "Edit the heading" : "Edit");
    said(by("edit-where"), `${found.file}, ${found.isShared ? "in every letter that has these words" : "in each letter with this insert"}`);
    const isWording = found.action === "wording";
    for (const id of ["edit-add", "edit-up", "edit-down", "edit-remove"]) by(id).hidden = !isWording || isNew;
    by("edit-up").disabled = !found.before || found.before.text.startsWith("#");
    by("edit-down").disabled = !found.after || found.isHeading;
    for (const button of all("[data-mark]", box)) button.hidden = !isWording;
    by("edit-conflict").hidden = true;
    by("edit-save").disabled = true;
    by("edit-problems").replaceChildren();
    dropImpact();
    box.hidden = false;
  }

  // `goesThere`: with the focus, from the button that asks for it.
  async function open(of, goesThere = false, read = "") {
    if (box.contains(document.activeElement) && of === block && !box.hidden) return;
    if (isChanged()) {
      said(by("edit-impact"), "Save or cancel what you have written here first.");
      words.focus();
      return;
    }
    if (drafting.isShown()) await end();
    block = of;
    isNew = false;
    base = null;
    box.hidden = true;
    said(by("edit-why"), "");
    if (!of) return;
    let found = await fetchBase(of, "", read);
    for (let tries = 0; found.again && block === of && tries < TRIES; tries += 1) {
      await new Promise(done => setTimeout(done, AGAIN_MS));
      found = await fetchBase(of, "", read);
    }
    if (block !== of) return;
    if (found.action) fill(found, found.text);
    else said(by("edit-why"), found.why);
    box.scrollIntoView({block: "nearest"});
    if (goesThere && !box.hidden) caretAtEnd();
  }

  async function end() {
    dropImpact();
    await drafting.end();
  }

  async function close(isSaved = false) {
    const source = document.querySelector(`[data-edit="${block}"]`) ?? by("main");
    if (box.contains(document.activeElement)) source.focus({preventScroll: true});
    base = null;
    box.hidden = true;
    CSS.highlights?.delete("problem");
    if (isSaved || drafting.isShown()) await end();
  }

  function tell(sentence, key = "", again = "Undo") {
    undo = key;
    by("edit-undo").textContent = again;
    said(by("edit-said").firstElementChild, sentence);
    by("edit-said").hidden = !sentence;
    by("edit-undo").hidden = !key;
    if (key) by("edit-undo").focus();
  }

  async function save(own = null) {
    if (!base) return;
    box.inert = true; // what is typed now would be neither saved nor kept
    if (own) await drafting.show(base.action, asked(own)); // so that it is seen at once
    const answer = await act(base.action, asked(own));
    box.inert = false;
    if (answer.status === 409) {
      await showConflict(answer, true);
      return;
    }
    if (!answer.ok) {
      showProblems(answer.problems);
      backToPlace();
      return;
    }
    await close(true);
    tell(`Saved: ${answer.said}.`, answer.undo);
  }

  async function takeBack() {
    const answer = await act("undo", {undo});
    tell(answer.ok ? `${answer.said}.` : answer.problems[0].message, answer.undo ?? "", "Do it again");
  }

  // Both texts: theirs as it is now, mine as it stands here; nothing is lost of either.
  let theirs = null;

  async function showConflict(answer, goesThere = false) {
    dropImpact();
    const was = base.text;
    for (let tries = 0; tries < TRIES; tries += 1) {
      theirs = await fetchBase(block, was);
      if (theirs.action && theirs.digest === answer.changed?.digest) break;
      await new Promise(done => setTimeout(done, AGAIN_MS));
    }
    said(by("edit-theirs"), theirs.action ? theirs.text : answer.changed?.now ?? "The file is gone.");
    said(by("edit-mine"), text());
    by("edit-keep").disabled = by("edit-take").disabled = !theirs.action;
    by("edit-conflict").hidden = false;
    by("edit-save").disabled = true;
    if (goesThere) by("edit-keep").focus();
  }

  function goOn(source) {
    fill(theirs, source);
    caretAtEnd();
    changed();
  }

  const swapped = other => other.first < base.first
    ? [{first: other.first, last: other.last, text: text()}, {first: base.first, last: base.last, text: other.text}]
    : [{first: base.first, last: base.last, text: other.text}, {first: other.first, last: other.last, text: text()}];

  const BUTTONS = {
    "edit-save": () => save(),
    "edit-cancel": () => close(),
    "edit-undo": takeBack,
    "edit-up": () => save(swapped(base.before)),
    "edit-down": () => save(swapped(base.after)),
    "edit-remove": () => save([{first: base.first, last: base.last, text: ""}]),
    "edit-keep": () => goOn(text()),
    "edit-take": () => goOn(theirs.text),
    "edit-add": () => {
      isNew = true;
      fill(base, base.isItem ? "- " : "");
      caretAtEnd();
    },
  };
  for (const [id, press] of Object.entries(BUTTONS)) by(id).addEventListener("click", () => press());

  box.addEventListener("click", event => {
    const mark = event.target.closest("[data-mark]")?.dataset.mark;
    if (mark) MARKS[mark]();
  });
  box.addEventListener("keydown", event => {
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const mark = isCommand && !event.altKey && (KEYS[key] ?? (event.shiftKey && event.code === "Digit8" ? "list" : ""));
    if (mark && words.contains(event.target) && base.action === "wording") MARKS[mark]();
    else if (isCommand && (key === "s" || key === "enter") && isChanged()) save();
    else if (event.key === "Escape" && !isChanged()) close();
    else if (event.key === "Enter" && words.contains(event.target) && base.action === "data") { /* one line */ }
    else return;
    event.preventDefault();
  });
  words.addEventListener("input", changed);
  by("edit-name").addEventListener("input", event => {
    const source = `{{ ${event.target.value} }}`;
    if (!values.has(source)) return;
    event.target.value = "";
    insertPiece(source);
  });
  addEventListener("beforeunload", event => {
    if (isChanged()) event.preventDefault();
  });
  words.contentEditable = "plaintext-only";
  if (words.contentEditable !== "plaintext-only") words.contentEditable = "true";

  return {open, end, tell};
})();
