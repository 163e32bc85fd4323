"use strict";
/* Asking the desk to do something: each action by its name, with the token of this browser's session. */

// Asked for once for a page: `{token, name, readOnly}`.
let session = null;

async function aboutSession() {
  session ??= fetch(`${document.body.dataset.root}/session`).then(answer => answer.json());
  return session;
}

// What came of it: `{ok, status, problems, …}`, also where nothing could be asked.
async function act(name, asked, signal = undefined) {
  try {
    const {token} = await aboutSession();
    const answer = await fetch(`${document.body.dataset.root}/actions/${name}`, {
      method: "POST",
      headers: {"Content-Type": "application/json", "X-Desk-Token": token},
      body: JSON.stringify(asked),
      signal,
    });
    if (answer.status === 401 || answer.status === 403) session = null;
    const said = answer.headers.get("Content-Type")?.startsWith("application/json")
      ? await answer.json() : {problems: [{message: (await answer.text()).trim()}]};
    return {ok: answer.ok, status: answer.status, ...said};
  } catch (error) {
    if (error.name === "AbortError") throw error;
    session = null;
    return {ok: false, status: 0, problems: [{message: "The desk cannot be reached; nothing was changed."}]};
  }
}
