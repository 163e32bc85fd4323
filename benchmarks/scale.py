"""How much is measured, and what a result is."""

from collections.abc import Sequence
from dataclasses import dataclass

WORKERS = 2
FEWEST = 4
"""With fewer letters the parts of the usual scale would be alike."""


@dataclass(frozen=True)
class Ratio:
    """One result: `what` takes so many times as much as `of`."""

    what: str
    ratio: float
    of: str


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    letters: int
    rounds: int
    sample: int
    """Letters that the slow peers make in each round, in place of all."""
    corrections: int
    """Of one figure each, in the season; no fewer than the rounds that share them."""
    marks: Sequence[int]
    """After how many letters the memory of a worker is looked at."""
    sizes: Sequence[int]
    """Of the counties that show what one more letter costs."""


def scale_of(letters: int, rounds: int) -> Scale:
    """The usual scale: for 400 letters, 2,000 by one worker and counties of up to 3,200."""
    return Scale(
        letters=letters,
        rounds=rounds,
        sample=max(1, letters // 40),
        corrections=max(rounds, letters // 8),
        marks=[letters // 4, letters * 5 // 4, letters * 5 // 2, letters * 5],
        sizes=[max(1, letters // 8), letters // 2, letters * 2, letters * 8],
    )
