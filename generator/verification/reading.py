"""A PDF as a reader finds it: its pages' texts and where they stand, its tables, its files.

Read with PDFium, which had no part in making it: by position, as plain text and by structure.
"""

import atexit
import ctypes
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from generator.plain_text import join_lines
from generator.verification.ink import DrawnObject, unseen_words
from generator.verification.pdfium_texts import text_of_object, utf8
from generator.verification.read_back import (
    PieceOfText,
    ReadLetter,
    ReadPage,
    ReadPicture,
    ReadTable,
    SeenText,
    united,
)
from generator.verification.structure_reading import pictures_in, structure_of, tables_in

MOST_PAGES = 300
_LARGEST_POINTS = 2000
"""What is larger is no paper that a letter is printed on, and is not drawn to be looked at."""


class UnreadableError(Exception):
    """The file is no PDF that can be read; the text says why."""


def read_letter(content: bytes, seen: set[SeenText] | None = None) -> ReadLetter:
    """Read a PDF back. Raises `UnreadableError`.

    It is not looked at where it has what was `seen` of another that is drawn like it.
    """
    with opened(content) as document:
        return _read(document, content, set() if seen is None else seen)


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
                raise UnreadableError(f"it has {len(document):,} pages; no letter is that long")
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
        return "it is password-protected"
    return "it is damaged, or not a PDF"


def _read(document: Any, content: bytes, seen: set[SeenText]) -> ReadLetter:
    pages, tables, pictures = [], list[ReadTable](), list[ReadPicture]()
    programs: set[tuple[str, bytes]] = set()
    nesting: set[str] = set()
    for number, page in enumerate(document):
        textpage = page.get_textpage()
        pieces, marked, drawn = _pieces(page, textpage, programs)
        groups = (d.item for d in drawn if d.kind == pdfium.FPDF_PAGEOBJ_FORM)
        width, height = page.get_width(), page.get_height()
        is_upright = pdfium.FPDFPage_GetRotation(page) == 0
        is_seen = is_upright and max(width, height) < _LARGEST_POINTS
        pages.append(
            ReadPage(
                width,
                height,
                textpage.get_text_range(),
                tuple(pieces),
                is_upright,
                tuple(unseen_words(page, number, textpage, drawn, seen)) if is_seen else (),
                tuple(word for item in groups for word in _texts_inside(item, textpage)),
                tuple(_notes(page)),
            )
        )
        with structure_of(page) as elements:
            tables.extend(tables_in(elements, marked))
            pictures.extend(pictures_in(elements, marked))
            for element in elements:
                element.add_nesting(nesting)
    metadata = document.get_metadata_dict()
    return ReadLetter(
        title=metadata.get("Title", ""),
        author=metadata.get("Author", ""),
        pages=tuple(pages),
        tables=tuple(tables),
        files=_files(document),
        font_programs=frozenset(programs),
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


def _texts_inside(item: Any, textpage: Any) -> Iterator[str]:
    """The words of all that is drawn as one, as what is half transparent or used twice is."""
    for number in range(max(pdfium.FPDFFormObj_CountObjects(item), 0)):
        inner = pdfium.FPDFFormObj_GetObject(item, number)
        if pdfium.FPDFPageObj_GetType(inner) == pdfium.FPDF_PAGEOBJ_TEXT:
            yield text_of_object(inner, textpage)
        else:
            yield from _texts_inside(inner, textpage)


def _notes(page: Any) -> Iterator[str]:
    """What is laid over a page that is no link, by the names that the standard has for it."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind != pdfium.FPDF_ANNOT_LINK:
            yield _NOTES.get(kind, "note")


_NOTES = {
    pdfium.FPDF_ANNOT_WIDGET: "form field",
    pdfium.FPDF_ANNOT_STAMP: "stamp",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "highlight",
    pdfium.FPDF_ANNOT_FILEATTACHMENT: "file",
    pdfium.FPDF_ANNOT_REDACT: "redaction",
    pdfium.FPDF_ANNOT_SQUARE: "square",
}


def _pieces(
    page: Any, textpage: Any, programs: set[tuple[str, bytes]]
) -> tuple[list[PieceOfText], dict[int, str], list[DrawnObject]]:
    """The pieces of text on a page, the same texts by the id of their marked content, all drawn."""
    pieces: list[PieceOfText] = []
    drawn: list[DrawnObject] = []
    marked: dict[int, str] = {}
    faces: dict[int | None, tuple[str, bytes]] = {}
    edges = [ctypes.c_float() for _ in range(4)]
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, number)
        pdfium.FPDFPageObj_GetBounds(item, *edges)
        left, bottom, right, top = [edge.value for edge in edges]
        box = left, bottom, right, top
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind != pdfium.FPDF_PAGEOBJ_TEXT:
            drawn.append(DrawnObject(item, kind, box))
            continue
        text = text_of_object(item, textpage)
        drawn.append(DrawnObject(item, kind, box, text))
        font = pdfium.FPDFTextObj_GetFont(item)
        # The page's texts hold on to their fonts: while it is open, no other font has the address.
        where = ctypes.cast(font, ctypes.c_void_p).value
        if where not in faces:
            faces[where] = _face(font)
        name, _ = faces[where]
        piece = PieceOfText(join_lines(text), left, bottom, right, top, name)
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if mark in marked and _goes_on(pieces[-1], piece):
            pieces[-1] = united([pieces[-1], piece], pieces[-1].text + piece.text)
        else:
            pieces.append(piece)
            text = f"\n{text}" if mark in marked else text
        if mark >= 0:
            marked[mark] = marked.get(mark, "") + text
    programs.update(faces.values())
    return pieces, marked, drawn


_NEXT_LETTER = 0.9
"""So far behind a letter the next one of the same words begins at most, in parts of its height."""


def _goes_on(before: PieceOfText, piece: PieceOfText) -> bool:
    """Whether a piece of a picture is the next letter of words that are drawn letter by letter."""
    height = max(before.top - before.bottom, piece.top - piece.bottom)
    is_beside = before.bottom < piece.top and piece.bottom < before.top
    is_near = -height < piece.left - before.right < _NEXT_LETTER * height
    return before.font == piece.font and is_beside and is_near


def _face(font: Any) -> tuple[str, bytes]:
    """A font's name, and its program; none where that is not inside the file."""
    name = utf8(pdfium.FPDFFont_GetBaseFontName, font).rpartition("+")[2]
    if not pdfium.FPDFFont_GetIsEmbedded(font):
        return name, b""
    size = ctypes.c_size_t()
    pdfium.FPDFFont_GetFontData(font, None, 0, size)
    program = (ctypes.c_uint8 * size.value)()
    pdfium.FPDFFont_GetFontData(font, program, size.value, size)
    return name, bytes(program)
