"""The desk's side of a connection: it waits for a whole request, but not for long.

uvicorn bounds the time between two requests and nothing else. Whoever sends half a request and then
nothing would hold a connection for ever, and with enough of them the desk would answer nobody.
"""

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_S = 5
"""So long a whole request may take, from the first moment at which one may come."""
MOST_WAITING = 32
"""So many connections may be without a request; then the one that waited longest makes room."""
LONGEST_HEAD = 16 * 1024
"""No browser sends longer lines and headers to us."""


class ImpatientProtocol(H11Protocol):
    """A connection that is closed when no whole request comes in time, or others need its place."""

    _waiting: ClassVar[dict["ImpatientProtocol", asyncio.TimerHandle]] = {}
    """Connections without a whole request, the longest waiting first, and when each is closed."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
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
        """See what has come; when it is a whole request, nobody waits for it any more."""
        super().handle_events()
        if self._is_owed_something:
            self._wait_no_longer()

    @property
    def _is_owed_something(self) -> bool:
        """Whether it is our turn: a whole request has come and was not answered yet."""
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete and not cycle.more_body

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
