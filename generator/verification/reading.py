"""A PDF as a reader finds it: its pages' texts and where they stand, its tables, its files.

Read with PDFium, which had no part in making it: by position, as plain text and by structure.
"""

import atexit
import ctypes
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from threading import RLock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from generator.plain_text import join_lines
from generator.verification.read_back import (
    PieceOfText,
    ReadCell,
    ReadLetter,
    ReadPage,
    ReadPicture,
    ReadTable,
    united,
)

MOST_PAGES = 300


class UnreadableError(Exception):
    """The file is no PDF that can be read; the text says why."""


def read_letter(content: bytes) -> ReadLetter:
    """Read a PDF back. Raises `UnreadableError`."""
    with opened(content) as document:
        return _read(document, content)


def read_files(content: bytes) -> tuple[Mapping[str, bytes], int]:
    """The files that a PDF carries, and how many pages it has: its text is not looked at.

    Raises `UnreadableError`.
    """
    with opened(content) as document:
        return _files(document), len(document)


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """A PDF while it is being read; another thread that wants to read one waits.

    Raises `UnreadableError`.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(_why_unreadable(error)) from error
        try:
            if len(document) > MOST_PAGES:
                raise UnreadableError(f"it has {len(document):,} pages, which no letter has")
            yield document
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(_why_unreadable(error)) from error
        finally:
            document.close()


_ONE_AT_A_TIME = RLock()  # PDFium is not made for threads
# Nor may it be unloaded under the hands of one: before that, at the end of the program, the PDF
# that is being read is waited for, and no other is begun.
atexit.register(_ONE_AT_A_TIME.acquire)
# A copy of this process starts with nobody else in it: so it may, too, while a thread reads.
os.register_at_fork(
    before=_ONE_AT_A_TIME.acquire,
    after_in_parent=_ONE_AT_A_TIME.release,
    after_in_child=_ONE_AT_A_TIME.release,
)


def _why_unreadable(error: Exception) -> str:
    if "password" in str(error).lower():
        return "it is protected by a password"
    return "it is no PDF that can be read, or a damaged one"


def _read(document: Any, content: bytes) -> ReadLetter:
    pages, tables, pictures = [], list[ReadTable](), list[ReadPicture]()
    unembedded: set[str] = set()
    nesting: set[str] = set()
    for page in document:
        textpage = page.get_textpage()
        pieces, marked = _pieces(page, textpage, unembedded)
        text = textpage.get_text_range()
        pages.append(ReadPage(page.get_width(), page.get_height(), text, tuple(pieces)))
        with _structure(page) as elements:
            tables.extend(_tables(elements, marked))
            pictures.extend(_pictures(elements, marked))
            nesting.update(pair for element in elements for pair in _nesting(element))
    metadata = document.get_metadata_dict()
    return ReadLetter(
        title=metadata.get("Title", ""),
        author=metadata.get("Author", ""),
        pages=tuple(pages),
        tables=tuple(tables),
        files=_files(document),
        unembedded_fonts=frozenset(unembedded),
        declares=frozenset(_declared(content)),
        nesting=frozenset(nesting),
        pictures=tuple(pictures),
    )


def _files(document: Any) -> dict[str, bytes]:
    files = {}
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        files[attachment.get_name()] = bytes(attachment.get_data())
    return files


def _declared(content: bytes) -> Iterator[str]:
    """What the metadata declare; they are stored uncompressed, so that anyone can look."""
    start = content.find(b"<x:xmpmeta")
    metadata = content[start : content.find(b"</x:xmpmeta>", start)] if start >= 0 else b""
    if re.search(rb'pdfaid:part="3"', metadata) and re.search(rb'pdfaid:conformance="A"', metadata):
        yield "PDF/A-3a"
    if b"<pdfuaid:part>1</pdfuaid:part>" in metadata:
        yield "PDF/UA-1"


def _pieces(
    page: Any, textpage: Any, unembedded: set[str]
) -> tuple[list[PieceOfText], dict[int, str]]:
    """The pieces of text on a page, and the same texts by the id of their marked content."""
    pieces: list[PieceOfText] = []
    marked: dict[int, str] = {}
    faces: dict[int | None, tuple[str, bool]] = {}
    edges = [ctypes.c_float() for _ in range(4)]
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        text = text_of_object(item, textpage)
        pdfium.FPDFPageObj_GetBounds(item, *edges)
        font = pdfium.FPDFTextObj_GetFont(item)
        # The page's texts hold on to their fonts: while it is open, no other font has the address.
        where = ctypes.cast(font, ctypes.c_void_p).value
        if where not in faces:
            faces[where] = _face(font)
        name, embedded = faces[where]
        if not embedded:
            unembedded.add(name)
        left, bottom, right, top = (edge.value for edge in edges)
        piece = PieceOfText(join_lines(text), left, bottom, right, top, name.rpartition("+")[2])
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if mark in marked and _goes_on(pieces[-1], piece):
            pieces[-1] = united([pieces[-1], piece], pieces[-1].text + piece.text)
        else:
            pieces.append(piece)
            text = f"\n{text}" if mark in marked else text
        if mark >= 0:
            marked[mark] = marked.get(mark, "") + text
    return pieces, marked


_NEXT_LETTER = 0.9
"""So far behind a letter the next one of the same words begins at most, in parts of its height."""


def _goes_on(before: PieceOfText, piece: PieceOfText) -> bool:
    """Whether a piece of a picture is the next letter of words that are drawn letter by letter."""
    height = max(before.top - before.bottom, piece.top - piece.bottom)
    is_beside = before.bottom < piece.top and piece.bottom < before.top
    is_near = -height < piece.left - before.right < _NEXT_LETTER * height
    return before.font == piece.font and is_beside and is_near


def _face(font: Any) -> tuple[str, bool]:
    """A font's name, and whether it is inside the file."""
    name = _utf8(partial(pdfium.FPDFFont_GetBaseFontName, font))
    return name, bool(pdfium.FPDFFont_GetIsEmbedded(font))


