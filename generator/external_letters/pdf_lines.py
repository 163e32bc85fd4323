"""The lines of a letter's PDF that has no structure, without what is no part of the letter."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double, create_string_buffer
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

import pypdfium2.raw as pdfium

from generator.edition.edition import Edition, Group
from generator.external_letters.reference_edition import Grid, rejoin
from generator.letter.markup import likeness, plain_letters
from generator.verification.read_back import PieceOfText
from generator.verification.reading import opened

_WIDE = 1.3
"""How much wider than the letters of a line those of a word may be."""
_CELL = 0.9
"""How much room divides two cells of a line, in heights of the letters beside it."""


@dataclass(frozen=True)
class ReadLine:
    """What stands beside each other on a page, divided where there is much room between."""

    page: int
    page_width: float
    page_height: float
    cells: tuple[PieceOfText, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.cells[-1].right

    @property
    def height(self) -> float:
        """Its middle, from the bottom of the page."""
        return self.cells[0].height

    def room_for(self, word: str) -> float:
        """How much room a word would take in its type, at most: of wide letters such as W and m."""
        return (self.right - self.left) / max(len(self.text), 1) * len(word) * _WIDE


def read_lines(content: bytes) -> list[ReadLine]:
    """The lines of all pages in the order in which they were printed. Raises `UnreadableError`."""
    lines = []
    with opened(content) as document:
        for number, page in enumerate(document):
            width, height = page.get_width(), page.get_height()
            for cells in _lines(page.get_textpage()):
                lines.append(ReadLine(number, width, height, tuple(cells)))
    return lines


def _lines(textpage: Any) -> Iterator[list[PieceOfText]]:
    """The cells of each line: PDFium says where a line ends, and where there is a space."""
    cells: list[PieceOfText] = []
    spaced = False
    edges = [c_double() for _ in range(4)]
    for number in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, number)
        letter = chr(code)
        if letter in "\r\n":
            if cells:
                yield cells
            cells, spaced = [], False
            continue
        if letter.isspace() or not code:
            spaced = True
            continue
        pdfium.FPDFText_GetCharBox(textpage, number, *map(byref, edges))
        left, right, bottom, top = (edge.value for edge in edges)
        last = cells[-1] if cells else None
        if last is None or spaced or not _beside(last, bottom, top):
            font = _font(textpage, number)
        else:
            font = last.font
        piece = PieceOfText(letter, left, bottom, right, top, font)
        if last is not None and not _beside(last, bottom, top):
            yield cells
            cells = [piece]
        elif last is None or left - last.right > _CELL * max(last.top - last.bottom, top - bottom):
            cells.append(piece)
        else:
            cells[-1] = _longer(last, piece, " " if spaced else "")
        spaced = False
    if cells:
        yield cells


def _beside(cell: PieceOfText, bottom: float, top: float) -> bool:
    """Whether a letter stands on the line of a cell, and not above or below it."""
    return min(cell.top, top + 4) - max(cell.bottom, bottom - 4) > 0


def _longer(cell: PieceOfText, letter: PieceOfText, between: str) -> PieceOfText:
    edges = (min(cell.left, letter.left), min(cell.bottom, letter.bottom))
    others = (max(cell.right, letter.right), max(cell.top, letter.top))
    return PieceOfText(f"{cell.text}{between}{letter.text}", *edges, *others, cell.font)


def _font(textpage: Any, number: int) -> str:
    buffer = create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, number, buffer, len(buffer), None)
    return buffer.value.decode("utf-8", "replace").rpartition("+")[2]


_PAGE_NUMBER = re.compile(r"(page )?\d+( ?(/|of) ?\d+)?|DRAFT", re.IGNORECASE)


def without_furniture(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines without page numbers, and without what stands at one place of several pages.

    What stands so before all else on the first page is kept there: it may be the masthead.
    """
    pages = Counter(where for where, _ in {(_where(line), line.page) for line in lines})
    kept: list[ReadLine] = []
    at_first = True
    for line in lines:
        repeated = pages[_where(line)] > 1
        if _PAGE_NUMBER.fullmatch(line.text) or (repeated and not at_first):
            continue
        at_first = at_first and repeated and line.page == 0
        kept.append(line)
    return kept


