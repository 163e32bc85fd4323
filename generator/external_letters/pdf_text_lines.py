"""A PDF's lines of text by the places of their letters: nothing else is asked of the file.

Programs cut words into pieces as they like; where a letter stands says what belongs together.
"""

from collections.abc import Iterator
from ctypes import byref, c_double, create_string_buffer
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from generator.verification.reading import PieceOfText, opened

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
        """How much room a word would take in its type."""
        return (self.right - self.left) / max(len(self.text), 1) * len(word)


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
    return PieceOfText(
        f"{cell.text}{between}{letter.text}",
        min(cell.left, letter.left),
        min(cell.bottom, letter.bottom),
        max(cell.right, letter.right),
        max(cell.top, letter.top),
        cell.font,
    )


def _font(textpage: Any, number: int) -> str:
    buffer = create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, number, buffer, len(buffer), None)
    return buffer.value.decode("utf-8", "replace").rpartition("+")[2]
