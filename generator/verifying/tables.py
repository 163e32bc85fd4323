"""A printed table against its figures: found by where its texts stand, and by its structure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.rendering.record import RecordedFigure
from generator.verifying.reading import Piece, ReadPage, ReadTable
from generator.verifying.texts import compact, joined

_SAME_LINE_POINTS = 2.0
_HEADS_HEIGHT_POINTS = 110.0
"""How far above its figures the heads of a table may reach."""


def table_by_position(pages: Sequence[ReadPage], figures: Sequence[RecordedFigure]) -> str:
    """What is wrong with a table as it stands on the pages; empty where all is right.

    The figures stand side by side on one line of one page, and over each stand the words of its
    label, nearer to it than to its neighbours.
    """
    texts = [figure.text for figure in figures]
    doubts = []
    for page in pages:
        for row in _rows(page, texts):
            doubt = _heads_over(row, page, figures)
            if not doubt:
                return ""
            doubts.append(doubt)
    if doubts:
        return doubts[0]
    return f"no line of figures says {' '.join(texts)}"


def page_of_table(pages: Sequence[ReadPage], figures: Sequence[RecordedFigure]) -> int:
    """The page on which a table stands as it should; 0 where none has it."""
    right = (n for n, page in enumerate(pages, 1) if not table_by_position([page], figures))
    return next(right, 0)


def _rows(page: ReadPage, texts: list[str]) -> Iterator[list[Piece]]:
    """The runs of pieces on one line that say these texts, from left to right."""
    wanted = [compact(text) for text in texts]
    starts = [piece for piece in page.pieces if compact(piece.text) == wanted[0]]
    for start in starts:
        line = sorted(
            (p for p in page.pieces if abs(p.height - start.height) < _SAME_LINE_POINTS),
            key=lambda piece: piece.left,
        )
        at = line.index(start)
        row = line[at : at + len(texts)]
        if [compact(piece.text) for piece in row] == wanted:
            yield row


def _heads_over(row: list[Piece], page: ReadPage, figures: Sequence[RecordedFigure]) -> str:
    """What is wrong with the heads over a line of figures."""
    over = [
        piece
        for piece in page.pieces
        if row[0].top < piece.bottom < row[0].top + _HEADS_HEIGHT_POINTS
    ]
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
        words = joined("\n".join(piece.text for piece in label))
        if not compact(words).endswith(compact(figure.label)):
            nearest = " ".join(words.split()[-len(figure.label.split()) :])
            return f'over {figure.text} stands "{nearest}", not "{figure.label}"'
    for first, last in _spans(figures):
        head = figures[first].head
        left, right = middles[first] - half, middles[last] + half
        above = sorted((p for p in over if left < p.middle < right), key=_reading_order)
        if compact(head) not in compact("".join(piece.text for piece in above)):
            return f'"{head}" does not stand over {figures[first].label} to {figures[last].label}'
    return _touching(over, row)


def _reading_order(piece: Piece) -> tuple[int, float]:
    """From top down, on one line from left to right."""
    return -round(piece.bottom / _SAME_LINE_POINTS), piece.left


def _spans(figures: Sequence[RecordedFigure]) -> Iterator[tuple[int, int]]:
    """The first and last column under each spanning head."""
    first = 0
    for number, figure in enumerate(figures):
        if number + 1 == len(figures) or figures[number + 1].head != figure.head:
            if figure.head:
                yield first, number
            first = number + 1


def _touching(over: list[Piece], row: list[Piece]) -> str:
    """Two texts of one line that run into each other: a cell is too narrow for its words."""
    lines = sorted([*over, *row], key=lambda piece: piece.left)
    for number, piece in enumerate(lines):
        for other in lines[number + 1 :]:
            same_line = abs(piece.height - other.height) < _SAME_LINE_POINTS
            if same_line and other.left < piece.right:
                return f'"{piece.text}" and "{other.text}" run into each other'
    return ""


def table_by_structure(table: ReadTable, figures: Sequence[RecordedFigure]) -> str:
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
            if compact(text) != compact(right_text):
                return f'in row {number} stands "{text}", not "{right_text}"'
            if kind != right_kind:
                what = {"TH": "a head", "TD": "a cell"}
                return f'"{text}" is {what.get(kind, kind)}, not {what[right_kind]}'
    if len(found) != len(expected):
        return f"it has {len(found)} rows, not {len(expected)}"
    return ""
