"""The editions at one desk: each is opened when it is first asked for, at an address of its own.

The one that the desk was started with is at the root, each other below `/editions/`. Each has a
state and files that it follows; who is let in, and their names, are the same for all.
"""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.preview.access import EDITIONS
from generator.preview.preview_state import PreviewState
from generator.workspace import EditionFolders, UsageError

_ADDRESS = re.compile(rf"{EDITIONS}([0-9]{{4}})(?=/)")


class DeskEditions:
    """Answers for the edition that is asked for."""

    def __init__(
        self,
        first: PreviewState,
        answering: Callable[[PreviewState], ASGIApp],
        follow: Callable[[PreviewState, Callable[[], None]], Coroutine[Any, Any, None]],
    ) -> None:
        """`follow` reads an edition and follows its files, and says when it can be looked at."""
        self._first, self._answering, self._follow = first, answering, follow
        self._desks = {first.folders.year: first}
        self._apps = {first.folders.year: answering(first)}
        self._ready: dict[int, asyncio.Task[None]] = {}

    def __iter__(self) -> Iterator[PreviewState]:
        return iter(self._desks.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on to the edition that its path names, or else to the first."""
        year, path = self._first.folders.year, scope["path"]
        found = _ADDRESS.match(path)
        if found and int(found[1]) in self._years():
            year, path = int(found[1]), path[found.end() :]
            await self._open(year)
        if self._desks[year].reading is None:
            said = f"Edition {year} cannot be read: {self._desks[year].internal_error}\n"
            await PlainTextResponse(said, 503)(scope, receive, send)
            return
        await self._apps[year]({**scope, "path": path}, receive, send)

    def _years(self) -> list[int]:
        with suppress(UsageError):
            return self._first.folders.workspace.years()
        return [*self._desks]

    async def _open(self, year: int) -> None:
        if year not in self._desks:
            first = self._first
            desk = PreviewState(
                EditionFolders(first.folders.workspace, year),
                root=f"{first.root}{EDITIONS}{year}",
                read_only=first.read_only,
                base=first.base,
            )
            self._desks[year], self._apps[year] = desk, self._answering(desk)
            self._ready[year] = asyncio.create_task(self._begin(desk))
        if year in self._ready:
            await asyncio.shield(self._ready[year])

    async def _begin(self, desk: PreviewState) -> None:
        """Begin to follow an edition; over once it was read."""
        read = asyncio.Event()
        following = desk.begin(partial(self._follow, desk, read.set))
        reading = asyncio.create_task(read.wait())
        await asyncio.wait([following, reading], return_when=asyncio.FIRST_COMPLETED)
        reading.cancel()
