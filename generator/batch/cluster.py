"""Workers beyond this machine: the same jobs, on a Dask cluster.

Letters go out and come back in bundles, each of letters made of the same blocks, to the worker that
had such letters before: it makes them from one another. The renderer is sent once.
"""

import logging
import sys
import time
import warnings
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any

from generator.batch.job import Job, RenderedLetter, make
from generator.batch.run import LetterExecutor
from generator.problems import Problem
from generator.processes.cancellation import Cancellation
from generator.workspace import UsageError

Client = Any  # Dask's own, which come half typed
Future = Any

_CONNECT_S = 5
_RESTART_S = 20
"""How long the others wait for a worker that is restarted: it is mostly back in two seconds."""
_LOOK_S = 0.2
"""How often a wish to stop and the time limits are looked at."""
_MOST = 16
"""So many letters are a bundle at most."""
_BUNDLE_S = 2.0
"""After this a worker hands over what it has made of a bundle; the rest goes out once more."""


@contextmanager
def cluster_at(address: str, time_limit_s: float) -> Iterator[LetterExecutor]:
    """The executor of the cluster whose scheduler is at this address (`tcp://host:8786`).

    Its workers need this package and the letters' typeface, and nothing else: no shared folder.
    Raises `UsageError` where there is no cluster, it has no workers, or Dask is not installed.
    """
    try:
        import distributed
    except ImportError as error:
        how = f"{sys.executable} -m pip install distributed"
        raise UsageError(
            f"--cluster needs Dask, which is not installed; install it: {how}"
        ) from error
    for name in ("distributed", "distributed.client"):  # what matters is said here
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other versions on the workers: the jobs look at those
        try:
            client = distributed.Client(address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"No Dask scheduler answers at {address}.") from error
    with client:
        if not client.nthreads():
            raise UsageError(f"The Dask scheduler at {address} has no workers; start some.")
        yield lambda jobs, stop: _Run(client, time_limit_s, jobs).make_all(stop)


@dataclass
class _Bundle:
    """Letters that the cluster has, and until when it may take over them."""

    jobs: Sequence[Job]
    worker: str
    """The address of the worker that is to make them."""
    future: Future
    deadline: float
    made_before: bool = False
    """Whether a worker had made them, and was stuck before it had handed them over."""


