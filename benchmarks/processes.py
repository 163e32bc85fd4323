"""What processes take while they run: the memory and the processor time of each and its workers.

The system tells a parent the most memory of a child only together with what that child was forked
from, and nothing of grandchildren that others wait for; so all are looked at while they live.
"""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from select import select
from subprocess import Popen
from typing import Any

_LOOK_S = 0.1
_TICKS_S = os.sysconf("SC_CLK_TCK")


@dataclass
class Used:
    """What some processes have taken."""

    memory: int = 0
    """The most resident memory of the largest of them, in KiB."""
    cpu_s: float = 0


@dataclass(frozen=True)
class Watched:
    """How a program ended and what was taken meanwhile."""

    code: int
    seconds: float
    first: Used
    """By the process that was started."""
    others: Used
    """By those below it, and by others that were to be watched."""


def watch(program: Popen[Any], others: Sequence[int] = ()) -> Watched:
    """Wait for a program to end; watch it, all processes below it, and these and those below.

    What ends within a tenth of a second is not looked at.
    """
    start = time.perf_counter()
    first, rest = Used(), dict[int, Used]()
    before = {pid: _used(pid).cpu_s for other in others for pid in (other, *below(other))}
    ended = os.pidfd_open(program.pid)
    while not select([ended], [], [], _LOOK_S)[0]:
        first = _more(first, _used(program.pid))
        for pid in (*below(program.pid), *(p for o in others for p in (o, *below(o)))):
            rest[pid] = _more(rest.get(pid, Used()), _used(pid))
    seconds = time.perf_counter() - start
    os.close(ended)
    cpu = sum(used.cpu_s - before.get(pid, 0) for pid, used in rest.items())
    memory = max((used.memory for used in rest.values()), default=0)
    return Watched(program.wait(), seconds, first, Used(memory, cpu))


def below(pid: int) -> Iterator[int]:
    """The processes that a process has started, and those that these have."""
    try:
        of_threads = [
            each.read_text("ascii") for each in Path(f"/proc/{pid}/task").glob("*/children")
        ]
    except OSError:  # it, or one of its threads, has just ended
        return
    for child in map(int, " ".join(of_threads).split()):
        yield child
        yield from below(child)


def _used(pid: int) -> Used:
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
        ticks = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    except OSError:
        return Used()
    peak = status.partition("VmHWM:")[2].split()
    return Used(int(peak[0]) if peak else 0, sum(map(int, ticks)) / _TICKS_S)


def _more(one: Used, other: Used) -> Used:
    return Used(max(one.memory, other.memory), max(one.cpu_s, other.cpu_s))
