"use strict";
/* Importing: a spreadsheet is dropped, or chosen; the desk says what it would change, what is wrong at which
   cell, and asks what it cannot know. What is applied is the plan that is shown. */
{
  const form = by("import");
  let files = [];
  let plan = null;
  let asking = null;

  const read = file => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve({name: file.name, content: reader.result.split(",")[1] ?? ""}));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });

  function answers() {
    const given = {accept: [], match: {}, new: [], leave_out: []};
    for (const box of all("[data-accept]:checked", form)) given.accept.push(box.dataset.accept);
    for (const choice of all("[data-row]", form)) {
      if (choice.value === "new") given.new.push(choice.dataset.row);
      else if (choice.value === "out") given.leave_out.push(choice.dataset.row);
      else if (choice.value) given.match[choice.dataset.row] = choice.value.slice(1);
    }
    return {files, ...given, corrections: form.elements.corrections.checked, blank_is_zero: form.elements.blankIsZero.checked};
  }

  const row = (...cells) => make("tr", {}, ...cells.map((cell, number) => make(number ? "td" : "th",
    number ? {textContent: cell} : {textContent: cell, scope: "row"})));

  function table(id, title, headers, rows) {
    if (!rows.length) return [];
    const heads = headers.map(header => make("th", {scope: "col"}, make("span", {textContent: header})));
    const scroller = make("div", {className: "scroller", tabIndex: 0, role: "region"}, make("table", {},
      make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)));
    scroller.setAttribute("aria-labelledby", id);
    return [make("h2", {id, textContent: title}), scroller];
  }

  const names = new Map(all("#authorities option").map(option => [option.value, option.textContent]));

  // What was answered before is still there when it is asked again.
  function question(name, words, known) {
    const box = make("input", {type: "checkbox", checked: known.accept.includes(name), autocomplete: "off"});
    box.dataset.accept = name;
    return make("li", {}, make("label", {className: "tick"}, box, make("span", {}, "This is right: ", words)));
  }

  function unknownRow(name, number, known) {
    const choice = make("select", {id: `row-${number}`, autocomplete: "off"},
      make("option", {value: "", textContent: "choose"}),
      make("option", {value: "new", textContent: "a new authority"}),
      make("option", {value: "out", textContent: "leave it out"}),
      ...[...names].map(([slug, said]) => make("option", {value: `=${slug}`, textContent: said})));
    choice.dataset.row = name;
    choice.value = known.new.includes(name) ? "new" : known.leave_out.includes(name) ? "out"
      : known.match[name] ? `=${known.match[name]}` : "";
    return make("li", {}, make("p", {className: "field"}, make("label", {htmlFor: choice.id, textContent: `“${name}” is`}), " ", choice));
  }

  function showQuestions(answer, known) {
    const asked = new Map();
    for (const each of answer.questions) if (!asked.has(each.accept)) asked.set(each.accept, `${each.at}: ${each.said}`);
    const rows = [...new Set([...answer.unknown, ...known.new, ...known.leave_out, ...Object.keys(known.match)])];
    const items = [
      ...[...asked].map(([name, words]) => question(name, words, known)),
      ...rows.map((name, number) => unknownRow(name, number, known)),
    ];
    by("questions").replaceChildren(...items.length ? [make("fieldset", {className: "card"},
      make("legend", {textContent: "To be answered"}), make("ul", {className: "plain"}, ...items))] : []);
  }

  function show(answer, known) {
    plan = answer.plan ?? null;
    const wrong = answer.problems.filter(problem => problem.severity === "error");
    if (answer.changes) {
      showQuestions(answer, known);
      by("plan").replaceChildren(
        ...table("wrong", "What is wrong", ["Cell", "Problem"], answer.problems.map(({at, severity, message}) => {
          const one = row(at, message);
          one.className = severity === "error" ? "bad" : "doubtful";
          one.cells[1].prepend(make("b", {className: "mark", textContent: severity}), " ");
          return one;
        })),
        ...table("new", "New authorities", ["Authority", "File"], answer.new.map(({slug, name}) => row(name, slug))),
        ...table("changes", "What changes", ["Authority", "Figure or text", "From", "To", "Cell"],
          answer.changes.map(({authority, what, before, after, cell, follows, byHand}) => row(
            names.get(authority) ?? authority, what, before ? `${before}${byHand ? " (changed by hand)" : ""}` : "nothing",
            after, follows ? "follows from its figures" : cell))),
        make("p", {className: "hint", textContent: answer.sheets.join(" ")}),
      );
      by("plan-outcome").textContent = answer.outcome;
    } else {
      by("plan").replaceChildren();
    }
    by("apply-row").hidden = !answer.changes;
    by("apply").disabled = !plan;
    const said = wrong.length ? `Nothing can be applied yet: ${wrong.length} to be answered or corrected.`
      : plan ? "This is what would be written." : "There is nothing to write.";
    tellOutcome(by("outcome"), answer.ok ? {ok: true, said} : answer);
  }

  async function ask() {
    if (!files.length) return;
    asking?.abort();
    asking = new AbortController();
    const known = answers();
    by("outcome").replaceChildren(make("p", {textContent: "Reading …"}));
    by("apply").disabled = true;
    try {
      show(await act("plan-import", known, asking.signal), known);
    } catch {
      // Something else was asked for meanwhile.
    }
  }

  async function take(list) {
    if (!list.length) return;
    try {
      files = await Promise.all([...list].map(read));
    } catch {
      tellOutcome(by("outcome"), {problems: [{message: "The file cannot be read; is it open in another program?"}]});
      return;
    }
    by("questions").replaceChildren();
    ask();
  }

  async function apply(event) {
    event.preventDefault();
    if (!plan) return;
    const answer = await act("import", {...answers(), plan});
    if (!answer.ok && answer.problems?.some(problem => problem.where === "plan")) await ask();
    tellOutcome(by("outcome"), answer, ask);
    if (!answer.ok) return;
    plan = null;
    by("apply-row").hidden = true;
    by("questions").replaceChildren();
    by("plan").replaceChildren();
    by("outcome").focus();
  }

  function setUp() {
    const drop = by("drop");
    // Wherever on the page it is let go, the browser does not leave the page for it.
    for (const type of ["dragover", "drop"]) addEventListener(type, event => event.preventDefault());
    addEventListener("dragover", () => drop.classList.add("over"));
    for (const type of ["dragleave", "drop"]) addEventListener(type, () => drop.classList.remove("over"));
    addEventListener("drop", event => take(event.dataTransfer.files));
    by("spreadsheet").addEventListener("change", ({target}) => take(target.files));
    form.addEventListener("change", ({target}) => { if (target.id !== "spreadsheet") ask(); });
    form.addEventListener("submit", apply);
  }

  if (form && !form.inert) setUp();
}
