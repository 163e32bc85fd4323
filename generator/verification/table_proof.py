"""A printed table against its letter, cell by cell: found by where its texts stand."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from generator.letter.printed_table import PrintedLine, PrintedTable
from generator.plain_text import join_lines, strip_whitespace
from generator.verification.read_back import PieceOfText, ReadPage, number_that_say, united

_SAME_LINE_POINTS = 2.0
_CELL_HEIGHT_POINTS = 90.0
"""No cell of words is taller; the mark across a draft is."""
_HEADERS_HEIGHT_POINTS = 110.0
"""How far above its figures the headers of a table may reach."""


@dataclass(frozen=True)
class FoundTable:
    """A table looked for on pages: the pages that it stands on, or what is wrong with it."""

    finding: str = ""
    pages: tuple[int, ...] = ()
    """By number from 1; more than one where it goes over a page's end."""


def table_by_position(pages: Sequence[ReadPage], table: PrintedTable) -> str:
    """What is wrong with a table as it stands on the pages; empty where all is right."""
    return find_table(pages, table).finding


def page_of_table(pages: Sequence[ReadPage], table: PrintedTable) -> int:
    """The page on which a table stands as it should, or begins; 0 where none has it."""
    return next(iter(find_table(pages, table).pages), 0)


def find_table(pages: Sequence[ReadPage], table: PrintedTable) -> FoundTable:
    """Look for a table by where its texts stand.

    The figures of each line stand side by side, behind its label where it has one; each line stands
    below the one before it, or on the next page, its figures under those above; and over the first
    of a page stand the headers, each nearer to its own figure than to its neighbours.
    """
    said = [text for line in table.lines for text in (line.label, *line.texts)]
    broken = [text for text in said if _CAN_BREAK.search(text)]
    search = _Search(table, [(page, whole_cells(page.pieces, broken)) for page in pages])
    wanted = _said_in(table, table.lines[0])
    findings = []
    for number in range(len(pages)):
        for row in search.rows(number, wanted):
            found = search.follow(number, row)
            if not found.finding:
                return found
            findings.append(found.finding)
    return FoundTable(findings[0] if findings else f"no row of figures reads {' '.join(wanted)}")


_CAN_BREAK = re.compile(r"\s|[-–—/]\w")


def _said_in(table: PrintedTable, line: PrintedLine) -> list[str]:
    """What the cells of a line say, from left to right."""
    return [line.label, *line.texts] if table.has_line_labels else list(line.texts)


_CellRow = list[PieceOfText]


