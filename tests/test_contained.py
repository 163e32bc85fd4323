"""A process of its own for what others made: limits of time and memory, and nothing left."""

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest

from generator.contained import TooMuchError, contained

pytestmark = pytest.mark.processes


def fill_the_memory() -> list[bytearray]:
    filled = []
    while True:
        filled.append(bytearray(b"x" * 20_000_000))


def fall_over() -> None:
    os.abort()


def sleep_on() -> None:
    time.sleep(60)


def fail() -> None:
    raise LookupError("no table")


@pytest.fixture(params=["alone", "beside another thread"], autouse=True)
def _threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """The process is a copy of this one, or, where that is not safe, comes from a server."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    if request.param != "alone":
        thread.start()
    yield
    done.set()
    if request.param != "alone":
        thread.join()


def test_what_comes_of_it_and_what_it_raises_come_back() -> None:
    assert contained(partial(sorted, ["b", "a"])) == ["a", "b"]
    assert contained(os.getpid) != os.getpid()
    with pytest.raises(LookupError, match="no table"):
        contained(fail)


def test_a_process_with_threads_is_not_copied() -> None:
    expected = os.getpid() if threading.active_count() == 1 else None

    assert (contained(os.getppid) == os.getpid()) == (expected is not None)


BAD = {
    "memory": (fill_the_memory, "takes more memory than any such file needs"),
    "time": (sleep_on, "takes longer than any such file needs"),
    "falls over": (fall_over, "does not end well"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_has_no_end_is_ended_and_said(case: str) -> None:
    work, said = BAD[case]

    with pytest.raises(TooMuchError, match=said):
        contained(work, seconds=1 if case == "time" else 15)

    assert multiprocessing.active_children() == []
