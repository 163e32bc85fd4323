"""The report as a page: one file that works from disk, to filter, to search, and to print.

Without its script it is a plain page that shows everything, gone and new words in one line; the
script hides what was not asked for, and sets last year's words beside this year's.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.comparison.changes import Cause, Change, Comparison, FigureRow
from generator.comparison.words import Span
from generator.console import shown_path
from generator.pages.page import page_template
from generator.reports.descriptions import (
    all_places,
    difference,
    figure_text,
    summary,
    what_changed,
    which_letters,
    whose_figures,
    whose_words,
)
from generator.reports.excerpts import in_passage
from generator.reports.report_model import OwnChanges, by_passage, changes_by_passage, outline

TEMPLATE = "report.html.jinja"
AROUND = 30
"""How many words are shown on either side of a change: there is more room than on a terminal."""
NAMES = 12
"""More letters than so many are named only when asked for."""


@dataclass(frozen=True)
class ReportedChange:
    """A change as it is shown, or several of a passage.

    `letters` are the numbers of those it is in: `0-397 399`.
    """

    cause: str
    what: str
    inferred: bool
    letters: str
    spans: tuple[Span, ...] = ()
    figures: tuple[tuple[str, str, str, str], ...] = ()
    """Of each: its label, last year's, this year's, and what lies between."""
    places: tuple[tuple[str, str], ...] = ()
    which: str = ""
    names: tuple[str, ...] = ()
    slugs: frozenset[str] = frozenset()
    """Of a change that several letters share: those that have it."""


@dataclass(frozen=True)
class ReportedLetter:
    """A letter with something of its own, and what that is."""

    name: str
    slug: str
    against: str
    number: int
    entries: tuple[ReportedChange, ...]


@dataclass(frozen=True)
class ReportedFigure:
    """A row of the table of figures."""

    number: str
    authority: str
    figure: str
    cells: tuple[tuple[str, int | None], ...]
    """Last year's, this year's and what lies between, each with the number to sort by."""


@dataclass(frozen=True)
class Report:
    """A comparison as pages show it: all words finished and in order."""

    comparison: Comparison
    summary: str
    causes: tuple[tuple[str, str, int], ...]
    """The reasons there are: each with what it means, and how many changes it is that of."""
    shared: tuple[ReportedChange, ...]
    """What several letters have in common."""
    letters: tuple[ReportedLetter, ...]
    """The letters with something of their own."""
    choices: tuple[tuple[str, int, str], ...]
    """All letters by name, each with its number and its slug."""
    rows: tuple[ReportedFigure, ...]
    unread: tuple[tuple[str, int | str, tuple[str, ...]], ...]
    """What could not be read: whose, its number, and the sentences."""

    @property
    def total(self) -> int:
        """How many changes there are."""
        return sum(count for _, _, count in self.causes)


def html_report(comparison: Comparison) -> str:
    """The whole page."""
    return page_template("generator.reports", TEMPLATE).render(
        report=report_of(comparison), most_names=NAMES
    )


def report_of(comparison: Comparison) -> Report:
    """What a page says of a comparison."""
    shown = outline(comparison)
    numbers = {slug: number for number, slug in enumerate(shown.slugs)}
    names = {compared.slug: compared.authority for compared in comparison.letters}
    shared = []
    for entries in by_passage(shown.shared):
        entry = entries[0]
        which, slugs = which_letters(entry, len(shown.slugs))
        found_in = ranges(numbers[slug] for slug in dict.fromkeys(entry.slugs))
        changes = [each.change for each in entries]
        item = _item(changes, found_in, which, tuple(names.get(s, s) for s in slugs))
        shared.append(replace(item, slugs=frozenset(entry.slugs)))
    letters = [_letter(own, numbers[own.compared.slug]) for own in shown.letters]
    items = [*shared, *(item for letter in letters for item in letter.entries)]
    counts = Counter(item.cause for item in items)
    return Report(
        comparison=comparison,
        summary=summary(comparison),
        causes=tuple(
            (cause.value, cause.meaning, counts[cause.value])
            for cause in Cause
            if counts[cause.value]
        ),
        shared=tuple(shared),
        letters=tuple(letters),
        choices=tuple(sorted((name, numbers[slug], slug) for slug, name in names.items())),
        rows=tuple(_row(row, numbers) for row in shown.figures),
        unread=tuple(
            (names.get(slug, slug), numbers.get(slug, ""), sentences)
            for slug, sentences in comparison.unread.items()
        ),
    )


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in short: `0-397 399`."""
    runs = []
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        runs.append(f"{members[0]}-{members[-1]}" if len(members) > 1 else str(members[0]))
    return " ".join(runs)


def _item(
    changes: Sequence[Change],
    letters: str,
    which: str = "",
    names: tuple[str, ...] = (),
    *,
    shared: bool = True,
) -> ReportedChange:
    change = changes[0]
    whose = whose_words(change)
    return ReportedChange(
        cause=change.cause.value,
        what=f"{what_changed(change)}{whose and f', {whose}'}",
        inferred=change.inferred,
        letters=letters,
        spans=in_passage(changes, AROUND, shared=shared),
        places=tuple(all_places(changes)),
        which=which,
        names=names,
    )


def _letter(own: OwnChanges, number: int) -> ReportedLetter:
    compared = own.compared
    items = [_item(changes, str(number), shared=False) for changes in changes_by_passage(own.words)]
    for title, rows in own.figures.items():
        figures = tuple(
            (row.label, figure_text(row.before), figure_text(row.after), difference(row))
            for row in rows
        )
        items.append(
            ReportedChange(Cause.FIGURES.value, title, False, str(number), figures=figures)
        )
    against = shown_path(compared.before.reading.path)
    return ReportedLetter(compared.authority, compared.slug, against, number, tuple(items))


def _row(row: FigureRow, numbers: dict[str, int]) -> ReportedFigure:
    before, after = (side.value if side else None for side in (row.before, row.after))
    by = None if before is None or after is None else after - before
    return ReportedFigure(
        number=str(numbers.get(row.slug, "")),
        authority=whose_figures(row),
        figure=f"{row.group.replace('_', ' ').capitalize()}: {row.label}",
        cells=(
            (figure_text(row.before), before),
            (figure_text(row.after), after),
            (difference(row), by),
        ),
    )
