"""Reading PDFs back in tests."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pdfplumber
import pikepdf
import pypdfium2

from generator.rendering.pdf import VARIANT, PdfEngine

PAGE_NUMBER = re.compile(r"\s*\b\d+ / \d+\s*$")


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page in reading order, without the page number."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    assert all(PAGE_NUMBER.search(page) for page in pages)
    return [PAGE_NUMBER.sub("", page).replace("\r\n", "\n") for page in pages]


def text_of(pdf: bytes) -> str:
    """The words of a PDF in reading order."""
    return "\n".join(page_texts(pdf))


def one_line(text: str) -> str:
    """A text on one line, also where it was broken after a hyphen."""
    return " ".join(re.sub(r"-\s*\n\s*", "-", text).split())


@contextmanager
def plumbed(pdf: bytes) -> Iterator[pdfplumber.pdf.PDF]:
    """The PDF for looking at places on its pages."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        yield document


def tables_of(pdf: bytes) -> list[list[list[str]]]:
    """The tables of the last page, found by position: rows of cells."""
    with plumbed(pdf) as document:
        found = document.pages[-1].extract_tables()
    return [[[" ".join((cell or "").split()) for cell in row] for row in t] for t in found]


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF for looking at its insides."""
    return pikepdf.open(io.BytesIO(pdf))


def fonts_of(pdf: bytes) -> set[str]:
    """The names of the faces that are embedded, without the marks of subsets."""
    document = opened(pdf)
    faces = [object.get("/BaseFont") for object in document.objects if _is_font(object)]
    return {str(face).rpartition("+")[2] for face in faces}


def _is_font(object: pikepdf.Object) -> bool:
    return isinstance(object, pikepdf.Dictionary) and object.get("/Type") == pikepdf.Name.Font


def print_bare(engine: PdfEngine, page: str) -> bytes:
    """The PDF as WeasyPrint makes it alone, without what is mended and declared."""
    return bytes(engine._lay_out(page).write_pdf(pdf_variant=VARIANT))
