"""What letters cost when they are made by a Dask cluster, beside as many workers of our own.

    .venv/bin/python -m benchmarks.cluster [--sizes N...]

A scheduler and two workers on this machine, and `letters build` with two workers, in turn, over
the same invented councils. Wall time counts on an idle machine alone; processor time and memory are
told for each side and kind of process.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from benchmarks.county import build_county
from benchmarks.ours import LETTERS
from benchmarks.processes import Watched, watch
from benchmarks.report import WORKERS
from generator.workspace import EditionFolders

_READY_S = 60.0


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and workers of one thread each: its address, and the processes of the workers."""
    file, programs = folder / "scheduler.json", list[subprocess.Popen[bytes]]()
    starts = [["scheduler", "--host", "127.0.0.1", "--port", "0"]]
    starts += [["worker", "--nworkers", "1", "--nthreads", "1"]] * WORKERS
    try:
        for words in starts:
            command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
            command += ["--scheduler-file", str(file)]
            with (folder / "log").open("ab") as log:
                programs.append(subprocess.Popen(command, cwd=folder, stdout=log, stderr=log))
            _wait_for(file)
        yield json.loads(file.read_text("utf-8"))["address"], [each.pid for each in programs[1:]]
    finally:
        for program in programs:
            program.terminate()  # a nanny ends its worker, too
        for program in programs:
            program.wait()


def _wait_for(file: Path) -> None:
    end = time.monotonic() + _READY_S
    while not file.exists():
        if time.monotonic() > end:
            raise RuntimeError("the scheduler did not get ready in a minute")
        time.sleep(0.05)


def _wait_for_workers(address: str) -> None:
    import distributed

    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(WORKERS, timeout=_READY_S)


def build(folders: EditionFolders, *more: str, others: tuple[int, ...] = ()) -> Watched:
    """All letters from nothing, the processes watched that make them."""
    rmtree(folders.output(), ignore_errors=True)
    words = [LETTERS, "build", "--quiet", "--no-cache", *more]
    with Path(os.devnull).open("w") as nowhere:
        program = subprocess.Popen(words, cwd=folders.workspace.folder, stdout=nowhere)
        found = watch(program, others)
    made = len(list((folders.output() / "pdf").glob("*.pdf")))
    if found.code or made != len(list(folders.authorities.iterdir())):
        raise RuntimeError(f"letters build made {made} letters and ended with {found.code}")
    return found


def lines(folder: Path, sizes: list[int]) -> Iterator[str]:
    """For each size and side a line of figures, in milliseconds of a letter and in MiB."""
    with cluster(folder) as (address, workers):
        _wait_for_workers(address)
        for size in sizes:
            folders = build_county(folder / str(size), size)
            here = build(folders, "--jobs", str(WORKERS))
            there = build(folders, "--cluster", address, others=tuple(workers))
            for side, found in (("here", here), ("cluster", there)):
                wall, own, work = (
                    1000 * seconds / size
                    for seconds in (found.seconds, found.first.cpu_s, found.others.cpu_s)
                )
                yield (
                    f"{size} letters, {side}: {wall:.1f} ms a letter; processor time {own:.1f} ms "
                    f"of the first process, {work:.1f} ms of the others; at most "
                    f"{found.first.memory >> 10} MiB, the others {found.others.memory >> 10} MiB"
                )
            cpu = [each.first.cpu_s + each.others.cpu_s for each in (there, here)]
            yield (
                f"{size} letters, cluster beside here: {there.seconds / here.seconds:.2f} of the "
                f"time, {cpu[0] / cpu[1]:.2f} of the processor time"
            )


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[400, 6400])
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        for line in lines(Path(folder), options.sizes):
            print(line, flush=True)


if __name__ == "__main__":
    main()
