"""What others made is read in a process of its own: if it eats time or memory, only that ends.

A workbook, a PDF or a page may be made so that a library works for hours over it, fills the
memory or falls over. No look at it beforehand finds every such file; limits for the reader do.
"""

import faulthandler
import gc
import os
import pickle
import resource
import select
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from signal import SIGKILL
from typing import Any, TypeVar

SECONDS = 15
"""A letter takes a tenth of one, the workbook of a whole year one or two."""
MEGABYTES = 400
"""More than there was before."""

T = TypeVar("T")


class TooMuchError(Exception):
    """It took more time or memory than it may, or the reader fell over; the text says which."""


def contained(work: Callable[[], T], *, seconds: float = SECONDS) -> T:
    """The result of `work`, or what it raises. Raises `TooMuchError`.

    The process is a copy of this one, so `work` may use all that is at hand; its result is sent.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _do(work, writer, seconds)
    os.close(writer)
    try:
        answer = _all_of(reader, time.monotonic() + seconds)
    finally:
        os.close(reader)
        with suppress(ProcessLookupError):
            os.kill(pid, SIGKILL)
        os.waitpid(pid, 0)
    if not answer:
        raise TooMuchError("it is damaged in such a way that reading it does not end well")
    result, error = pickle.loads(answer)  # by our own process
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _all_of(reader: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while True:
        ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TooMuchError("reading it takes longer than any such file needs")
        part = os.read(reader, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _do(work: Callable[[], Any], writer: int, seconds: float) -> None:
    """The life of the copy; it ends here, whatever happens, without tidying up for its parent."""
    try:
        faulthandler.disable()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (1, 2):  # what libraries would print says nothing to the user
            os.dup2(nowhere, number)
        _limit(seconds)
        gc.disable()
        result: Any = None
        error: Exception | None = None
        try:
            result = work()
        except MemoryError:
            error = TooMuchError("reading it takes more memory than any such file needs")
        except Exception as raised:
            error = raised
        with os.fdopen(writer, "wb") as answer:
            pickle.dump((result, error), answer)
        os._exit(0)
    finally:
        os._exit(1)


def _limit(seconds: float) -> None:
    """No more memory than there is and a few hundred megabytes; and an end in any case."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 2))
    if sys.platform == "linux":
        with open("/proc/self/statm") as about:  # noqa: PTH123 - the system's own page
            pages = int(about.read().split()[0])
        most = pages * resource.getpagesize() + MEGABYTES * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
