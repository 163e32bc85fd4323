"""Lines of the letterhead in letters without a record are known, and taken for nothing else."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.batch.job import LetterRenderer
from generator.external_letters.issued_html import read_html
from generator.external_letters.issued_text import read_text
from generator.external_letters.reference_edition import ReferenceEdition
from generator.letter.letter import ComposedLetter, Letter
from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree
from tests.letterhead import WITH_LETTERHEAD

PATH = Path("letter.txt")
FOOTER = "Borsetshire Ombudsman, The Old Mill. Calls are answered from 10 to 4."
TITLE = "Ambridge District Council, 2031"
REFERENCE = "Our reference: AL2031/council"
TEXT, PAGE = "text", "page"


@cache
def ambridge() -> tuple[ReferenceEdition, ComposedLetter, dict[str, str]]:
    with TemporaryDirectory() as folder:
        loaded = load_edition(build_tree(Path(folder), WITH_LETTERHEAD))
        assert loaded.edition is not None
        assert loaded.letter_template is not None
        letters = {slug: composed.letter for slug, composed in loaded.letters.items()}
        letter = letters["ambridge-district-council"]
        renderer = LetterRenderer(loaded.letter_template)
        made = {TEXT: renderer.text(letter).decode(), PAGE: renderer.html(letter).decode()}
        return ReferenceEdition(loaded.edition, letters), letter, made


def read(text: str, pattern: ReferenceEdition | None = None) -> Letter:
    return read_text(text, PATH, pattern or ambridge()[0])


def lines_of(letter: Letter) -> list[tuple[str | None, str, str]]:
    """All but the statistics page."""
    return [(p.part, p.role, p.text) for p in letter.passages if p.part != "report"]


MARGINS = {("each-page", "page_number")}


@pytest.mark.parametrize("sort", [TEXT, PAGE])
def test_what_was_made_here_reads_as_it_was_made(sort: str) -> None:
    pattern, letter, made = ambridge()

    found = read_html(made[sort], PATH, pattern) if sort == PAGE else read(made[sort])

    on_each_page = [("each-page", "running_head", TITLE), ("each-page", "footer", FOOTER)]
    opening_and_closing = [
        (b.part, b.role.value, b.text)
        for b in letter.blocks
        if b.text and b.part not in {"each-page", "report"} and b.role not in {"logo", "signature"}
    ]
    assert [line for line in lines_of(found) if line[0] != "each-page"] == opening_and_closing
    assert found.reading is not None
    assert found.reading.unread == ()
    if sort == TEXT:
        assert [line for line in lines_of(found) if line[0] == "each-page"] == on_each_page
        assert found.reading.lost == MARGINS
    else:
        assert found.reading.lost == MARGINS | {(part, role) for part, role, _ in on_each_page}


def test_those_of_another_year_are_read_as_they_say_it() -> None:
    text = ambridge()[2][TEXT]
    earlier = text.replace(TITLE, TITLE.replace("2031", "2030"))
    earlier = earlier.replace(REFERENCE, "Our reference: AL2030/borough")

    found = {role: words for _, role, words in lines_of(read(earlier))}

    assert found["running_head"] == "Ambridge District Council, 2030"
    assert found["reference"] == "Our reference: AL2030/borough"
    assert found["date"] == "16 July 2031"


def test_what_stands_on_each_page_is_read_once() -> None:
    pages = f"{FOOTER}\n\nPage 1 of 2\n\n{TITLE}\n\n"
    text = ambridge()[2][TEXT].replace("Yours faithfully,", f"{pages}Yours faithfully,")

    found = lines_of(read(text))

    assert [line for line in found if line[0] == "each-page"] == [
        ("each-page", "running_head", TITLE),
        ("each-page", "footer", FOOTER),
        ("each-page", "page_number", "Page {{ page.number }} of {{ page.count }}"),
    ]
    assert [line[1] for line in found].count("paragraph") == [
        line[1] for line in lines_of(read(ambridge()[2][TEXT]))
    ].count("paragraph")


PARAGRAPHS = [
    "However, ducks are patient.",  # "{{ authority.name }}, {{ edition.year }}" would fit it
    "17 14",
    "Borsetshire Ombudsman",
]


@pytest.mark.parametrize("words", PARAGRAPHS)
def test_other_words_stay_where_they_are(words: str) -> None:
    text = ambridge()[2][TEXT].replace("Yours faithfully,", f"{words}.\n\nYours faithfully,")

    assert f"{words}." in [text for _, role, text in lines_of(read(text)) if role == "paragraph"]


def test_with_no_letter_at_hand_its_own_words_are_enough() -> None:
    pattern = ReferenceEdition(ambridge()[0].edition)

    found = {role: words for _, role, words in lines_of(read(ambridge()[2][TEXT], pattern))}

    assert found["reference"] == REFERENCE
    assert found["footer"] == FOOTER
