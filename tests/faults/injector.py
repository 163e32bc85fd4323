"""A command run again and again, each time with something going wrong before another change.

A change is a file opened to write, a write, an fsync, a rename, a link, an unlink, a folder made or
removed, a length or mode that is set. This program has everything imported and forks for each run;
it reads what to do from stdin, a JSON object a line, and says on stdout what came of it.
"""

import errno
import gc
import io
import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from generator import cli
from generator.batch.build_letters import BuildRequest
from generator.batch.job import Job, RenderedLetter, jobs_of, make
from generator.commands import (  # noqa: F401 - loaded once
    app,
    authorities,
    confirm,
    diff,
    set_up,
    supplied_figures,
)
from generator.commands.build import make_letters
from generator.commands.session import Options, open_session
from generator.commands.writing import recover_all
from generator.letter.letter import ComposedLetter
from generator.processes.cancellation import Cancellation, interrupted_by_signals
from generator.project.load_edition import load_edition
from generator.workspace import Workspace


class Fault(StrEnum):
    """What goes wrong before a change."""

    EIO = "EIO"
    ENOSPC = "ENOSPC"
    SIGINT = "SIGINT"
    SIGTERM = "SIGTERM"
    SIGKILL = "SIGKILL"
    DISK_FULL = "ENOSPC from then on"
    """For what needs room: names can still be changed and removed."""
    DISK_GONE = "EIO from then on"
    IMPATIENCE = "SIGINT from then on"


_NEED_ROOM = {"open", "write", "mkdir", "link", "symlink"}
_AUDITED = {
    f"os.{name}": name
    for name in ("rename", "link", "symlink", "remove", "mkdir", "rmdir", "truncate", "chmod")
}


class Changes:
    """Counts the changes of files, and lets something go wrong before one."""

    def __init__(self, below: str, at: int, fault: Fault | None, reached: Callable[[], object]):
        """Of files below a folder; before the change `at`, counted from 1, comes the fault."""
        self.number = 0
        self._below, self._at, self._fault, self._reached = below, at, fault, reached
        sys.addaudithook(self._hear)
        for name in ("fsync", "pwrite"):
            setattr(os, name, self._counted(name, getattr(os, name)))
        os.fdopen = self._open_counted  # type: ignore[assignment]  # it takes whatever that takes

    def before(self, what: str) -> None:
        """Called before each change."""
        self.number += 1
        if self._fault is None or self.number < self._at:
            return
        again = self.number > self._at
        if not again:
            self._reached()
        match self._fault:
            case Fault.EIO | Fault.ENOSPC if not again:
                raise _error(self._fault.value)
            case Fault.SIGINT | Fault.SIGTERM | Fault.SIGKILL if not again:
                os.kill(os.getpid(), signal.Signals[self._fault.value])
            case Fault.IMPATIENCE:
                os.kill(os.getpid(), signal.SIGINT)
            case Fault.DISK_GONE:
                raise _error("EIO")
            case Fault.DISK_FULL if what in _NEED_ROOM:
                raise _error("ENOSPC")

    def over(self) -> None:
        """From here on, nothing goes wrong."""
        self._fault = None

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            writes = bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            if writes and self._is_below(path):
                self.before("open")
        elif event in _AUDITED and any(self._is_below(path) for path in arguments[:2]):
            self.before(_AUDITED[event])

    def _is_below(self, path: object) -> bool:
        """Whether it is in the workspace; what is only open, or in an open folder, is."""
        if isinstance(path, int):
            return path > 2
        if not isinstance(path, str | os.PathLike):
            return False
        return str(Path(path).absolute()).startswith(self._below)

    def _counted(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            self.before("write" if name == "pwrite" else name)
            return work(*arguments)

        return counted

    def _open_counted(self, handle: int, mode: str = "r", *_: Any, **__: Any) -> Any:
        if mode != "wb":
            return open(handle, mode)
        changes = self

        class File(io.BufferedWriter):
            def write(self, content: Any, /) -> int:
                try:
                    changes.before("write")
                except OSError:
                    super().write(content[: len(content) // 2])
                    super().flush()
                    raise
                return super().write(content)

        return File(io.FileIO(handle, "w"))


def _error(name: str) -> OSError:
    number = getattr(errno, name)
    return OSError(number, os.strerror(number))


_made: list[tuple[ComposedLetter, RenderedLetter]] = []
"""Found by what a letter says: pickled, equal letters are not always the same bytes."""


def _made_before(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
    """An executor that has made all its letters beforehand: how they are kept is looked at."""
    for job in jobs:
        if stop.requested:
            return
        known = next((made for letter, made in _made if letter == job.letter), None)
        if known is None:
            known = make(job)
            _made.append((job.letter, known))
        yield known


def _make_beforehand(workspace: Path) -> None:
    loaded = load_edition(Workspace(workspace).edition())
    list(_made_before(map(jobs_of(loaded), loaded.slugs), Cancellation()))


def _build(words: list[str]) -> int:
    """The command `build`, whose letters are made in this process."""
    assert words == ["build"]
    with interrupted_by_signals():
        session = open_session("build", Options())
        recover_all(session)
        loaded = load_edition(session.folders)
        return make_letters(session, loaded, BuildRequest(loaded.slugs), _made_before)


def _run_in_a_child(said: dict[str, Any]) -> dict[str, Any]:
    """Do as asked in a process of its own. Gives exit code, words, changes, and if it got there."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            code = _run(said, theirs)
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        reached, _, words = pipe.read().partition(b"\0")
    _, status = os.waitpid(child, 0)
    outcome = json.loads(words) if words else {"out": "", "err": "", "changes": 0}
    return {**outcome, "code": os.waitstatus_to_exitcode(status), "reached": reached == _REACHED}


_REACHED = b"!"


def _run(said: dict[str, Any], pipe: int) -> int:
    os.chdir(said["workspace"])
    tempfile.tempdir = said["temporary"]
    spoken = {name: os.memfd_create(name) for name in ("out", "err")}
    os.dup2(spoken["out"], 1)
    os.dup2(spoken["err"], 2)
    fault = Fault(said["fault"]) if said["fault"] else None
    changes = Changes(said["workspace"], said["at"], fault, lambda: os.write(pipe, _REACHED))
    if said["words"] == ["build"]:
        app.run_command = _build
    code = cli.run(said["words"])
    changes.over()
    sys.stdout.flush()
    sys.stderr.flush()
    words = {name: os.pread(handle, 10**6, 0).decode() for name, handle in spoken.items()}
    os.write(pipe, b"\0" + json.dumps({**words, "changes": changes.number}).encode())
    return code


def _warm_up(workspace: Path) -> None:
    """Have done what is worked out once in a process: models of files, the command line."""
    stdout = os.dup(1)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    cli.run(["list", "--workspace", str(workspace)])
    sys.stdout.flush()
    os.dup2(stdout, 1)
    os.close(stdout)


def main() -> None:
    """Do what stdin says, until it ends."""
    sys.dont_write_bytecode = True
    for number, line in enumerate(sys.stdin):
        said = json.loads(line)
        if number == 0:
            _warm_up(Path(said["workspace"]))
        if said["make_beforehand"]:
            _make_beforehand(Path(said["workspace"]))
        gc.collect()
        gc.freeze()  # or else each fork copies all there is as soon as it is looked through
        print(json.dumps(_run_in_a_child(said)), flush=True)


if __name__ == "__main__":
    main()
