"use strict";
/* Buttons that ask the desk to do something by itself: a build, and its end. What keeps it from that is said. */
by("main").addEventListener("click", async ({target}) => {
  const button = target.closest("button[data-action]");
  if (!button) return;
  const said = by("build-refused");
  button.disabled = true;
  const answer = await act(button.dataset.action, JSON.parse(button.dataset.asked));
  button.disabled = false;
  said.hidden = answer.ok;
  said.textContent = answer.problems?.map(problem => problem.message).join(" ") ?? "";
});
