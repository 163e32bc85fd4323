"use strict";
/* A rule while it is written: the names that it may use are offered, and it is said to which letters it applies. */
let ruleFields = 0;

function ruleField(rule, changed = () => {}) {
  ruleFields += 1;
  const names = all("#edit-rule-names option").map(option => option.value);
  const offered = make("datalist", {id: `rule-names-${ruleFields}`});
  const input = make("input", {id: `rule-${ruleFields}`, value: rule, spellcheck: false, autocomplete: "off"});
  input.setAttribute("list", offered.id);
  const hits = make("p", {className: "hint", role: "status"});
  const field = make("p", {className: "field"}, make("label", {htmlFor: input.id, textContent: "Rule"}), input, offered);
  let asked = 0;

  // A browser offers what the whole field would say; so each name stands behind what is written already.
  function offer() {
    const [before] = input.value.match(/^.*?(?=[\w.]*$)/s);
    offered.replaceChildren(...names.map(name => make("option", {value: `${before}${name}`})));
  }

  async function count() {
    offer();
    const mine = asked += 1;
    if (!input.value.trim()) {
      hits.textContent = "";
      return;
    }
    const answer = await act("hits", {rule: input.value});
    if (mine !== asked) return;
    const found = answer.names ?? [];
    const named = found.length ? ` ${found.join(", ")}${answer.holds > found.length ? " …" : ""}.` : "";
    hits.textContent = answer.ok ? `${answer.said}${named}` : answer.problems[0].message;
  }

  input.addEventListener("input", () => {
    count();
    changed();
  });
  count();
  return {field, hits, input};
}
