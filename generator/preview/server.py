"""The server of the desk: on this computer alone unless told otherwise, and gone when it ends."""

import asyncio
import contextlib
import json
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from importlib.resources import files

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from generator.preview.access import (
    LETTER_POLICY,
    AccessMiddleware,
    AccessPolicy,
    ProxyAddress,
    access_policy,
)
from generator.preview.action_requests import session_of
from generator.preview.all_letters import list_page
from generator.preview.authority_form import form_page
from generator.preview.connections import LONGEST_HEAD, ImpatientProtocol
from generator.preview.desk_build import end_build
from generator.preview.desk_editions import DeskEditions
from generator.preview.desk_overview import overview_page
from generator.preview.desk_sessions import DeskSessions
from generator.preview.downloads import (
    NothingToDownloadError,
    draft_file,
    letter_file,
    letters_for_download,
    offered_formats,
    zip_headers,
    zipped,
)
from generator.preview.drafts import draft_name
from generator.preview.editing_routes import editing_routes
from generator.preview.edition_snapshot import ShownLetter
from generator.preview.letter_page import PANELS, VIEWS, letter_page
from generator.preview.page_images import ShownPages
from generator.preview.pages import (
    SCRIPTS,
    changes_page,
    edition_page,
    import_page,
    missing_page,
    problems_page,
)
from generator.preview.preview_state import PreviewState
from generator.preview.refresh import follow
from generator.preview.review_page import review_page
from generator.verification.output_formats import OutputFormat

_PATIENCE_S = 0.6
"""So long a page waits for its letter to be printed, so that it comes whole; then without."""
_FOR_EVER = "private, max-age=31536000, immutable"

_PAGES = {
    "/": list_page,
    "/overview": overview_page,
    "/changes": changes_page,
    "/problems": problems_page,
    "/import": import_page,
    "/edition": edition_page,
    "/review": review_page,
}
_ASSETS = {
    "base.css": "text/css",
    "changes.css": "text/css",
    "desk.css": "text/css",
    "forms.css": "text/css",
    **dict.fromkeys(
        (*SCRIPTS, "rules.js", "edit.js", "inserts.js", "approve.js", "desk.js"), "text/javascript"
    ),
    "icon.svg": "image/svg+xml",
}

_File = Callable[[PreviewState, str, OutputFormat], Awaitable[Response]]


