"""The program `letters` as a process among others: started, watched, and interfered with."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.borsetshire import ROOT

PROGRAM = "from generator.cli import main; main()"
_MARK = "LETTERS_RUN_OF_A_TEST"
_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Ended:
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str


class Running:
    """A run of `letters`, at the head of a process group and session of its own.

    All of its processes inherit a mark, by which they are found, also once they are orphans.
    """

    def __init__(
        self,
        workspace: Path,
        *words: str,
        program: str = PROGRAM,
        inside: Sequence[str] = (),
        terminal: int | None = None,
    ) -> None:
        """With a program instead of `letters`, inside of another command, or on a terminal."""
        notes = workspace.parent / f"run-{time.monotonic_ns()}"
        notes.mkdir()
        self._out, self._err = notes / "out", notes / "err"
        self.temporary = Path(tempfile.mkdtemp())  # its path must be short, for sockets in it
        with self._out.open("w") as out, self._err.open("w") as err:
            self._process = subprocess.Popen(
                [*inside, sys.executable, "-c", program, *words],
                cwd=workspace if not inside else None,
                env={
                    **{k: v for k, v in os.environ.items() if k != "LETTERS_HOME"},
                    "PYTHONPATH": str(ROOT),
                    "TMPDIR": str(self.temporary),
                    _MARK: str(notes),
                },
                stdin=subprocess.DEVNULL if terminal is None else terminal,
                stdout=out if terminal is None else terminal,
                stderr=err if terminal is None else terminal,
                start_new_session=True,
            )
        self.pid = self._process.pid

    @property
    def said(self) -> str:
        """What it has said so far on stderr."""
        return self._err.read_text()

    def wait_for(self, what: Callable[[], bool]) -> None:
        """Wait until something is so, while it runs."""

        def happened() -> bool:
            ended = self._process.poll() is not None
            if what():
                return True
            assert not ended, f"it ended before that:\n{self.said}"
            return False

        wait_until(happened)

    def wait_until_written(self, slug: str) -> None:
        """Wait until it says that it has written a letter; then its only worker has the next."""
        self.wait_for(lambda: f"written    {slug}: " in self.said)

    def workers(self) -> list[int]:
        """Its worker processes: what the server that was started to fork them has forked."""
        return [worker for server in self.servers() for worker in _children(server)]

    def is_loading(self) -> bool:
        """Whether that server is busy loading what all workers need."""
        return any(b"pydantic_core" in _read(server, "maps") for server in self.servers())

    def has_begun(self) -> bool:
        """Whether a worker has started its engine, to lay out its first letter."""
        return any(self.temporary.glob("*/*/weasyprint-*"))

    def servers(self) -> list[int]:
        """The process from which its workers are forked, where there is one."""
        return [child for child in _children(self.pid) if b"forkserver" in _read(child, "cmdline")]

    def signal(self, number: int) -> None:
        """Signal the process that was started, and no other."""
        self._process.send_signal(number)

    def signal_group(self, number: int) -> None:
        """Signal the whole process group, as a terminal does."""
        os.killpg(self.pid, number)

    def ended(self) -> Ended:
        """Wait until it has ended, and until no process that it started is left."""
        code = self._process.wait(_PATIENCE_S)
        wait_until(lambda: not self.left(), every_s=0.02)
        return Ended(code, self._out.read_text(), self.said)

    def left(self) -> list[int]:
        """Its processes, those it started included, that are still there."""
        mark = f"{_MARK}={self._out.parent}".encode()
        return [pid for pid in _pids() if mark in _read(pid, "environ").split(b"\0")]

    def end(self) -> None:
        """End whatever is left of it, where a test has failed, and tidy up."""
        for pid in self.left():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(_PATIENCE_S)
        shutil.rmtree(self.temporary)


def wait_until(what: Callable[[], bool], *, every_s: float = 0.002) -> None:
    """Wait until something is so; a minute is more than enough on any computer."""
    end = time.monotonic() + _PATIENCE_S
    while not what():
        assert time.monotonic() < end, "waited for a minute, in vain"
        time.sleep(every_s)


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _children(parent: int) -> list[int]:
    """Its processes that have not ended, also where nobody has asked yet how they did."""
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    children = [int(pid) for task in tasks for pid in task.read_text().split()]
    return [pid for pid in children if _read(pid, "stat").rpartition(b")")[2][1:2] not in b"ZX"]


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
