"""A process of its own for what others made: limits of time and memory, and nothing left."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from generator.processes.contained import TooMuchError, contained

pytestmark = pytest.mark.processes

Contain = Callable[..., Any]


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


@pytest.fixture(params=["the only thread", "one of several threads"])
def contain(request: pytest.FixtureRequest) -> Iterator[Contain]:
    """The process is a copy of this one, or, where that is not safe, comes from a server."""
    if request.param == "the only thread":
        yield contained
    else:
        with ThreadPoolExecutor(1) as thread:
            yield lambda work, **limits: thread.submit(lambda: contained(work, **limits)).result()


def test_what_comes_of_it_and_what_it_raises_come_back(contain: Contain) -> None:
    assert contain(partial(sorted, ["b", "a"])) == ["a", "b"]
    assert contain(os.getpid) != os.getpid()
    with pytest.raises(LookupError, match="no table"):
        contain(fail)


def test_only_the_main_thread_has_its_process_copied() -> None:
    with ThreadPoolExecutor(1) as thread:
        of_a_thread = thread.submit(lambda: contained(os.getppid)).result()

    assert contained(os.getppid) == os.getpid()
    assert of_a_thread != os.getpid()


BAD = {
    "memory": (fill_the_memory, "takes more memory than any such file needs"),
    "time": (sleep_on, "takes longer than any such file needs"),
    "falls over": (fall_over, "does not end well"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_has_no_end_is_ended_and_said(case: str, contain: Contain) -> None:
    work, said = BAD[case]

    with pytest.raises(TooMuchError, match=said):
        contain(work, seconds=1 if case == "time" else 15)

    assert multiprocessing.active_children() == []
