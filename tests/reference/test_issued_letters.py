"""The letters made here are the letters issued in 2018, but for what is named in one file."""

from collections.abc import Iterator

import pypdfium2
import pytest

from generator.batch.job import LetterRenderer
from generator.letter.letter import ComposedBlock, ComposedLetter
from generator.letter.roles import Role
from generator.project.load_edition import LoadedEdition
from tests.pdfs import one_line, tables_of, text_of
from tests.real_letters import REAL, real_edition, real_letter
from tests.reference.issued import (
    ISSUED,
    LOST,
    compact,
    differing_words,
    rows_of_figures,
    split_at_body,
    without_figures,
)

SLUGS = sorted(ISSUED)
every_letter = pytest.mark.parametrize("slug", SLUGS)


@pytest.fixture(scope="module")
def loaded() -> LoadedEdition:
    return real_edition()


@pytest.fixture(scope="module")
def renderer(loaded: LoadedEdition) -> LetterRenderer:
    assert loaded.letter_template is not None
    return LetterRenderer(loaded.letter_template)


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    return {slug: real_letter(slug).contents["pdf"] for slug in REAL}


def parts(letter: ComposedLetter) -> Iterator[tuple[str, str]]:
    """The parts outside the span from salutation to signature, by a name for each."""
    for block in letter.part("opening"):
        if block.role is Role.SALUTATION:
            break
        yield block.role.value.replace("_", " "), block.text
    report = letter.part("report")
    notes = False
    guide = []
    for block, following in zip(report, (*report[1:], None), strict=True):
        match block.role:
            case Role.TABLE_TITLE:
                assert following is not None
                assert following.table is not None
                yield f"title of {following.table.name}", block.text
            case Role.NOTES_TITLE:
                notes = True
                yield "notes title", block.text
            case Role.PARAGRAPH if not notes:
                guide.append(block.text)
            case Role.REPORT_TITLE | Role.REPORT_PERIOD:
                yield block.role.value.replace("_", " "), block.text
    yield "guide", "\n".join(guide)
    yield (
        "notes",
        "\n".join(b.text for b in report if b.role is Role.PARAGRAPH)[len("\n".join(guide)) :],
    )


def tables(letter: ComposedLetter) -> list[ComposedBlock]:
    return [block for block in letter.blocks if block.table]


def test_all_five_issued_letters_are_made_and_no_other(loaded: LoadedEdition) -> None:
    assert list(loaded.letters) == SLUGS
    assert list(LOST) == SLUGS
    assert len(SLUGS) == 5


@every_letter
def test_the_text_differs_from_salutation_to_signature_in_the_named_readings_only(
    slug: str, loaded: LoadedEdition, renderer: LetterRenderer
) -> None:
    ours = renderer.text(loaded.letters[slug].letter).decode()

    found = differing_words(split_at_body(ISSUED[slug])[1], split_at_body(ours)[1])

    assert found == LOST[slug]["readings"]


@every_letter
def test_the_words_read_back_out_of_the_pdf_differ_in_the_named_readings_only(
    slug: str, pdfs: dict[str, bytes]
) -> None:
    ours = text_of(pdfs[slug])

    found = differing_words(split_at_body(ISSUED[slug])[1], split_at_body(ours)[1])

    assert found == LOST[slug]["readings"]


@every_letter
def test_before_the_salutation_stand_the_same_parts_in_the_same_order(
    slug: str, loaded: LoadedEdition
) -> None:
    before = split_at_body(ISSUED[slug])[0]
    opening = {"masthead", "date", "delivery", "address line"}
    expected = [
        text
        for name, text in parts(loaded.letters[slug].letter)
        if name in opening and name not in LOST[slug]["missing"]
    ]

    assert before.split() == " ".join(expected).split()


@every_letter
def test_the_parts_of_the_statistics_page_are_the_same_or_named(
    slug: str, loaded: LoadedEdition
) -> None:
    after = compact(split_at_body(ISSUED[slug])[2])
    missing, mangled = LOST[slug]["missing"], LOST[slug]["mangled"]
    found = {}
    for name, text in parts(loaded.letters[slug].letter):
        twice = name == "title of decided"  # it stands over four of the columns as well
        if name not in {"masthead", "date", "delivery", "address line"}:
            found[name] = after.count(compact(text)) >= (2 if twice else 1)

    expected = {name: name not in missing and name not in mangled for name in found}
    assert found == expected
    assert {name: compact(text) in after for name, text in mangled.items()} == dict.fromkeys(
        mangled, True
    )


@every_letter
def test_every_figure_of_every_table_stands_in_its_place(slug: str, loaded: LoadedEdition) -> None:
    issued = rows_of_figures(split_at_body(ISSUED[slug])[2])

    ours = [
        [cell.text for cell in b.table.cells]
        for b in tables(loaded.letters[slug].letter)
        if b.table
    ]

    assert [figures for _, figures in issued] == ours
    assert [len(row) for row in ours] == [10, 8, 2]


