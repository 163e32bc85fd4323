"""Where the desk listens, and its connections: none is held open for a request that never comes."""

import asyncio
import socket
from errno import EADDRINUSE
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from generator.problems import system_message
from generator.workspace import UsageError

REQUEST_S = 5
"""So long the head of a request may take, from the first moment at which one may come."""
MOST_WAITING = 32
"""So many connections may be without a request; then the one that waited longest makes room."""
LONGEST_HEAD = 16 * 1024
"""No browser sends longer lines and headers to us."""


class ImpatientProtocol(H11Protocol):
    """A connection that is closed when no request comes in time, or others need its place."""

    _waiting: ClassVar[dict["ImpatientProtocol", asyncio.TimerHandle]] = {}
    """Connections without a whole request, the longest waiting first, and when each is closed."""

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request; it does not make the time for the whole any longer."""
        super().data_received(data)
        if not self._is_owed_something:
            self._wait()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request, or for the rest of this one."""
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """See what has come; when it is a request, nobody waits for it any more."""
        super().handle_events()
        if self._is_owed_something:
            self._wait_no_longer()

    @property
    def _is_owed_something(self) -> bool:
        """Whether it is our turn: the head of a request has come and it was not answered yet.

        Who is not let in is answered at once; of others, the body is waited for where it is read.
        """
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def _wait(self) -> None:
        if self in self._waiting or self.transport.is_closing():
            return
        self._waiting[self] = self.loop.call_later(REQUEST_S, self._give_up)
        if len(self._waiting) > MOST_WAITING:
            next(iter(self._waiting))._give_up()

    def _wait_no_longer(self) -> None:
        timer = self._waiting.pop(self, None)
        if timer is not None:
            timer.cancel()

    def _give_up(self) -> None:
        self._wait_no_longer()
        self.transport.close()  # once what was answered before has been taken


PORT = 8018
"""Where the desk is, unless that is taken or another is asked for."""


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
        raise UsageError(f"--host {host}: not a host name or address.") from error


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
