"""Small file systems of our own: real mounts, seen by nobody else and gone with the test."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import pytest

_AS_WHOM = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]


class Mounts:
    """A space of mounts of its own, kept open by a shell: when that ends, they are no more.

    Root opens one at once; anybody else needs a system that lets users have spaces of their own.
    """

    def __init__(self) -> None:
        """Open it, or skip the test where the system does not allow it."""
        if not shutil.which("unshare") or not shutil.which("nsenter"):
            pytest.skip("no file system of our own: unshare and nsenter are not installed")
        self._shell = subprocess.Popen(
            ["unshare", *_AS_WHOM, "--mount", "sh"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._shell.communicate()

    def do(self, *command: str | Path) -> None:
        """Have a command done inside, such as `mount`."""
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        words = " ".join(f"'{word}'" for word in command)
        try:
            self._shell.stdin.write(f"{words} && echo done || echo failed\n")
            self._shell.stdin.flush()
        except BrokenPipeError:
            pass
        said = []
        for line in self._shell.stdout:
            if line == "done\n":
                return
            said.append(line)
            if line == "failed\n":
                break
        pytest.skip(f"no file system of our own: {''.join(said)}")

    def small_disk(self, folder: Path, **limits: int) -> None:
        """Mount an empty disk there: so many bytes (`size`), so many files (`nr_inodes`)."""
        folder.mkdir(parents=True, exist_ok=True)
        options = ",".join(f"{name}={limit}" for name, limit in limits.items())
        self.do("mount", "-t", "tmpfs", "-o", options or "rw", "none", folder)

    def again(self, folder: Path, options: str) -> None:
        """Mount what is there again, with other options: `ro`, `size=…`."""
        self.do("mount", "-o", f"remount,{options}", folder)

    def hold(self, path: Path) -> None:
        """Hold a file or folder in its place, so that no other can be put there."""
        self.do("mount", "--bind", path, path)

    def let_go(self, path: Path) -> None:
        """Unmount what was mounted there."""
        self.do("umount", path)

    def inside(self, folder: Path) -> Sequence[str]:
        """The start of a command that is run inside, in a folder."""
        user = ["--user", "--preserve-credentials"] if _AS_WHOM else []
        go_there = ["sh", "-c", 'cd "$0" && exec "$@"', str(folder)]
        return ["nsenter", f"--target={self._shell.pid}", *user, "--mount", *go_there]

    def seen(self, path: Path) -> Path:
        """A path by which those outside reach what is inside."""
        return Path(f"/proc/{self._shell.pid}/root{path}")
