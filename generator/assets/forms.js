"use strict";
/* What forms of the desk have in common: what came of an action, undoing it, problems at their fields, who
   decides, and confirming. */

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// Says what came of an action below a form, and offers to take it back.
function tellOutcome(where, answer, undone = () => {}) {
  const problems = (answer.problems ?? []).map(({at, path, line, where: what, message}) => {
    const place = at ?? (path && line ? `${path}:${line}` : "");
    return make("li", {className: answer.ok ? "" : "bad"},
      [place, what].filter(Boolean).join(", "), place || what ? ": " : "", message);
  });
  const said = answer.ok ? answer.said ?? "Done." : answer.status === 409 ? "Nothing was saved." : "Nothing was changed.";
  const parts = [make("p", {className: "row"}, make("span", {textContent: said}))];
  if (answer.undo) {
    const undo = make("button", {type: "button", className: "press", textContent: "Undo"});
    undo.addEventListener("click", async () => {
      const taken = await act("undo", {undo: answer.undo});
      tellOutcome(where, taken);
      where.focus();
      if (taken.ok) undone(taken);
    });
    parts[0].append(undo);
  }
  if (problems.length) parts.push(make("ul", {className: "plain"}, ...problems));
  where.replaceChildren(...parts);
}

function markField(field, error, message) {
  error.textContent = message;
  error.hidden = !message;
  if (message) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/* --- Who decides: asked for once, and kept for this browser --- */

async function signed(form) {
  const who = by("who");
  const name = who.value.trim();
  remember("localStorage", "who", name);
  if (name !== (await aboutSession()).name) {
    const answer = await act("name", {name});
    if (answer.ok) (await aboutSession()).name = answer.name;
  }
  return name;
}

async function decide(form, action, digests, withdraw = false) {
  const where = form.querySelector(".outcome");
  markField(by("who"), by("who-error"), "");
  if (!digests.length) {
    tellOutcome(where, {problems: [{message: "Tick what you mean first."}]});
    return {ok: false};
  }
  await signed(form);
  const reason = by("reason")?.value || null;
  const answer = await act(action, {digests, withdraw, reason});
  const unsigned = (answer.problems ?? []).find(problem => problem.where === "name");
  if (!answer.ok && unsigned) {
    markField(by("who"), by("who-error"), unsigned.message);
    by("who").focus();
  }
  tellOutcome(where, answer);
  return answer;
}

{
  const form = document.querySelector('form[data-decide="confirm"]');

  async function setUp() {
    form.addEventListener("click", event => {
      const fieldset = event.target.closest("[data-tick-all]")?.closest("fieldset");
      if (fieldset) for (const box of all("input", fieldset)) box.checked = true;
    });
    form.addEventListener("submit", async event => {
      event.preventDefault();
      const withdraw = event.submitter?.name === "withdraw";
      const name = withdraw ? "taken-back" : "digest";
      const ticked = all(`input[name="${name}"]:checked`, form);
      const answer = await decide(form, "confirm", ticked.map(box => box.value), withdraw);
      if (answer.ok) for (const box of ticked) box.checked = false;
    });
  }

  if (by("who")) {
    by("who").value = remembered("localStorage", "who") ?? "";
    aboutSession().then(({name}) => { if (name) by("who").value = name; });
  }
  if (form) setUp();
}
