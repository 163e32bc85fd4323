"""What becomes of an edition's file and an authority's when a new year begins."""

from datetime import date

import pytest

from generator.edition.load import load_data
from generator.lineage.new_files import authority_text, edition_text, left_out_of, move_date
from tests.borsetshire import AMBRIDGE, EDITION
from tests.lineage.conftest import Build

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2031, 7, 16), 1, date(2032, 7, 16)),
        (date(2032, 2, 29), 1, date(2033, 2, 28)),
        (date(2032, 2, 29), 4, date(2036, 2, 29)),
        (date(2031, 2, 28), 1, date(2032, 2, 28)),
    ],
)
def test_dates_move_on_by_whole_years(day: date, years: int, expected: date) -> None:
    assert move_date(day, years) == expected


def test_an_edition_changes_its_year_its_dates_and_its_national_figures(borsetshire: Build) -> None:
    national = "national: # published in July\n  received: {total: 37, roads: 23}\n"
    text = EDITION.replace("31-03-31", "31-03-31  # a Monday") + national
    text += "publish_from: 2031-07-22\n"
    before = load_data(borsetshire({"data/2031/edition.yaml": text})).edition
    assert before is not None

    new = edition_text(text, before, 2033)

    old_lines, new_lines = text.splitlines(), new.splitlines()
    assert [
        pair for pair in zip(old_lines, new_lines, strict=True) if pair[0] != pair[1]
    ] == [
        ("year: 2031", "year: 2033"),
        ("letter_date: 2031-07-16", "letter_date: 2033-07-16"),
        ("period_end: 2031-03-31  # a Monday", "period_end: 2033-03-31  # a Monday"),
        ("  received: {total: 37, roads: 23}", "  received: {total: null, roads: null}"),
        ("publish_from: 2031-07-22", "publish_from: 2033-07-22"),
    ]  # fmt: skip


LIVELY = """\
# yaml-language-server: $schema=../../schemas/authority-2031.schema.json
# Ambridge; authority-2031.schema.json is its schema
name: Ambridge District Council
kind: council
addressee: {name: [Walter Gabriel, Jill Archer], office: Chief Executive, salutation: both}
aliases: [Ambridge]
received:
  roads: 3 # by post
  ponds: null
  total: null
decided: {advice_given: 1, not_upheld: 5, upheld: 3, uphold_rate: 38%, total: 9}
remedied: {by_us: 2, by_authority: 1}
formerly: [penny-hassett, darrington]

inserts:
  - ducks: {matter: geese, place: the pond}
  # a second one
  - geese
declines:
  - swans
"""


def test_an_authority_keeps_who_it_is_and_loses_what_was_of_one_year(borsetshire: Build) -> None:
    data = load_data(borsetshire({A_FILE: LIVELY}))
    assert data.edition is not None

    new = authority_text(LIVELY, data.edition, 2032)

    assert new == (
        "# yaml-language-server: $schema=../../schemas/authority-2032.schema.json\n"
        "# Ambridge; authority-2031.schema.json is its schema\n"
        "name: Ambridge District Council\n"
        "kind: council\n"
        "addressee: {name: [Walter Gabriel, Jill Archer], office: Chief Executive, "
        "salutation: both}\n"
        "aliases: [Ambridge]\n"
        "received:\n"
        "  roads: null # by post\n"
        "  ponds: null\n"
        "  total: null\n"
        "decided: {advice_given: null, not_upheld: null, upheld: null, uphold_rate: null, "
        "total: null}\n"
        "remedied: {by_us: null, by_authority: null}\n"
        "\n"
        "  # a second one\n"
    )


def test_what_it_loses_is_told_with_its_place(borsetshire: Build) -> None:
    authority = load_data(borsetshire({A_FILE: LIVELY})).authorities["ambridge-district-council"]

    assert [(o.place.line, o.place.column, o.what) for o in left_out_of(authority)] == [
        (16, 5, "inserts: ducks (matter: geese, place: the pond)"),
        (18, 5, "inserts: geese"),
        (20, 5, "declines: swans"),
        (13, 12, "formerly: penny-hassett"),
        (13, 27, "formerly: darrington"),
    ]


def test_a_paragraph_of_its_own_is_told_by_its_words(borsetshire: Build) -> None:
    own = (
        AMBRIDGE
        + "inserts:\n  - place: statistics\n    text: |\n      It *rained*\n      in May.\n"
    )
    data = load_data(borsetshire({A_FILE: own}))
    assert data.edition is not None
    left = left_out_of(data.authorities["ambridge-district-council"])

    assert [(o.place.line, o.what) for o in left] == [
        (9, "inserts: a paragraph (It *rained* in May.)")
    ]
    assert "rained" not in authority_text(own, data.edition, 2032)


def test_an_authority_that_says_nothing_of_one_year_loses_nothing(borsetshire: Build) -> None:
    authority = load_data(borsetshire({A_FILE: AMBRIDGE})).authorities["ambridge-district-council"]

    assert left_out_of(authority) == []
