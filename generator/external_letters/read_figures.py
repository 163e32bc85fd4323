"""The figures of an issued letter, by their places in the rows; what was lost is listed."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.edition.figure_kinds import COUNT, kind_printed
from generator.edition.groups import Column, Group
from generator.edition.values import slug_of
from generator.external_letters.reference_edition import (
    Grid,
    ReferenceEdition,
    filled,
    is_figure,
    short,
    value_of,
)
from generator.letter.letter import PrintedFigure
from generator.letter.markup import likeness, plain, plain_letters

Row = tuple[str, ...]


@dataclass(frozen=True)
class GridTable:
    """A row of figures with the rows above it, and what stands beside those."""

    figures: tuple[tuple[int, str], ...]
    """Each figure, with the number of the column it stands in."""
    headers: tuple[tuple[int, str], ...]
    """The cells of the row directly above, each with the number of its column."""
    above: tuple[tuple[str, ...], ...]
    """The cells over the heads, row by row: heads that span, perhaps the title."""
    beside: tuple[tuple[str, ...], ...]
    """The cells to the left of all figures, row by row."""


def tables_in(grid: Grid, pattern: ReferenceEdition) -> tuple[list[GridTable], list[Row]]:
    """The tables in a grid, and the rows after the last row of figures."""
    least = min(2, *(len(group.columns) for group in pattern.edition.titled_groups), 2)
    tables = []
    waiting: list[Row] = []
    upright = _upright(grid.rows, pattern)
    least = 1 if upright else least
    for row in upright or grid.rows:
        cells = [cell for _, cell in filled(row)]
        if len(cells) >= least and all(is_figure(cell, pattern.nones) for cell in cells):
            tables.append(_table(row, waiting))
            waiting = []
        elif cells:
            waiting.append(row)
    return tables, waiting


def _upright(rows: Sequence[Row], pattern: ReferenceEdition) -> list[Row]:
    """A table that has a line for each figure, set upright; nothing where it is another.

    A line without a figure is a head over those that follow, or a piece of a long label, whichever
    is liker to a label of the edition.
    """
    labels = [column.label for column in pattern.edition.columns()]
    columns: list[tuple[str, str, str]] = []
    waiting: list[str] = []
    for row in rows:
        *words, last = [cell for _, cell in filled(row)] or [""]
        if any(is_figure(cell, pattern.nones) for cell in words):
            return []
        if not words or not is_figure(last, pattern.nones):
            waiting.append(" ".join([*words, last]))
            continue
        rest, head, label = _divide(
            columns[-1][1] if columns else "", waiting, " ".join(words), labels
        )
        if columns:
            columns[-1] = (columns[-1][0], rest, columns[-1][2])
        columns.append((head, label, last))
        waiting = []
    if columns and waiting:
        columns[-1] = (columns[-1][0], " ".join([columns[-1][1], *waiting]), columns[-1][2])
    return [*zip(*columns, strict=True)]


def _divide(
    before: str, lines: Sequence[str], last: str, labels: Sequence[str]
) -> tuple[str, str, str]:
    """Lines between two figures: the label before with its rest, a head, the label after."""

    def alike(label: str) -> float:
        return max(likeness(label, each) for each in labels)

    ways = [
        (
            " ".join(filter(None, [before, *lines[:a]])),
            " ".join(lines[a:b]),
            " ".join([*lines[b:], last]),
        )
        for a in range(len(lines) + 1 if before else 1)
        for b in range(a, len(lines) + 1)
    ]
    return max(ways, key=lambda way: alike(way[0]) + alike(way[2]))


def _table(figures: Row, rows: Sequence[Row]) -> GridTable:
    placed = filled(figures)
    first = placed[0][0]
    own = [tuple((n, cell) for n, cell in filled(row) if n >= first) for row in rows]
    beside = [tuple(cell for n, cell in filled(row) if n < first) for row in rows]
    headers = own[-1] if own else ()
    return GridTable(
        figures=tuple(placed),
        headers=headers,
        above=tuple(tuple(cell for _, cell in row) for row in own[:-1] if row),
        beside=tuple(row for row in beside if row),
    )


@dataclass(frozen=True)
class SoughtTable:
    """A group of figures, and those of its columns that were not found yet.

    Some were where a table was divided; the others stand in the rest of it.
    """

    group: Group
    columns: tuple[Column, ...]

    @property
    def is_rest(self) -> bool:
        """Whether some of it was found."""
        return len(self.columns) < len(self.group.columns)


def headers_over(table: GridTable, columns_sought: Sequence[Column]) -> list[str]:
    """The head over each figure, empty where there is none; the group's columns as a guide.

    As many heads as figures stand over them in order. Otherwise a head stands over the figure of
    its column; one over no figure is a piece of the head before or after it.
    """
    columns = [number for number, _ in table.figures]
    if len(table.headers) == len(columns):
        return [header for _, header in table.headers]
    over: list[list[str]] = [[] for _ in columns]
    for number, header in sorted(table.headers, key=lambda each: each[0] not in columns):
        if number in columns:
            over[columns.index(number)].append(header)
            continue
        right = bisect(columns, number)
        place = min(
            (at for at in (right - 1, right) if at in range(len(columns))),
            key=lambda at: -_gain(over[at], header, columns_sought[at].label, number < columns[at]),
        )
        over[place].insert(0 if number < columns[place] else len(over[place]), header)
    return [" ".join(headers) for headers in over]


def _gain(headers: list[str], piece: str, label: str, before: bool) -> float:
    """How much liker to its label a head becomes by one more piece."""
    now = [piece, *headers] if before else [*headers, piece]
    return likeness(" ".join(now), label) - likeness(" ".join(headers), label)


def table_sought(table: GridTable, tables: Sequence[SoughtTable], title: str) -> SoughtTable | None:
    """Which of these a table is: by its title, the number of its figures and its heads."""
    headers = " ".join(header for _, header in table.headers)

    def likely(sought: SoughtTable) -> float:
        labels = " ".join(column.label for column in sought.columns)
        alike = likeness(headers, labels)
        same_number = len(sought.columns) == len(table.figures)
        titled = likeness(title, sought.group.name) if title else 0.0
        known = titled == 1 or alike >= _LIKELY or not headers
        return titled + (titled == 1) + alike + 0.5 * (same_number and known)

    best = max(tables, key=likely, default=None)
    return best if best and likely(best) >= _LIKELY else None


_LIKELY = 0.5
"""The number of figures alone will do, where there is neither a title nor a head."""


def read_figures(
    table: GridTable, sought: SoughtTable
) -> tuple[list[PrintedFigure], SoughtTable, list[str]]:
    """The figures of a table, what of it is still to be found, a sentence for each thing lost.

    As many figures as columns are taken by their places, unless their heads say otherwise; fewer
    or more by their heads alone.
    """
    group = sought.group
    texts = [text for _, text in table.figures]
    columns: Sequence[Column | None]
    if len(texts) == len(sought.columns) and not sought.is_rest:
        headers = headers_over(table, group.columns)
        columns = _by_place(headers, group)
        came_apart = len(table.headers) != len(texts)
        if came_apart and not any(headers):
            unread = [f"{_in(group)}: no headers were found; figures are identified by position"]
        else:
            if not _in_place(headers, group):  # another order: only heads can tell then
                columns = _by_header(headers, group.columns)
            headers, unread = _sorted_out(headers, columns, texts, group, came_apart)
        unread += _unread_spans(table, group)
    else:
        at = {number: [h for n, h in table.headers if n == number] for number, _ in table.figures}
        headers = [" ".join(heads) for heads in at.values()]
        columns = _by_header(headers, sought.columns)
        if not any(columns):
            return [], sought, []  # none is told; that the table could not be read is said at last
        known = zip(headers, texts, strict=True)
        unread = [f"{_in(group)}: no header was found for {t}" for h, t in known if not h]
    figures = [
        _figure(group, column, header, text)
        for column, header, text in zip(columns, headers, texts, strict=True)
        if column or header
    ]
    rest = tuple(column for column in sought.columns if column not in columns)
    return figures, SoughtTable(group, rest), unread


def not_found(tables: Sequence[SoughtTable]) -> Iterator[str]:
    """A sentence for each column that was found nowhere; one for all tables that were not."""
    for sought in tables:
        if sought.is_rest:
            for column in sought.columns:
                yield f"{_in(sought.group)}: no figure was found for “{column.label}”"
    names = [f"“{sought.group.name}”" for sought in tables if not sought.is_rest]
    if len(names) == 1:
        yield f"the table {names[0]} could not be read"
    elif names:
        yield f"the tables {', '.join(names[:-1])} and {names[-1]} could not be read"


def _in(group: Group) -> str:
    return f"in the table “{group.name}”"


def _figure(group: Group, column: Column | None, header: str, text: str) -> PrintedFigure:
    if column is None:  # a column that this edition does not have
        kind = (kind_printed(text) or COUNT).name
        name = slug_of(header).replace("-", "_")
        return PrintedFigure(group.id, name, header, text, value_of(text), kind)
    value = column.kind.read_printed(text)
    label = header
    if not header or plain_letters(header) == plain_letters(column.label):
        label = column.label.replace("'", "’")
    value = value_of(text) if value is None else value
    return PrintedFigure(group.id, column.id, label, text, value, column.kind.name)


def _by_place(headers: Sequence[str], group: Group) -> list[Column | None]:
    """The column of each head: those that are the same in words, then the others in order."""
    by_label = {plain_letters(column.label): column for column in group.columns}
    found = [by_label.get(plain_letters(header)) for header in headers]
    if len({column.id for column in found if column}) < sum(1 for column in found if column):
        return list(group.columns)
    left = iter([column for column in group.columns if column not in found])
    return [column or next(left) for column in found]


def _in_place(headers: Sequence[str], group: Group) -> bool:
    """Whether the heads that are labels of the group stand where these do."""
    own = [plain_letters(column.label) for column in group.columns]
    known = [plain_letters(header) for header in headers]
    return all(header == own[number] for number, header in enumerate(known) if header in set(own))


def _by_header(headers: Sequence[str], columns: Sequence[Column]) -> list[Column | None]:
    """The column whose label is like each head; None where none is."""
    free = list(columns)
    found: list[Column | None] = []
    for header in headers:
        near = max(free, key=lambda column: likeness(header, column.label), default=None)
        if header and near and likeness(header, near.label) > 0.8:
            free.remove(near)
            found.append(near)
        else:
            found.append(None)
    return found


def _sorted_out(
    headers: Sequence[str],
    columns: Sequence[Column | None],
    texts: Sequence[str],
    group: Group,
    came_apart: bool,
) -> tuple[list[str], list[str]]:
    """The heads without those that were misread: of a row of pieces, each that is not its label."""
    kept, unread = [], []
    for header, column, text in zip(headers, columns, texts, strict=True):
        same = column is None or plain_letters(header) == plain_letters(column.label)
        is_whole = header != "" and not came_apart
        if column is None or same or (is_whole and not _is_misread(header, column.label)):
            kept.append(header)
            continue
        kept.append("")
        reads = f"reads “{short(header)}”" if header else "is missing"
        taken = f"taken as “{column.label}” by its position"
        unread.append(f"{_in(group)}: the header above {text} {reads}; {taken}")
    return kept, unread


def _is_misread(header: str, label: str) -> bool:
    """Whether a head is its label with letters lost where words begin, not another label."""
    words, own = plain(header).split(), plain(label).split()
    odd = [word for word in words if word not in own]
    lost = [word for word in odd if any(whole.endswith(word) for whole in own)]
    return bool(odd) and lost == odd and likeness(plain_letters(header), plain_letters(label)) > 0.7


def _unread_spans(table: GridTable, group: Group) -> list[str]:
    """The heads over several columns that do not stand there, if the group has such heads."""
    above = plain_letters("".join(cell for row in table.above for cell in row))
    spans = dict.fromkeys(column.header_group for column in group.columns if column.header_group)
    lacking = [span for span in spans if plain_letters(span) not in above]
    return [f"{_in(group)}: the header “{span}” across columns is missing" for span in lacking]
