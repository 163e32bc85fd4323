"use strict";
/* One authority as a form: what is typed is tried at the desk, which works out sums and rates and says what is
   wrong at its field, and the letter is shown as it would be; nothing is saved until that is asked for, and
   nothing that somebody else saved is lost. */
{
  const TRY_MS = 150;
  const form = by("authority");
  let trying = null;
  let later = 0;
  let isSaving = false;
  let isMissed = false;

  const fields = () => [...form.elements].filter(field => field.name);
  const saved = field => field.tagName === "SELECT"
    ? [...field.options].find(option => option.defaultSelected)?.value ?? "" : field.defaultValue;
  const changed = () => fields().filter(field => field.value !== saved(field));
  const values = () => Object.fromEntries(changed().map(field => [field.name, field.value]));
  const asked = () => ({authority: form.dataset.authority, values: values()});
  const expected = () => ({[form.dataset.file]: form.dataset.digest});

  // A problem stands at its field; the others are told below.
  function showProblems(problems) {
    const byField = new Map(problems.map(problem => [problem.where, problem.message]));
    for (const field of fields()) markField(field, by(`e-${field.name}`), byField.get(field.name) ?? "");
    const names = new Set(fields().map(field => field.name));
    return problems.filter(problem => !names.has(problem.where));
  }

  function showFigures(figures = {}) {
    for (const output of all("output", form)) {
      const said = figures[output.dataset.key];
      if (said !== undefined && output.textContent !== said) output.textContent = said;
    }
  }

  function showChanged() {
    const number = changed().length;
    by("unsaved").textContent = number ? `${number} not yet saved.` : "Nothing is changed.";
    for (const field of fields()) field.classList.toggle("changed", field.value !== saved(field));
  }

  async function tryIt() {
    trying?.abort();
    trying = new AbortController();
    // What is as it was is asked for, too, so that sums and rates come back to what they were.
    const all = changed().length ? asked() : {...asked(), values: {[fields()[0].name]: fields()[0].value}};
    try {
      const answer = await act("try-authority", all, trying.signal);
      if (answer.ok) showFigures(answer.figures);
      showProblems(answer.problems ?? []);
      await showLetter(trying);
    } catch {
      // Something else was typed meanwhile, which is tried instead.
    }
  }

  async function showLetter(attempt) {
    if (changed().length) {
      const draft = {...asked(), expected: expected()};
      await drafting.show("authority", draft, () => trying === attempt && changed().length > 0);
    } else if (drafting.isShown()) await drafting.end();
  }

  function typed() {
    showChanged();
    clearTimeout(later);
    later = setTimeout(tryIt, TRY_MS);
  }

  function settle() {
    for (const field of fields()) {
      if (field.tagName === "SELECT") for (const option of field.options) option.defaultSelected = option.selected;
      else field.defaultValue = field.value;
    }
    showChanged();
  }

  async function save(event) {
    event.preventDefault();
    if (!changed().length || isSaving) return;
    isSaving = true;
    clearTimeout(later);
    trying?.abort();
    const {file, digest} = form.dataset;
    const answer = await act("authority", {...asked(), expected: expected()});
    isSaving = false;
    if (answer.ok) {
      form.dataset.digest = answer.files?.[file] ?? digest;
      showFigures(answer.figures);
      settle();
      await drafting.end();
    }
    if (answer.status === 409) by("saved-meanwhile").hidden = false;
    const others = showProblems(answer.ok ? [] : answer.problems ?? []);
    tellOutcome(by("outcome-authority"), {...answer, problems: others}, () => location.reload());
    if (!answer.ok) form.querySelector("[aria-invalid]")?.focus();
    if (isMissed) lookAtFile();
  }

  function lookAtFile() {
    const {digest} = by("file-now").firstElementChild.dataset;
    isMissed = isSaving; // what is being saved may be just that
    if (isSaving || !digest || digest === form.dataset.digest) return; // without one, the file is gone
    if (changed().length) by("saved-meanwhile").hidden = false;
    else location.reload();
  }

  function setUp() {
    form.addEventListener("input", typed);
    form.addEventListener("submit", save);
    form.addEventListener("reset", () => setTimeout(typed));
    by("see-file").addEventListener("click", () => {
      form.reset();
      location.reload();
    });
    document.addEventListener("renewed", ({target}) => {
      if (target.id === "file-now") lookAtFile();
    });
    addEventListener("beforeunload", event => {
      if (changed().length) event.preventDefault();
    });
    showChanged();
  }

  if (form) setUp();
}
