"""Workers beyond this machine: the same jobs, on a Dask cluster."""

import logging
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
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
        yield partial(_make_all, client=client, time_limit_s=time_limit_s)


@dataclass
class _Letter:
    """A letter that the cluster has, and until when it may take over it."""

    job: Job
    future: Future
    deadline: float
    made_before: bool = False
    """Whether a worker had made it, and was stuck before it had handed it over."""


def _make_all(
    jobs: Iterable[Job], stop: Cancellation, *, client: Client, time_limit_s: float
) -> Iterator[RenderedLetter]:
    """Make all letters. A worker that is lost costs none: the scheduler gives them to others."""
    waiting = iter(jobs)
    arrived: SimpleQueue[tuple[str, RenderedLetter | Exception]] = SimpleQueue()
    running: dict[str, _Letter] = {}
    try:
        while not stop.requested:
            threads = sum(client.nthreads().values())
            while len(running) < max(threads, 1) and (job := next(waiting, None)) is not None:
                # As many as there are threads, so that a letter given is a letter begun.
                future = client.submit(make, job, pure=False, key=f"letter-{job.letter.slug}")
                running[future.key] = _Letter(job, future, time.monotonic() + time_limit_s)
                client.loop.add_callback(_fetch, client, future, arrived)
            if not running:
                return
            with suppress(Empty):
                key, made = arrived.get(timeout=_LOOK_S)
                if key in running:
                    yield _result(running.pop(key).job, made)
            if arrived.empty():  # else one of those may be there already
                yield from _give_up_late_ones(client, running, time_limit_s)
    except OSError:  # the scheduler has gone
        lost = [letter.job for letter in running.values()] or islice(waiting, 1)
        yield from [_failed(job, _LOST) for job in lost]
    finally:
        with suppress(OSError):
            client.cancel([letter.future for letter in running.values()])


_LOST = "the connection to the cluster was lost; build it again"


async def _fetch(
    client: Client, future: Future, arrived: "SimpleQueue[tuple[str, RenderedLetter | Exception]]"
) -> None:
    """Have a letter come over from its worker once it is made: in the background.

    A worker may be stuck, or lost, with a letter that it has made; others must not wait for that.
    """
    try:
        arrived.put((future.key, await client.gather(future, asynchronous=True)))
    except Exception as error:  # whatever another machine can do wrong
        arrived.put((future.key, error))


def _result(job: Job, made: RenderedLetter | Exception) -> RenderedLetter:
    match made:
        case RenderedLetter():
            return made
        case CancelledError():
            return _failed(job, _LOST)
        case _:
            said = str(made).splitlines()
            reason = said[0] if said else type(made).__name__
            return _failed(job, f"the cluster could not make it: {reason}")


def _give_up_late_ones(
    client: Client, running: dict[str, _Letter], time_limit_s: float
) -> list[RenderedLetter]:
    """Restart the workers that are stuck, and give up the letters that they were stuck in.

    What else such a worker had, the scheduler gives to another: it begins anew. So does, once, a
    letter that was made and not handed over, for that is not what its worker was stuck in.
    """
    began = time.monotonic()
    late = {key for key, letter in running.items() if letter.deadline <= began}
    if not late:
        return []
    had = _letters_by_worker(client)
    stuck = [worker for worker, keys in had.items() if not keys.isdisjoint(late)]
    begin_anew = set().union(*(had[worker] for worker in stuck))
    given_up = []
    for key in late:
        letter = running[key]
        if letter.future.status == "finished" and not letter.made_before:
            letter.made_before = True
            begin_anew.add(key)
        else:
            given_up.append(running.pop(key))
    # First they are forgotten, so that no other worker gets stuck in them.
    client.cancel([letter.future for letter in given_up])
    failed = [_failed(letter.job, _too_long(client, time_limit_s)) for letter in given_up]
    with suppress(Exception):  # a worker without a nanny cannot be restarted, or it has gone
        client.restart_workers(stuck, timeout=_RESTART_S)
    now = time.monotonic()
    for key, letter in running.items():  # that workers are restarted is not the others' fault
        letter.deadline = now + time_limit_s if key in begin_anew else letter.deadline + now - began
    return failed


def _letters_by_worker(client: Client) -> dict[str, set[str]]:
    """The letters that each worker was given, or has made and not handed over."""
    made = client.has_what()
    return {
        worker: {*given, *made.get(worker, ())} for worker, given in client.processing().items()
    }


def _too_long(client: Client, time_limit_s: float) -> str:
    why = "" if client.nthreads() else ", for no worker is left in the cluster"
    return f"took longer than {time_limit_s:g} seconds{why}; --time-limit SECONDS allows more"


def _failed(job: Job, message: str) -> RenderedLetter:
    return RenderedLetter(job.letter.slug, problems=(Problem(job.place, message),))
