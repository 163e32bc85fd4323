"""Reading PDFs back in tests."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pdfplumber
import pikepdf
import pypdfium2

from generator.rendering.pdf.pdf_engine import VARIANT, PdfEngine

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
    """The tables of the last page, found by position: a row of labels and one of figures."""
    with plumbed(pdf) as document:
        page = document.pages[-1]
        return [
            [[one_line(page.crop(cell).extract_text()) for cell in row] for row in table]
            for table in cells_of_tables(page)
        ]


Box = tuple[float, float, float, float]


def cells_of_tables(page: pdfplumber.page.Page) -> list[list[list[Box]]]:
    """Where the cells of a page's tables are, found by the rules under labels and figures.

    A rule is drawn cell by cell, so its pieces tell how wide the columns are.
    """
    rules: dict[float, list[tuple[float, float]]] = {}
    for line in sorted(page.lines, key=lambda line: line["x0"]):
        rules.setdefault(round(line["top"], 1), []).append((line["x0"], line["x1"]))
    heights = [*sorted(rules), page.height]
    return [
        [_row(columns, over, rule), _row(columns, rule, below)]
        for over, rule, below, after in zip(
            heights, heights[1:], heights[2:], heights[3:], strict=False
        )
        for columns in [rules[below]]
        if rules[rule] == columns and len(columns) > 1 and after - below > _ROOM_OF_A_TITLE
    ]


_ROOM_OF_A_TITLE = 30
"""Points between the last rule of a table and the first of the next, at least."""


def _row(columns: list[tuple[float, float]], top: float, bottom: float) -> list[Box]:
    return [(left, top, right, bottom) for left, right in columns]


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
