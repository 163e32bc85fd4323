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
