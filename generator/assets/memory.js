"use strict";
// A browser may keep nothing; then nothing is remembered.
function remember(where, name, value) {
  try {
    window[where].setItem(`letters-${name}`, value);
  } catch {}
}

function remembered(where, name) {
  try {
    return window[where].getItem(`letters-${name}`);
  } catch {
    return null;
  }
}

// As it came from the desk, by its id; taken before any script opens, marks, hides or adds something.
const served = new Map(all("[data-live]").map(part => [part.id, part.cloneNode(true)]));
