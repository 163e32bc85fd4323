"""The table of figures: last year, this year, difference; what stands out first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.comparison.changes import Compared, FigureRow
from generator.comparison.edition_context import NOTHING_KNOWN, EditionContext
from generator.edition.figure_kind import FigureKind
from generator.edition.figure_kinds import kind_named
from generator.edition.figures import is_outlier
from generator.letter.letter import PrintedFigure

Address = tuple[str, str]
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
        old, new = (
            {(f.group, f.id): f for f in version.figures}
            for version in (letter.before, letter.after)
        )
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
    kind = _kind_of(row)
    parts = background.parts.get(address, ())
    was_whole, whole = (_sum_of(parts, row.group, figures) for figures in (old, new))
    alone = kind.standing_out(before, after, was_whole, whole)
    is_far = not kind.is_rate and is_outlier(before, after, background.outliers)
    return alone + (1000 if is_far else 0)


def _kind_of(row: FigureRow) -> FigureKind:
    side = row.after or row.before
    return kind_named(side.kind if side else "")


def _value(figure: PrintedFigure | None) -> int | None:
    return figure.value if figure else None


def _sum_of(parts: Sequence[str], group: str, figures: Mapping[Address, PrintedFigure]) -> int:
    found = (figures.get((group, part)) for part in parts)
    return sum(figure.value or 0 for figure in found if figure)


def difference_in_words(row: FigureRow) -> str:
    """A difference as a person would say it: `+2`, `−30 (−12%)`, `+4 points`, `no change`.

    Small numbers are not dressed up: a percentage is given only from `AT_LEAST` upwards, so 2 to 4
    is `+2` and not `+100%`; of rates, the points between them are.
    """
    if row.before is None or row.after is None:
        return f"no such figure {'last' if row.before is None else 'this'} year"
    before, after = row.before.value, row.after.value
    if before is None or after is None:
        return ""
    if before == after:
        return "no change"
    return _kind_of(row).difference(before, after, AT_LEAST)