class _Run:
    """The letters of a run. A worker that is lost costs none: others make what it had."""

    def __init__(self, client: Client, time_limit_s: float, jobs: Iterable[Job]) -> None:
        self._client, self._time_limit_s = client, time_limit_s
        self._to_come = iter(jobs)
        self._waiting: dict[Hashable, deque[Job]] = {}
        """Letters at hand, to choose bundles from: all there are would take too much memory."""
        self._alone: list[Job] = []
        """Letters of bundles that failed, each of which is tried by itself."""
        self._running: dict[str, _Bundle] = {}
        self._arrived: SimpleQueue[tuple[str, list[RenderedLetter] | Exception]] = SimpleQueue()
        self._had_last: dict[str, Hashable] = {}
        """By the address of a worker, what the letters were made of that it was given last."""
        self._renderers: dict[bytes, Future] = {}

    def make_all(self, stop: Cancellation) -> Iterator[RenderedLetter]:
        """Make all letters, in whatever order they are done."""
        try:
            while not stop.requested:
                self._give_out()
                if not self._running:
                    return
                with suppress(Empty):
                    key, made = self._arrived.get(timeout=_LOOK_S)
                    if key in self._running:
                        results = list(self._results(self._running.pop(key), made))
                        try:
                            self._give_out()  # first, since it takes a while to write these
                        finally:
                            yield from results
                if self._arrived.empty():  # else one of those may be there already
                    yield from self._give_up_late_ones()
        except OSError:  # the scheduler has gone
            lost = [job for bundle in self._running.values() for job in bundle.jobs]
            yield from [_failed(job, _LOST) for job in lost or self._next("", 1)[:1]]
        finally:
            futures = [bundle.future for bundle in self._running.values()]
            with suppress(OSError):
                self._client.cancel([*futures, *self._renderers.values()])

    def _give_out(self) -> None:
        """Give a bundle to each worker that has nothing to do, while there are letters."""
        threads = self._client.nthreads()
        for worker in self._free(threads):
            jobs = self._next(worker, sum(threads.values()))
            if jobs:
                self._send(jobs, worker)

    def _free(self, threads: Mapping[str, int]) -> Sequence[str]:
        """Workers that have nothing to do: a bundle given is a bundle begun."""
        busy = Counter(bundle.worker for bundle in self._running.values())
        free = [worker for worker, number in threads.items() for _ in range(number - busy[worker])]
        return free[: max(1, sum(threads.values())) - len(self._running)] if threads else [""]

    def _next(self, worker: str, threads: int) -> list[Job]:
        """What a worker is to make next: of what it had last, if there is more of that."""
        if self._alone:
            return [self._alone.pop()]
        most = 2 * _MOST * max(threads, 1)
        at_hand = sum(map(len, self._waiting.values()))
        for job in islice(self._to_come, max(most - at_hand, 0)):
            self._waiting.setdefault(_made_of(job), deque()).append(job)
            at_hand += 1
        if not self._waiting:
            return []
        kind = self._had_last.get(worker)
        if kind not in self._waiting:
            kind = max(self._waiting, key=lambda each: len(self._waiting[each]))
        self._had_last[worker] = kind
        waiting = self._waiting[kind]
        number = len(waiting)
        if at_hand < most:  # these are the last: all workers are to be done at the same time
            number = -(-number // (2 * max(threads, 1)))
        jobs = [waiting.popleft() for _ in range(min(number, _MOST))]
        if not waiting:
            del self._waiting[kind]
        return jobs

    def _send(self, jobs: Sequence[Job], worker: str) -> None:
        packed = jobs[0].renderer
        if packed not in self._renderers:
            self._renderers[packed] = self._client.submit(bytes, packed, pure=False)
        future = self._client.submit(
            make_bundle,
            self._renderers[packed],
            [replace(job, renderer=b"") for job in jobs],
            workers=[worker] if worker else None,
            allow_other_workers=bool(worker),
            pure=False,
        )
        deadline = time.monotonic() + _BUNDLE_S + self._time_limit_s
        self._running[future.key] = _Bundle(jobs, worker, future, deadline)
        self._client.loop.add_callback(self._fetch, future)

    async def _fetch(self, future: Future) -> None:
        """Have a bundle come over from its worker once it is made: in the background.

        A worker may be stuck, or lost, with one that it has made; others must not wait for that.
        """
        try:
            made = await self._client.gather(future, asynchronous=True)
        except Exception as error:  # whatever another machine can do wrong
            made = error
        self._arrived.put((future.key, made))

    def _results(
        self, bundle: _Bundle, made: list[RenderedLetter] | Exception
    ) -> Iterator[RenderedLetter]:
        if not isinstance(made, Exception):
            yield from made
            rest = bundle.jobs[len(made) :]
            if rest:
                self._waiting.setdefault(_made_of(rest[0]), deque()).extendleft(reversed(rest))
        elif isinstance(made, CancelledError):
            yield from (_failed(job, _LOST) for job in bundle.jobs)
        else:
            said = str(made).splitlines()
            reason = said[0] if said else type(made).__name__
            yield from self._failures(bundle, f"the cluster could not make it: {reason}")

    def _failures(self, bundle: _Bundle, message: str) -> Iterator[RenderedLetter]:
        """What came of a bundle that failed: it is not known by which of its letters."""
        if len(bundle.jobs) == 1:
            yield _failed(bundle.jobs[0], message)
        else:
            self._alone += bundle.jobs

    def _give_up_late_ones(self) -> Iterator[RenderedLetter]:
        """Restart the workers that are stuck, and give up the bundles that they were stuck in.

        What else such a worker had, the scheduler gives to another: it begins anew. So does, once,
        a bundle that was made and not handed over, for that is not what its worker was stuck in.
        """
        began = time.monotonic()
        late = {key for key, bundle in self._running.items() if bundle.deadline <= began}
        if not late:
            return
        had = _bundles_by_worker(self._client)
        stuck = [worker for worker, keys in had.items() if not keys.isdisjoint(late)]
        begin_anew = set().union(*(had[worker] for worker in stuck))
        given_up = []
        for key in late:
            bundle = self._running[key]
            if bundle.future.status == "finished" and not bundle.made_before:
                bundle.made_before = True
                begin_anew.add(key)
            else:
                given_up.append(self._running.pop(key))
        # First they are forgotten, so that no other worker gets stuck in them.
        self._client.cancel([bundle.future for bundle in given_up])
        message = _too_long(self._client, self._time_limit_s)
        with suppress(Exception):  # a worker without a nanny cannot be restarted, or it has gone
            self._client.restart_workers(stuck, timeout=_RESTART_S)
        now = time.monotonic()
        for key, bundle in self._running.items():  # that workers restart is not the others' fault
            anew = now + _BUNDLE_S + self._time_limit_s
            bundle.deadline = anew if key in begin_anew else bundle.deadline + now - began
        for bundle in given_up:
            yield from self._failures(bundle, message)


_LOST = "the connection to the cluster was lost; build it again"


def make_bundle(renderer: bytes, jobs: Sequence[Job]) -> list[RenderedLetter]:
    """Make letters, on a worker, for so long as a bundle may take: perhaps not all of them."""
    made: list[RenderedLetter] = []
    end = time.monotonic() + _BUNDLE_S
    for job in jobs:
        made.append(make(replace(job, renderer=renderer)))
        if time.monotonic() >= end:
            break
    return made


def _made_of(job: Job) -> Hashable:
    """What letters have in common that are likely to have one shape."""
    return job.renderer, tuple(block.role for block in job.letter.blocks)


def _bundles_by_worker(client: Client) -> dict[str, set[str]]:
    """The bundles that each worker was given, or has made and not handed over."""
    made = client.has_what()
    return {
        worker: {*given, *made.get(worker, ())} for worker, given in client.processing().items()
    }


def _too_long(client: Client, time_limit_s: float) -> str:
    why = "" if client.nthreads() else ", as no worker is left in the cluster"
    return f"took longer than {time_limit_s:g} seconds{why}; --time-limit SECONDS allows more"


def _failed(job: Job, message: str) -> RenderedLetter:
    return RenderedLetter(job.letter.slug, problems=(Problem(job.place, message),))
