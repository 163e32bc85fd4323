"use strict";
/* A draft: the letter as it would be if what is being written on this page were saved. */
const drafting = (() => {
  const page = crypto.getRandomValues(new Uint32Array(2)).join("");
  const slug = document.body.dataset.letter;
  let isShown = false; // whether the letter is shown as it would be

  const lookAgain = () => document.dispatchEvent(new Event("look-again"));

  // What is wrong with it; where it cannot be made, the letter is shown as it was.
  async function show(action, asked, isWanted = () => true) {
    const answer = await act("draft", {page, slug, action, asked});
    if (answer.status === 409 || !isWanted()) return answer;
    isShown = true;
    lookAgain();
    return answer;
  }

  async function end() {
    isShown = false;
    await act("end-draft", {page});
    lookAgain();
  }

  return {
    page,
    show,
    end,
    isShown: () => isShown,
    // Where the letter is to be looked at: as it is, or as it would be.
    address: href => isShown ? `${href}${href.includes("?") ? "&" : "?"}draft=${page}` : href,
  };
})();
