"use strict";
/* What touches many files: what would be written is shown first, and just that is applied. */
for (const form of all("form[data-plan]:not([inert])")) {
  const shown = form.querySelector(".plan");
  const outcome = form.querySelector(".outcome");
  let plan = null; // by its digest, that which is shown

  // `label.cy` is the Welsh one of several labels.
  function asked() {
    const said = JSON.parse(form.dataset.asked);
    for (const field of form.elements) {
      if (!field.name || field.type === "submit") continue;
      const [name, part] = field.name.split(".");
      if (part) said[name] = {...said[name], [part]: field.value};
      else said[name] = field.value;
    }
    return said;
  }

  function show(answer) {
    plan = answer.ok ? answer.plan : null;
    shown.hidden = !plan;
    if (!plan) return tellOutcome(outcome, answer);
    outcome.replaceChildren();
    shown.querySelector("tbody").replaceChildren(...answer.rows.map(([what, said]) =>
      make("tr", {}, make("th", {scope: "row", textContent: what}), make("td", {textContent: said}))));
    shown.focus();
  }

  function tell(answer) {
    tellOutcome(outcome, answer);
    const {next, nextSaid} = form.dataset;
    const filled = words => words.replace(/\{(\w+)\}/g, (_, name) => answer[name]);
    if (answer.ok && next) outcome.querySelector("p").append(make("a", {href: filled(next), textContent: filled(nextSaid)}));
    outcome.focus();
  }

  form.addEventListener("input", () => {
    plan = null;
    shown.hidden = true;
  });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (!plan || event.submitter?.name !== "apply") {
      show(await act(`plan-${form.dataset.plan}`, asked()));
      return;
    }
    const answer = await act(form.dataset.plan, {...asked(), plan});
    plan = null;
    shown.hidden = true;
    tell(answer);
  });
}
