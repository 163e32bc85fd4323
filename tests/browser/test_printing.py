"""Printed from a browser, the letter is as good as its PDF: two pages upright and one across."""

import re
from collections.abc import Callable
from functools import cache

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.letters import DRAFT, LUTON, ShownLetter, every_letter
from tests.real_letters import REAL

UPRIGHT, ACROSS = (595, 842), (842, 595)  # A4 in points
NARROWEST_MARGIN = 17  # points, 6 mm; few printers can print nearer to the edge

LIST_SIGN = re.compile(r"^(\d+\.|•) ", re.MULTILINE)  # the browser's, not the letter's
YELLOW = (0xFF, 0xE0, 0x66)


Print = Callable[[ShownLetter], pypdfium2.PdfDocument]


@pytest.fixture(scope="module")
def print_it(page: Page) -> Print:
    """Prints a letter from the browser as a reader would, without colouring backgrounds."""

    @cache
    def printed(address: str) -> pypdfium2.PdfDocument:
        page.goto(address)
        return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))

    return lambda shown: printed(shown.address)


@pytest.mark.parametrize("slug", REAL)
def test_it_takes_two_pages_upright_and_one_across(shown: ShownLetter, print_it: Print) -> None:
    sizes = [tuple(round(side) for side in page.get_size()) for page in print_it(shown)]

    assert sizes == [UPRIGHT, UPRIGHT, ACROSS]


@every_letter
def test_all_words_are_printed_in_order(shown: ShownLetter, print_it: Print) -> None:
    pages = [page.get_textpage().get_text_bounded() for page in print_it(shown)]
    mark = "DRAFT" if shown.letter.draft else ""
    furniture = [rf"{mark}\s*{n} / {len(pages)}" for n in range(1, len(pages) + 1)]

    assert all(map(re.match, furniture, pages))
    words = "".join(
        LIST_SIGN.sub("", re.sub(known, "", page, count=1))
        for known, page in zip(furniture, pages, strict=True)
    )
    assert "".join(words.split()) == shown.words.removeprefix(mark)


@every_letter
def test_no_word_is_cut_at_the_edge_of_the_paper(shown: ShownLetter, print_it: Print) -> None:
    cut = []
    for page in print_it(shown):
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if min(left, bottom, width - right, height - top) < NARROWEST_MARGIN:
                cut.append(text.get_text_range(index, 1))

    assert cut == []


@pytest.mark.parametrize(("slug", "is_marked"), [(DRAFT, True), (LUTON, False)])
def test_a_gap_is_marked_on_paper_too(shown: ShownLetter, is_marked: bool, print_it: Print) -> None:
    """Browsers leave out the colours of backgrounds, but for those that mean something."""
    colours = {
        colour
        for page in print_it(shown)
        for _, colour in page.render().to_pil().convert("RGB").getcolors(1_000_000)
    }

    assert (YELLOW in colours) == is_marked
