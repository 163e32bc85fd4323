"""What others made is read in a process of its own: if it eats time or memory, only that ends.

A workbook, a PDF or a page may be made so that a library works for hours over it, fills the
memory or falls over. No look at it beforehand finds every such file; limits for the reader do.
"""

import faulthandler
import gc
import os
import resource
import sys
import threading
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from generator.processes.forking import fork_process

SECONDS = 15
"""A letter takes a tenth of one, the workbook of a whole year one or two."""
MEGABYTES = 400
"""More than there was before."""

T = TypeVar("T")


class TooMuchError(Exception):
    """It took more time or memory than it may, or the reader fell over; the text says which."""


def contained(work: Callable[[], T], *, seconds: float = SECONDS) -> T:
    """The result of `work`, or what it raises. Raises `TooMuchError`.

    `work` and its result are sent to and fro, so both can be pickled.
    """
    process, answers = _begin(work, seconds)
    try:
        if not answers.poll(seconds):
            raise TooMuchError("reading it takes longer than any such file needs")
        result, error = answers.recv()  # from our own process
    except EOFError:
        message = "it is damaged in such a way that reading it does not end well"
        raise TooMuchError(message) from None
    finally:
        process.kill()
        process.join()
        process.close()
        answers.close()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _begin(work: Callable[[], Any], seconds: float) -> tuple[BaseProcess, Connection]:
    """Start the process, and give our end of its pipe.

    It is a copy of this one, which costs next to nothing, where that is safe: not on macOS, and not
    for one thread among others, which may be in the midst of things, as on the desk. There it is
    forked from the server that the workers come from.
    """
    if sys.platform == "darwin" or threading.current_thread() is not threading.main_thread():
        return fork_process(_do, work, seconds)
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(theirs, work, seconds), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _do(answers: Connection, work: Callable[[], Any], seconds: float) -> None:
    """The life of the process; it ends here, whatever happens, and tidies nothing up."""
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
        answers.send((result, error))
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
