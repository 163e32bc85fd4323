"""How worker processes come to be and end: forked from a server that has loaded the engine once."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, resource_tracker, util
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import SIG_BLOCK, SIG_SETMASK, SIGHUP, SIGINT, pthread_sigmask
from typing import Any

from generator.import_path import safe_children

_LOADED_ONCE = ["generator.batch.workers"]
if sys.platform != "darwin":  # there, what the engine loads must not be forked
    _LOADED_ONCE += ["generator.rendering.pdf", "generator.verification.proof"]


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
    raise ChildProcessError("no process can be started that would make letters")


def _start_server() -> None:
    """Start what forks the workers, unless it is there, deaf to Ctrl-C and a closed terminal.

    Both are told to all processes of a terminal, and it is the first one that decides. Workers
    inherit it, so there is no moment at which a signal could end one with a traceback.
    """
    get_context("forkserver").set_forkserver_preload(_LOADED_ONCE)
    with safe_children():
        _find_short_folder()
        resource_tracker.ensure_running()  # first, since starting it opens our own ears again
        before = pthread_sigmask(SIG_BLOCK, (SIGINT, SIGHUP))
        try:
            forkserver.ensure_running()
        finally:
            pthread_sigmask(SIG_SETMASK, before)


def _find_short_folder() -> None:
    """Let the server's socket have a folder with a short name: a longer one than 107 signs fails.

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