def labels_as_issued(slug: str, letter: ComposedLetter) -> list[str]:
    """The labels of each table, blind to white space, mangled where that is named."""
    expected = []
    for block in tables(letter):
        assert block.table is not None
        mangled = LOST[slug]["labels"].get(block.table.name, {})
        labels = [compact(label) for label in block.table.labels]
        known = {compact(label): compact(instead) for label, instead in mangled.items()}
        assert set(known) <= set(labels)
        expected.append("".join(known.get(label, label) for label in labels))
    return expected


def parts_as_issued(slug: str, letter: ComposedLetter) -> dict[str, str]:
    """The parts that are there, blind to white space, mangled where that is named."""
    lost = LOST[slug]
    return {
        name: compact(lost["mangled"].get(name, text))
        for name, text in parts(letter)
        if name not in lost["missing"]
    }


@every_letter
def test_every_label_is_the_same_or_named(slug: str, loaded: LoadedEdition) -> None:
    letter = loaded.letters[slug].letter
    issued = rows_of_figures(split_at_body(ISSUED[slug])[2])

    received, decided, remedied = labels_as_issued(slug, letter)
    beside = "".join(parts_as_issued(slug, letter)[name] for name in LOST[slug]["beside"])
    found = [compact("".join(heads)) for heads, _ in issued]
    assert found == [received, decided, beside + remedied]


@every_letter
def test_nothing_else_stands_on_the_statistics_page(slug: str, loaded: LoadedEdition) -> None:
    """Every word of the issued page is accounted for, so that no part of ours is overlooked."""
    letter = loaded.letters[slug].letter
    left = without_figures(split_at_body(ISSUED[slug])[2])
    known = list(parts_as_issued(slug, letter).items())
    opening = {"masthead", "date", "delivery", "address line"}
    expected = [text for name, text in known if name not in opening]
    expected += labels_as_issued(slug, letter)
    expected += ["Decisionsmade", "DetailedInvestigations"]
    for text in sorted(expected, key=len, reverse=True):
        left = left.replace(text, "", 1)

    assert left == LOST[slug]["added"]


@every_letter
def test_the_spanning_heads_are_the_same(slug: str, loaded: LoadedEdition) -> None:
    after = compact(split_at_body(ISSUED[slug])[2])
    decided = next(
        b.table for b in tables(loaded.letters[slug].letter) if b.table and b.table.spanning_headers
    )

    assert [(head.text, head.columns) for head in decided.spanning_headers] == [
        ("Decisions made", 4),
        ("Detailed Investigations", 3),
        ("", 1),
    ]
    assert "DecisionsmadeDetailedInvestigationsIncompleteorInvalid" in after


@every_letter
def test_the_tables_are_found_in_the_pdf_by_position(
    slug: str, loaded: LoadedEdition, pdfs: dict[str, bytes]
) -> None:
    expected = [
        [list(block.table.labels), [cell.text for cell in block.table.cells]]
        for block in tables(loaded.letters[slug].letter)
        if block.table
    ]
    assert [table[-2:] for table in tables_of(pdfs[slug])] == expected


@every_letter
def test_the_tables_are_found_in_the_plain_text_of_the_pdf(
    slug: str, loaded: LoadedEdition, pdfs: dict[str, bytes]
) -> None:
    """Copied out of the PDF, a table's labels and figures come in the order printed."""
    text = one_line(text_of(pdfs[slug]))

    for block in tables(loaded.letters[slug].letter):
        assert block.table is not None
        heads = [head.text for head in block.table.spanning_headers if head.text]
        cells = [cell.text for cell in block.table.cells]
        assert " ".join([*heads, *block.table.labels, *cells]) in text


@every_letter
def test_each_letter_has_two_portrait_pages_and_one_landscape_page(
    slug: str, pdfs: dict[str, bytes]
) -> None:
    document = pypdfium2.PdfDocument(pdfs[slug])

    assert [tuple(map(round, page.get_size())) for page in document] == [
        (595, 842),
        (595, 842),
        (842, 595),
    ]


def test_the_further_report_is_the_last_paragraph_of_lutons_statistics_and_in_no_other_letter(
    loaded: LoadedEdition,
) -> None:
    further = {
        slug: [block for block in composed.letter.blocks if block.insert == "further-report"]
        for slug, composed in loaded.letters.items()
    }
    section = loaded.letters["luton-borough-council"].letter.part("complaint-statistics")

    assert {slug: len(blocks) for slug, blocks in further.items()} == {
        slug: int(slug == "luton-borough-council") for slug in SLUGS
    }
    assert section[-1] == further["luton-borough-council"][0]
    assert section[-1].text.startswith("This year we took the unusual step")
    others = [c.letter for slug, c in loaded.letters.items() if slug != "luton-borough-council"]
    assert not any("unusual step" in letter.text for letter in others)
