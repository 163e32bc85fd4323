"""What letters bear beside their words: logo, sender, running head, footer, number, signature."""

import re
from collections.abc import Callable
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from generator.batch.job import LetterRenderer
from generator.letter.letter import ComposedLetter
from generator.rendering.failures import ProofError
from generator.rendering.record import read_record, record_json, record_of
from generator.verification.read_back import ReadPicture
from generator.verification.reading import read_letter
from tests.borsetshire import BORSETSHIRE
from tests.examples import spread
from tests.hard_letters import LONG
from tests.letterhead import WITH_LETTERHEAD, scribble
from tests.rendering.conftest import changed
from tests.structure_trees import PdfReader

Ambridge = Callable[..., tuple[ComposedLetter, LetterRenderer]]

FOOTER = "Borsetshire Ombudsman, The Old Mill. Calls are answered from 10 to 4."
HEAD = "Ambridge District Council, 2031"
LONG_NAME = "North West Borsetshire and Upper Ambridge Metropolitan Borough Council of the Vale"


def insert(name: str) -> dict[str, str]:
    words = (
        f"---\nplace: statistics\nwhen: authority.decided.upheld >= 0\n---\n{name} {LONG * 12}\n"
    )
    return {f"templates/2031/inserts/{name}.md": words}


MANY_WORDS = {**insert("one"), **insert("two"), **insert("three")}


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def test_its_lines_are_blocks_like_all_others(ambridge: Ambridge) -> None:
    letter, _ = ambridge(WITH_LETTERHEAD)
    parts = {"each-page", "opening", "closing"}

    found = [(b.address, str(b.role), b.text) for b in letter.blocks if b.part in parts]

    assert found == [
        ("each-page/1", "running_head", HEAD),
        ("opening/1", "logo", "A white duck on a pond"),
        ("opening/2", "masthead", "Borsetshire Ombudsman"),
        ("opening/3", "sender", "The Old Mill"),
        ("opening/4", "sender", "Mill Lane"),
        ("opening/5", "sender", "Borsetshire FP1 1AA"),
        ("opening/6", "reference", "Our reference: AL2031/council"),
        ("opening/7", "date", "16 July 2031"),
        ("opening/8", "delivery", "By carrier pigeon"),
        ("opening/9", "address_line", "Walter Gabriel"),
        ("opening/10", "address_line", "Chief Executive"),
        ("opening/11", "address_line", "Ambridge District Council"),
        ("opening/12", "salutation", "Dear Walter Gabriel,"),
        ("opening/13", "subject", "Annual letter 2031"),
        ("closing/1", "closing", "Yours faithfully,"),
        ("closing/2", "signature", ""),
        ("closing/3", "signatory", "Ida Fairweather"),
        ("closing/4", "office", "Ombudsman for Borsetshire"),
        ("closing/5", "after_signature", "Enc: the figures of the year"),
        ("closing/6", "after_signature", "cc: the Leader of the council"),
        ("each-page/2", "footer", FOOTER),
        ("each-page/3", "page_number", "Page {{ page.number }} of {{ page.count }}"),
    ]


def test_each_knows_its_line_and_its_wording(ambridge: Ambridge) -> None:
    letter, _ = ambridge(WITH_LETTERHEAD)
    text = str(WITH_LETTERHEAD["data/2031/edition.yaml"])

    (head,) = (block for block in letter.blocks if block.role == "running_head")

    assert head.wording == "{{ authority.name }}, {{ edition.year }}"
    names = [name for name, _ in head.values]
    assert names == ["authority.name", "edition.year"]
    assert head.origin == "edition"
    assert head.place.line == text[: text.index("running_head")].count("\n") + 1


def test_the_record_travels_whole(ambridge: Ambridge) -> None:
    letter, _ = ambridge(WITH_LETTERHEAD, draft=True)

    assert read_record(record_json(letter)) == record_of(letter)


def test_in_the_text_each_line_stands_once_and_pictures_and_numbers_do_not(
    ambridge: Ambridge,
) -> None:
    letter, renderer = ambridge(WITH_LETTERHEAD)

    text = renderer.text(letter).decode()

    assert text.startswith(
        f"{HEAD}\n\nBorsetshire Ombudsman\n\nThe Old Mill\nMill Lane\nBorsetshire FP1 1AA\n\n"
        "Our reference: AL2031/council\n16 July 2031\n\nBy carrier pigeon\n"
    )
    assert "Ombudsman for Borsetshire\n\nEnc: the figures of the year\ncc: the Leader" in text
    assert text.endswith(f"\n\n{FOOTER}\n")
    assert "duck on" not in text
    assert "Page" not in text


def test_on_the_page_each_stands_once(ambridge: Ambridge) -> None:
    letter, renderer = ambridge(WITH_LETTERHEAD)

    page = renderer.html(letter).decode()

    body = page[page.index("<body>") :]
    for words in (FOOTER, HEAD, "Mill Lane", "cc: the Leader of the council"):
        assert body.count(words) == 1
    assert body.count("<img") == 2
    assert 'src="data:image/svg+xml;base64,' in body
    assert 'alt="A white duck on a pond" style="width: 20mm"' in body
    assert 'alt="" style="width: 45mm"' in body
    assert "Page " not in body


