"""The server of the desk: on this computer alone unless told otherwise, and gone when it ends."""

import asyncio
import contextlib
import json
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from errno import EADDRINUSE
from importlib.resources import files

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from generator.preview.access import (
    LETTER_POLICY,
    LONGEST_HEAD,
    AccessMiddleware,
    AccessPolicy,
    ImpatientProtocol,
    access_policy,
)
from generator.preview.letter_page import PANELS, VIEWS, letter_page
from generator.preview.pages import changes_page, impact_page, list_page, problems_page
from generator.preview.preview_state import PreviewState
from generator.preview.refresh import follow
from generator.problems import system_message
from generator.verification.output_formats import OutputFormat, output_formats
from generator.workspace import UsageError

_PATIENCE_S = 0.6
"""So long a page waits for its letter to be printed, so that it comes whole; then without."""
_DOWNLOAD_S = 60
_FOR_EVER = "private, max-age=31536000, immutable"

_PAGES = {
    "/": list_page,
    "/changes": changes_page,
    "/problems": problems_page,
    "/impact": impact_page,
}
_ASSETS = {
    "base.css": "text/css",
    "changes.css": "text/css",
    "desk.css": "text/css",
    "lists.js": "text/javascript",
    "desk.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


class Routes:
    """Answers what is asked of a desk."""

    def __init__(self, desk: PreviewState) -> None:
        self._desk = desk

    @property
    def app(self) -> Starlette:
        """All of it, to be served."""
        letter = "/letters/{slug}"
        return Starlette(
            routes=[
                *(Route(path, self._page) for path in _PAGES),
                Route(letter, self._letter),
                Route(f"{letter}/letter.html", self._html),
                *(
                    Route(f"{letter}/letter{each.suffix}", self._download(each))
                    for each in output_formats()
                    if each.is_offered
                ),
                Route(f"{letter}/pages/{{key}}/{{number}}.png", self._picture),
                Route("/events", self._events),
                Route("/desk/{name}", self._asset),
            ]
        )

    async def _page(self, request: Request) -> Response:
        assert self._desk.reading is not None
        return HTMLResponse(_PAGES[request.url.path](self._desk, self._desk.reading))

    async def _letter(self, request: Request) -> Response:
        desk, slug = self._desk, request.path_params["slug"]
        letter, _ = await desk.printed(slug, 0 if self._desk.page_images.has(slug) else _PATIENCE_S)
        if letter is None or desk.reading is None:
            return _missing(f"There is no authority {slug}.")
        pages = await self._desk.page_images.pages(letter)
        made = desk.render_cache.get(letter.good.key) if letter.good else None
        return HTMLResponse(
            letter_page(
                desk,
                desk.reading,
                letter,
                pages,
                made,
                view=_one_of(VIEWS, request.query_params.get("view")),
                panel=_one_of(PANELS, request.query_params.get("panel")),
            )
        )

    async def _html(self, request: Request) -> Response:
        letter = await self._desk.letter(request.path_params["slug"])
        if letter is None or letter.good is None:
            return _missing("There is no letter to show.")
        return HTMLResponse(letter.good.html, headers={"Content-Security-Policy": LETTER_POLICY})

    def _download(self, each: OutputFormat) -> Callable[[Request], Awaitable[Response]]:
        """Answers with a letter's file of a format."""

        async def download(request: Request) -> Response:
            letter, made = await self._desk.printed(request.path_params["slug"], _DOWNLOAD_S)
            if letter is None or letter.good is None or letter.is_old:
                return _missing("There is no letter: its files have errors.")
            if made is None or each.name not in made.contents:
                return _missing("The letter cannot be printed; the desk says why.")
            draft = "-draft" if letter.good.letter.draft else ""
            name = f'attachment; filename="{each.file_name(f"{letter.slug}{draft}")}"'
            headers = {"Content-Disposition": name, "Content-Security-Policy": LETTER_POLICY}
            content = made.contents[each.name]
            return Response(content, media_type=each.media_type, headers=headers)

        return download

    async def _picture(self, request: Request) -> Response:
        key, number = request.path_params["key"], request.path_params["number"]
        is_number = re.fullmatch("[1-9][0-9]{0,3}", number)
        picture = await self._desk.page_images.picture(key, int(number)) if is_number else None
        if picture is None:
            return _missing("This page is not shown any more.")
        return Response(picture, media_type="image/png", headers={"Cache-Control": _FOR_EVER})

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


def _one_of(known: dict[str, str], asked: str | None) -> str:
    """The one that is asked for, or the first."""
    return asked if asked in known else next(iter(known))


PORT = 8018
"""Where the desk is, unless that is taken or another is asked for."""
_LAST_WORDS_S = 2
_TURN_S = 0.0005
"""So long a thread that computes goes on while another would. PDFium is asked a hundred small
things about a letter, and each time who asks has lost its turn: with ten times as long, the pages
of the open letter come half a second later while all letters are being read."""


def listen(host: str, port: int | None) -> socket.socket:
    """A socket to be asked at: the usual one, or a free one where that is taken.

    Raises `UsageError` where a port was asked for and cannot be had, or the host is not ours.
    """
    try:
        return _bound(host, PORT if port is None else port)
    except OSError as error:
        if port is None and error.errno == EADDRINUSE:
            return _bound(host, 0)
        is_host = port is None or isinstance(error, socket.gaierror)
        what = f"--host {host}" if is_host else f"--port {port}"
        raise UsageError(f"{what}: {system_message(error)}.") from error
    except UnicodeError as error:
        raise UsageError(f"--host {host}: this is no name or address of a computer.") from error


def _bound(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen()
    except OSError:
        found.close()
        raise
    return found


def serve(
    desk: Callable[[], PreviewState],
    host: str,
    listening: socket.socket,
    ready: Callable[[PreviewState, AccessPolicy], None],
    *,
    poll: bool = False,
) -> None:
    """Serve the desk until Ctrl-C, `kill` or a closed terminal; nothing of it is left behind."""
    sys.setswitchinterval(_TURN_S)
    who = access_policy(host, listening.getsockname()[1])
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
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    read = asyncio.Event()
    refreshing = asyncio.create_task(follow(desk, read.set, poll=poll))
    server = _Server(_config(desk, who))
    try:
        await _first(read.wait(), refreshing, stop.wait())
        if read.is_set():
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            ready(desk, who)
            await _first(serving, refreshing, stop.wait())
            await _ended(refreshing)  # first: what it would begin now came to nothing
            desk.close()
            server.should_exit = True
            await serving
    finally:
        await _ended(refreshing)
        desk.close()
    if not refreshing.cancelled() and (error := refreshing.exception()):
        raise error


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the desk, which has more to end than its server."""
        yield


def _config(desk: PreviewState, who: AccessPolicy) -> uvicorn.Config:
    return uvicorn.Config(
        AccessMiddleware(Routes(desk).app, who),
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
