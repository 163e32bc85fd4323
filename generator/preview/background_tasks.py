"""Background tasks: threads for what takes long, and render processes, one for who waits."""

import asyncio
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from functools import partial
from multiprocessing.connection import wait
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from generator.batch.job import Job, RenderedLetter
from generator.batch.workers import Worker, processors, start_worker
from generator.files.parts import scratch_folder

MOST_BEHIND = 4
"""So many render processes at most make what nobody waits for, each of some 80 MB."""
_LATER = 10
"""How much later than others a process that gives way has its turn (`nice`)."""


class RenderProcess:
    """Makes letters as `build` does, in a process of its own, started when it is first needed.

    To be asked from a thread: each letter is waited for. When the process dies, the letter is given
    to a new one, once: it may have been killed by anybody. One that hangs costs its letter.
    """

    def __init__(self, time_limit_s: float = 60, *, gives_way: bool = False) -> None:
        """One that `gives_way` has a processor when nothing else needs it."""
        self._time_limit_s, self._gives_way = time_limit_s, gives_way
        self._until_closed = ExitStack()
        self._scratch = self._until_closed.enter_context(scratch_folder())
        self._worker: Worker | None = None
        self._one_at_a_time = Lock()
        self._closed = False

    def render(self, job: Job) -> RenderedLetter | None:
        """What comes of a letter; None where the process was closed meanwhile."""
        with self._one_at_a_time:
            made, died = self._render(job)
            if died:
                made, _ = self._render(job)
            return made

    def _render(self, job: Job) -> tuple[RenderedLetter | None, bool]:
        """What comes of a letter, and whether the process died of it, or with it."""
        if self._closed:
            return None, False
        worker = self._given(job)
        while not self._closed and (made := worker.answer()) is None:
            patience_s = max(0.0, worker.deadline - time.monotonic())
            wait([worker.connection, worker.process.sentinel], patience_s)
        if self._closed:
            return None, False
        died = worker.lost and time.monotonic() < worker.deadline
        if worker.lost:
            self._dismiss()
        return made, died

    def _given(self, job: Job) -> Worker:
        if self._worker is not None and not self._worker.can_go_on:
            self._dismiss()
        if self._worker is None:
            self._worker = start_worker(job, self._time_limit_s, self._scratch)
            if self._gives_way:
                with suppress(OSError):  # it has just died, as `answer` will find
                    os.setpriority(os.PRIO_PROCESS, self._worker.process.pid or 0, _LATER)
        else:
            self._worker.give(job)
        return self._worker

    def close(self) -> None:
        """End the process, also in the middle of a letter."""
        self._closed = True  # first: who starts a process now sees it afterwards
        worker = self._worker
        if worker is not None:
            with suppress(ValueError):  # dismissed just now
                worker.process.kill()  # whoever waits for its letter hears of it
        with self._one_at_a_time:
            self._dismiss()
            self._until_closed.close()

    def _dismiss(self) -> None:
        if self._worker is not None:
            self._worker.dismiss()
            self._worker = None


Found = TypeVar("Found")


class BackgroundTasks:
    """Does what takes long, so that the desk can be looked at meanwhile.

    Each kind of work has a thread of its own and is done in turn: work that somebody waits for is
    never behind other work.
    """

    def __init__(self) -> None:
        kinds = (
            "letter",
            "reading",
            "comparing",
            "picture",
            "front",
            "writing",
            "impact",
            "building",
            "importing",
        )
        self._threads = {kind: _WorkThread(f"desk-{kind}") for kind in kinds}
        self._front = RenderProcess()
        self._back = {
            _WorkThread(f"desk-back-{number}"): RenderProcess(gives_way=True)
            for number in range(min(processors(), MOST_BEHIND))
        }

    async def do(self, kind: str, work: Callable[..., Found], *given: object) -> Found:
        """What comes of some work, done in the thread of its kind (`letter`, `reading` …)."""
        return await self._threads[kind].do(partial(work, *given))

    async def render_now(self, job: Callable[[], Job | None]) -> RenderedLetter | None:
        """Render a letter that somebody waits for; which, is asked when its turn has come.

        None where it is none any more, or the desk was closed.
        """
        return await self.do("front", _render, self._front, job)

    async def render_meanwhile(
        self, jobs: Iterable[Job], done: Callable[[Job, RenderedLetter], None]
    ) -> None:
        """Render letters that nobody waits for, on all processors; `done` is told of each."""
        waiting = iter(jobs)

        async def go_on(thread: "_WorkThread") -> None:
            for job in waiting:
                made = await thread.do(partial(self._back[thread].render, job))
                if made is None:  # the desk was closed
                    return
                done(job, made)

        await asyncio.gather(*map(go_on, self._back))

    def close(self) -> None:
        """End the render processes; nothing else that was begun is waited for."""
        for process in (self._front, *self._back.values()):
            process.close()


def _render(process: RenderProcess, job: Callable[[], Job | None]) -> RenderedLetter | None:
    wanted = job()
    return process.render(wanted) if wanted is not None else None


class _WorkThread:
    """A thread that does one thing after the other, and does not keep the program from ending.

    (The threads of an executor do: all letters of a county may just be compared when it ends.)
    """

    def __init__(self, name: str) -> None:
        self._work: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        Thread(target=self._go_on, name=name, daemon=True).start()

    async def do(self, work: Callable[[], Found]) -> Found:
        """What comes of some work; when nobody waits for it any more, it is not begun."""
        future: Future[Found] = Future()
        self._work.put((future, work))
        return await asyncio.wrap_future(future)

    def _go_on(self) -> None:
        while True:
            future, work = self._work.get()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except Exception as error:
                    future.set_exception(error)
            del future, work  # what came of it is not kept until the next
