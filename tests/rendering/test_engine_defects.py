"""The engine's defects, each shown by the page of `docs/engine-defects.md`, are still there.

A test that fails here says that a defect is gone: then its mending, and its section, can go.
"""

import re
from collections.abc import Callable

import pytest

from generator.rendering.pdf.pdf_engine import PdfEngine
from tests.borsetshire import ROOT
from tests.pdfs import print_bare
from tests.structure_trees import (
    PdfReader,
    artifacts,
    by_language,
    html_tables,
    pdf_tables,
    table_attributes,
)

PAGE = (ROOT / "docs/engine-defects.md").read_text(encoding="utf-8")
CASES = dict(re.findall(r"^## ([^\n]+)\n\n```html\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
"""By the heading of its section, the smallest page that shows a defect."""
HEAD = '<!doctype html><html lang="en-GB"><head><title>Case</title></head><body>'


def heads(reader: PdfReader, html: str) -> bool:
    found, expected = pdf_tables(reader.tree)[0], html_tables(html)[0]
    return [cell.heads for cell in found[-1]] != [cell.heads for cell in expected[-1]]


def scope(reader: PdfReader, _: str) -> bool:
    return "/Scope" not in table_attributes(reader.tree.all("TH")[0])


def page_numbers(reader: PdfReader, _: str) -> bool:
    words = [words.text for words in reader.words.values()]
    return artifacts(reader.document) == [0] and "page 1" in words


def two_paragraphs(reader: PdfReader, html: str) -> bool:
    return html.count("<p>") == 1 and len(reader.tree.all("P")) == 2


def address(reader: PdfReader, _: str) -> bool:
    (link,) = reader.document.pages[0].Annots
    return bool(link.Contents == link.A.URI)


def run_together(reader: PdfReader, _: str) -> bool:
    return "complaintsgovernment" in reader.tree.text


def language(reader: PdfReader, _: str) -> bool:
    return {each for each, _ in by_language(reader.tree)} == {"en-GB"}


def emphasis(reader: PdfReader, _: str) -> bool:
    return reader.tree.all("Strong", "Em") == []


DEFECTS: dict[str, Callable[[PdfReader, str], bool]] = {
    "Figures under their neighbour's heading": heads,
    "Headings without a scope": scope,
    "Page numbers in the text": page_numbers,
    "A paragraph on two pages is two paragraphs": two_paragraphs,
    "A link is described by its address": address,
    "Words run together at the end of a line": run_together,
    "Another language is not marked": language,
    "No emphasis": emphasis,
}


def test_the_page_has_the_defects_that_are_tried() -> None:
    assert list(CASES) == list(DEFECTS)


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_smallest_page_still_shows_the_defect_until_it_is_mended(defect: str) -> None:
    html = HEAD + CASES[defect]
    engine = PdfEngine("html { font-family: Liberation Sans }")

    bare, mended = print_bare(engine, html), engine.print(html)

    assert DEFECTS[defect](PdfReader(bare, as_written=True), html)
    assert not DEFECTS[defect](PdfReader(mended, as_written=True), html)
