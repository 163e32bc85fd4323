"""All letters on one page: how each stands, and by what it can be found, filtered and sorted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.assets.page_templates import ListFilter
from generator.batch.run import NO_LETTER
from generator.edition.figure_kind import FigureKind, Quantity
from generator.outputs.at_a_glance import (
    OverviewFigure,
    authority_at_a_glance,
    figures_at_a_glance,
    header_at_a_glance,
)
from generator.preview.edition_snapshot import EditionSnapshot, ListedLetter
from generator.preview.pages import render, shown_place
from generator.preview.preview_state import PreviewState
from generator.problems import Place

FILTERS = {
    "ready": "ready",
    "has problems": "with problems",
    "figures missing": "with figures missing",
    "to be confirmed": "to be confirmed",
    "insert": "with an insert",
    "changed": "changed since last year",
    "up to date": "up to date",
    "out of date": "out of date",
    "not made": "not made",
    "not approved": "not approved",
    "not issued": "not issued",
    NO_LETTER: "without a letter",
}
"""What can be asked for, and how that is said of letters; the keys are the tags of rows."""

_TONES = {"has problems": "bad", "figures missing": "doubtful", "to be confirmed": "doubtful"}
"""The colours of what keeps a letter from being sent; what is only still to be done has none."""
_ORDER = ("has problems", "figures missing", "to be confirmed", "ready", NO_LETTER)
"""In which a list is sorted by how letters stand: what needs a look first."""


@dataclass(frozen=True)
class ListColumn:
    """A column of figures: its header, and whether its figures are rates, which have bars."""

    name: str
    """What the address of a list that is sorted by it calls it: `decided.rate`."""
    group: str
    label: str
    is_rate: bool


@dataclass(frozen=True)
class ListCell:
    """A figure of a letter, and how long its bar is: in hundredths of the longest that can be."""

    figure: OverviewFigure
    bar: int | None


@dataclass(frozen=True)
class Row:
    """One letter."""

    letter: ListedLetter
    tags: tuple[str, ...]
    kind: str
    cells: tuple[ListCell, ...]
    pages: int | None

    @property
    def urgency(self) -> int:
        """Where it stands in the list when that is sorted by how letters stand."""
        return _ORDER.index(self.letter.status)

    @property
    def tone(self) -> str:
        """The colour that it has in the list, if any."""
        return _TONES.get(self.letter.status, "")

    @property
    def inserts(self) -> tuple[str, ...]:
        """The inserts that the letter has."""
        return tuple(self.letter.composed.inserts) if self.letter.composed else ()


def list_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """All letters, in alphabetical order."""
    edition = reading.loaded.edition
    if edition is None:  # the figures are shown as they last were
        known = (letter.edition for letter in reading.letters.values())
        edition = next((e for e in known if e is not None), None)
    columns = figures_at_a_glance(edition) if edition else ()
    headers = [header_at_a_glance(c, edition).rpartition(": ") for c in columns] if edition else []
    changed = changed_letters(desk)
    figures = {
        slug: authority_at_a_glance(letter.authority, letter.edition)
        for slug, letter in reading.letters.items()
        if letter.authority is not None and letter.edition is not None
    }
    longest = [_longest_bar(n, column.kind, figures.values()) for n, column in enumerate(columns)]
    rows = [
        _row(letter, desk, reading, changed, _cells(figures.get(slug, ()), longest))
        for slug, letter in reading.letters.items()
    ]
    counts = Counter(tag for row in rows for tag in row.tags)
    return render(
        "list",
        desk,
        rows=rows,
        columns=[
            ListColumn(f"{column.group}.{column.id}", group, label, column.kind.is_rate)
            for (group, _, label), column in zip(headers, columns, strict=True)
        ],
        kinds=_several(row.kind for row in rows),
        inserts=sorted({insert for row in rows for insert in row.inserts}),
        page_counts=_several(row.pages for row in rows),
        language=edition.language if edition else "en-GB",
        folder=shown_place(Place(desk.folders.authorities), desk).text,
        tags=[
            ListFilter(tag, counts[tag], said, _TONES.get(tag, ""))
            for tag, said in FILTERS.items()
            if counts[tag]
        ],
    )


_Value = TypeVar("_Value", str, int)


def _several(values: Iterable[_Value | None]) -> list[_Value]:
    """What there is to choose from: nothing, where all are alike."""
    found = sorted({value for value in values if value})
    return found if len(found) > 1 else []


def changed_letters(desk: PreviewState) -> frozenset[str]:
    """The letters that are known to say something else than last year's."""
    report = desk.compared.report if desk.compared else None
    compared = report.comparison.letters if report else ()
    return frozenset(each.slug for each in compared if each.changes)


def tags_of(
    letter: ListedLetter, desk: PreviewState, changed: frozenset[str] | None = None
) -> tuple[str, ...]:
    """By what a letter can be found among all."""
    changed = changed_letters(desk) if changed is None else changed
    tags = [letter.status]
    if letter.composed and letter.composed.inserts:
        tags.append("insert")
    if letter.slug in changed:
        tags.append("changed")
    made = "out of date" if letter.made == "stale" else letter.made
    tags += [made] if made in FILTERS else []
    standing = desk.standing
    if standing is not None and letter.status != NO_LETTER:
        tags.append("approved" if letter.slug in standing.approved else "not approved")
        tags.append("issued" if letter.slug in standing.issued else "not issued")
    return tuple(tags)


def _row(
    letter: ListedLetter,
    desk: PreviewState,
    reading: EditionSnapshot,
    changed: frozenset[str],
    cells: tuple[ListCell, ...],
) -> Row:
    key = reading.keys.get(letter.slug)
    pages = desk.render_cache.pages(key) if key else None
    kind = letter.authority.kind if letter.authority else ""
    return Row(letter, tags_of(letter, desk, changed), kind, cells, pages)


def _longest_bar(
    number: int, kind: FigureKind, rows: Iterable[tuple[OverviewFigure, ...]]
) -> Quantity:
    """What the longest bar of a column stands for; nought where it has none."""
    if not kind.is_rate:
        return 0
    found = [row[number].value for row in rows if number < len(row)]
    return kind.whole or max((value for value in found if value is not None), default=0)


def _cells(
    figures: tuple[OverviewFigure, ...], longest: Sequence[Quantity]
) -> tuple[ListCell, ...]:
    return tuple(
        ListCell(figure, round(min(1, figure.value / whole) * 100))
        if whole and figure.value is not None
        else ListCell(figure, None)
        for figure, whole in zip(figures, longest, strict=False)
    )
