"""A process of its own for what others made: limits of time and memory, and nothing left."""

import os
import time

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


def test_what_comes_of_it_and_what_it_raises_come_back() -> None:
    lines = ["a", "b"]

    assert contained(lambda: [*lines, os.getpid()])[:2] == ["a", "b"]
    assert contained(os.getpid) != os.getpid()
    with pytest.raises(LookupError, match="no table"):
        contained(fail)


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

    with pytest.raises(ChildProcessError):  # no process is left
        os.waitpid(-1, os.WNOHANG)
