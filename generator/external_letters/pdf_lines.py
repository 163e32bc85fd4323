"""The lines of a letter's PDF that has no structure, in whatever direction they run."""

from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import byref, c_double, create_string_buffer
from itertools import groupby
from math import pi
from typing import Any

import pypdfium2.raw as pdfium

from generator.external_letters.printed_lines import ReadLine
from generator.external_letters.reference_edition import rejoin
from generator.verification.read_back import PieceOfText, united
from generator.verification.reading import opened

_CELL = 0.9
"""How much room divides two cells of a line, in heights of the letters beside it."""
_WORD = 0.25
"""How much divides two words of a text that does not run across: PDFium finds them in no other."""
_PITCH = 1.8
"""How far apart the lines of one label are at most, in heights of its letters."""
_LONGEST_LABEL = 0.4
"""Of the page; text up a page that is longer is its own."""


def read_lines(content: bytes) -> list[ReadLine]:
    """The lines of all pages in the order in which they were printed. Raises `UnreadableError`."""
    with opened(content) as document:
        pages = (_PageLines(number, page) for number, page in enumerate(document))
        return [line for page in pages for line in page.read()]


Box = tuple[float, float, float, float]


class _PageLines:
    """Reads a page held so that most of its text is upright; what runs up it is a cell a label."""

    def __init__(self, number: int, page: Any) -> None:
        self.number = number
        self.textpage = page.get_textpage()
        width, height = page.get_size()
        is_turned = page.get_rotation() in {90, 270}
        self.size = (height, width) if is_turned else (width, height)
        self.letters = [
            chr(pdfium.FPDFText_GetUnicode(self.textpage, n))
            for n in range(pdfium.FPDFText_CountChars(self.textpage))
        ]
        self.turns: list[int] = []
        for n, letter in enumerate(self.letters):
            is_seen = not letter.isspace() and letter != "\0"
            self.turns.append(self._turns_of(n) if is_seen or not n else self.turns[-1])
        self.most = Counter(self.turns).most_common(1)[0][0] if self.turns else 0
        self.upright = self._turns_of_page()

    def _turns_of(self, number: int) -> int:
        """How many quarter turns clockwise set a letter upright."""
        angle: float = pdfium.FPDFText_GetCharAngle(self.textpage, number)
        return round(-2 * angle / pi) % 4

    def _turns_of_page(self) -> int:
        """How it is to be held: as most of its text is, unless that is but labels up its tables."""
        most = self.most
        numbers = (n for n, turns in enumerate(self.turns) if turns == most)
        lines = _lines(self._pieces(numbers, most), spaces_told=False) if most else ()
        longest = max((cells[-1].right - cells[0].left for cells in lines), default=0.0)
        return most if longest > _LONGEST_LABEL * self.size[most % 2] else 0

    def _tells_spaces(self, turns: int) -> bool:
        """Whether PDFium finds spaces and ends of lines: where most runs across, and this."""
        return turns == self.most == 0

    def read(self) -> list[ReadLine]:
        """The lines of the page in the order in which they were printed, labels in their places."""
        width, height = self.size if self.upright % 2 == 0 else self.size[::-1]
        found: list[ReadLine] = []
        labels: list[ReadLine] = []
        for turns, numbers in groupby(range(len(self.letters)), self.turns.__getitem__):
            lines = _lines(self._pieces(numbers, turns), spaces_told=self._tells_spaces(turns))
            if turns == self.upright:
                found += [ReadLine(self.number, width, height, tuple(cells)) for cells in lines]
            else:
                several = self._labels(lines, turns)
                labels += [ReadLine(self.number, width, height, (label,)) for label in several]
        for label in labels:
            below = (n for n, line in enumerate(found) if line.height < label.cells[0].bottom)
            found.insert(next(below, len(found)), label)
        return found

    def _pieces(self, numbers: Iterable[int], turns: int) -> Iterator[PieceOfText]:
        """The letters of a text, set upright; white space is told only where it runs across."""
        edges = [c_double() for _ in range(4)]
        font = ""
        for number in numbers:
            letter = self.letters[number]
            if letter.isspace() or letter == "\0":
                font = ""
                if self._tells_spaces(turns):
                    yield PieceOfText("\n" if letter in "\r\n" else " ", 0, 0, 0, 0, "")
                continue
            font = font or self._font(number)
            pdfium.FPDFText_GetCharBox(self.textpage, number, *map(byref, edges))
            left, right, bottom, top = (edge.value for edge in edges)
            box = _turned((left, bottom, right, top), turns, self.size)
            yield PieceOfText(letter, *box, font)

    def _font(self, number: int) -> str:
        buffer = create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self.textpage, number, buffer, len(buffer), None)
        return buffer.value.decode("utf-8", "replace").rpartition("+")[2]

    def _labels(self, lines: Iterable[list[PieceOfText]], turns: int) -> Iterator[PieceOfText]:
        """Lines that run up the page, as cells of it; those of one label are one."""
        labels: list[list[PieceOfText]] = []
        for cell in (cell for line in lines for cell in line):
            last = labels[-1][-1] if labels else None
            near = last and 0 < last.height - cell.height < _PITCH * (last.top - last.bottom)
            if near:
                labels[-1].append(cell)
            else:
                labels.append([cell])
        size = self.size if turns % 2 == 0 else self.size[::-1]
        for label in labels:
            whole = united(label, rejoin(cell.text for cell in label))
            box = (whole.left, whole.bottom, whole.right, whole.top)
            back = _turned(box, (self.upright - turns) % 4, size)
            yield PieceOfText(whole.text, *back, whole.font)


def _turned(box: Box, turns: int, size: tuple[float, float]) -> Box:
    """A box on a page of a size, after so many quarter turns of it clockwise."""
    left, bottom, right, top = box
    width, height = size
    for _ in range(turns):
        left, bottom, right, top = bottom, width - right, top, width - left
        width, height = height, width
    return left, bottom, right, top


def _lines(pieces: Iterable[PieceOfText], *, spaces_told: bool) -> Iterator[list[PieceOfText]]:
    """The cells of each line: PDFium says where a line ends, and where there is a space."""
    cells: list[PieceOfText] = []
    spaced = False
    for piece in pieces:
        last = cells[-1] if cells else None
        ends = last and not piece.text.isspace() and not _beside(last, piece, spaces_told)
        if piece.text == "\n" or ends:
            if cells:
                yield cells
            cells, last = [], None
        if piece.text.isspace():
            spaced = piece.text == " "
            continue
        if last is None:
            cells.append(piece)
        else:
            apart = piece.left - last.right
            tallest = max(last.top - last.bottom, piece.top - piece.bottom)
            if apart > _CELL * tallest:
                cells.append(piece)
            else:
                is_word = spaced or (not spaces_told and apart > _WORD * tallest)
                cells[-1] = united([last, piece], f"{last.text}{' ' * is_word}{piece.text}")
        spaced = False
    if cells:
        yield cells


def _beside(cell: PieceOfText, letter: PieceOfText, spaces_told: bool) -> bool:
    """Whether a letter stands on the line of a cell, and not above or below it.

    Where PDFium tells no ends of lines, one ends also where the next letter is far to the left.
    """
    margin = 4 if spaces_told else 1
    is_back = not spaces_told and letter.left < cell.right - (cell.top - cell.bottom)
    apart = max(cell.bottom, letter.bottom - margin) - min(cell.top, letter.top + margin)
    return apart < 0 and not is_back
