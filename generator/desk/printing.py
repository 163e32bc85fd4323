"""A printer: one worker process that is kept warm, and makes one letter after another."""

import tempfile
import time
from multiprocessing.connection import wait
from threading import Lock

from generator.batch.job import Job, Made
from generator.batch.workers import Worker, start_worker


class Printer:
    """Makes letters as `build` does, in a process of its own, started when it is first needed.

    To be asked from a thread: each letter is waited for. One that dies or hangs costs its letter,
    and the next letter has a new process.
    """

    def __init__(self, time_limit_s: float = 60) -> None:
        self._time_limit_s = time_limit_s
        self._scratch = tempfile.TemporaryDirectory(prefix="letters-")
        self._worker: Worker | None = None
        self._one_at_a_time = Lock()
        self._closed = False

    def print(self, job: Job) -> Made | None:
        """What comes of a letter; None where the printer was closed meanwhile."""
        with self._one_at_a_time:
            if self._closed:
                return None
            worker = self._give(job)
            while (made := worker.answer()) is None:
                patience_s = max(0.0, worker.deadline - time.monotonic())
                wait([worker.connection, worker.process.sentinel], patience_s)
            if worker.lost:
                self._dismiss()
            return None if self._closed else made

    def _give(self, job: Job) -> Worker:
        if self._worker is not None and not self._worker.can_go_on:
            self._dismiss()
        if self._worker is None:
            self._worker = start_worker(job, self._time_limit_s, self._scratch.name)
        else:
            self._worker.give(job)
        return self._worker

    def close(self) -> None:
        """End the process, also in the middle of a letter."""
        self._closed = True
        worker = self._worker
        if worker is not None:
            worker.process.kill()  # whoever waits for its letter hears of it
        with self._one_at_a_time:
            self._dismiss()
            self._scratch.cleanup()

    def _dismiss(self) -> None:
        if self._worker is not None:
            self._worker.dismiss()
            self._worker = None
