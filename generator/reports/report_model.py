"""What a report says, in its order: what many letters share, then what is peculiar to each.

Terminal, page, data and the desk are made from this alone, so that they say the same.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from typing import TypeVar

from generator.assets.page_templates import ListFilter, page_template
from generator.comparison.changes import (
    CAUSES,
    Change,
    ChangeType,
    Compared,
    Comparison,
    FigureRow,
    SharedChange,
)
from generator.comparison.figure_changes import difference_in_words
from generator.comparison.words import Span
from generator.console import ShowPath, shown_path
from generator.edition.figure_kind import Quantity
from generator.letter.letter import Block, PrintedFigure
from generator.reports.descriptions import (
    all_places,
    by_paragraph,
    differs,
    figure_text,
    in_passage,
    successor_hint,
    summary,
    what_changed,
    which_letters,
    whose_figures,
    whose_words,
)

AROUND = 30
"""How many words pages show on either side of a change: they have more room than a terminal."""


@dataclass(frozen=True)
class ReportedChange:
    """A change as it is shown, or several of a passage, or the figures of a table."""

    cause: str
    what: str
    letters: str
    """The numbers of the letters that it is in: `0-397 399`."""
    changes: tuple[Change, ...] = ()
    figures: tuple[tuple[str, str, str, str], ...] = ()
    """Of each: its label, last year's, this year's, and what lies between."""
    places: tuple[tuple[str, str], ...] = ()
    inferred: bool = False
    slugs: frozenset[str] = frozenset()
    """Of a change that several letters share: those that have it."""
    which: str = ""
    """How many those are, as the beginning of a sentence."""
    named: tuple[str, ...] = ()
    """The slugs that end that sentence, those that have it or those that have not."""
    names: tuple[str, ...] = ()
    """The authorities of these."""

    def excerpt(self, around: int) -> tuple[Span, ...]:
        """Its words, with so many unchanged ones on either side."""
        return in_passage(self.changes, around, shared=bool(self.slugs)) if self.changes else ()

    @cached_property
    def paragraphs(self) -> tuple[tuple[Span, ...], ...]:
        """Its words as pages show them; kept, since the desk shows them again and again."""
        return by_paragraph(self.excerpt(AROUND))


@dataclass(frozen=True)
class ReportedLetter:
    """A letter with something of its own, and what that is."""

    name: str
    slug: str
    against: str
    entries: tuple[ReportedChange, ...]


@dataclass(frozen=True)
class ReportedFigure:
    """A row of the table of figures."""

    row: FigureRow
    number: str
    authority: str
    figure: str
    cells: tuple[tuple[str, Quantity | None], ...]
    """Last year's, this year's and what lies between, each with the number to sort by."""


@dataclass(frozen=True)
class Report:
    """A comparison as its reader meets it: all words finished and in order."""

    comparison: Comparison
    summary: str
    causes: tuple[ListFilter, ...]
    """The reasons there are: each with what it means, and how many changes it is that of."""
    told_once: tuple[SharedChange, ...]
    """What several letters have in common, change by change."""
    shared: tuple[ReportedChange, ...]
    """The same, with those together that one glance at a passage shows."""
    letters: tuple[ReportedLetter, ...]
    """The letters with something of their own."""
    choices: tuple[tuple[str, int, str], ...]
    """All letters by name, each with its number and its slug."""
    rows: tuple[ReportedFigure, ...]
    """The rows of the table of figures that differ."""
    unread: tuple[tuple[str, int | str, tuple[str, ...]], ...]
    """What could not be read: whose, its number, and the sentences."""

    @property
    def hint(self) -> str:
        """What may be missing in an authority's file; blank where nothing speaks for it."""
        return successor_hint(self.comparison)

    @property
    def total(self) -> int:
        """How many changes there are."""
        return sum(cause.count for cause in self.causes)


_Places = Callable[[Iterable[Change]], list[tuple[str, str]]]
"""Gives the places of changes that are shown together, each with which side's it is."""


def report_of(comparison: Comparison, shown: ShowPath = shown_path) -> Report:
    """What a report says of a comparison; `shown` is how it tells the paths of files."""
    places = partial(all_places, names=comparison.sides, shown=shown)
    names = {compared.slug: compared.authority for compared in comparison.letters}
    numbers = {slug: number for number, slug in enumerate(names)}
    told_once = tuple(entry for entry in comparison.shared if _is_shared(entry))
    told: dict[str, Counter[Hashable]] = defaultdict(Counter)
    for entry in told_once:
        for slug in entry.slugs:
            told[slug][_signature(entry.change)] += 1
    shared = tuple(
        _shared_item(entries, names, numbers, places) for entries in by_passage(told_once)
    )
    letters = tuple(
        ReportedLetter(each.authority, each.slug, shown(each.before.reading.path), entries)
        for each in comparison.letters
        if (entries := tuple(_own_items(each, told[each.slug].copy(), numbers[each.slug], places)))
    )
    items = [*shared, *(item for letter in letters for item in letter.entries)]
    counts = Counter(item.cause for item in items)
    return Report(
        comparison=comparison,
        summary=summary(comparison),
        causes=tuple(
            ListFilter(cause.name, counts[cause.name], meaning=cause.meaning)
            for cause in CAUSES.values()
            if counts[cause.name]
        ),
        told_once=told_once,
        shared=shared,
        letters=letters,
        choices=tuple(sorted((name, numbers[slug], slug) for slug, name in names.items())),
        rows=tuple(_reported_row(row, numbers) for row in comparison.figures if differs(row)),
        unread=tuple(
            (names.get(slug, slug), numbers.get(slug, ""), sentences)
            for slug, sentences in comparison.unread.items()
        ),
    )