class Routes:
    """Answers what is asked of a desk."""

    def __init__(self, desk: PreviewState) -> None:
        self._desk = desk
        self._made: dict[str, tuple[int, str]] = {}

    @property
    def app(self) -> Starlette:
        """All of it, to be served."""
        letter = "/letters/{slug}"
        return Starlette(
            routes=[
                *(Route(path, self._page) for path in _PAGES),
                Route(letter, self._letter),
                Route(f"{letter}/form", self._form),
                Route(f"{letter}/letter.html", self._html),
                *(
                    Route(f"{letter}/{what}{each.suffix}", self._download(file, each))
                    for what, file in (("letter", letter_file), ("draft", draft_file))
                    for each in offered_formats()
                ),
                *(Route(path, self._zip) for path in ("/letters.zip", "/drafts.zip")),
                Route(f"{letter}/pages/{{key}}/{{number}}.png", self._picture),
                Route(f"{letter}/last-year/{{key}}/{{number}}.png", self._last_years_picture),
                Route("/events", self._events),
                *editing_routes(self._desk),
                Route("/desk/{name}", self._asset),
            ],
            exception_handlers={404: self._no_such_page},
        )

    async def _no_such_page(self, _request: Request, _error: Exception) -> Response:
        return self._missing_page("There is no such page")

    def _missing_page(self, sentence: str) -> Response:
        """A page like the others that says that there is nothing, and leads back."""
        return HTMLResponse(missing_page(self._desk, sentence), 404)

    async def _page(self, request: Request) -> Response:
        """A page that is the same for all who see it at a moment: so it is made once for all."""
        assert self._desk.reading is not None
        path, moment = request.url.path, self._desk.revision
        if self._made.get(path, (None, ""))[0] != moment:
            self._made[path] = moment, _PAGES[path](self._desk, self._desk.reading)
        return HTMLResponse(self._made[path][1])

    async def _letter(self, request: Request) -> Response:
        desk, slug = self._desk, request.path_params["slug"]
        letter, pages, draft = await self._seen(request, _PATIENCE_S)
        if letter is None or desk.reading is None:
            return self._missing_page(f"There is no letter to an authority “{slug}”")
        made = desk.render_cache.get(letter.good.key) if letter.good else None
        return HTMLResponse(
            letter_page(
                desk,
                desk.reading,
                letter,
                pages,
                made,
                view=_one_of(VIEWS, request.query_params.get("view")),
                panel=_one_of({"": "", **PANELS}, request.query_params.get("panel")),
                draft=draft,
            )
        )

    async def _form(self, request: Request) -> Response:
        desk, slug = self._desk, request.path_params["slug"]
        letter, pages, draft = await self._seen(request, 0)
        if letter is None or desk.reading is None or slug not in desk.reading.letters:
            return self._missing_page(f"There is no authority “{slug}”")
        asked = (desk, desk.reading, letter, pages, draft)
        return HTMLResponse(await desk.tasks.do("letter", form_page, *asked))

    async def _seen(
        self, request: Request, patience_s: float
    ) -> tuple[ShownLetter | None, ShownPages | None, str]:
        """A letter, its pages, and for which page it is shown as somebody writes it, if so."""
        desk, slug = self._desk, request.path_params["slug"]
        letter, _ = await desk.printed(slug, 0 if desk.page_images.has(slug) else patience_s)
        name, draft = self._draft(request)
        letter = draft or letter
        pages = await desk.page_images.pages(letter, name) if letter else None
        return letter, pages, request.query_params["draft"] if draft else ""

    async def _html(self, request: Request) -> Response:
        letter = await self._desk.letter(request.path_params["slug"])
        letter = self._draft(request)[1] or letter
        if letter is None or letter.good is None:
            return _missing("There is no letter to show.")
        return HTMLResponse(letter.good.html, headers={"Content-Security-Policy": LETTER_POLICY})

    def _draft(self, request: Request) -> tuple[str, ShownLetter | None]:
        """What this browser is writing, where that is asked for and is of this letter."""
        name = draft_name(session_of(request), request.query_params.get("draft", ""))
        draft = self._desk.drafts.get(name)
        if draft is None or draft.shown.slug != request.path_params["slug"]:
            return "", None
        return name, draft.shown

    def _download(
        self, file: _File, each: OutputFormat
    ) -> Callable[[Request], Awaitable[Response]]:
        """Answers with a letter's file of a format."""

        async def download(request: Request) -> Response:
            try:
                return await file(self._desk, request.path_params["slug"], each)
            except NothingToDownloadError as error:
                return self._missing_page(str(error))

        return download

    async def _zip(self, request: Request) -> Response:
        draft = request.url.path.endswith("/drafts.zip")
        headers = zip_headers(self._desk, draft=draft)
        if request.method == "HEAD":
            return Response(headers=headers)
        try:
            letters = await letters_for_download(self._desk, draft=draft)
        except NothingToDownloadError as error:
            return self._missing_page(str(error))
        return StreamingResponse(zipped(self._desk, letters), headers=headers)

    async def _picture(self, request: Request) -> Response:
        key, number = request.path_params["key"], _page_number(request)
        return _shown(await self._desk.page_images.picture(key, number))

    async def _last_years_picture(self, request: Request) -> Response:
        slug, key = request.path_params["slug"], request.path_params["key"]
        return _shown(self._desk.last_years_pages.picture(slug, key, _page_number(request)))

    async def _events(self, request: Request) -> Response:
        slug = request.query_params.get("letter")
        news = self._news(slug if slug in self._known else None)
        return StreamingResponse(news, media_type="text/event-stream")

    @property
    def _known(self) -> set[str]:
        reading = self._desk.reading
        return {*self._desk.letters, *(reading.letters if reading else ())}

    async def _news(self, slug: str | None) -> AsyncIterator[str]:
        """Tells whenever there is something to be seen anew, while somebody listens."""
        revision = self._desk.revision
        with self._desk.opened(slug):
            yield _event(revision)
            while not self._desk.closed:
                revision = await self._desk.wait_for_change(revision)
                yield _event(revision)

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _ASSETS:
            return _missing("There is no such file.")
        content = files("generator.assets").joinpath(name).read_bytes()
        return Response(content, media_type=_ASSETS[name])


