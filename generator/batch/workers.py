"""Worker processes on this machine: each makes one letter at a time, and costs one if it dies."""

import gc
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from shutil import rmtree
from signal import SIGKILL, Signals
from threading import Thread
from typing import Any

from generator.batch.job import Job, RenderedLetter, make
from generator.files.parts import scratch_folder
from generator.problems import Problem
from generator.processes.cancellation import Cancellation
from generator.processes.contained import fork_process

_LETTERS_EACH = 250
"""Then a worker is replaced, and its memory given back: the libraries that lay out a letter keep
some 15 KB of each, which would be a third more after two thousand letters."""
_COLLECT_EVERY = 16
"""After so many letters, a quarter of them in full, all of a worker's memory is looked through."""
_FIRST = 2
"""So many letters, which take longest, a worker is given one by one."""
_SMALL = 1 << 16
"""So many bytes a pipe holds in any case: who sends them need not wait for who reads them."""
READY = "ready"
"""What a worker says first."""
NO_MEMORY = 71
"""With this code a worker ends where its memory was not enough for a letter."""


def processors() -> int:
    """The processors that this program may use; all of them where the system does not say."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def render_all(
    jobs: Iterable[Job], stop: Cancellation, *, workers: int, time_limit_s: float
) -> Iterator[RenderedLetter]:
    """Make all letters, in whatever order they are done.

    A worker that dies, or takes longer than the limit, fails the letter it has and is replaced.
    Ends early once it is asked to stop; however it ends, no worker is left.
    """
    with scratch_folder() as scratch:
        yield from _make_all(iter(jobs), stop, workers, time_limit_s, scratch)


def _make_all(
    waiting: Iterator[Job], stop: Cancellation, workers: int, time_limit_s: float, scratch: str
) -> Iterator[RenderedLetter]:
    running: list[Worker] = []
    try:
        for first in islice(waiting, workers):
            running.append(start_worker(first, time_limit_s, scratch))
        while running and not stop.requested:
            for worker in _changed(running, stop):
                made = worker.answer()
                if made is None or (worker.lost and stop.requested):  # not its fault
                    continue
                waiting = chain(worker.take_back(), waiting) if worker.lost else waiting
                while worker.wants_more and (job := next(waiting, None)) is not None:
                    worker.give(job)
                if not worker.jobs:
                    worker.dismiss()
                    running.remove(worker)
                    if (job := next(waiting, None)) is not None:
                        running.append(start_worker(job, time_limit_s, scratch))
                yield made
    finally:
        for worker in running:
            worker.dismiss()


def _changed(running: list["Worker"], stop: Cancellation) -> list["Worker"]:
    """Wait for something to happen: the workers that have answered, died, or taken too long."""
    things: list[Any] = [stop]
    for worker in running:
        things += [worker.connection, worker.process.sentinel]
    patience_s = max(0.0, min(worker.deadline for worker in running) - time.monotonic())
    happened = wait(things, patience_s)
    now = time.monotonic()
    return [
        worker
        for worker in running
        if worker.deadline <= now
        or worker.connection in happened
        or worker.process.sentinel in happened
    ]


@dataclass
class Worker:
    """One process, the letters it has, and until when it may take over the first of them."""

    process: BaseProcess
    connection: Connection
    jobs: deque[Job]
    """The one that it is making, and one that is there already, so that it need not wait for us."""
    time_limit_s: float
    deadline: float
    letters: int = 0
    unsent: list[bytes] = field(default_factory=list)
    """What is too large to be sent while it may be sending something to us."""
    renderer: bytes = b""
    """The one that it was sent last: it keeps that, so that it is sent once."""
    lost: bool = False

    @property
    def can_go_on(self) -> bool:
        """Whether it can make another letter."""
        return not self.lost and self.letters < _LETTERS_EACH and self.process.is_alive()

    @property
    def wants_more(self) -> bool:
        """Whether it shall be given another letter, now or ahead of time."""
        return len(self.jobs) < (1 if self.letters <= _FIRST else 2) and self.can_go_on

    def give(self, job: Job) -> None:
        """Give it a letter to make."""
        self.jobs.append(job)
        self._send(job)

    def take_back(self) -> list[Job]:
        """The letters that it has, if any, and now has no more."""
        jobs, self.jobs = self.jobs, deque()
        return list(jobs)

    def _send(self, job: Job) -> None:
        self.letters += 1
        is_known = job.renderer == self.renderer
        self.renderer = job.renderer
        packed = bytes(ForkingPickler.dumps(replace(job, renderer=b"") if is_known else job))
        if len(self.jobs) > 1 and len(packed) > _SMALL:
            self.unsent.append(packed)
            return
        if len(self.jobs) == 1:
            self.deadline = time.monotonic() + self.time_limit_s
        with suppress(OSError):  # it has just died, as `answer` will find
            self.connection.send_bytes(packed)

    def _go_on(self) -> None:
        """Its first letter is done, so the next one is its first."""
        self.jobs.popleft()
        self.deadline = time.monotonic() + self.time_limit_s
        with suppress(OSError):
            while self.unsent:
                self.connection.send_bytes(self.unsent.pop(0))

    def answer(self) -> RenderedLetter | None:
        """What came of its letter; None where it is only now ready to begin."""
        try:
            if self.connection.poll():
                said = self.connection.recv()
                if said != READY:
                    assert isinstance(said, RenderedLetter)
                    self._go_on()
                    return said
                self._send(self.jobs[0])
                return None
        except (EOFError, OSError):
            pass
        else:
            if self.process.is_alive() and time.monotonic() < self.deadline:
                return None
        self.lost = True
        job = self.jobs.popleft()
        return RenderedLetter(job.letter.slug, problems=(self._why(job),))

    def _why(self, job: Job) -> Problem:
        if time.monotonic() >= self.deadline:
            message = (
                f"took longer than {self.time_limit_s:g} seconds and was stopped; "
                "--time-limit SECONDS allows more"
            )
            return Problem(job.place, message)
        self.process.join(timeout=1)
        code = self.process.exitcode
        if code == NO_MEMORY:
            message = "not enough memory; try fewer processes (--jobs)"
            return Problem(job.place, message)
        if code is not None and code < 0:
            how = f"was killed ({Signals(-code).name})"
            how += ", perhaps out of memory" if -code == SIGKILL else ""
        else:
            how = f"ended unexpectedly (exit code {code})"
        return Problem(job.place, f"the process that was making it {how}; build it again")

    def dismiss(self) -> None:
        """Let it go, at once: nothing that it could still say is waited for."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


