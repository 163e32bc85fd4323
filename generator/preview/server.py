"""The server of the desk: on this computer alone unless told otherwise, and gone when it ends."""

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from errno import EADDRINUSE

import uvicorn

from generator.messages import system_message
from generator.preview.access import AccessMiddleware, AccessPolicy, admission
from generator.preview.impatient import LONGEST_HEAD, ImpatientProtocol
from generator.preview.preview_state import PreviewState
from generator.preview.refresh import follow
from generator.preview.routes import Routes
from generator.workspace import UsageError

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
    who = admission(host, listening.getsockname()[1])
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
    following = asyncio.create_task(follow(desk, read.set, poll=poll))
    server = _Server(_config(desk, who))
    try:
        await _first(read.wait(), following, stop.wait())
        if read.is_set():
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            ready(desk, who)
            await _first(serving, following, stop.wait())
            await _ended(following)  # first: what it would begin now came to nothing
            desk.close()
            server.should_exit = True
            await serving
    finally:
        await _ended(following)
        desk.close()
    if not following.cancelled() and (error := following.exception()):
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
