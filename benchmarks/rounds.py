"""The same letters made in different ways, timed in turn, round by round, and compared."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.county import (
    Shape,
    build_county,
    change_shared_paragraph,
    correct_one_figure,
)
from benchmarks.ours import LETTERS, build, cold_build, run
from benchmarks.peers import (
    TypstFromJson,
    TypstWithOurLoader,
    bare_loop,
    one_command_each,
    one_letter_alone,
    warm_browser,
    write_pages,
)
from benchmarks.report import WORKERS

COLD = "all letters, from nothing"
NOTHING = "nothing has changed"
FIGURE = "one figure has changed"
PARAGRAPH = "a shared paragraph has changed"
SEASON = "a season: all letters, then {corrections} corrections of a figure"
ALONE = "one letter, in a fresh process"

OURS = "letters build"
OURS_ALONE = "letters build, one worker"
VERIFY = "letters verify"
BARE = "bare loop"
TYPST = "Typst, finished JSON"
TYPST_LOADED = "Typst, our loader"
CHROMIUM = "Chromium"
EACH = "a command each"

ONCE = {
    *((COLD, who) for who in (OURS_ALONE, VERIFY, CHROMIUM, EACH)),
    *((PARAGRAPH, who) for who in (OURS, TYPST, TYPST_LOADED)),
}
"""What is done in the first round alone: it takes as long as all the others together."""

LEAVES_OUT = {
    BARE: "WeasyPrint over finished pages: reads, checks, composes, mends and proves nothing; no "
    "attachments, HTML or text; makes all again whatever has changed",
    TYPST: "behind a make rule, from words that somebody else has finished: another layout engine; "
    "PDF/UA-1 but no PDF/A, no attachments, HTML or text, no letterhead; proves nothing",
    TYPST_LOADED: "the same, with data and wording read, checked and composed by our loader; sets "
    "only letters whose words have changed",
    CHROMIUM: "headless and warm, over finished pages; weaker tags, no PDF/A; makes all again (a "
    "sample, scaled up)",
    EACH: "one `weasyprint` command a letter (a sample, scaled up)",
}
"""What each peer does not do, which we do."""

Seconds = Mapping[tuple[str, str], float | None]
"""Those of a round, by what was to be done and who did it; None where somebody is not there."""


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    letters: int
    rounds: int

    @property
    def sample(self) -> int:
        """Letters that the slow peers make in each round, in place of all."""
        return max(1, self.letters // 40)

    @property
    def corrections(self) -> int:
        """Of one figure each, in a season."""
        return max(1, self.letters // 8)


def measure(shape: Shape, folder: Path, scale: Scale) -> list[Seconds]:
    """The seconds of all that is done, by everybody in turn, round by round; of some, once."""
    steps = _steps(shape, folder, scale)
    return [
        {key: step(number) for key, step in steps.items() if number == 0 or key not in ONCE}
        for number in range(scale.rounds)
    ]


Step = Callable[[int], float | None]
"""Does something in the round of this number and says how many seconds it took."""


def _steps(shape: Shape, folder: Path, scale: Scale) -> dict[tuple[str, str], Step]:
    county = build_county(folder / "county", scale.letters, shape)
    pages = write_pages(county, folder / "pages")
    json = TypstFromJson(county, folder / "typst", WORKERS)
    loaded = TypstWithOurLoader(county, folder / "loaded", WORKERS)
    whole = scale.letters / scale.sample
    corrections = count(1)

    def correct(step: Callable[[], float]) -> float:
        number = next(corrections)  # no figure is ever changed to what it was
        correct_one_figure(county, number % scale.letters, number, shape)
        return step()

    def reword(number: int) -> float:
        change_shared_paragraph(county, f"This is wording {number + 1}.", shape)
        return build(county, WORKERS, expected=scale.letters).seconds

    def verify(_: int) -> float:
        return run([LETTERS, "verify", "--quiet"], county.workspace.folder).seconds

    def figure(_: int) -> float:  # in a shape with averages it may be in other letters, too
        return correct(lambda: build(county, WORKERS, expected=1, at_least=True).seconds)

    def browse(number: int) -> float | None:
        seconds = warm_browser(pages.sample(scale.sample, number))
        return None if seconds is None else seconds * whole

    return {  # in an order in which each finds what it needs
        (COLD, OURS_ALONE): lambda _: cold_build(county, 1).seconds,
        (COLD, OURS): lambda _: cold_build(county, WORKERS).seconds,
        (COLD, BARE): lambda _: bare_loop(pages, WORKERS),
        (COLD, TYPST): lambda _: json.from_nothing(),
        (COLD, TYPST_LOADED): lambda _: loaded.from_nothing(),
        (COLD, CHROMIUM): browse,
        (COLD, EACH): lambda n: one_command_each(pages.sample(scale.sample, n)) * whole,
        (ALONE, BARE): lambda _: one_letter_alone(pages),
        (COLD, VERIFY): verify,
        (NOTHING, OURS): lambda _: build(county, WORKERS, expected=0).seconds,
        (NOTHING, TYPST): lambda _: json.again([]),
        (NOTHING, TYPST_LOADED): lambda _: loaded.again(),
        (FIGURE, OURS): figure,
        (FIGURE, TYPST): lambda n: json.again([json.data[n % scale.letters]]),
        (FIGURE, TYPST_LOADED): lambda _: correct(loaded.again),
        (PARAGRAPH, OURS): reword,
        (PARAGRAPH, TYPST): lambda _: json.again(json.data),
        (PARAGRAPH, TYPST_LOADED): lambda _: loaded.again(),
    }


def ratios(rounds: Sequence[Seconds], corrections: int) -> dict[tuple[str, str], float]:
    """Everything beside the bare loop over all letters of its round: medians over the rounds."""
    taken = [_completed(seconds, corrections) for seconds in rounds]
    unit = COLD, BARE
    return {
        key: statistics.median(seconds[key] / seconds[unit] for seconds in taken if key in seconds)
        for key in taken[0]
    }


def _completed(seconds: Seconds, corrections: int) -> dict[tuple[str, str], float]:
    """With what follows from what was timed: who makes all again, and the season of each."""
    known = {key: value for key, value in seconds.items() if value is not None}
    for maker in (BARE, CHROMIUM, EACH):
        if (COLD, maker) in known:
            known |= {(what, maker): known[COLD, maker] for what in (NOTHING, FIGURE, PARAGRAPH)}
    for maker in dict.fromkeys(maker for what, maker in known if what == FIGURE):
        known[SEASON, maker] = known[COLD, maker] + corrections * known[FIGURE, maker]
    return known
