"""A PDF's text by its structure: paragraphs, headings, items of lists and tables, in their order.

This is what a screen reader is told; page numbers and other furniture are no part of it.
"""

from collections.abc import Callable, Iterator, Mapping
from ctypes import addressof, c_float
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from generator.verification.pdfium_texts import text_of_object
from generator.verification.reading import opened
from generator.verification.structure_reading import kids_of, kind_of

SPACE = 0.23
"""How much room a space between words takes at least, in heights of a block's highest letters."""


@dataclass(frozen=True)
class ReadBlock:
    """A block on one page; one that goes on over the page's end is a block on each."""

    kind: str
    """`P`, `H1`, `LI`, `Table` and so on."""
    page: int
    lines: tuple[str, ...]
    label: str = ""
    """The mark of an item of a list; empty also where it is the rest of one from a page before."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells of a table; the lines of each divided by line ends."""
    room: float = 0.0
    """How much room is left on its last line, in points."""
    first_word: float = 0.0
    """How much room its first word takes, in points."""


@dataclass(frozen=True)
class _Line:
    text: str
    left: float
    right: float
    middle: float
    height: float
    first: int = -1
    """The number of its first letter among all of the page; −1 where it has none there."""
    end: int = -1
    """The number of the letter after its last."""


def read_structure(content: bytes) -> list[ReadBlock]:
    """The blocks of a PDF; none where it has no structure. Raises `UnreadableError`."""
    blocks = []
    with opened(content) as document:
        for number, page in enumerate(document):
            textpage = page.get_textpage()
            blocks += _PageBlocks(number, _marked(page, textpage)).of(page)
    return blocks


def _marked(page: Any, textpage: Any) -> Mapping[int, list[_Line]]:
    """The pieces of text on a page by the id of their marked content."""
    marked: dict[int, list[_Line]] = {}
    edges = [c_float() for _ in range(4)]
    numbers = _letters(textpage)
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if mark < 0:
            continue
        pdfium.FPDFPageObj_GetBounds(item, *edges)
        left, bottom, right, top = (edge.value for edge in edges)
        text = text_of_object(item, textpage)
        letters = numbers.get(addressof(item.contents), (-1, -1))
        line = _Line(text, left, right, (bottom + top) / 2, top - bottom, *letters)
        marked.setdefault(mark, []).append(line)
    return marked


def _letters(textpage: Any) -> Mapping[int, tuple[int, int]]:
    """The numbers of the first letter of each text and of the one after its last, by address.

    White space is left out where no text has it: PDFium found it between two.
    """
    numbers: dict[int, tuple[int, int]] = {}
    for number in range(pdfium.FPDFText_CountChars(textpage)):
        item = pdfium.FPDFText_GetTextObject(textpage, number)
        if item and not pdfium.FPDFText_IsGenerated(textpage, number):
            first, _ = numbers.setdefault(addressof(item.contents), (number, number))
            numbers[addressof(item.contents)] = first, number + 1
    return numbers


_LEAVES = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Lbl", "LBody", "TOCI"}
_INLINE = {"Span", "Link", "Em", "Strong", "Quote", "Reference", "Code", "Annot", "Sub"}


class _PageBlocks:
    """Goes through the structure of one page."""

    def __init__(self, page: int, marked: Mapping[int, list[_Line]]) -> None:
        self.page = page
        self.marked = marked
        self.right = max((p.right for pieces in marked.values() for p in pieces), default=0.0)

    def of(self, page: Any) -> list[ReadBlock]:
        """The blocks of the page, in their order."""
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        if not tree:
            return []
        try:
            roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
            elements = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, number) for number in roots]
            return [block for element in elements if element for block in self._blocks(element)]
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def _blocks(self, element: Any) -> Iterator[ReadBlock]:
        kind = kind_of(element)
        if kind == "Table":
            for caption in _within(element, {"Caption"}):
                yield from self._blocks(caption)
            rows = tuple(
                tuple("\n".join(self.lines(cell)) for cell in _within(row, {"TH", "TD"}))
                for row in _within(element, {"TR"})
            )
            yield ReadBlock(kind, self.page, (), rows=rows)
        elif kind == "LI":
            yield from self._item(element)
        elif kind in _LEAVES or kind in _INLINE:
            yield from self._block(kind, self.pieces(element))
        else:
            yield from self._block("P", self.pieces(element, lambda _: False))
            for kid in kids_of(element):
                yield from self._blocks(kid)

    def _item(self, element: Any) -> Iterator[ReadBlock]:
        """An item of a list; lists inside it are items of their own."""
        label = "".join(line for e in _within(element, {"Lbl"}) for line in self.lines(e))
        bodies = [*_within(element, {"LBody"})]
        own = [piece for body in bodies for piece in self.pieces(body, lambda kind: kind != "L")]
        yield from self._block("LI", own, label.strip())
        for body in bodies:
            for inner in _within(body, {"L"}):
                yield from self._blocks(inner)

    def _block(self, kind: str, pieces: list[_Line], label: str = "") -> Iterator[ReadBlock]:
        lines = _lines(pieces)
        if not lines:
            return
        first, last = lines[0], lines[-1]
        word = (first.text.split() or [""])[0]
        yield ReadBlock(
            kind,
            self.page,
            tuple(line.text for line in lines),
            label,
            room=self.right - last.right,
            first_word=(first.right - first.left) * len(word) / max(len(first.text), 1),
        )

    def lines(self, element: Any) -> list[str]:
        """The lines of all text in an element."""
        return [line.text for line in _lines(self.pieces(element))]

    def pieces(self, element: Any, into: Callable[[str], bool] = lambda _: True) -> list[_Line]:
        """The pieces of text in an element, in its order; of elements inside it, where `into`."""
        found = []
        for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
            kid = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
            if not kid:
                mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, number)
                found += self.marked.get(mark, [])
            elif into(kind_of(kid)):
                found += self.pieces(kid, into)
        return found


def _within(element: Any, kinds: set[str]) -> Iterator[Any]:
    """The nearest elements of these kinds inside an element."""
    for kid in kids_of(element):
        if kind_of(kid) in kinds:
            yield kid
        else:
            yield from _within(kid, kinds)


def _lines(pieces: list[_Line]) -> list[_Line]:
    """Pieces of text as lines: what stands beside a piece, to its right, is on its line."""
    lines: list[_Line] = []
    space = SPACE * max((piece.height for piece in pieces), default=0.0)
    for piece in pieces:
        if not piece.text:
            continue
        last = lines[-1] if lines else None
        if last and _is_beside(last, piece):
            lines[-1] = _Line(
                _words_of(last, piece, space),
                last.left,
                piece.right,
                last.middle,
                max(last.height, piece.height),
                last.first,
                piece.end,
            )
        else:
            lines.append(piece)
    return [line for line in lines if line.text.strip()]


def _is_beside(last: _Line, piece: _Line) -> bool:
    apart = abs(last.middle - piece.middle)
    return apart < max(last.height, piece.height, 1) * 0.6 and piece.left >= last.left


def _words_of(last: _Line, piece: _Line, space: float) -> str:
    """The words of two pieces; PDFium may end one with a space that is not there."""
    if piece.text[0] in ".,;:!?)":
        return last.text.rstrip() + piece.text
    is_next = piece.first == last.end >= 0  # whatever room is between, PDFium found no space there
    apart = not is_next and piece.left - last.right > space and not last.text.endswith(" ")
    return f"{last.text}{' ' if apart else ''}{piece.text}"
