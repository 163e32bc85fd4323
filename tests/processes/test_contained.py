"""A process of its own for what others made: limits of time and memory, and nothing left."""

import multiprocessing
import os
import subprocess
import sys
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
    "memory": (fill_the_memory, "reading it takes too much memory"),
    "time": (sleep_on, "reading it takes too long"),
    "falls over": (fall_over, "it is damaged and crashes the reader"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_has_no_end_is_ended_and_said(case: str, contain: Contain) -> None:
    work, said = BAD[case]

    with pytest.raises(TooMuchError, match=said):
        contain(work, seconds=1 if case == "time" else 15)

    assert multiprocessing.active_children() == []


def test_who_reads_our_output_does_not_wait_for_the_engine_to_be_loaded() -> None:
    code = "from generator.processes.contained import get_ready; get_ready()"
    pipe = subprocess.PIPE

    with subprocess.Popen([sys.executable, "-c", code], stdout=pipe, stderr=pipe) as program:
        assert program.wait() == 0
        for ours in (program.stdout, program.stderr):
            assert ours is not None
            os.set_blocking(ours.fileno(), False)
            assert ours.read() == b"", "somebody has it still"
