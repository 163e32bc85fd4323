"""What differs in the tables: figures by group and id, never as text; then labels and titles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.comparison.changes import EDITION, FIGURES, Change, Compared, FigureRow
from generator.comparison.chart_changes import charts_set_otherwise, drawn_figures
from generator.comparison.edition_context import (
    NOTHING_KNOWN,
    EditionContext,
    LetterPair,
    figures_of,
)
from generator.comparison.table_changes import (
    column_change,
    explained_by_tables,
    other_columns,
    other_tables,
    reworded,
    titles,
)
from generator.edition.figure_kind import FigureKind, Quantity
from generator.edition.figure_kinds import kind_named
from generator.edition.figures import is_outlier
from generator.edition.operands import Address
from generator.letter.letter import PrintedFigure
from generator.letter.markup import plain_letters

AT_LEAST = 20
"""So many there must have been before a difference is given in percent."""


def figure_rows(
    letters: Iterable[Compared], background: EditionContext = NOTHING_KNOWN
) -> tuple[FigureRow, ...]:
    """The figures that a reviewer looks at first, of all letters, sorted by what stands out."""
    scored: list[tuple[float, FigureRow]] = []
    given = list(letters)
    times = Counter(letter.slug for letter in given)
    for letter in given:
        against = letter.before.authority if times[letter.slug] > 1 else ""
        old, new = figures_of(letter.before), figures_of(letter.after)
        for address in _looked_at({**new, **old} | new, background):
            before, after = old.get(address), new.get(address)
            side = after or before
            assert side is not None, "an address of neither side"
            whose = (letter.slug, letter.authority)
            row = FigureRow(*whose, *address, side.label, before, after, against)
            scored.append((_standing_out(row, old, new, background), row))
    return tuple(row for _, row in sorted(scored, key=lambda each: -each[0]))


def _looked_at(
    figures: Mapping[Address, PrintedFigure], background: EditionContext
) -> list[Address]:
    """Sums, rates and what rates are taken of; of a table without a sum, its counts."""
    with_sum = {figure.group for figure in figures.values() if kind_named(figure.kind).is_sum}
    return [
        (group, id_)
        for (group, id_), figure in figures.items()
        if not kind_named(figure.kind).is_given
        or (group, id_) in background.numerators
        or group not in with_sum
    ]


def _standing_out(
    row: FigureRow,
    old: Mapping[Address, PrintedFigure],
    new: Mapping[Address, PrintedFigure],
    background: EditionContext,
) -> float:
    """How much a difference stands out: in units of what chance brings about, outliers first."""
    before, after = _value(row.before), _value(row.after)
    if before is None or after is None:
        return 0.0
    address = (row.group, row.id)
    kind = background.figure_kinds.get(address) or _kind_of(row)
    parts = background.parts.get(address, ())
    was_whole, whole = (_sum_of(parts, figures) for figures in (old, new))
    alone = kind.standing_out(before, after, was_whole, whole)
    is_far = not kind.is_rate and is_outlier(before, after, background.outliers)
    return alone + (1000 if is_far else 0)


def _kind_of(row: FigureRow) -> FigureKind:
    side = row.after or row.before
    return kind_named(side.kind if side else "")


def _value(figure: PrintedFigure | None) -> Quantity | None:
    return figure.value if figure else None


def _sum_of(parts: Sequence[Address], figures: Mapping[Address, PrintedFigure]) -> Quantity:
    found = (figures.get(part) for part in parts)
    return sum(figure.value or 0 for figure in found if figure)


def difference_in_words(row: FigureRow) -> str:
    """A difference as a person would say it: `+2`, `−30 (−12%)`, `+4 points`, `no change`.

    Small numbers are not dressed up: a percentage is given only from `AT_LEAST` upwards, so 2 to 4
    is `+2` and not `+100%`; of rates, the points between them are. Nothing where there is none to
    compare.
    """
    before, after = _value(row.before), _value(row.after)
    if before is None or after is None:
        return ""
    if before == after:
        return "no change"
    return _kind_of(row).difference(before, after, AT_LEAST)


def figure_changes(sides: LetterPair) -> list[Change]:
    """All that differs in tables and charts of two versions, in the order printed this year."""
    old, new = figures_of(sides.before), figures_of(sides.after)
    changes = [*titles(sides), *other_tables(sides)]
    with_tables = explained_by_tables(sides)
    told: _Headers = set()
    for address, after in new.items():
        if address in old:
            changes += _one_figure(old[address], after, sides, told)
        elif sides.before.has_wording and address not in with_tables:
            changes.append(column_change(None, after, (None, sides.new.columns.get(address))))
    for address, before in old.items():
        is_told = address in new or address in with_tables
        if sides.after.has_wording and not is_told:
            changes.append(column_change(before, None, (sides.old.columns.get(address), None)))
    old_drawn = {**drawn_figures(sides.before), **old}
    for address, after in drawn_figures(sides.after).items():
        if address in old_drawn:
            changes += _one_figure(old_drawn[address], after, sides, told)
    return [*changes, *other_columns(sides), *charts_set_otherwise(sides)]


_Headers = set[tuple[str, str, str]]
"""The headers over several figures of which it was told that they say something else."""


def _one_figure(
    before: PrintedFigure, after: PrintedFigure, sides: LetterPair, told: _Headers
) -> Iterator[Change]:
    """What differs in a figure: what is printed, its label, and its header, which is told once."""
    address = (after.group, after.id)
    if redefined := sides.redefined(address):
        yield reworded(*redefined.texts, before, after, redefined.places, EDITION)
    if before.value is after.value is None and "" not in {before.text, after.text}:
        if before.text != after.text:  # what stands for a rate of nothing
            yield reworded(before.text, after.text, before, after, sides.column_places(address))
    elif _differs(before, after) and not sides.redefinition_behind(
        "authority." + ".".join(address)
    ):
        places = sides.figure_places(*address)
        change = reworded("", "", before, after, places, FIGURES)
        yield replace(change, removed=before.text, added=after.text)
    places = sides.column_places(address)
    if before.label and after.label and plain_letters(before.label) != plain_letters(after.label):
        yield reworded(before.label, after.label, before, after, places)
    if before.former_id:
        former = sides.old.columns.get((before.group, before.former_id))
        ids = (before.former_id, after.id)
        yield reworded(*ids, before, after, (former, places[1]), EDITION)
    both_known = sides.before.has_wording and sides.after.has_wording
    header = (after.group, plain_letters(before.header), plain_letters(after.header))
    if both_known and header[1] != header[2] and header not in told:
        told.add(header)
        yield reworded(before.header, after.header, before, after, places)


def _differs(before: PrintedFigure, after: PrintedFigure) -> bool:
    """Whether another figure is printed; how thousands are marked does not count."""
    if before.value is None or after.value is None:
        unread = "" in {before.text, after.text}
        return not unread and (before.value is not after.value or before.text != after.text)
    return before.value != after.value
