"""A printer: one worker process that is kept warm, and makes one letter after another."""

import time
from contextlib import ExitStack, suppress
from multiprocessing.connection import wait
from threading import Lock

from generator.batch.job import Job, RenderedLetter
from generator.batch.workers import Worker, start_worker
from generator.files.scratch import scratch_folder


class RenderProcess:
    """Makes letters as `build` does, in a process of its own, started when it is first needed.

    To be asked from a thread: each letter is waited for. When the process dies, the letter is given
    to a new one, once: it may have been killed by anybody. One that hangs costs its letter.
    """

    def __init__(self, time_limit_s: float = 60) -> None:
        self._time_limit_s = time_limit_s
        self._until_closed = ExitStack()
        self._scratch = self._until_closed.enter_context(scratch_folder())
        self._worker: Worker | None = None
        self._one_at_a_time = Lock()
        self._closed = False

    def print(self, job: Job) -> RenderedLetter | None:
        """What comes of a letter; None where the printer was closed meanwhile."""
        with self._one_at_a_time:
            made, died = self._print(job)
            if died:
                made, _ = self._print(job)
            return made

    def _print(self, job: Job) -> tuple[RenderedLetter | None, bool]:
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