def test_on_paper_each_page_bears_what_belongs_on_it(ambridge: Ambridge) -> None:
    letter, renderer = ambridge(WITH_LETTERHEAD, MANY_WORDS)

    pages = [page.text for page in read_letter(renderer.pdf(letter)).pages]

    assert len(pages) == 3
    assert [page.count(FOOTER) for page in pages] == [1, 1, 1]
    assert [page.count(HEAD) for page in pages] == [0, 1, 1]
    assert [f"Page {n} of 3" in page for n, page in enumerate(pages, 1)] == [True] * 3
    assert not [page for page in pages if re.search(r"\d / \d", page)]


def test_what_is_repeated_is_heard_once_and_what_is_decorative_never(ambridge: Ambridge) -> None:
    letter, renderer = ambridge(WITH_LETTERHEAD, MANY_WORDS, draft=True)

    reader = PdfReader(renderer.pdf(letter))

    text = reader.tree.text
    assert text.count(FOOTER) == text.count("DRAFT") == 1
    assert text.startswith("DRAFT")
    assert text.endswith(FOOTER)
    assert HEAD not in text
    assert "Page 1" not in text
    assert len(reader.tree.all("Figure")) == 1
    (picture,) = read_letter(renderer.pdf(letter)).pictures
    assert picture == ReadPicture("A white duck on a pond", "")


@pytest.mark.parametrize("draft", [False, True], ids=["letter", "draft"])
@pytest.mark.parametrize("profile", spread(["3a", "ua1"]))
def test_it_conforms(ambridge: Ambridge, tmp_path: Path, profile: str, draft: bool) -> None:
    """With pictures that have transparent parts, a long name and three inserts."""
    named = changed("Ambridge District Council", LONG_NAME)
    letter, renderer = ambridge(WITH_LETTERHEAD, MANY_WORDS, named, draft=draft)

    pdf = renderer.pdf(letter)

    (tmp_path / "letter.pdf").write_bytes(pdf)
    report = page_validation.validate_pdf(tmp_path / "letter.pdf", profile=profile)
    found = [f.rule_id for f in report.failures if b"\r\nendstream" not in pdf]
    assert found == []


@pytest.mark.parametrize(
    "mode",
    ["RGBA", *(pytest.param(mode, marks=pytest.mark.thorough) for mode in ("RGB", "L", "P", "1"))],
)
def test_no_picture_is_smoothed(ambridge: Ambridge, tmp_path: Path, mode: str) -> None:
    """Which PDF/A forbids; of whatever colours it is."""
    changes = {**WITH_LETTERHEAD, "templates/2031/pictures/scribble.png": scribble(mode=mode)}
    letter, renderer = ambridge(changes)
    (tmp_path / "letter.pdf").write_bytes(renderer.pdf(letter))

    with pikepdf.open(tmp_path / "letter.pdf") as document:
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        pictures = [stream for stream in streams if stream.get("/Subtype") == "/Image"]

        assert pictures
        assert not any(bool(picture.get("/Interpolate", False)) for picture in pictures)


def test_a_draft_says_so_first_and_in_its_title(ambridge: Ambridge) -> None:
    letter, renderer = ambridge(draft=True)
    title = "DRAFT: Annual letter 2031: Ambridge District Council"

    page = renderer.html(letter).decode()

    assert f"<title>{title}</title>" in page
    assert '<header>\n<p class="draft" data-block="each-page/1">DRAFT</p>' in page
    assert read_letter(renderer.pdf(letter)).title == title
    assert letter.passages[0].text == "Borsetshire Ombudsman"


def test_a_letter_without_one_is_as_it_was(ambridge: Ambridge) -> None:
    letter, renderer = ambridge()

    page = renderer.html(letter).decode()

    body = page[page.index("<body>") :]
    assert [part for part in ("<img", "<footer", "each-page", "letterhead") if part in body] == []
    assert '<html lang="en-GB">' in page
    assert "1 / 2" in read_letter(renderer.pdf(letter)).pages[0].text


def template(before: str, after: str) -> dict[str, str]:
    text = BORSETSHIRE["templates/letter.css"]
    assert before in text
    return {"templates/2031/letter.css": text.replace(before, after)}


IN_THE_FOOTER = "    position: fixed;\n    right: 0;"
MISPLACED = {
    "a footer among the words": (
        template("bottom: -11.1mm;", "bottom: 60mm;"),
        f'on page 2, "{FOOTER}" is not below the letter\'s text',
    ),
    "a footer on one page alone": (
        template(IN_THE_FOOTER, "    margin-top: 4mm;"),
        f'"{FOOTER}" is missing from page 1',
    ),
    "a footer over the number": (
        template(IN_THE_FOOTER, "    position: fixed;\n    right: -27mm;\n    text-align: right;"),
        f'on page 1, "{FOOTER}" and the page number overlap',
    ),
    "a running head on the first page": (
        template("      content: none;", "      content: element(running_head);"),
        f'unexpected "{HEAD}" on page 1',
    ),
    "no running head": (
        template("      content: element(running_head);\n", ""),
        f'"{HEAD}" is missing from page 2',
    ),
    "other numbers": (
        template("var(--page-number, counter(page)", "var(--another, counter(page)"),
        "page 1 has no page number",
    ),
}


@pytest.mark.parametrize("name", spread(MISPLACED.keys()))
def test_a_page_without_what_belongs_on_it_is_refused(ambridge: Ambridge, name: str) -> None:
    changes, expected = MISPLACED[name]
    letter, renderer = ambridge(WITH_LETTERHEAD, changes)

    with pytest.raises(ProofError) as failed:
        renderer.pdf(letter)

    assert expected in "; ".join(failed.value.findings)
