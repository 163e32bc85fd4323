"""A PDF as a reader finds it: its pages' texts and where they stand, its tables, its files.

Read with PDFium, which had no part in making it: by position, as plain text and by structure.
"""

import ctypes
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from generator.verifying.texts import joined


class UnreadableError(Exception):
    """The file is no PDF that can be read; the text says why."""


@dataclass(frozen=True)
class Piece:
    """A piece of text on one line, and the rectangle it fills, in points from the lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    font: str

    @property
    def middle(self) -> float:
        """Half way between its left and its right."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Half way between its bottom and its top."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True)
class ReadPage:
    """One page: its size in points, its text in reading order, and its pieces."""

    width: float
    height: float
    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ReadCell:
    """A cell of a table as the structure has it: `TH` or `TD`, and its text."""

    kind: str
    text: str


ReadTable = tuple[tuple[ReadCell, ...], ...]


@dataclass(frozen=True)
class ReadLetter:
    """All that was read back from one PDF."""

    title: str
    author: str
    pages: tuple[ReadPage, ...]
    tables: tuple[ReadTable, ...]
    files: Mapping[str, bytes]
    loose_fonts: frozenset[str]
    """Fonts that are used and not embedded."""
    declares: frozenset[str]
    """`PDF/A-3a` and `PDF/UA-1`, as far as its metadata say so."""


def read_letter(content: bytes) -> ReadLetter:
    """Read a PDF back. Raises `UnreadableError`."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_why_unreadable(error)) from error
    try:
        return _read(document, content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_why_unreadable(error)) from error
    finally:
        document.close()


def _why_unreadable(error: Exception) -> str:
    if "password" in str(error).lower():
        return "it is protected by a password"
    return "it is no PDF that can be read, or a damaged one"


def _read(document: Any, content: bytes) -> ReadLetter:
    pages, tables = [], []
    loose: set[str] = set()
    for page in document:
        textpage = page.get_textpage()
        pieces, marked = _pieces(page, textpage, loose)
        text = textpage.get_text_range()
        pages.append(ReadPage(page.get_width(), page.get_height(), text, tuple(pieces)))
        tables.extend(_tables(page, marked))
    files = {}
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        files[attachment.get_name()] = bytes(attachment.get_data())
    metadata = document.get_metadata_dict()
    return ReadLetter(
        title=metadata.get("Title", ""),
        author=metadata.get("Author", ""),
        pages=tuple(pages),
        tables=tuple(tables),
        files=files,
        loose_fonts=frozenset(loose),
        declares=frozenset(_declared(content)),
    )


def _declared(content: bytes) -> Iterator[str]:
    """What the metadata declare; they are stored uncompressed, so that anyone can look."""
    start = content.find(b"<x:xmpmeta")
    metadata = content[start : content.find(b"</x:xmpmeta>", start)] if start >= 0 else b""
    if re.search(rb'pdfaid:part="3"', metadata) and re.search(rb'pdfaid:conformance="A"', metadata):
        yield "PDF/A-3a"
    if b"<pdfuaid:part>1</pdfuaid:part>" in metadata:
        yield "PDF/UA-1"


def _pieces(page: Any, textpage: Any, loose: set[str]) -> tuple[list[Piece], dict[int, str]]:
    """The pieces of text on a page, and the same texts by the id of their marked content."""
    pieces = []
    marked: dict[int, str] = {}
    edges = [ctypes.c_float() for _ in range(4)]
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        text = _utf16(partial(_object_text, item, textpage))
        pdfium.FPDFPageObj_GetBounds(item, *edges)
        font = pdfium.FPDFTextObj_GetFont(item)
        name = _utf8(partial(pdfium.FPDFFont_GetBaseFontName, font))
        if not pdfium.FPDFFont_GetIsEmbedded(font):
            loose.add(name)
        left, bottom, right, top = (edge.value for edge in edges)
        pieces.append(Piece(joined(text), left, bottom, right, top, name.rpartition("+")[2]))
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if mark >= 0:
            marked[mark] = marked.get(mark, "") + text
    return pieces, marked


def _object_text(item: Any, textpage: Any, buffer: Any, size: int) -> int:
    return int(pdfium.FPDFTextObj_GetText(item, textpage, buffer, size))


def _tables(page: Any, marked: Mapping[int, str]) -> list[ReadTable]:
    """The tables in the structure of a page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
        elements = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, number) for number in roots]
        found = [table for element in elements for table in _below(element, {"Table"})]
        return [
            tuple(
                tuple(ReadCell(_kind(c), _words(c, marked)) for c in _below(row, {"TH", "TD"}))
                for row in _below(table, {"TR"})
            )
            for table in found
        ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _kind(element: Any) -> str:
    return _utf16(partial(pdfium.FPDF_StructElement_GetType, element))


def _kids(element: Any) -> Iterator[Any]:
    for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
        kid = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
        if kid:
            yield kid


def _below(element: Any, kinds: set[str]) -> Iterator[Any]:
    """The nearest elements of these kinds below an element, or itself."""
    if _kind(element) in kinds:
        yield element
        return
    for kid in _kids(element):
        yield from _below(kid, kinds)


def _words(element: Any, marked: Mapping[int, str]) -> str:
    """The text of an element, line by line, on one line."""
    count = pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)
    ids = (pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, n) for n in range(count))
    own = [marked.get(number, "") for number in ids]
    inside = [_words(kid, marked) for kid in _kids(element)]
    return joined("\n".join([*own, *inside]))


def _utf16(fill: Callable[[Any, int], int]) -> str:
    """A text of PDFium's, which says first how long it is, in bytes with the zero at its end."""
    size = fill(None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    fill(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _utf8(fill: Callable[[Any, int], int]) -> str:
    size = fill(None, 0)
    buffer = ctypes.create_string_buffer(size)
    fill(buffer, size)
    return buffer.value.decode("utf-8", "replace")
