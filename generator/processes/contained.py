"""What others made is read in a process of its own: if it eats time or memory, only that ends.

A workbook, a PDF or a page may be made so that a library works for hours over it, fills the
memory or falls over. No look at it beforehand finds every such file; limits for the reader do.
"""

import faulthandler
import gc
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, get_context, resource_tracker, util
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import SIG_BLOCK, SIG_SETMASK, SIGHUP, SIGINT, pthread_sigmask
from typing import Any, TypeVar

from generator.import_path import safe_children

_LOADED_ONCE = ["generator.batch.workers"]
if sys.platform != "darwin":  # there, what the engine loads must not be forked
    _LOADED_ONCE += ["generator.rendering.pdf.pdf_engine", "generator.verification.reading"]


def get_ready() -> None:
    """Let the engine be loaded while other things are done: as long as reading all data takes."""
    with _in_a_folder_that_is_there():
        _start_server()


def fork_process(serve: Callable[..., None], *args: Any) -> tuple[BaseProcess, Connection]:
    """Start a process that serves a pipe: it is given its end of it, then `args`; we get ours."""
    context = get_context("forkserver")  # forking this process itself is unsafe on some systems
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, *args), daemon=True)
    with _in_a_folder_that_is_there():
        _fork(process)
    theirs.close()
    return process, ours


def _fork(process: BaseProcess) -> None:
    """Start a process from the server, and the server before it, where that has died."""
    for _ in range(20):
        _start_server()
        try:
            return process.start()
        except (EOFError, ConnectionError):  # just now, so nobody knows it yet
            time.sleep(0.1)
    raise ChildProcessError("no process can be started to make letters")


def _start_server() -> None:
    """Start what forks the workers, unless it is there, deaf to Ctrl-C and a closed terminal.

    Both are told to all processes of a terminal, and it is the first one that decides. Workers
    inherit it, so there is no moment at which a signal could end one with a traceback.
    """
    get_context("forkserver").set_forkserver_preload(_LOADED_ONCE)
    with safe_children(), _without_our_streams():
        _find_short_folder()
        resource_tracker.ensure_running()  # first, since starting it opens our own ears again
        before = pthread_sigmask(SIG_BLOCK, (SIGINT, SIGHUP))
        try:
            forkserver.ensure_running()
        finally:
            pthread_sigmask(SIG_SETMASK, before)


@contextmanager
def _without_our_streams() -> Iterator[None]:
    """What is started meanwhile has neither stdout nor stderr, for it may last longer than we do.

    Who reads our output through a pipe would wait for it, while it loads what nobody wants any
    more. Not where other threads may be saying something, as on the desk.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = {}
    for number in (1, 2):
        with suppress(OSError):  # closed: there is nothing to keep
            ours[number] = os.dup(number)
    nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    try:
        for number in ours:
            os.dup2(nowhere, number)
        yield
    finally:
        for number, kept in ours.items():
            os.dup2(kept, number)
            os.close(kept)
        os.close(nowhere)


def _find_short_folder() -> None:
    """Let the server's socket have a folder with a short name: one of over 107 characters fails.

    Only the socket's: the workers keep their files where the user wants temporary ones.
    """
    before = tempfile.gettempdir()
    if len(os.fsencode(before)) > _LONGEST:
        tempfile.tempdir = "/tmp"
    try:
        util.get_temp_dir()  # and it stays this one
    finally:
        tempfile.tempdir = before


_LONGEST = 60


@contextmanager
def _in_a_folder_that_is_there() -> Iterator[None]:
    """Be in the root folder where the current one is gone: a process starts where its parent is.

    Only for as long as it takes: from anywhere else, paths would be shown as from there.
    """
    try:
        Path.cwd()
    except OSError:
        gone = os.open(".", os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.chdir("/")
            yield
        finally:
            os.fchdir(gone)
            os.close(gone)
    else:
        yield


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
            raise TooMuchError("reading it takes too long")
        result: T
        result, error = answers.recv()  # from our own process
    except EOFError:
        message = "it is damaged and crashes the reader"
        raise TooMuchError(message) from None
    finally:
        process.kill()
        process.join()
        process.close()
        answers.close()
    if error is not None:
        raise error
    return result


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
            error = TooMuchError("reading it takes too much memory")
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
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MEGABYTES * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
