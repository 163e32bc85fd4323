"use strict";
/* The inserts of a letter: given and taken, written for it alone or for others, and placed by a rule. */

(() => {
  const box = by("inserts");
  if (!box || !editing) return;
  const {letter, root} = document.body.dataset;
  let known = null; // all inserts, as the desk told them last
  let shown = ""; // the same as text, so that what is the same is left alone

  const button = (words, press) => {
    const made = make("button", {type: "button"}, words);
    made.addEventListener("click", press);
    return made;
  };

  let number = 0;

  function labelled(words, control) {
    control.id = `insert-field-${number += 1}`;
    return make("p", {className: "field"}, make("label", {htmlFor: control.id}, words), control);
  }

  const HOW = {
    "named": "In this letter: named in the authority’s file.",
    "by its rule": "In this letter: its rule holds.",
    "declined": "This letter declines it.",
  };

  async function done(name, asked) {
    await drafting.show(name, asked); // so that it is seen at once
    const answer = await act(name, asked);
    const problem = answer.problems?.[0]?.message;
    editing.tell(answer.ok ? `Saved: ${answer.said}.` : `Not saved: ${problem}`, answer.undo ?? "");
    if (!answer.ok && answer.status !== 409) return answer;
    await editing.end();
    await load();
    return answer;
  }

  const ofAuthority = () => ({authority: known.authority, expected: {[known.file]: known.digest}});

  function ruleOf(insert) {
    const {field, hits, input} = ruleField(insert.rule);
    const save = () => done("insert-rule",
      {insert: insert.stem, rule: input.value, expected: {[insert.file]: insert.digest}});
    return make("details", {}, make("summary", {}, insert.rule ? `Rule: ${insert.rule}` : "No rule"),
      field, hits, make("p", {className: "row buttons"}, button("Save the rule", save)));
  }

  /* --- Giving and taking --- */

  function item(insert) {
    const values = insert.needs.map(name => [name, make("input", {autocomplete: "off"})]);
    const give = () => done("give-insert", {...ofAuthority(), insert: insert.name,
      values: Object.fromEntries(values.map(([name, input]) => [name, input.value]))});
    const take = () => done("take-insert", {...ofAuthority(), insert: insert.name});
    const [press, words] = insert.has ? [take, "Take it away"] : [give, "Give it"];
    const change = button(words, press);
    change.append(make("span", {className: "unseen"}, ` ${insert.name}`));
    return make("li", {className: "card"},
      make("h3", {}, insert.name), make("p", {className: "hint"}, HOW[insert.how] ?? "Not in this letter."),
      make("p", {className: "wording"}, insert.words),
      ...(insert.has ? [] : values.map(([name, input]) => labelled(name, input))),
      make("p", {className: "row buttons"}, change), ruleOf(insert));
  }

  /* --- Writing one --- */

  let writing = null;

  const ALONE = "alone";
  const RULED = "rule";

  function form() {
    const options = pairs => pairs.map(([value, words]) => make("option", {value}, words));
    const whose = make("select", {}, ...options([[ALONE, "this letter alone"],
      [RULED, "each letter for which a rule holds"], ["named", "this letter, and others that are given it"]]));
    const place = make("select", {}, ...options(known.sections.map(({name}) => [name, name])));
    const after = make("select");
    const words = make("textarea", {rows: 5, spellcheck: true});
    const name = make("input", {placeholder: "late-replies", autocomplete: "off"});
    const {field: ruleLabel, hits, input: rule} = ruleField("", () => preview());
    const nameLabel = labelled("Its name", name);
    const fit = () => {
      nameLabel.hidden = whose.value === ALONE;
      ruleLabel.hidden = hits.hidden = whose.value !== RULED;
    };
    const openings = () => {
      const {openings: found} = known.sections.find(section => section.name === place.value) ?? {openings: []};
      after.replaceChildren(...options([["", "at its end"], ...found.map(each => [each, `after “${each} …”`])]));
    };
    const asked = () => {
      const common = {place: place.value, after: after.value, text: words.value};
      if (whose.value === ALONE) return ["own-paragraph", {...ofAuthority(), ...common}];
      return ["new-insert", {...common, insert: name.value, rule: whose.value === RULED ? rule.value : ""}];
    };
    const preview = () => {
      if (words.value.trim() && (whose.value === ALONE || (name.value && rule.value))) drafting.show(...asked());
    };
    const save = async () => {
      const insert = name.value;
      const answer = await done(...asked());
      if (answer.ok) {
        words.value = name.value = "";
        openings();
      }
      if (answer.ok && whose.value === "named") await done("give-insert", {...ofAuthority(), insert});
    };
    whose.addEventListener("change", fit);
    place.addEventListener("change", openings);
    for (const each of [words, after, name]) each.addEventListener("input", preview);
    openings();
    fit();
    return make("details", {className: "card"}, make("summary", {}, "Write a paragraph"),
      labelled("For", whose), nameLabel, ruleLabel, hits, labelled("In", place), labelled("Where", after),
      labelled("Words", words), make("p", {className: "row buttons"}, button("Save the paragraph", save)));
  }

  async function load() {
    const answer = await fetch(`${root}/letters/${letter}/inserts`);
    const said = await answer.text();
    if (said === shown) return;
    shown = said;
    known = JSON.parse(said);
    const list = by("insert-list");
    if (!known.inserts) {
      list.replaceChildren(make("p", {className: "hint"}, "The letter has errors; correct them first."));
      return;
    }
    writing ??= form(); // what is being written stays, whatever else is saved
    if (!writing.isConnected) list.replaceChildren(writing);
    list.querySelector(":scope > ul")?.remove();
    list.append(make("ul", {className: "plain"}, ...known.inserts.map(item)));
  }

  box.addEventListener("toggle", () => {
    if (box.open) load();
  });
  // What others saved meanwhile: seen when nothing is being written here.
  new MutationObserver(() => {
    if (box.open && !box.contains(document.activeElement)) load();
  }).observe(document.documentElement, {attributeFilter: ["data-moment"]});
})();
