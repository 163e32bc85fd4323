"""Workers beyond this machine: the same jobs, on a Dask cluster."""

import logging
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from generator.batch.job import Job, Made, make
from generator.batch.run import Crew
from generator.batch.stop import Stop
from generator.problems import Problem
from generator.workspace import UsageError

Client = Any  # Dask's own, which come half typed
Future = Any

_CONNECT_S = 5
_LOOK_S = 0.2
"""How often a wish to stop and the time limits are looked at."""


@contextmanager
def cluster_at(address: str, time_limit_s: float) -> Iterator[Crew]:
    """The crew of the cluster whose scheduler is at this address (`tcp://host:8786`).

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
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said here
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


def _make_all(
    jobs: Iterable[Job], stop: Stop, *, client: Client, time_limit_s: float
) -> Iterator[Made]:
    """Make all letters. A worker that is lost costs none: the scheduler gives them to others."""
    waiting = iter(jobs)
    done: SimpleQueue[Future] = SimpleQueue()
    running: dict[str, tuple[Future, Job, float]] = {}
    try:
        while not stop.asked:
            threads = sum(client.nthreads().values())
            while len(running) < max(threads, 1) and (job := next(waiting, None)) is not None:
                # As many as there are threads, so that a letter given is a letter begun.
                future = client.submit(make, job, pure=False, key=f"letter-{job.letter.slug}")
                running[future.key] = (future, job, time.monotonic() + time_limit_s)
                future.add_done_callback(done.put)
            if not running:
                return
            with suppress(Empty):
                future = done.get(timeout=_LOOK_S)
                if future.key in running:
                    yield _result(*running.pop(future.key)[:2], time_limit_s)
            now = time.monotonic()
            for key, (future, job, deadline) in list(running.items()):
                if now >= deadline:
                    del running[key]
                    _give_up(client, future)
                    yield _failed(job, _too_long(client, time_limit_s))
            waited_s = time.monotonic() - now  # while a worker was restarted, say: nobody's fault
            for key, (future, job, deadline) in running.items():
                running[key] = (future, job, deadline + waited_s)
    finally:
        client.cancel([future for future, _, _ in running.values()])


def _result(future: Future, job: Job, time_limit_s: float) -> Made:
    try:
        made = future.result(timeout=time_limit_s)  # it has to come over from its worker
    except CancelledError:
        return _failed(job, "the connection to the cluster was lost; build it again")
    except Exception as error:  # whatever another machine can do wrong
        said = str(error).splitlines()
        reason = said[0] if said else type(error).__name__
        return _failed(job, f"the cluster could not make it: {reason}")
    assert isinstance(made, Made)
    return made


def _give_up(client: Client, future: Future) -> None:
    """Forget a letter that takes too long, and restart the worker that is stuck in it."""
    with suppress(Exception):  # a worker without a nanny cannot be restarted, or it has gone
        stuck = [worker for worker, keys in client.processing().items() if future.key in keys]
        future.cancel()
        client.restart_workers(stuck, timeout=_CONNECT_S)


def _too_long(client: Client, time_limit_s: float) -> str:
    why = "" if client.nthreads() else ", for no worker is left in the cluster"
    return f"took longer than {time_limit_s:g} seconds{why}; --time-limit SECONDS allows more"


def _failed(job: Job, message: str) -> Made:
    return Made(job.letter.slug, problems=(Problem(job.place, message),))
