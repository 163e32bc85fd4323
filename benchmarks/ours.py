"""Our own side: `letters build` as people run it, and a worker process watched while it works."""

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from multiprocessing import active_children
from pathlib import Path

from generator.batch.job import jobs_of
from generator.batch.workers import render_all
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders

LETTERS = str(Path(sys.executable).with_name("letters"))


def cold_build(folders: EditionFolders, workers: int) -> float:
    """The seconds of a build into an empty folder."""
    shutil.rmtree(folders.output(), ignore_errors=True)
    return build(folders, workers, expected=len(list(folders.authorities.iterdir())))


def build(folders: EditionFolders, workers: int, *, expected: int) -> float:
    """The seconds of a build, which must write as many letters as expected and no more."""
    workspace = str(folders.workspace.folder)
    command = [LETTERS, "build", "--quiet", "--jobs", str(workers), "--workspace", workspace]
    before = _files(folders)
    start = time.perf_counter()
    said = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if said.returncode:
        raise RuntimeError(f"letters build failed:\n{said.stdout}{said.stderr}")
    written = len(_files(folders) - before)
    if written != expected:
        raise RuntimeError(f"letters build wrote {written} letters; expected {expected}")
    return seconds


def _files(folders: EditionFolders) -> set[tuple[Path, int, int]]:
    """The PDFs that are there; one written anew is not the same."""
    paths = (folders.output() / "pdf").glob("*.pdf")
    return {(path, (found := path.stat()).st_ino, found.st_mtime_ns) for path in paths}


def worker_memory(folders: EditionFolders, marks: Sequence[int]) -> list[int]:
    """The most resident memory that the worker at work has had, in pages, until so many letters.

    Workers are replaced now and then; all of them count. There must be one letter more than the
    last mark: a worker that has made the last one is let go.
    """
    loaded = load_edition(folders)
    jobs = map(jobs_of(loaded), loaded.slugs)
    after = []
    most = 0
    made = render_all(jobs, workers=1, time_limit_s=60, stop=Cancellation())
    for number, letter in enumerate(made, start=1):
        if letter.problems:
            raise RuntimeError(f"{letter.slug}: {letter.problems[0].message}")
        most = max([most, *(_resident_pages(worker.pid) for worker in active_children())])
        if number in marks:
            after.append(most)
    return after


def _resident_pages(process: int | None) -> int:
    """As Linux tells it, in its second number; there is no such file elsewhere."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1])
