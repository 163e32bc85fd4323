"""Tables as they stand in an issued letter: rows of figures, and what stands over each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.edition.edition import Edition, Group
from generator.external_letters.printed_parts import Grid, filled, is_figure
from generator.external_letters.reference_edition import likeness

Row = tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A row of figures with the rows above it, and what stands beside those."""

    figures: tuple[tuple[int, str], ...]
    """Each figure, with the number of the column it stands in."""
    heads: tuple[tuple[int, str], ...]
    """The cells of the row directly above, each with the number of its column."""
    above: tuple[tuple[str, ...], ...]
    """The cells over the heads, row by row: heads that span, perhaps the title."""
    beside: tuple[tuple[str, ...], ...]
    """The cells to the left of all figures, row by row."""


def tables_in(grid: Grid, edition: Edition) -> tuple[list[PrintedTable], list[Row]]:
    """The tables in a grid, and the rows after the last row of figures."""
    nones = {column.none for column in edition.columns()}
    tables = []
    waiting: list[Row] = []
    for row in grid.rows:
        if _is_row_of_figures(row, edition, nones):
            tables.append(_table(row, waiting))
            waiting = []
        elif filled(row):
            waiting.append(row)
    return tables, waiting


def _is_row_of_figures(row: Row, edition: Edition, nones: set[str]) -> bool:
    cells = [cell for _, cell in filled(row)]
    least = min(2, *(len(group.columns) for group in edition.groups), 2)
    return len(cells) >= least and all(is_figure(cell, nones) for cell in cells)


def _table(figures: Row, rows: Sequence[Row]) -> PrintedTable:
    placed = filled(figures)
    first = placed[0][0]
    own = [tuple((n, cell) for n, cell in filled(row) if n >= first) for row in rows]
    beside = [tuple(cell for n, cell in filled(row) if n < first) for row in rows]
    heads = own[-1] if own else ()
    return PrintedTable(
        figures=tuple(placed),
        heads=heads,
        above=tuple(tuple(cell for _, cell in row) for row in own[:-1] if row),
        beside=tuple(row for row in beside if row),
    )


def heads_over(table: PrintedTable, group: Group) -> list[str]:
    """The head over each figure, empty where there is none; the group's columns as a guide.

    As many heads as figures stand over them in order. Otherwise a head stands over the figure of
    its column; one over no figure is a piece of the head before or after it.
    """
    columns = [number for number, _ in table.figures]
    if len(table.heads) == len(columns):
        return [head for _, head in table.heads]
    over: list[list[str]] = [[] for _ in columns]
    stray = []
    for number, head in table.heads:
        if number in columns:
            over[columns.index(number)].append(head)
        else:
            stray.append((number, head))
    for number, head in stray:
        place = min(
            _neighbours(number, columns),
            key=lambda at: -_gain(over[at], head, group.columns[at].label, number < columns[at]),
        )
        over[place].insert(0 if number < columns[place] else len(over[place]), head)
    return [" ".join(heads) for heads in over]


def _neighbours(number: int, columns: Sequence[int]) -> Iterator[int]:
    """The figures next to a column: that to its left and that to its right."""
    left = [place for place, column in enumerate(columns) if column < number]
    right = [place for place, column in enumerate(columns) if column > number]
    yield from left[-1:]
    yield from right[:1]


def _gain(heads: list[str], piece: str, label: str, before: bool) -> float:
    """How much liker to its label a head becomes by one more piece."""
    now = [piece, *heads] if before else [*heads, piece]
    return likeness(" ".join(now), label) - likeness(" ".join(heads), label)


def group_of(table: PrintedTable, groups: Sequence[Group], title: str) -> Group | None:
    """Which of these groups a table is: by its title, the number of its figures and its heads."""
    heads = " ".join(head for _, head in table.heads)

    def likely(group: Group) -> float:
        labels = " ".join(column.label for column in group.columns)
        same_number = len(group.columns) == len(table.figures)
        titled = likeness(title, group.title) if title else 0.0
        return titled + (titled == 1) + likeness(heads, labels) + 0.5 * same_number

    best = max(groups, key=likely, default=None)
    return best if best and likely(best) >= _LIKELY else None


_LIKELY = 0.5
"""The number of figures alone will do, where there is neither a title nor a head."""
