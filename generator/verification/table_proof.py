"""A printed table against its figures: found by where its texts stand, and by its structure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from generator.letter.letter import PrintedFigure
from generator.plain_text import join_lines, strip_whitespace
from generator.verification.read_back import PieceOfText, ReadPage, ReadTable

_SAME_LINE_POINTS = 2.0
_CELL_HEIGHT_POINTS = 90.0
"""No cell of words is taller; the mark across a draft is."""
_HEADS_HEIGHT_POINTS = 110.0
"""How far above its figures the heads of a table may reach."""


def table_by_position(pages: Sequence[ReadPage], figures: Sequence[PrintedFigure]) -> str:
    """What is wrong with a table as it stands on the pages; empty where all is right.

    The figures stand side by side on one line of one page, and over each stand the words of its
    label, nearer to it than to its neighbours.
    """
    texts = [figure.text for figure in figures]
    findings = []
    for page in pages:
        for row in _rows(page, texts):
            finding = _headers_over(row, page, figures)
            if not finding:
                return ""
            findings.append(finding)
    if findings:
        return findings[0]
    return f"no line of figures says {' '.join(texts)}"


def page_of_table(pages: Sequence[ReadPage], figures: Sequence[PrintedFigure]) -> int:
    """The page on which a table stands as it should; 0 where none has it."""
    right = (n for n, page in enumerate(pages, 1) if not table_by_position([page], figures))
    return next(right, 0)


def _rows(page: ReadPage, texts: list[str]) -> Iterator[list[PieceOfText]]:
    """The rows of cells that say these texts, from left to right; a cell may have several lines."""
    wanted = [strip_whitespace(text) for text in texts]
    cells = whole_cells(page.pieces, [text for text in texts if " " in text])
    for start in cells:
        if strip_whitespace(start.text) == wanted[0]:
            beside = (cell for cell in cells if side_by_side(cell, start))
            line = sorted(beside, key=lambda piece: piece.left)
            at = line.index(start)
            row = line[at : at + len(texts)]
            if [strip_whitespace(piece.text) for piece in row] == wanted:
                yield row


def whole_cells(pieces: Sequence[PieceOfText], broken: Iterable[str]) -> list[PieceOfText]:
    """The pieces of a page; those that say one of the `broken` texts line by line, as one."""
    cells = list(pieces)
    for text in dict.fromkeys(broken):
        for first in pieces:
            lines = _lines(first, pieces, strip_whitespace(text))
            if len(lines) > 1:
                cells = [cell for cell in cells if cell not in lines]
                cells.append(_as_one(lines))
    return cells


def _lines(first: PieceOfText, pieces: Sequence[PieceOfText], wanted: str) -> list[PieceOfText]:
    """The lines, from `first` down, that say a text together; none where they do not."""
    lines, said = [first], strip_whitespace(first.text)
    while said != wanted:
        last = lines[-1]
        below = [p for p in pieces if p.height < last.bottom and _one_above_the_other(p, last)]
        if not below or not wanted.startswith(said):
            return []
        lines.append(max(below, key=lambda piece: piece.height))
        said += strip_whitespace(lines[-1].text)
    return lines


def _as_one(lines: Sequence[PieceOfText]) -> PieceOfText:
    """Lines of one cell as one piece, with the rectangle that they fill together."""
    return PieceOfText(
        join_lines("\n".join(line.text for line in lines)),
        min(line.left for line in lines),
        min(line.bottom for line in lines),
        max(line.right for line in lines),
        max(line.top for line in lines),
        lines[0].font,
    )


def _one_above_the_other(one: PieceOfText, other: PieceOfText) -> bool:
    return one.left < other.right and other.left < one.right


def side_by_side(one: PieceOfText, other: PieceOfText) -> bool:
    """Whether two pieces stand on one line, or one is a cell of several lines beside the other."""
    flat, tall = sorted((one, other), key=lambda piece: piece.top - piece.bottom)
    is_cell = tall.top - tall.bottom < _CELL_HEIGHT_POINTS
    return abs(one.height - other.height) < _SAME_LINE_POINTS or (
        is_cell and tall.bottom < flat.height < tall.top
    )


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


def _left(piece: PieceOfText) -> float:
    return piece.left


def _middle(piece: PieceOfText) -> float:
    return piece.middle


def _right(piece: PieceOfText) -> float:
    return piece.right


_ALIGNMENTS = (_middle, _right, _left)


def _misfit(
    row: Sequence[PieceOfText], over: Sequence[PieceOfText], of: Callable[[PieceOfText], float]
) -> float:
    """How far the figures are from being aligned so with what stands over them, together."""
    return sum(min((abs(of(piece) - of(cell)) for piece in over), default=0) for cell in row)


def _headers_over(row: list[PieceOfText], page: ReadPage, figures: Sequence[PrintedFigure]) -> str:
    """What is wrong with the heads over a line of figures."""
    top = max(cell.top for cell in row)
    pieces = (piece for piece in page.pieces if top < piece.bottom < top + _HEADS_HEIGHT_POINTS)
    over = list(pieces)
    columns = _Columns(row, over, page.width)
    for number, figure in enumerate(figures):
        label = columns.over(number, over)
        words = join_lines("\n".join(piece.text for piece in label))
        if not strip_whitespace(words).endswith(strip_whitespace(figure.label)):
            nearest = " ".join(words.split()[-len(figure.label.split()) :])
            return f'over {figure.text} stands "{nearest}", not "{figure.label}"'
    for first, last in _spans(figures):
        header = figures[first].header
        above = columns.across(first, last, over)
        if strip_whitespace(header) not in strip_whitespace("".join(piece.text for piece in above)):
            return f'"{header}" does not stand over {figures[first].label} to {figures[last].label}'
    return _touching(over, row)


def _reading_order(piece: PieceOfText) -> tuple[int, float]:
    """From top down, on one line from left to right."""
    return -round(piece.bottom / _SAME_LINE_POINTS), piece.left


def _spans(figures: Sequence[PrintedFigure]) -> Iterator[tuple[int, int]]:
    """The first and last column under each spanning head."""
    first = 0
    for number, figure in enumerate(figures):
        if number + 1 == len(figures) or figures[number + 1].header != figure.header:
            if figure.header:
                yield first, number
            first = number + 1


def _touching(over: list[PieceOfText], row: list[PieceOfText]) -> str:
    """Two texts of one line that run into each other: a cell is too narrow for its words."""
    lines = sorted([*over, *row], key=lambda piece: piece.left)
    for number, piece in enumerate(lines):
        for other in lines[number + 1 :]:
            if side_by_side(piece, other) and other.left < piece.right:
                return f'"{piece.text}" and "{other.text}" run into each other'
    return ""


def table_by_structure(table: ReadTable, figures: Sequence[PrintedFigure]) -> str:
    """What is wrong with a table as a screen reader finds it; empty where all is right."""
    headers = [figures[first].header for first, _ in _spans(figures)]
    expected = [[("TH", header) for header in headers]] if headers else []
    expected.append([("TH", figure.label) for figure in figures])
    expected.append([("TD", figure.text) for figure in figures])
    found = [[(cell.kind, cell.text) for cell in row if cell.text] for row in table]
    for number, (row, right) in enumerate(zip(found, expected, strict=False), start=1):
        if len(row) != len(right):
            return f"row {number} has {len(row)} cells, not {len(right)}"
        for (kind, text), (right_kind, right_text) in zip(row, right, strict=True):
            if strip_whitespace(text) != strip_whitespace(right_text):
                return f'in row {number} stands "{text}", not "{right_text}"'
            if kind != right_kind:
                what = {"TH": "a head", "TD": "a cell"}
                return f'"{text}" is {what.get(kind, kind)}, not {what[right_kind]}'
    if len(found) != len(expected):
        return f"it has {len(found)} rows, not {len(expected)}"
    return ""