class _Search:
    """Looks for the lines of one table on pages, each with its cells made whole."""

    def __init__(
        self, table: PrintedTable, pages: Sequence[tuple[ReadPage, list[PieceOfText]]]
    ) -> None:
        self.table = table
        self.pages = pages
        self._beside: dict[tuple[int, PieceOfText], _CellRow] = {}
        """By page and cell those on its line, from left to right: it is looked for repeatedly."""

    @cached_property
    def _that_say(self) -> list[dict[str, list[PieceOfText]]]:
        """Of each page its cells by what they say."""
        pages = []
        for _, cells in self.pages:
            said: dict[str, list[PieceOfText]] = {}
            for cell in cells:
                said.setdefault(cell.words, []).append(cell)
            pages.append(said)
        return pages

    def rows(self, number: int, texts: Sequence[str]) -> Iterator[_CellRow]:
        """The rows of cells of a page that say these texts, from left to right."""
        wanted = [strip_whitespace(text) for text in texts]
        that_say = self._that_say[number]
        if not that_say.keys() >= set(wanted):
            return
        for start in that_say[wanted[0]]:
            line = self._line_of(number, start)
            at = line.index(start)
            row = line[at : at + len(wanted)]
            if [piece.words for piece in row] == wanted:
                yield row

    def _line_of(self, number: int, start: PieceOfText) -> _CellRow:
        key = number, start
        if key not in self._beside:
            beside = (cell for cell in self.pages[number][1] if side_by_side(cell, start))
            self._beside[key] = sorted(beside, key=attrgetter("left"))
        return self._beside[key]

    def follow(self, number: int, first: _CellRow) -> FoundTable:
        """The table whose first line is this row: its other lines, and all that is over them."""
        groups = [(group.header, line) for group in self.table.line_groups for line in group.lines]
        starts = {group.lines[0] for group in self.table.line_groups}
        pages, before, columns = [number], None, None
        row: _CellRow | None = first
        for header, line in groups:
            if before is not None:
                row = self._next(number, before, line)
                if row is None and number + 1 < len(self.pages):
                    number, before = number + 1, None
                    pages.append(number)
                    row = max(self._all(number, line), key=_height, default=None)
            if row is None:
                return FoundTable(f"no row reads {' '.join(_said_in(self.table, line))}")
            header = header if line in starts else ""
            finding, top = self._over(number, before, row, header)
            figures = row[1:] if self.table.has_line_labels else row
            if before is None and not finding:
                columns = _Columns(figures, self._pieces_over(number, top), self._width(number))
                finding = self._headers_over(number, top, figures, columns, line)
            elif columns is not None and not finding:
                finding = columns.misaligned(figures) or _touching([], row)
            if finding:
                return FoundTable(finding)
            before = row
        return FoundTable(pages=tuple(page + 1 for page in pages))

    def _all(self, number: int, line: PrintedLine) -> list[_CellRow]:
        return list(self.rows(number, _said_in(self.table, line)))

    def _next(self, number: int, before: _CellRow, line: PrintedLine) -> _CellRow | None:
        """The nearest row of cells below another that is this line."""
        below = (row for row in self._all(number, line) if _height(row) < _bottom(before))
        return max(below, key=_height, default=None)

    def _width(self, number: int) -> float:
        return self.pages[number][0].width

    def _pieces_over(self, number: int, top: float) -> list[PieceOfText]:
        pieces = self.pages[number][0].pieces
        return [piece for piece in pieces if top < piece.bottom < top + _HEADERS_HEIGHT_POINTS]

    def _over(
        self, number: int, before: _CellRow | None, row: _CellRow, header: str
    ) -> tuple[str, float]:
        """What is wrong between a line and the one before it, and where the header over it ends.

        There stands the header of the lines that begin here, and nothing else.
        """
        top = max(cell.top for cell in row)
        if not self.table.has_line_labels:
            return "", top
        left = row[0].left - _INDENT_POINTS
        pieces = (p for p in self._pieces_over(number, top) if p.left >= left)
        over = sorted(pieces, key=_reading_order)
        if before is not None:
            over = [piece for piece in over if piece.top < _bottom(before)]
        elif header:
            over = _end_that_says(over, header)
        else:
            return "", top
        words = join_lines("\n".join(piece.text for piece in over))
        if strip_whitespace(words) != strip_whitespace(header):
            expected = f'"{header}"' if header else "nothing"
            return f'found "{words}" above "{row[0].text}"; expected {expected}', top
        return "", max((piece.top for piece in over), default=top)

    def _headers_over(
        self,
        number: int,
        top: float,
        row: _CellRow,
        columns: "_Columns",
        line: PrintedLine,
    ) -> str:
        """What is wrong with the headers over a line of figures."""
        over = self._pieces_over(number, top)
        for at, (text, header) in enumerate(zip(line.texts, self.table.headers, strict=False)):
            label = columns.over(at, over)
            words = join_lines("\n".join(piece.text for piece in label))
            if not strip_whitespace(words).endswith(strip_whitespace(header)):
                nearest = " ".join(words.split()[-len(header.split()) :])
                return f'found "{nearest}" above {text}; expected "{header}"'
        for span in self.table.upper_headers:
            first, last = span.first - 1, span.first + span.columns - 2
            above = columns.across(first, last, over)
            said = "".join(piece.words for piece in above)
            if strip_whitespace(span.text) not in said:
                labels = self.table.labels
                return f'"{span.text}" is not above {labels[first]} to {labels[last]}'
        return _touching(over, row)


_INDENT_POINTS = 20.0
"""So far labels may be set in from the header over them."""


def _height(row: _CellRow) -> float:
    """Where a row of cells stands on its page: that of its figures, which have one line."""
    return row[-1].height


def _bottom(row: _CellRow) -> float:
    return min(cell.bottom for cell in row)


def _end_that_says(pieces: Sequence[PieceOfText], words: str) -> list[PieceOfText]:
    """The last of these pieces that say these words together; the last alone where none do."""
    return list(pieces[-(number_that_say(pieces, words) or 1) :])


