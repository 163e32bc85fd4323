"""Every word of the five real letters is found in its place, as what it is."""

from io import BytesIO

import pytest
from PIL import Image

from generator.letter.letter import ComposedLetter
from generator.preview.page_images import PageWords, PlacedWords, picture_of_page, words_on_pages
from generator.verification.reading import UnreadableError
from tests.hard_letters import hard_letter
from tests.real_letters import LUTON, REAL, real_edition, real_letter


@pytest.fixture(
    params=[
        pytest.param(slug, marks=() if slug == LUTON else pytest.mark.thorough) for slug in REAL
    ]
)
def letter(request: pytest.FixtureRequest) -> ComposedLetter:
    """All are of one shape, so every day it is only the one with an insert."""
    return real_edition().letters[request.param].letter


@pytest.fixture
def pages(letter: ComposedLetter) -> tuple[PageWords, ...]:
    return words_on_pages(real_letter(letter.slug).contents["pdf"], letter)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _words(pages: tuple[PageWords, ...]) -> list[PlacedWords]:
    return [words for page in pages for words in page.words]


def test_each_block_has_all_its_words_and_no_others(
    letter: ComposedLetter, pages: tuple[PageWords, ...]
) -> None:
    found: dict[str, str] = {}
    for words in _words(pages):
        if words.address is not None:
            found[words.address] = found.get(words.address, "") + _squeezed(words.text)

    expected = {}
    for block in letter.blocks:
        if block.table is None:
            expected[block.address] = _squeezed(block.text)
    tables = {block.address for block in letter.blocks if block.table is not None}
    assert {address: text for address, text in found.items() if address not in tables} == expected
    assert tables <= set(found)


def test_each_figure_is_found_once_with_what_is_printed(
    letter: ComposedLetter, pages: tuple[PageWords, ...]
) -> None:
    found = [
        (words.address, words.figure, words.text)
        for words in _words(pages)
        if words.figure is not None
    ]

    assert found == [
        (block.address, f"{cell.column.group}.{cell.column.id}", cell.text)
        for block in letter.blocks
        if block.table is not None
        for cell in block.table.cells
    ]


def test_only_the_numbers_of_pages_are_no_part_of_the_letter(
    pages: tuple[PageWords, ...],
) -> None:
    strange = [[words.text for words in page.words if words.address is None] for page in pages]

    assert strange == [[f"{number} / {len(pages)}"] for number in range(1, len(pages) + 1)]


def test_words_stand_on_their_page_and_in_reading_order(pages: tuple[PageWords, ...]) -> None:
    for page in pages:
        for words in page.words:
            assert words.width > 0
            assert words.height > 0
            assert 0 <= words.left <= words.left + words.width <= page.width
            assert 0 <= words.top <= words.top + words.height <= page.height


def test_the_report_stands_on_a_page_across(pages: tuple[PageWords, ...]) -> None:
    assert [page.width > page.height for page in pages] == [False, False, True]


def test_a_picture_shows_its_page_and_is_sharp(
    letter: ComposedLetter, pages: tuple[PageWords, ...]
) -> None:
    pdf = real_letter(letter.slug).contents["pdf"]

    for number, page in enumerate(pages, 1):
        content = picture_of_page(pdf, number)
        assert content is not None
        with Image.open(BytesIO(content)) as picture:
            assert picture.format == "PNG"
            width, height = picture.size
            grey = picture.convert("L")
        assert (width / page.width, height / page.height) == pytest.approx((2, 2), abs=0.01)
        for words in page.words:
            right, bottom = words.left + words.width, words.top + words.height
            there = grey.crop((2 * words.left, 2 * words.top, 2 * right, 2 * bottom))
            assert min(there.tobytes()) < 140, f"nothing stands where {words.text} should"


@pytest.mark.parametrize("number", [0, -1, 4])
def test_there_is_no_picture_of_a_page_that_is_not_there(number: int) -> None:
    assert picture_of_page(real_letter(REAL[0]).contents["pdf"], number) is None


def test_what_is_no_pdf_is_not_read() -> None:
    with pytest.raises(UnreadableError):
        words_on_pages(b"%PDF-1.7 no", real_edition().letters[REAL[0]].letter)
    with pytest.raises(UnreadableError):
        picture_of_page(b"", 1)


def test_a_word_that_is_not_of_the_letter_is_nobodys() -> None:
    luton, sefton = real_letter(REAL[1]), real_edition().letters[REAL[4]].letter

    found = _words(words_on_pages(luton.contents["pdf"], sefton))

    assert any("Luton" in words.text and words.address is None for words in found)


@pytest.mark.parametrize("name", ["charts", "charts of many parts"])
def test_each_figure_of_a_chart_is_found_with_its_label(name: str) -> None:
    """Drawn letter by letter, and long labels on several lines."""
    hard = hard_letter(name)

    found = [w for w in _words(words_on_pages(hard.pdf, hard.letter)) if w.address is not None]

    for block in hard.letter.blocks:
        for part in block.chart.parts if block.chart else ():
            figures = [w for w in found if w.figure == f"{part.group}.{part.id}"]
            assert part.text in [w.text for w in figures if w.address == block.address]
        if block.chart:
            words = "".join(_squeezed(w.text) for w in found if w.address == block.address)
            assert words == _squeezed(block.chart.words)