def _where(line: ReadLine) -> tuple[str, int]:
    """A line's words, whatever numbers are in them, and how far from the page's edge it stands."""
    from_edge = min(line.height, line.page_height - line.height)
    return re.sub(r"\d+", "#", line.text), round(from_edge / 2)


_HEADS_POINTS = 130.0
"""How far above its figures the heads of a table may reach."""


def table_over(
    figures: ReadLine, lines: Sequence[ReadLine], edition: Edition
) -> tuple[list[ReadLine], Grid]:
    """The lines before a table, and the table: its heads are the nearest texts over each figure.

    How many of these belong to a head, and how many to what stands over it, the edition's labels
    tell.
    """
    over = _lines_over(figures, lines)
    stacks = _stacks(figures, over)
    texts = tuple(cell.text for cell in figures.cells)
    fitting = [g for g in edition.titled_groups if len(g.columns) == len(texts)] or [
        *edition.titled_groups
    ]
    found = max((_heads(stacks, group) for group in fitting), key=lambda headers: headers.likeness)
    used = {id(cell) for cell in found.cells}
    left = [tuple(cell for cell in line.cells if id(cell) not in used) for line in over]
    unders = {
        plain_letters(column.header_group) for column in edition.columns() if column.header_group
    }
    spans = [cell for line in left for cell in line if plain_letters(cell.text) in unders]
    kept = [line for line in left if line and not all(cell in spans for cell in line)]
    title = kept or [line for line in left if line][:1]  # the title may say what a head says
    before = [*lines[: len(lines) - len(over)], *(replace(figures, cells=line) for line in title)]
    spanning = tuple(cell.text for cell in spans)
    rows = [row for row in (spanning, found.texts) if row]
    return before, Grid((*rows, texts))


def _lines_over(figures: ReadLine, lines: Sequence[ReadLine]) -> Sequence[ReadLine]:
    """The last lines before a row of figures that stand over it and end no sentence."""

    def is_over(line: ReadLine) -> bool:
        above = line.height - figures.height
        is_near = line.page == figures.page and 0 < above < _HEADS_POINTS
        return is_near and not re.search("[.:;,]$", line.text)

    return [*takewhile(is_over, reversed(lines))][::-1]


def _stacks(figures: ReadLine, over: Sequence[ReadLine]) -> list[list[PieceOfText]]:
    """The texts over each figure, from top down: each text stands over the figure nearest to it."""
    stacks: list[list[PieceOfText]] = [[] for _ in figures.cells]
    for cell in (cell for line in over for cell in line.cells):
        distances = [abs(cell.middle - figure.middle) for figure in figures.cells]
        stacks[distances.index(min(distances))].append(cell)
    return [sorted(stack, key=lambda cell: -cell.height) for stack in stacks]


@dataclass(frozen=True)
class _Heads:
    texts: tuple[str, ...]
    cells: tuple[PieceOfText, ...]
    likeness: float


def _heads(stacks: Sequence[Sequence[PieceOfText]], group: Group) -> _Heads:
    """Of each stack as much as is likest to the label of its column."""
    texts = []
    cells: list[PieceOfText] = []
    total = 0.0
    for number, stack in enumerate(stacks):
        label = group.columns[number].label if number < len(group.columns) else ""
        ends = range(len(stack) + 1)
        ways = [stack[first:last] for last in reversed(ends) for first in range(last + 1)]
        best = max(ways, key=lambda way: likeness(_text(way), label), default=())
        texts.append(_text(best))
        cells += best
        total += likeness(_text(best), label)
    return _Heads(tuple(texts), tuple(cells), total)


def _text(stack: Sequence[PieceOfText]) -> str:
    return rejoin(cell.text for cell in stack)
