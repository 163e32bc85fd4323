"""A printed table against its figures: found by where its texts stand, and by its structure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.letter.letter import PrintedFigure
from generator.verification.read_back import PieceOfText, ReadPage, ReadTable
from generator.white_space import join_lines, strip_whitespace

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
            finding = _heads_over(row, page, figures)
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


def _heads_over(row: list[PieceOfText], page: ReadPage, figures: Sequence[PrintedFigure]) -> str:
    """What is wrong with the heads over a line of figures."""
    top = max(cell.top for cell in row)
    over = [piece for piece in page.pieces if top < piece.bottom < top + _HEADS_HEIGHT_POINTS]
    middles = [piece.middle for piece in row]
    half = (
        min(
            (b - a for a, b in pairwise(middles)),
            default=page.width,
        )
        / 2
    )
    for number, figure in enumerate(figures):
        label = [piece for piece in over if abs(piece.middle - middles[number]) < half]
        label.sort(key=_reading_order)
        words = join_lines("\n".join(piece.text for piece in label))
        if not strip_whitespace(words).endswith(strip_whitespace(figure.label)):
            nearest = " ".join(words.split()[-len(figure.label.split()) :])
            return f'over {figure.text} stands "{nearest}", not "{figure.label}"'
    for first, last in _spans(figures):
        head = figures[first].head
        left, right = middles[first] - half, middles[last] + half
        above = sorted((p for p in over if left < p.middle < right), key=_reading_order)
        if strip_whitespace(head) not in strip_whitespace("".join(piece.text for piece in above)):
            return f'"{head}" does not stand over {figures[first].label} to {figures[last].label}'
    return _touching(over, row)


def _reading_order(piece: PieceOfText) -> tuple[int, float]:
    """From top down, on one line from left to right."""
    return -round(piece.bottom / _SAME_LINE_POINTS), piece.left


def _spans(figures: Sequence[PrintedFigure]) -> Iterator[tuple[int, int]]:
    """The first and last column under each spanning head."""
    first = 0
    for number, figure in enumerate(figures):
        if number + 1 == len(figures) or figures[number + 1].head != figure.head:
            if figure.head:
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
    heads = [figures[first].head for first, _ in _spans(figures)]
    expected = [[("TH", head) for head in heads]] if heads else []
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
