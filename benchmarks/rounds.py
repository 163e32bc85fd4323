"""The same letters made in different ways, timed in turn, round by round, and compared."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path

from benchmarks.county import build_county, change_shared_paragraph, correct_one_figure
from benchmarks.ours import build, cold_build
from benchmarks.peers import bare_loop, one_command_each, warm_browser, write_pages
from benchmarks.scale import WORKERS, Ratio, Scale

BUILD_1 = "build, 1 worker"
BUILD_2 = f"build, {WORKERS} workers"
BARE_1 = "bare loop, 1 process"
BARE_2 = f"bare loop, {WORKERS} processes"
EACH = "one weasyprint command each (a sample, scaled up)"
CHROMIUM = "headless Chromium, warm (a sample, scaled up)"
AGAIN = "build again, nothing changed"
FIGURE = "build again, one figure changed"
PARAGRAPH = "build again, one shared paragraph changed"
SEASON = "the season: a build, and one more after each correction"
BARE_SEASON = f"the season by the bare loop, {WORKERS} processes, all letters each time"
EACH_SEASON = "the season by one command each, all letters each time"
CORRECTIONS = "all corrections"

COMPARED = {
    "cold": (
        (BUILD_1, BUILD_2),
        (BUILD_1, BARE_1),
        (BUILD_2, BARE_2),
        (EACH, BUILD_1),
        (EACH, BUILD_2),
        (BUILD_1, CHROMIUM),
        (BUILD_2, CHROMIUM),
    ),
    "changes": ((AGAIN, BUILD_2), (FIGURE, BUILD_2), (PARAGRAPH, BUILD_2)),
    "season": ((BARE_SEASON, SEASON), (EACH_SEASON, SEASON)),
}
"""By measurement: what is compared, and to what."""

_MADE_OF = {
    SEASON: (BUILD_2, CORRECTIONS),
    BARE_SEASON: (BARE_2,),
    EACH_SEASON: (EACH,),
}

Step = Callable[[int], float]
"""Does something in the round of this number and says how many seconds it took."""


def compare(names: Sequence[str], folder: Path, scale: Scale) -> dict[str, list[Ratio]]:
    """These measurements, of one county: what they have in common is done once a round."""
    parts = [part for name in names for pair in COMPARED[name] for part in pair]
    needed = {step for part in parts for step in _MADE_OF.get(part, (part,))}
    steps = {name: step for name, step in _steps(folder, scale).items() if name in needed}
    rounds = [{n: step(number) for n, step in steps.items()} for number in range(scale.rounds)]
    return {name: ratios(name, rounds, scale.corrections) for name in names}


def ratios(name: str, rounds: Sequence[Mapping[str, float]], corrections: int) -> list[Ratio]:
    """A measurement's ratios, medians over the rounds, from the seconds of each step in each."""
    taken = [_with_seasons(seconds, corrections + 1) for seconds in rounds]
    return [
        Ratio(what, statistics.median(seconds[what] / seconds[of] for seconds in taken), of)
        for what, of in COMPARED[name]
        if all(seconds[of] for seconds in taken)  # nothing, for a browser that is not there
    ]


def _with_seasons(seconds: Mapping[str, float], times: int) -> dict[str, float]:
    """The seconds of a round, with those of the year's work, put together from them."""
    seasons = {
        SEASON: sum(seconds.get(step, 0) for step in _MADE_OF[SEASON]),
        BARE_SEASON: seconds.get(BARE_2, 0) * times,
        EACH_SEASON: seconds.get(EACH, 0) * times,
    }
    return {**seconds, **seasons}


def _steps(folder: Path, scale: Scale) -> dict[str, Step]:
    county = build_county(folder / "county", scale.letters)
    pages = write_pages(county, folder / "pages")
    whole = scale.letters / scale.sample
    corrections = count(1)

    def correct() -> float:
        number = next(corrections)  # no figure is ever changed to what it was
        correct_one_figure(county, number % scale.letters, more=number)
        return build(county, WORKERS, expected=1)

    def paragraph(number: int) -> float:
        change_shared_paragraph(county, f"This is wording {number + 1}.")
        return build(county, WORKERS, expected=scale.letters)

    def share_of_corrections(number: int) -> float:
        share = range(number, scale.corrections, scale.rounds)
        return sum(correct() for _ in share) * scale.corrections / len(share)

    return {  # in an order in which each finds what it needs: the builds again follow a first
        BUILD_1: lambda _: cold_build(county, 1),
        BARE_1: lambda _: bare_loop(pages, 1),
        BUILD_2: lambda _: cold_build(county, WORKERS),
        BARE_2: lambda _: bare_loop(pages, WORKERS),
        AGAIN: lambda _: build(county, WORKERS, expected=0),
        FIGURE: lambda _: correct(),
        PARAGRAPH: paragraph,
        CORRECTIONS: share_of_corrections,
        EACH: lambda number: one_command_each(pages.sample(scale.sample, number)) * whole,
        CHROMIUM: lambda number: (warm_browser(pages.sample(scale.sample, number)) or 0) * whole,
    }