def start_worker(job: Job, time_limit_s: float, scratch: str) -> Worker:
    """Start a worker; the letter is given to it once it says that it is ready."""
    process, connection = fork_worker(scratch)
    deadline = time.monotonic() + max(time_limit_s, _START_S)
    return Worker(process, connection, deque([job]), time_limit_s, deadline)


_START_S = 60.0


def fork_worker(scratch: str) -> tuple[BaseProcess, Connection]:
    """Start a worker: its process, and our end of the pipe to it. `scratch` is for its files."""
    return fork_process(_serve, scratch)


def _serve(connection: Connection, scratch: str) -> None:
    """The life of a worker: letters in, files out, until there is nobody to send them to.

    What the engine keeps in files is kept in `scratch`: a worker is killed, and never tidies up.
    """
    tempfile.tempdir = own = tempfile.mkdtemp(dir=scratch)
    sys.path[:] = filter(None, sys.path)  # a current folder that was gone has become None there
    Thread(target=_leave_with_parent, args=(own,), daemon=True).start()
    gc.disable()
    try:
        connection.send(READY)
        renderer, due = b"", 0
        for number in count():
            job = connection.recv()
            renderer = job.renderer or renderer
            made = make(replace(job, renderer=renderer))
            connection.send(made)
            # A letter that is laid out leaves rings of objects behind, of some megabytes. They are
            # collected after it and not in the middle; what came with the first stays for good.
            # Shapes of pages, which are kept for a while, are looked through only now and then:
            # sooner where pages are laid out in full, which puts new ones in the place of old ones.
            in_full = bool(made.why_in_full or made.problems)
            due += _COLLECT_EVERY // 4 if in_full else 1
            if number == 0 or job.renderer or due >= _COLLECT_EVERY:
                gc.collect()
                due = 0
            elif in_full:
                gc.collect(0)
            if number == 0:
                gc.freeze()
    except MemoryError:
        os._exit(NO_MEMORY)  # at once, for anything else would need some
    except (EOFError, OSError):
        return


def _leave_with_parent(own: str) -> None:
    """End when the process that started us has ended, even in the middle of a letter."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    rmtree(own, ignore_errors=True)
    os._exit(1)
