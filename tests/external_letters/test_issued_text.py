"""Letters read from plain text say what they said, and what was lost is listed."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.external_letters.issued_text import read_text
from generator.external_letters.parse_letter import NoLetterError
from generator.letter.letter import Letter, LetterSource
from generator.rendering.text import render_text
from tests.external_letters.letters_read import (
    bare_pattern,
    differences,
    each_read,
    expected,
    pattern,
    said,
)
from tests.hard_letters import hard_letter
from tests.real_letters import REAL
from tests.reference.issued import ISSUED, LOST

PLAIN = "a plain letter"


def read(text: str, name: str = PLAIN) -> Letter:
    return read_text(text, Path("letter.txt"), pattern(name))


def our_text(name: str = PLAIN) -> str:
    return render_text(hard_letter(name).letter)


def issued(slug: str) -> Letter:
    return read_text(ISSUED[slug], Path(f"{slug}.txt"), pattern(slug))


@each_read
def test_our_own_text_says_what_the_letter_says(name: str) -> None:
    version = read(our_text(name), name)

    assert said(version) == expected(name)
    assert version.reading.unread == ()
    assert version.reading.lost == frozenset()


@each_read
def test_it_says_so_also_where_no_letter_of_that_year_is_at_hand(name: str) -> None:
    version = read_text(our_text(name), Path("letter.txt"), bare_pattern(name))

    assert said(version) == expected(name)


def test_a_version_knows_what_it_was_read_from_and_of_which_year() -> None:
    version = read(our_text())

    assert (version.reading.source, version.reading.path, version.year) == (
        LetterSource.TEXT,
        Path("letter.txt"),
        2031,
    )
    assert version.slug == "ambridge-district-council"
    assert version.has_wording is False


@pytest.mark.parametrize("slug", REAL)
def test_an_issued_letter_differs_in_the_named_readings_only(slug: str) -> None:
    version = issued(slug)
    gone, new = differences(said(version), expected(slug))
    found = [text for part, role, text in new if (part, role) not in version.reading.lost]

    read_words = " ".join(text for _, _, text in gone).split()
    our_words = " ".join(found).split()
    assert list(_replaced(read_words, our_words)) == LOST[slug]["readings"]


def _replaced(one: list[str], other: list[str]) -> Iterable[list[str]]:
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what != "equal":
            yield [" ".join(one[a:b]), " ".join(other[c:d])]


@pytest.mark.parametrize("slug", REAL)
def test_all_figures_of_an_issued_letter_are_equal(slug: str) -> None:
    assert said(issued(slug)).figures == expected(slug).figures


_ON_ONE_LINE = [
    "the whole address is on one line: “{address}”",
    "the whole signature is on one line: "
    "“Michael King Local Government  … Administration in England”",
    "words run together: “{report}”",
]
_NOTES = (
    "“Notes”: the text is split across 5 columns "
    "(“The number of re This is becau … plaints. ault, we may not”)"
)
_NO_TITLE = "the title of the table “Decisions made” is missing"
_RECEIVED = "in the table “Complaints and enquiries received”"
_REMEDIED = "in the table “Complaints Remedied”"

UNREAD = {
    "bromsgrove-district-council": [
        _ON_ONE_LINE[0].format(address="Kevin Dicks Chief Executive Bromsgrove District Council"),
        _ON_ONE_LINE[1],
        _ON_ONE_LINE[2].format(report="Local Authority Report:Bromsgr …  Period Ending:31/03/2018"),
        f"{_RECEIVED}: the header above 2 is missing; taken as “Benefits and Tax” by its position",
        _NO_TITLE,
        "in the table “Decisions made”: the header above 1 reads “Upl held”; "
        "taken as “Upheld” by its position",
        _NOTES,
        "the title of the table “Complaints Remedied” reads “Complaints s Remedied”",
    ],
    "luton-borough-council": [],
    "milton-keynes-council": [
        "the masthead is missing",
        _NO_TITLE,
        "unexpected “1” beside “Notes”",
    ],
    "north-west-leicestershire-district-council": [],
    "sefton-metropolitan-borough-council": [
        _ON_ONE_LINE[0].format(
            address="Margaret Carney Chief Executiv … ropolitan Borough Council"
        ),
        _ON_ONE_LINE[1],
        _ON_ONE_LINE[2].format(report="Local Authority Report:Sefton  …  Period Ending:31/03/2018"),
        f"{_RECEIVED}: the header above 19 reads “ult Care ervices”; "
        "taken as “Adult Care Services” by its position",
        _NO_TITLE,
        _NOTES,
        "the title of the table “Complaints Remedied” reads “Complaints”",
        f"{_REMEDIED}: the header above 10 reads “Satisfactorily by by LGO Authority before LGO "
        "Involvement”; taken as “by LGO” by its position",
        f"{_REMEDIED}: the header above 0 is missing; taken as “Satisfactorily by Authority "
        "before LGO Involvement” by its position",
    ],
}


@pytest.mark.parametrize("slug", REAL)
def test_what_an_issued_text_lost_is_listed(slug: str) -> None:
    assert list(issued(slug).reading.unread) == UNREAD[slug]


def test_lost_notes_are_no_passages_and_are_named_as_lost() -> None:
    version = issued("sefton-metropolitan-borough-council")

    assert version.reading.lost == {("report", "paragraph")}
    assert not any("number of re" in passage.text for passage in version.passages)


def test_a_reworded_heading_still_begins_its_section() -> None:
    version = read(our_text().replace("The statistics", "These statistics"))

    heading, *paragraphs = [p for p in version.passages if p.part == "statistics"]
    assert (heading.role, heading.text) == ("heading", "These statistics")
    assert len(paragraphs) == 2


def test_a_heading_like_none_of_the_edition_begins_a_part_without_a_name() -> None:
    text = our_text().replace("The statistics", "A word of farewell")

    parts = [p.part for p in read(text).passages if p.role in {"heading", "paragraph"}]

    assert parts == ["introduction", None, None, None, "report", "report"]


def test_another_salutation_date_and_signatory_are_read_as_they_are() -> None:
    text = our_text().replace("Dear Walter Gabriel,", "Dear Mr Gabriel,")
    text = text.replace("16 July 2031", "3 June 2030").replace("Ida Fairweather", "Amos Grundy")

    version = read(text)

    by_role = {passage.role: passage.text for passage in version.passages}
    assert by_role["salutation"] == "Dear Mr Gabriel,"
    assert (by_role["date"], version.year) == ("3 June 2030", 2030)
    assert (by_role["signatory"], by_role["office"]) == (
        "Amos Grundy",
        "Ombudsman for Borsetshire",
    )


def test_a_renamed_label_is_read_as_it_is_not_taken_for_a_misread_one() -> None:
    version = read(our_text().replace("Ponds and Ducks", "Ponds, Ducks"))

    labels = {figure.id: figure.label for figure in version.figures}
    assert labels["ponds"] == "Ponds, Ducks"
    assert version.reading.unread == ()


def test_a_column_that_this_edition_has_not_keeps_its_own_name() -> None:
    text = re.sub(r"(?m)^(Roads .*)$", r"\1\nHedges               2", our_text())

    figures = {f.id: f.value for f in read(text).figures if f.group == "received"}

    assert figures == {"roads": 3, "hedges": 2, "ponds": 14, "total": 17}


def test_a_column_that_is_not_there_has_no_figure_and_is_listed() -> None:
    text = re.sub(r"(?m)^Roads .*\n", "", our_text())

    version = read(text)

    assert [f.id for f in version.figures if f.group == "received"] == ["ponds", "total"]
    assert version.reading.unread == (
        "in the table “Complaints received”: no figure was found for “Roads”",
    )


def test_figures_stand_in_rows_without_tabs_too() -> None:
    slug = "luton-borough-council"
    rows = re.sub(r"(?m)^[0-9%\t]+$", lambda found: found[0].replace("\t", " "), ISSUED[slug])

    version = read_text(rows, Path("letter.txt"), pattern(slug))

    assert [f.text for f in version.figures] == [f[1] for f in expected(slug).figures.values()]


def test_a_statistics_page_whose_title_was_worded_otherwise_is_found() -> None:
    slug = "luton-borough-council"
    text = ISSUED[slug].replace("Local Authority Report:", "Local authority reports -")
    text = text.replace("For the Period Ending:", "For the period ended:")

    version = read_text(text, Path("letter.txt"), pattern(slug))

    titles = [p.text for p in version.passages if p.role in {"report_title", "report_period"}]
    assert titles == [
        "Local authority reports - Luton Borough Council",
        "For the period ended: 31/03/2018",
    ]
    assert version.authority == "Luton Borough Council"
    assert len([p for p in version.passages if p.part == "closing"]) == 4


def test_a_letter_without_a_salutation_is_read_but_for_it() -> None:
    version = read(our_text().replace("Dear Walter Gabriel,\n\n", ""))

    gone, new = differences(said(version), expected(PLAIN))
    assert (gone, new) == ([], [("opening", "salutation", "Dear Walter Gabriel,")])
    assert version.reading.unread == ("the salutation is missing",)
    assert version.reading.lost == {("opening", "salutation")}


def test_a_file_that_is_no_letter_is_refused() -> None:
    with pytest.raises(NoLetterError, match="it is not recognisable as a letter"):
        read("Shopping list\n\nEggs\n\nFlour\n")


def test_the_address_behind_the_words_of_a_link_is_no_part_of_the_letter() -> None:
    assert "see the guide\n(https://" in our_text()

    report = [passage.text for passage in read(our_text()).passages if passage.part == "report"]

    assert "On reading these figures, see the guide." in report


def test_an_address_in_brackets_that_the_letter_itself_prints_stays() -> None:
    long_line = f"See our notes ({'https://borsetshire.example/notes'}), all of them. " * 3
    text = our_text().replace("We publish these figures every year.", long_line.strip())

    [paragraph] = [p.text for p in read(text).passages if p.text.startswith("See our notes")]

    assert paragraph == long_line.strip()


@given(st.integers(0, 3000), st.integers(0, 400), st.sampled_from(["", "\t", "\n\n", "0", "[?]"]))
def test_a_spoiled_text_is_read_as_far_as_it_goes_or_refused(at: int, cut: int, put: str) -> None:
    text = ISSUED["bromsgrove-district-council"]
    at = at * len(text) // 3000
    spoiled = f"{text[:at]}{put}{text[at + cut :]}"

    try:
        version = read_text(spoiled, Path("x.txt"), pattern("bromsgrove-district-council"))
    except NoLetterError:
        return

    assert {f.group for f in version.figures} <= {"received", "decided", "remedied"}
    assert len({(f.group, f.id) for f in version.figures}) == len(version.figures)
