"""The hands of the desk: threads for what takes long, and two printers, one for who waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from generator.batch.job import Job, Made
from generator.desk.printing import Printer

Found = TypeVar("Found")


class Hands:
    """Does what takes long, so that the desk can be looked at meanwhile.

    Each kind of work has a thread of its own and is done in turn: work that somebody waits for is
    never behind other work.
    """

    def __init__(self) -> None:
        kinds = ("letter", "reading", "comparing", "picture", "front", "back")
        self._threads = {kind: ThreadPoolExecutor(1, f"desk-{kind}") for kind in kinds}
        self._front, self._back = Printer(), Printer()

    async def do(self, kind: str, work: Callable[..., Found], *given: object) -> Found:
        """What comes of some work (`letter`, `reading`, `comparing` or `picture`)."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads[kind], partial(work, *given))

    async def print_now(self, job: Callable[[], Job | None]) -> Made | None:
        """Print a letter that somebody waits for; which, is asked when its turn has come.

        None where it is none any more, or the desk was closed.
        """
        return await self.do("front", _print, self._front, job)

    async def print_meanwhile(self, job: Job) -> Made | None:
        """Print a letter that nobody waits for; None where the desk was closed."""
        return await self.do("back", self._back.print, job)

    def close(self) -> None:
        """End everything that was begun, and the printers' processes."""
        for thread in self._threads.values():
            thread.shutdown(wait=False, cancel_futures=True)
        for printer in (self._front, self._back):
            printer.close()


def _print(printer: Printer, job: Callable[[], Job | None]) -> Made | None:
    wanted = job()
    return printer.print(wanted) if wanted is not None else None
