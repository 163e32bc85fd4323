"""Printed from the browser, a letter's page is the letter, and nothing of the desk."""

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Open
from tests.browser.desk.county import AMBRIDGE_SLUG
from tests.browser.desk.running import RunningDesk

UPRIGHT, ACROSS = (595, 842), (842, 595)  # A4 in points


@pytest.mark.thorough
@pytest.mark.parametrize("view", ["pages", "web"])
def test_a_letter_is_printed_page_by_page(view: str, desk: RunningDesk, open_page: Open) -> None:
    """Whichever way it is shown, and however large."""
    page = open_page(desk.letter(AMBRIDGE_SLUG, view))
    expect(page.locator("#pages image")).to_have_count(4)
    page.get_by_label("Size").evaluate("size => { size.value = 200 }")
    page.get_by_label("Size").dispatch_event("change")
    pdf = page.request.get(desk.at(f"letters/{AMBRIDGE_SLUG}/letter.pdf")).body()

    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))

    sent = pypdfium2.PdfDocument(pdf)
    sizes = [tuple(round(side) for side in sheet.get_size()) for sheet in printed]
    assert sizes == [tuple(round(side) for side in sheet.get_size()) for sheet in sent]
    assert {*sizes} == {UPRIGHT, ACROSS}
    for sheet, original in zip(printed, sent, strict=True):
        assert words(sheet) == words(original)
        assert darkness(sheet) == pytest.approx(darkness(original), rel=0.15)


def words(sheet: pypdfium2.PdfPage) -> str:
    return "".join(sheet.get_textpage().get_text_bounded().split())


def darkness(sheet: pypdfium2.PdfPage) -> float:
    """How much ink there is on a sheet: the picture is printed, not only the words on it."""
    grey = sheet.render().to_pil().convert("L")
    return float(sum((255 - shade) * count for count, shade in grey.getcolors())) / 255


def test_the_list_is_printed_without_what_is_to_be_clicked(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at())

    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))

    text = printed[0].get_textpage().get_text_bounded()
    assert "Felpersham City Council" in text
    assert "Search by name" not in text
    assert "Open files with" not in text
