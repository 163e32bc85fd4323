"use strict";
/* Approving: what is shown, by the digest of exactly that. What changes while the page is open is approved only
   after it was looked at again. What was looked at, each browser remembers. */
{
  const form = by("decide");
  const who = by("who");
  const said = by("decided");
  const MOST = 20_000;

  const cards = () => all(".item");
  const digestOf = card => card.dataset.digest;
  const tickOf = card => card.querySelector("[data-looked]");
  const known = new Set();
  const looked = new Set();

  const isAnew = card => !known.has(digestOf(card)) && !looked.has(digestOf(card));
  const chosen = {
    shown: () => cards().filter(card => card.checkVisibility() && !isAnew(card)),
    looked: () => chosen.shown().filter(card => tickOf(card).checked),
    withdraw: () => cards().filter(card => card.checkVisibility()),
  };

  function dress() {
    if (!known.size) for (const card of cards()) known.add(digestOf(card)); // the first that are shown
    for (const card of cards()) {
      const anew = isAnew(card);
      tickOf(card).checked = looked.has(digestOf(card));
      card.querySelector(".anew").hidden = !anew;
      const button = card.querySelector("[data-one=approve]");
      if (button) button.disabled = anew;
    }
    count();
  }

  function count() {
    for (const number of all("[data-number]")) {
      const those = chosen[number.dataset.number]().length;
      number.textContent = those.toLocaleString("en-GB");
      number.closest("button").disabled = !those;
    }
  }

  function tick({target}) {
    if (!target.matches("[data-looked]")) return;
    const digest = digestOf(target.closest(".item"));
    if (target.checked) looked.add(digest);
    else looked.delete(digest);
    remember("localStorage", "looked", JSON.stringify([...looked].slice(-MOST)));
    dress();
  }

  function say(sentence, isWrong) {
    said.textContent = sentence;
    said.className = isWrong ? "alarm bad" : "alarm";
  }

  async function decide(those, withdraw) {
    const name = who.value.trim();
    who.ariaInvalid = name ? null : "true";
    if (!name) {
      say("Say who you are first.", true);
      who.focus();
      return;
    }
    const digests = those.map(digestOf);
    let answer = await act("name", {name});
    if (answer.ok) answer = await act("approve", {digests, withdraw, reason: by("reason").value});
    const problems = answer.problems ?? [];
    const others = problems.length ? " These letters have problems, too: see Problems." : "";
    say(answer.ok ? answer.said + others : problems.map(problem => problem.message).join(" "), !answer.ok);
    who.ariaInvalid = !answer.ok && problems.some(problem => problem.where === "name") ? "true" : null;
    if (who.ariaInvalid === "true") who.focus();
    document.dispatchEvent(new Event("look-again"));
  }

  // A card's button goes when what it does is done; who pressed it by a key goes on from there.
  let pressed = null;

  async function press({target}) {
    const button = target.closest("[data-one]");
    if (!button) return;
    const card = button.closest(".item");
    pressed = digestOf(card);
    await decide([card], button.dataset.one === "withdraw");
  }

  function renewed({target}) {
    if (target.id !== "items") return;
    dress();
    if (pressed && [document.body, by("main")].includes(document.activeElement)) {
      document.querySelector(`[data-digest="${pressed}"] h3`)?.focus();
      pressed = null;
    }
  }

  function setUp() {
    try {
      for (const digest of JSON.parse(remembered("localStorage", "looked") ?? "[]")) looked.add(digest);
    } catch {
      // What is no list was not written here.
    }
    form.hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      const what = event.submitter?.value ?? "shown";
      decide(chosen[what](), what === "withdraw");
    });
    by("main").addEventListener("change", tick);
    by("main").addEventListener("click", press);
    document.addEventListener("renewed", renewed);
    document.addEventListener("sifted", count);
    aboutSession().then(({name}) => { who.value ||= name; }, () => {});
    dress();
  }

  if (form) setUp();
}