def _event(revision: int) -> str:
    return f"data: {json.dumps({'moment': revision})}\n\n"


def _missing(sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", 404)


def _page_number(request: Request) -> int:
    """The number of a page; nought, which none has, for what is no number."""
    number = request.path_params["number"]
    return int(number) if re.fullmatch("[1-9][0-9]{0,3}", number) else 0


def _shown(picture: bytes | None) -> Response:
    if picture is None:
        return _missing("This page is not shown any more.")
    return Response(picture, media_type="image/png", headers={"Cache-Control": _FOR_EVER})


def _one_of(known: dict[str, str], asked: str | None) -> str:
    """The one that is asked for, or the first."""
    return asked if asked in known else next(iter(known))


_LAST_WORDS_S = 2
_TURN_S = 0.0005
"""So long a thread that computes goes on while another would. PDFium is asked a hundred small
things about a letter, and each time who asks has lost its turn: with ten times as long, the pages
of the open letter come half a second later while all letters are being read."""


def serve(
    desk: Callable[[], PreviewState],
    host: str,
    listening: socket.socket,
    ready: Callable[[PreviewState, AccessPolicy], None],
    *,
    poll: bool = False,
    proxy: ProxyAddress | None = None,
    read_only: bool = False,
) -> None:
    """Serve the desk until Ctrl-C, `kill` or a closed terminal; nothing of it is left behind."""
    sys.setswitchinterval(_TURN_S)
    who = access_policy(host, listening.getsockname()[1], proxy, read_only=read_only)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(desk, who, listening, ready, poll=poll))


async def _serve(
    make_desk: Callable[[], PreviewState],
    who: AccessPolicy,
    listening: socket.socket,
    ready: Callable[[PreviewState, AccessPolicy], None],
    *,
    poll: bool,
) -> None:
    desk = make_desk()
    desk.root, desk.base, desk.read_only = who.root, who.root, who.read_only
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    read = asyncio.Event()
    refreshing = asyncio.create_task(follow(desk, read.set, poll=poll))
    editions = DeskEditions(desk, lambda desk: Routes(desk).app, partial(follow, poll=poll))
    server = _Server(_config(editions, who))
    try:
        await _first(read.wait(), refreshing, stop.wait())
        if read.is_set():
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            ready(desk, who)
            await _first(serving, refreshing, stop.wait())
            await _ended(refreshing)  # first: what it would begin now came to nothing
            for each in editions:
                await end_build(each)
                each.close()
            server.should_exit = True
            await serving
    finally:
        await _ended(refreshing)
        for each in editions:
            each.close()
    if not refreshing.cancelled() and (error := refreshing.exception()):
        raise error


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the desk, which has more to end than its server."""
        yield


def _config(app: ASGIApp, who: AccessPolicy) -> uvicorn.Config:
    return uvicorn.Config(
        AccessMiddleware(app, who, DeskSessions()),
        log_level="critical",
        access_log=False,
        lifespan="off",
        server_header=False,
        http=ImpatientProtocol,  # of h11, whatever else is installed: it is the stricter one
        h11_max_incomplete_event_size=LONGEST_HEAD,
        ws="none",
        proxy_headers=False,
        timeout_graceful_shutdown=_LAST_WORDS_S,
    )


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def _first(*things: Awaitable[object]) -> None:
    """Wait until one of these is done."""
    tasks = [asyncio.ensure_future(thing) for thing in things]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task, thing in zip(tasks, things, strict=True):
        if task is not thing:  # what was only waited for
            task.cancel()
