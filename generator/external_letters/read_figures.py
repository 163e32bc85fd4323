"""The figures of an issued letter, by their places in the rows; what was lost is listed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.edition.edition import Column, Edition, Group
from generator.edition.figure_kinds import COUNT, kind_printed
from generator.edition.values import slug_of
from generator.external_letters.reference_edition import Grid, filled, is_figure, short, value_of
from generator.letter.letter import PrintedFigure
from generator.letter.markup import likeness, plain, plain_letters

Row = tuple[str, ...]


@dataclass(frozen=True)
class GridTable:
    """A row of figures with the rows above it, and what stands beside those."""

    figures: tuple[tuple[int, str], ...]
    """Each figure, with the number of the column it stands in."""
    heads: tuple[tuple[int, str], ...]
    """The cells of the row directly above, each with the number of its column."""
    above: tuple[tuple[str, ...], ...]
    """The cells over the heads, row by row: heads that span, perhaps the title."""
    beside: tuple[tuple[str, ...], ...]
    """The cells to the left of all figures, row by row."""


def tables_in(grid: Grid, edition: Edition) -> tuple[list[GridTable], list[Row]]:
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


def _table(figures: Row, rows: Sequence[Row]) -> GridTable:
    placed = filled(figures)
    first = placed[0][0]
    own = [tuple((n, cell) for n, cell in filled(row) if n >= first) for row in rows]
    beside = [tuple(cell for n, cell in filled(row) if n < first) for row in rows]
    heads = own[-1] if own else ()
    return GridTable(
        figures=tuple(placed),
        heads=heads,
        above=tuple(tuple(cell for _, cell in row) for row in own[:-1] if row),
        beside=tuple(row for row in beside if row),
    )


def heads_over(table: GridTable, group: Group) -> list[str]:
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


def group_of(table: GridTable, groups: Sequence[Group], title: str) -> Group | None:
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


def read_figures(table: GridTable, group: Group) -> tuple[list[PrintedFigure], list[str]]:
    """The figures of a table that is this group's, and a sentence for each thing lost in it.

    As many figures as columns are taken by their places, unless their heads say otherwise; fewer
    or more by their heads alone.
    """
    texts = [text for _, text in table.figures]
    if len(texts) == len(group.columns):
        heads = heads_over(table, group)
        columns = _by_place(heads, group)
        if len(table.heads) != len(texts):
            heads, unread = _mended(heads, columns, texts, group)
        else:
            heads, unread = _whole(heads, columns, texts, group)
        unread += _unread_spans(table, group)
    else:
        heads = [_head_at(number, table) for number, _ in table.figures]
        columns = _by_head(heads, group)
        lacking = [c for c in group.columns if c not in columns]
        unread = [f"{_in(group)}: no figure was found for “{c.label}”" for c in lacking]
        known = zip(heads, texts, strict=True)
        unread += [f"{_in(group)}: it is not known what {t} counts" for h, t in known if not h]
    figures = [
        _figure(group, column, head, text)
        for column, head, text in zip(columns, heads, texts, strict=True)
        if column or head
    ]
    return figures, unread


def _in(group: Group) -> str:
    return f"in the table “{group.title}”"


def _figure(group: Group, column: Column | None, head: str, text: str) -> PrintedFigure:
    if column is None:  # a column that this edition does not have
        kind = (kind_printed(text) or COUNT).name
        name = slug_of(head).replace("-", "_")
        return PrintedFigure(group.id, name, head, text, value_of(text), kind)
    label = head
    if not head or plain_letters(head) == plain_letters(column.label):
        label = column.label.replace("'", "’")
    value = value_of(text)
    return PrintedFigure(group.id, column.id, label, text, value, column.kind.name)


def _by_place(heads: Sequence[str], group: Group) -> list[Column | None]:
    """The column of each head: those that are the same in words, then the others in order."""
    by_label = {plain_letters(column.label): column for column in group.columns}
    found = [by_label.get(plain_letters(head)) for head in heads]
    if len({column.id for column in found if column}) < sum(1 for column in found if column):
        return list(group.columns)
    left = iter([column for column in group.columns if column not in found])
    return [column or next(left) for column in found]


def _by_head(heads: Sequence[str], group: Group) -> list[Column | None]:
    """The column whose label is like each head; None where none is."""
    free = list(group.columns)
    found: list[Column | None] = []
    for head in heads:
        near = max(free, key=lambda column: likeness(head, column.label), default=None)
        if head and near and likeness(head, near.label) > 0.8:
            free.remove(near)
            found.append(near)
        else:
            found.append(None)
    return found


def _head_at(number: int, table: GridTable) -> str:
    return " ".join(head for column, head in table.heads if column == number)


def _whole(
    heads: Sequence[str], columns: Sequence[Column | None], texts: Sequence[str], group: Group
) -> tuple[list[str], list[str]]:
    """The heads of a row that has one for each figure, without those that were misread."""
    return _sorted_out(heads, columns, texts, group, _is_misread)


def _mended(
    heads: Sequence[str], columns: Sequence[Column | None], texts: Sequence[str], group: Group
) -> tuple[list[str], list[str]]:
    """The same of a row whose heads came apart: each that is not its label was misread."""
    if not any(heads):
        return list(heads), [f"{_in(group)}: no heads were found; figures are told by their places"]
    return _sorted_out(heads, columns, texts, group, lambda _head, _label: True)


def _sorted_out(
    heads: Sequence[str],
    columns: Sequence[Column | None],
    texts: Sequence[str],
    group: Group,
    is_misread: Callable[[str, str], bool],
) -> tuple[list[str], list[str]]:
    kept, unread = [], []
    for head, column, text in zip(heads, columns, texts, strict=True):
        same = column is None or plain_letters(head) == plain_letters(column.label)
        if column is None or same or (head and not is_misread(head, column.label)):
            kept.append(head)
        else:
            kept.append("")
            reads = f"reads “{short(head)}”" if head else "is missing"
            taken = f"by its place it is “{column.label}”"
            unread.append(f"{_in(group)}: the head over {text} {reads}; {taken}")
    return kept, unread


def _is_misread(head: str, label: str) -> bool:
    """Whether a head is its label with letters lost where words begin, not another label."""
    words, own = plain(head).split(), plain(label).split()
    odd = [word for word in words if word not in own]
    lost = [word for word in odd if any(whole.endswith(word) for whole in own)]
    return bool(odd) and lost == odd and likeness(plain_letters(head), plain_letters(label)) > 0.7


def _unread_spans(table: GridTable, group: Group) -> list[str]:
    """The heads over several columns that do not stand there, if the group has such heads."""
    above = plain_letters("".join(cell for row in table.above for cell in row))
    spans = dict.fromkeys(column.header_group for column in group.columns if column.header_group)
    lacking = [span for span in spans if plain_letters(span) not in above]
    return [f"{_in(group)}: the head “{span}” over several columns is missing" for span in lacking]
