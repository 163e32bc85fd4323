"""Letters read from PDFs that carry no record: by their structure, or else by their lines."""

import io
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from generator.external_letters.issued_pdf import read_pdf
from generator.external_letters.parse_letter import NoLetterError
from generator.external_letters.pdf_structure import read_structure
from generator.external_letters.reference_edition import ReferenceEdition
from generator.letter.letter import Letter, LetterSource
from generator.letter.markup import plain
from generator.verification.reading import UnreadableError, read_files
from tests.external_letters.letters_read import bare_pattern, each_read, expected, pattern, said
from tests.hard_letters import hard_letter
from tests.real_letters import REAL

LUTON = "luton-borough-council"
PAGES = "an insert of pages"


@cache
def without_files(name: str) -> bytes:
    """A letter's PDF without the files attached to it."""
    return _without(name, ["/AF", "/Names"])


@cache
def without_structure(name: str) -> bytes:
    """The same with nothing but its pages: as most programs make PDFs."""
    return _without(name, ["/AF", "/Names", "/StructTreeRoot", "/MarkInfo"])


def _without(name: str, keys: list[str]) -> bytes:
    document = pikepdf.open(io.BytesIO(hard_letter(name).pdf))
    for key in keys:
        del document.Root[key]
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def read(content: bytes, pattern: ReferenceEdition) -> Letter:
    return read_pdf(content, Path("letter.pdf"), pattern)


@each_read
def test_a_letter_without_its_record_says_the_same(name: str) -> None:
    version = read(without_files(name), pattern(name))

    assert said(version) == expected(name)
    assert version.reading.unread == ()


@each_read
def test_it_says_so_also_where_no_letter_of_that_year_is_at_hand(name: str) -> None:
    version = read(without_files(name), bare_pattern(name))

    assert said(version) == expected(name)


@each_read
def test_a_letter_without_structure_says_the_same(name: str) -> None:
    version = read(without_structure(name), pattern(name))

    assert said(version) == expected(name)


@pytest.mark.parametrize("slug", REAL)
def test_the_real_letters_say_so_also_without_structure_and_without_a_letter_at_hand(
    slug: str,
) -> None:
    assert said(read(without_structure(slug), bare_pattern(slug))) == expected(slug)


def test_a_version_knows_how_many_pages_it_was_read_from() -> None:
    for content in (without_files(LUTON), without_structure(LUTON)):
        version = read(content, pattern(LUTON))

        reading = version.reading
        assert (reading.source, reading.pages, version.year) == (
            LetterSource.PDF,
            3,
            2018,
        )


def test_paragraphs_and_items_that_go_on_over_a_page_are_one() -> None:
    blocks = read_structure(without_files(PAGES))
    version = read(without_files(PAGES), bare_pattern(PAGES))

    assert len({block.page for block in blocks}) == 6
    assert [p.role for p in version.passages if p.part == "statistics"] == [
        *["heading", "paragraph", "paragraph", "paragraph", "paragraph", "paragraph"],
        *["bullet", "bullet", "bullet", "numbered", "numbered", "numbered"],
    ]


def test_page_numbers_are_no_part_of_a_letter() -> None:
    for content in (without_files(LUTON), without_structure(LUTON)):
        texts = [plain(passage.text) for passage in read(content, pattern(LUTON)).passages]

        assert not any(" / 3" in text for text in texts)


def test_a_letter_whose_pages_hold_no_letter_is_refused() -> None:
    empty = pikepdf.new()
    empty.add_blank_page()
    content = io.BytesIO()
    empty.save(content)

    with pytest.raises(NoLetterError, match="it is not recognisable as a letter"):
        read(content.getvalue(), pattern(LUTON))


def test_a_damaged_pdf_is_refused_in_words() -> None:
    with pytest.raises(UnreadableError, match="it is damaged, or not a PDF"):
        read(hard_letter(LUTON).pdf[:2000], pattern(LUTON))


def test_the_attached_files_are_read_without_the_pages() -> None:
    files, pages = read_files(hard_letter(LUTON).pdf)

    assert (sorted(files), pages) == (["figures.csv", "letter.json"], 3)
    assert read_files(without_files(LUTON)) == ({}, 3)
