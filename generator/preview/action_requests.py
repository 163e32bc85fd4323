"""How an action is asked for: one of those that there are, by POST, in JSON, not too long."""

import asyncio
from collections.abc import Mapping

from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from generator.preview import (
    authority_actions,
    confirm_actions,
    data_actions,
    desk_build,
    edition_actions,
    import_actions,
    insert_actions,
    review_actions,
    wording_actions,
)
from generator.preview.actions import NAME, UNDO, Action, FileAction
from generator.preview.desk_sessions import DeskSession
from generator.preview.drafts import Drafting
from generator.preview.letter_inserts import HITS
from generator.preview.preview_state import PreviewState

_BYTES_A_SECOND = 100_000
"""A request that comes more slowly than this is not waited for."""
_AT_LEAST_S = 5.0

_WRITING = (
    *(UNDO, *wording_actions.ACTIONS, *insert_actions.ACTIONS),
    *(*data_actions.ACTIONS, *authority_actions.ACTIONS),
)
_DRAFTING = Drafting({each.name: each for each in _WRITING if isinstance(each, FileAction)})
ACTIONS: Mapping[str, Action] = {
    action.name: action
    for action in (
        *(*_WRITING, NAME, HITS, *_DRAFTING.actions, *desk_build.ACTIONS),
        *(*confirm_actions.ACTIONS, *import_actions.ACTIONS, *review_actions.ACTIONS),
        *edition_actions.ACTIONS,
    )
}
"""All that the desk can be asked to do; nothing else is ever done for a page."""


async def answer(desk: PreviewState, request: Request) -> Response:
    """Do what is asked for, or say why not."""
    action = ACTIONS.get(request.path_params["name"])
    if action is None:
        return _refused(404, "There is no such action.")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return _refused(415, "Expected JSON.")
    length = request.headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        return _refused(411, "The request needs a Content-Length.")
    if len(length) > 12 or int(length) > action.most_bytes:
        return _refused(413, f"Too large; expected less than {action.most_bytes / 1e6:.0f} MB.")
    try:
        async with asyncio.timeout(_AT_LEAST_S + int(length) / _BYTES_A_SECOND):
            body = await request.body()
    except (TimeoutError, ClientDisconnect):
        return _refused(408, "The request did not come in time.")
    try:
        asked = action.request.model_validate_json(body)
    except ValidationError as error:
        return _invalid(error)
    try:
        reply = await action.perform(desk, session_of(request), asked)
    except Exception as error:  # the desk never dies of it, and says so
        desk.internal_error = f"{type(error).__name__}: {error}"
        desk.notify()
        return _refused(500, "Internal error; nothing was changed.")
    if reply.written:
        _DRAFTING.saved(desk, session_of(request), reply.written)
    return JSONResponse(reply.data(desk.folders), reply.status)


def session_of(request: Request) -> DeskSession:
    """Whose request it is."""
    session: DeskSession = request.scope["desk_session"]
    return session


def about_session(desk: PreviewState, request: Request) -> Response:
    """What a page's script must know to ask for actions."""
    session = session_of(request)
    return JSONResponse({"token": session.token, "name": session.name, "readOnly": desk.read_only})


def _refused(status: int, sentence: str) -> Response:
    return JSONResponse({"ok": False, "problems": [{"message": sentence}]}, status)


def _invalid(error: ValidationError) -> Response:
    """What is wrong with a request, without repeating it."""
    problems = [
        {"where": ".".join(map(str, each["loc"])), "message": each["msg"]}
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return JSONResponse({"ok": False, "problems": problems[:20]}, 422)
