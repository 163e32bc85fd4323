"""The hands of the desk: threads for what takes long, and two printers, one for who waits."""

import asyncio
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from generator.batch.job import Job, RenderedLetter
from generator.preview.render_process import RenderProcess

Found = TypeVar("Found")


class BackgroundTasks:
    """Does what takes long, so that the desk can be looked at meanwhile.

    Each kind of work has a thread of its own and is done in turn: work that somebody waits for is
    never behind other work.
    """

    def __init__(self) -> None:
        kinds = ("letter", "reading", "comparing", "picture", "front", "back")
        self._threads = {kind: _Hand(f"desk-{kind}") for kind in kinds}
        self._front, self._back = RenderProcess(), RenderProcess()

    async def do(self, kind: str, work: Callable[..., Found], *given: object) -> Found:
        """What comes of some work (`letter`, `reading`, `comparing` or `picture`)."""
        return await self._threads[kind].do(partial(work, *given))

    async def print_now(self, job: Callable[[], Job | None]) -> RenderedLetter | None:
        """Print a letter that somebody waits for; which, is asked when its turn has come.

        None where it is none any more, or the desk was closed.
        """
        return await self.do("front", _print, self._front, job)

    async def print_meanwhile(self, job: Job) -> RenderedLetter | None:
        """Print a letter that nobody waits for; None where the desk was closed."""
        return await self.do("back", self._back.print, job)

    def close(self) -> None:
        """End the printers' processes; nothing else that was begun is waited for."""
        for printer in (self._front, self._back):
            printer.close()


def _print(printer: RenderProcess, job: Callable[[], Job | None]) -> RenderedLetter | None:
    wanted = job()
    return printer.print(wanted) if wanted is not None else None


class _Hand:
    """A thread that does one thing after the other, and does not keep the program from ending.

    (The threads of an executor do: all letters of a county may just be compared when it ends.)
    """

    def __init__(self, name: str) -> None:
        self._work: SimpleQueue[tuple[asyncio.Future[Any], Callable[[], Any]]] = SimpleQueue()
        Thread(target=self._go_on, name=name, daemon=True).start()

    async def do(self, work: Callable[[], Found]) -> Found:
        """What comes of some work; when nobody waits for it any more, it is not begun."""
        future: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._work.put((future, work))
        return await future

    def _go_on(self) -> None:
        while True:
            future, work = self._work.get()
            if future.cancelled():
                continue
            try:
                settle = partial(_settle, future, work(), None)
            except Exception as error:
                settle = partial(_settle, future, None, error)
            try:
                future.get_loop().call_soon_threadsafe(settle)
            except RuntimeError:  # the loop has ended, and with it who waited
                return
            del future, work, settle  # what came of it is not kept until the next


def _settle(future: asyncio.Future[Any], found: object, error: Exception | None) -> None:
    if future.cancelled():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(found)
