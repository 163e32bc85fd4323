"""The structure of a PDF's pages as a screen reader finds it: its tables and its pictures."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from generator.plain_text import join_lines
from generator.verification.pdfium_texts import utf16
from generator.verification.read_back import ReadCell, ReadPicture, ReadTable


class StructureElement(NamedTuple):
    """An element of the structure, asked for once; it lasts as long as its page is open."""

    kind: str
    item: Any
    kids: tuple["StructureElement", ...]

    @classmethod
    def of(cls, item: Any) -> "StructureElement":
        """An element of PDFium's, with all inside it."""
        return cls(kind_of(item), item, tuple(map(cls.of, kids_of(item))))

    def add_nesting(self, found: set[str], around: str = "") -> None:
        """Add the kinds of an element and of all inside, each with that of the element around."""
        found.add(f"{around}/{self.kind}")
        for kid in self.kids:
            kid.add_nesting(found, self.kind)

    def nearest(self, kinds: set[str]) -> Iterator["StructureElement"]:
        """The nearest elements of these kinds below an element, or itself."""
        if self.kind in kinds:
            yield self
            return
        for kid in self.kids:
            yield from kid.nearest(kinds)

    def words(self, marked: Mapping[int, str]) -> str:
        """The text of an element, line by line, on one line."""
        return join_lines("\n".join(self._texts(marked)))

    def _texts(self, marked: Mapping[int, str]) -> Iterator[str]:
        for number in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(self.item)):
            mark = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(self.item, number)
            yield marked.get(mark, "")
        for kid in self.kids:
            yield from kid._texts(marked)


@contextmanager
def structure_of(page: Any) -> Iterator[list[StructureElement]]:
    """The uppermost elements of a page's structure; none where it has none."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        yield []
        return
    try:
        roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
        yield [StructureElement.of(pdfium.FPDF_StructTree_GetChildAtIndex(tree, n)) for n in roots]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def tables_in(elements: Sequence[StructureElement], marked: Mapping[int, str]) -> list[ReadTable]:
    """The tables among these elements and below them."""
    return [
        tuple(
            tuple(ReadCell(cell.kind, cell.words(marked)) for cell in row.nearest({"TH", "TD"}))
            for row in table.nearest({"TR"})
        )
        for element in elements
        for table in element.nearest({"Table"})
    ]


def pictures_in(
    elements: Sequence[StructureElement], marked: Mapping[int, str]
) -> Iterator[ReadPicture]:
    """The pictures among these elements and below them."""
    for element in elements:
        for figure in element.nearest({"Figure"}):
            alternative = utf16(pdfium.FPDF_StructElement_GetAltText, figure.item)
            yield ReadPicture(alternative, figure.words(marked))


def kind_of(element: Any) -> str:
    """The kind of an element of the structure: `P`, `H1`, `Table`."""
    return utf16(pdfium.FPDF_StructElement_GetType, element)


def kids_of(element: Any) -> list[Any]:
    """The elements inside another."""
    numbers = range(pdfium.FPDF_StructElement_CountChildren(element))
    kids = [pdfium.FPDF_StructElement_GetChildAtIndex(element, number) for number in numbers]
    return [kid for kid in kids if kid]
