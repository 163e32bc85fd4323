"""What one letter costs, and how much memory, in ever larger editions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.county import Shape, build_county
from benchmarks.ours import cold_build
from benchmarks.peers import bare_loop, write_pages
from benchmarks.report import WORKERS


@dataclass(frozen=True)
class Growth:
    """A build of so many letters from nothing."""

    letters: int
    ratio: float
    """Beside the bare loop over as many, timed before and after it."""
    memory: int
    """The most resident memory of its first process, in MiB."""
    worker_memory: int
    """That of its largest worker."""


def measure_growth(shape: Shape, folder: Path, sizes: Sequence[int]) -> list[Growth]:
    """Builds of so many letters each, and the bare loop over a tenth of the largest."""
    found = []
    pages = write_pages(build_county(folder / "bare", min(sizes), shape), folder / "pages")
    for size in sizes:
        before = bare_loop(pages, WORKERS)
        build = cold_build(build_county(folder / str(size), size, shape), WORKERS)
        unit = (before + bare_loop(pages, WORKERS)) / 2 / min(sizes)
        memory = (build.memory // 1024, build.worker_memory // 1024)
        found.append(Growth(size, build.seconds / size / unit, *memory))
    return found
