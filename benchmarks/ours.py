"""Our own side: `letters` as people run it, its seconds, its memory, and that it did its work."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import watch
from generator.workspace import EditionFolders

LETTERS = str(Path(sys.executable).with_name("letters"))


@dataclass(frozen=True)
class Run:
    """What a command took."""

    seconds: float
    memory: int
    """The most resident memory of its first process, in KiB."""
    worker_memory: int
    """That of the largest below it."""


def run(words: Sequence[str], folder: Path, *, right: Sequence[int] = (0,)) -> Run:
    """Run a command in a folder; it must end with one of these exit codes."""
    with Path(os.devnull).open("w") as nowhere, (folder / "said").open("w+") as said:
        start = time.perf_counter()
        found = watch(subprocess.Popen(words, cwd=folder, stdout=nowhere, stderr=said))
        seconds = time.perf_counter() - start
        if found.code not in right:
            said.seek(0)
            raise RuntimeError(f"{' '.join(words[1:])} failed:\n{said.read()}")
    return Run(seconds, found.first.memory, found.others.memory)


def cold_build(folders: EditionFolders, workers: int, *more: str) -> Run:
    """A build into an empty folder."""
    shutil.rmtree(folders.output(), ignore_errors=True)
    return build(folders, workers, *more, expected=len(list(folders.authorities.iterdir())))


def build(
    folders: EditionFolders, workers: int, *more: str, expected: int, at_least: bool = False
) -> Run:
    """A build, which must write so many letters and no more, or at least so many."""
    before = _files(folders)
    words = [LETTERS, "build", "--quiet", "--jobs", str(workers), *more]
    found = run(words, folders.workspace.folder)
    written = len(_files(folders) - before)
    if written < expected or (written > expected and not at_least):
        raise RuntimeError(f"letters build wrote {written} letters; expected {expected}")
    return found


def _files(folders: EditionFolders) -> set[tuple[Path, int, int]]:
    """The PDFs that are there; one written anew is not the same."""
    paths = (folders.output() / "pdf").glob("*.pdf")
    return {(path, (found := path.stat()).st_ino, found.st_mtime_ns) for path in paths}