def text_of_object(item: Any, textpage: Any) -> str:
    """The words of a text object of PDFium's, as they stand."""
    return utf16(partial(_object_text, item, textpage))


def _object_text(item: Any, textpage: Any, buffer: Any, size: int) -> int:
    return int(pdfium.FPDFTextObj_GetText(item, textpage, buffer, size))


@contextmanager
def _structure(page: Any) -> Iterator[list[Any]]:
    """The uppermost elements of a page's structure; none where it has none."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        yield []
        return
    try:
        roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
        yield [pdfium.FPDF_StructTree_GetChildAtIndex(tree, number) for number in roots]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _tables(elements: Sequence[Any], marked: Mapping[int, str]) -> list[ReadTable]:
    """The tables among these elements and below them."""
    return [
        tuple(
            tuple(ReadCell(kind_of(c), _words(c, marked)) for c in _below(row, {"TH", "TD"}))
            for row in _below(table, {"TR"})
        )
        for element in elements
        for table in _below(element, {"Table"})
    ]


def _pictures(elements: Sequence[Any], marked: Mapping[int, str]) -> Iterator[ReadPicture]:
    """The pictures among these elements and below them."""
    for element in elements:
        for figure in _below(element, {"Figure"}):
            alternative = utf16(partial(pdfium.FPDF_StructElement_GetAltText, figure))
            yield ReadPicture(alternative, _words(figure, marked))


def kind_of(element: Any) -> str:
    """The kind of an element of the structure: `P`, `H1`, `Table`."""
    return utf16(partial(pdfium.FPDF_StructElement_GetType, element))


def kids_of(element: Any) -> Iterator[Any]:
    """The elements inside another."""
    for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
        kid = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
        if kid:
            yield kid


def _nesting(element: Any, around: str = "") -> Iterator[str]:
    """The kinds of an element and of all inside, each with that of the element around it."""
    kind = kind_of(element)
    yield f"{around}/{kind}"
    for kid in kids_of(element):
        yield from _nesting(kid, kind)


def _below(element: Any, kinds: set[str]) -> Iterator[Any]:
    """The nearest elements of these kinds below an element, or itself."""
    if kind_of(element) in kinds:
        yield element
        return
    for kid in kids_of(element):
        yield from _below(kid, kinds)


def _words(element: Any, marked: Mapping[int, str]) -> str:
    """The text of an element, line by line, on one line."""
    count = pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)
    ids = (pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, n) for n in range(count))
    own = [marked.get(number, "") for number in ids]
    inside = [_words(kid, marked) for kid in kids_of(element)]
    return join_lines("\n".join([*own, *inside]))


_MOST_TEXTS = ctypes.c_ushort * 256
"""Holds most texts of a page: PDFium, asked how long a text is, looks for it a second time."""


def utf16(fill: Callable[[Any, int], int]) -> str:
    """A text of PDFium's, which says how long it is, in bytes with the zero at its end.

    A buffer that is too small for it is left as it is.
    """
    buffer: Any = _MOST_TEXTS()
    size = fill(buffer, ctypes.sizeof(buffer))
    if size > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * (size // 2))()
        fill(buffer, size)
    return ctypes.string_at(buffer, max(size - 2, 0)).decode("utf-16-le", "replace")


def _utf8(fill: Callable[[Any, int], int]) -> str:
    size = fill(None, 0)
    buffer = ctypes.create_string_buffer(size)
    fill(buffer, size)
    return buffer.value.decode("utf-8", "replace")