def _is_shared(entry: SharedChange) -> bool:
    """Whether several letters have a change for one reason, and not by chance.

    A figure is each authority's own, even where two had the same ones; so is a value in a sentence,
    unless most letters that have the sentence have it.
    """
    number, cause = len(set(entry.slugs)), entry.change.cause
    if number < 2 or entry.change.is_another_figure:
        return False
    return not cause.is_shared_by_most or 2 * number > entry.of


def _signature(change: Change) -> Hashable:
    """What makes changes of different letters one, as far as the change itself tells."""
    side = change.after or change.before
    what = side.id if isinstance(side, PrintedFigure) else side and (side.role, side.wording)
    return change.cause, change.action, change.removed, change.added, change.name, change.part, what


Told = TypeVar("Told")


def by_passage(entries: Iterable[SharedChange]) -> tuple[tuple[SharedChange, ...], ...]:
    """Shared changes, with those together that one glance at a passage shows.

    They are in the same passage, of the same letters, and for the same reason.
    """
    return _grouped(entries, lambda e: (_passage(e.change), e.slugs, e.exceptions))


def changes_by_passage(changes: Iterable[Change]) -> tuple[tuple[Change, ...], ...]:
    """The same of the changes of one letter."""
    return _grouped(changes, _passage)


def _grouped(told: Iterable[Told], key: Callable[[Told], Hashable]) -> tuple[tuple[Told, ...], ...]:
    groups: dict[Hashable, list[Told]] = defaultdict(list)
    for each in told:
        groups[key(each)].append(each)
    return tuple(map(tuple, groups.values()))


def _passage(change: Change) -> Hashable:
    """What changes have in common that are shown together; a whole passage stands alone."""
    if change.action is not ChangeType.CHANGED or not isinstance(change.after, Block):
        return id(change)
    kind = (change.cause, change.inferred, change.name, change.marking)
    return (id(change.before), id(change.after), *kind)


def _shared_item(
    entries: tuple[SharedChange, ...],
    names: dict[str, str],
    numbers: dict[str, int],
    places: _Places,
) -> ReportedChange:
    entry = entries[0]
    which, named = which_letters(entry, len(names))
    changes = tuple(each.change for each in entries)
    return replace(
        _item(changes, ranges({numbers[slug] for slug in entry.slugs}), places),
        slugs=frozenset(entry.slugs),
        which=which,
        named=named,
        names=tuple(names.get(slug, slug) for slug in named),
    )


def _own_items(
    compared: Compared, told: Counter[Hashable], number: int, places: _Places
) -> Iterator[ReportedChange]:
    """The changes of a letter but for those already told; its figures last, table by table."""
    words: list[Change] = []
    figures: dict[tuple[str, str], list[tuple[str, str, str, str]]] = defaultdict(list)
    titles = {**compared.before.titles, **compared.after.titles}
    for change in compared.changes:
        signature = _signature(change)
        if told[signature]:
            told[signature] -= 1
        elif change.is_another_figure:
            row = _figure_row(change, compared)
            title = titles.get(row.group) or row.group.capitalize()
            texts = (row.label, figure_text(row.before), figure_text(row.after))
            figures[change.cause.name, title].append((*texts, difference_in_words(row)))
        else:
            words.append(change)
    for changes in changes_by_passage(words):
        yield _item(changes, str(number), places)
    for (cause, title), rows in figures.items():
        yield ReportedChange(cause, title, str(number), figures=tuple(rows))


def _item(changes: tuple[Change, ...], letters: str, places: _Places) -> ReportedChange:
    change = changes[0]
    whose = whose_words(change)
    return ReportedChange(
        cause=change.cause.name,
        what=f"{what_changed(change)}{whose and f', {whose}'}",
        letters=letters,
        changes=changes,
        places=tuple(places(changes)),
        inferred=change.inferred,
    )


def _figure_row(change: Change, compared: Compared) -> FigureRow:
    before, after = (
        side if isinstance(side, PrintedFigure) else None for side in (change.before, change.after)
    )
    known = after or before
    assert known is not None, "a change of no figure"
    whose = (compared.slug, compared.authority)
    return FigureRow(*whose, known.group, known.id, known.label, before, after)


def _reported_row(row: FigureRow, numbers: dict[str, int]) -> ReportedFigure:
    before, after = (side.value if side else None for side in (row.before, row.after))
    by: Quantity | None = None if before is None or after is None else after - before
    return ReportedFigure(
        row=row,
        number=str(numbers.get(row.slug, "")),
        authority=whose_figures(row),
        figure=f"{row.group.replace('_', ' ').capitalize()}: {row.label}",
        cells=(
            (figure_text(row.before), before),
            (figure_text(row.after), after),
            (difference_in_words(row), by),
        ),
    )


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in short: `0-397 399`."""
    runs = []
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        runs.append(f"{members[0]}-{members[-1]}" if len(members) > 1 else str(members[0]))
    return " ".join(runs)


TEMPLATE = "report.html.jinja"
NAMES = 12
"""More letters than so many are named only when asked for."""


def html_report(report: Report) -> str:
    """The whole page."""
    return page_template("generator.reports", TEMPLATE).render(report=report, most_names=NAMES)
