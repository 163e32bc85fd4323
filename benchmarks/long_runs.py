"""What shows only after many letters: a worker's memory, and what one letter more costs."""

import statistics
from collections.abc import Mapping
from pathlib import Path

from benchmarks.county import build_county
from benchmarks.ours import cold_build, worker_memory
from benchmarks.scale import WORKERS, Ratio, Scale


def measure_memory(folder: Path, scale: Scale) -> list[Ratio]:
    """The most memory that a worker has had, letter after letter."""
    first, *later = scale.marks
    base, *after = worker_memory(build_county(folder, scale.marks[-1] + 1), scale.marks)
    of = f"most memory of a worker in {first} letters"
    return [
        Ratio(f"most memory of a worker in {mark:,} letters", pages / base, of)
        for mark, pages in zip(later, after, strict=True)
    ]


def measure_growth(folder: Path, scale: Scale) -> list[Ratio]:
    """What one more letter costs in ever larger editions.

    The two smallest are built before and after each of the others, since all is compared to them.
    """
    counties = {size: build_county(folder / str(size), size) for size in scale.sizes}
    small, medium, *larger = scale.sizes
    order = [small, medium] + [size for more in larger for size in (more, small, medium)]
    taken: dict[int, list[float]] = {size: [] for size in scale.sizes}
    for size in order:
        taken[size].append(cold_build(counties[size], WORKERS))
    return growth({size: statistics.median(times) for size, times in taken.items()})


def growth(seconds: Mapping[int, float]) -> list[Ratio]:
    """What one more letter costs between sizes, compared to between the two smallest."""
    small, medium, *larger = seconds

    def one_more(fewer: int, more: int) -> float:
        return (seconds[more] - seconds[fewer]) / (more - fewer)

    of = f"one more letter, from {small:,} to {medium:,}"
    return [
        Ratio(
            f"one more letter, from {fewer:,} to {more:,}",
            one_more(fewer, more) / one_more(small, medium),
            of,
        )
        for fewer, more in zip([medium, *larger], larger, strict=False)
    ]