def whole_cells(pieces: Sequence[PieceOfText], broken: Iterable[str]) -> list[PieceOfText]:
    """The pieces of a page; those that say one of the `broken` texts line by line, as one."""
    cells = list(pieces)
    for text in dict.fromkeys(broken):
        wanted = strip_whitespace(text)
        for first in (piece for piece in pieces if wanted.startswith(piece.words)):
            lines = _lines(first, pieces, wanted)
            if len(lines) > 1:
                cells = [cell for cell in cells if cell not in lines]
                words = join_lines("\n".join(line.text for line in lines))
                cells.append(united(lines, words))
    return cells


def _lines(first: PieceOfText, pieces: Sequence[PieceOfText], wanted: str) -> list[PieceOfText]:
    """The lines, from `first` down, that say a text together; none where they do not."""
    lines, said = [first], first.words
    while said != wanted:
        last = lines[-1]
        if not wanted.startswith(said):
            return []
        below = [p for p in pieces if p.is_above_or_below(last) and p.height < last.bottom]
        if not below:
            return []
        lines.append(max(below, key=lambda piece: piece.height))
        said += lines[-1].words
    return lines


def side_by_side(one: PieceOfText, other: PieceOfText) -> bool:
    """Whether two pieces stand on one line, or one is a cell of several lines beside the other."""
    if abs(one.height - other.height) < _SAME_LINE_POINTS:
        return True
    flat, tall = one, other
    if one.top - one.bottom > other.top - other.bottom:
        flat, tall = other, one
    return tall.bottom < flat.height < tall.top and tall.top - tall.bottom < _CELL_HEIGHT_POINTS


class _Columns:
    """The columns over a line of figures, by how labels and figures are aligned in them."""

    def __init__(self, row: Sequence[PieceOfText], over: Sequence[PieceOfText], width: float):
        self._of = min(_ALIGNMENTS, key=lambda of: _misfit(row, over, of))
        self._at = [self._of(cell) for cell in row]
        self._half = min((b - a for a, b in pairwise(self._at)), default=width) / 2

    def over(self, number: int, pieces: Iterable[PieceOfText]) -> list[PieceOfText]:
        """The pieces that stand over a figure, nearer to it than to its neighbours, in order."""
        at = self._at[number]
        label = (piece for piece in pieces if abs(self._of(piece) - at) < self._half)
        return sorted(label, key=_reading_order)

    def across(self, first: int, last: int, pieces: Iterable[PieceOfText]) -> list[PieceOfText]:
        """The pieces whose middle stands over these columns, in order."""
        left, right = self._at[first], self._at[last]
        if self._of is not _left:
            left -= self._half * (2 if self._of is _right else 1)
        if self._of is not _right:
            right += self._half * (2 if self._of is _left else 1)
        above = (piece for piece in pieces if left < piece.middle < right)
        return sorted(above, key=_reading_order)

    def misaligned(self, row: Sequence[PieceOfText]) -> str:
        """The figure of another line that does not stand in the column of its own number."""
        for at, cell in zip(self._at, row, strict=True):
            if abs(self._of(cell) - at) >= self._half:
                return f'"{cell.text}" is not in line with the figure above it'
        return ""


_left, _middle, _right = map(attrgetter, ("left", "middle", "right"))
_ALIGNMENTS = (_middle, _right, _left)


def _misfit(
    row: Sequence[PieceOfText], over: Sequence[PieceOfText], of: Callable[[PieceOfText], float]
) -> float:
    """How far the figures are from being aligned so with what stands over them, together."""
    there = [of(piece) for piece in over]
    return sum(min((abs(at - of(cell)) for at in there), default=0) for cell in row)


def _reading_order(piece: PieceOfText) -> tuple[int, float]:
    """From top down, on one line from left to right."""
    return -round(piece.bottom / _SAME_LINE_POINTS), piece.left


def _touching(over: Sequence[PieceOfText], row: Sequence[PieceOfText]) -> str:
    """Two texts of one line that run into each other: a cell is too narrow for its words."""
    lines = sorted([*over, *row], key=lambda piece: piece.left)
    for number, piece in enumerate(lines):
        for other in lines[number + 1 :]:
            if other.left >= piece.right:
                break
            if side_by_side(piece, other):
                return f'"{piece.text}" and "{other.text}" overlap'
    return ""
