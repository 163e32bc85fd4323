"""What stands in one language only is named, in its file, and so is its counterpart."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.checks.language_checks import unlike_pair
from generator.checks.registry import CheckContext
from generator.edition.load import load_data
from generator.letter.compose import compose
from generator.letter.variables import vocabulary
from generator.letter.wording import load_wording
from generator.workspace import EditionFolders
from tests.bilingual import (
    AUTHORITIES,
    EDITION,
    INSERTS,
    PAGE,
    SECTIONS,
    A,
    Changes,
    G,
    bilingual,
    loaded,
    said,
)

YEAR, LETTER = f"{SECTIONS}/the-year", f"{SECTIONS}/this-letter"
DECIDED = 'We decided {{ authority.decided.total | count("complaint"…'
CASES: dict[str, tuple[Changes, list[str]]] = {
    "nothing": ({}, []),
    "a paragraph": (
        {f"{LETTER}.cy.md": ("un peth.\n", "un peth.\n\nDiolch i chi.\n")},
        [
            "this-letter.cy.md:4:1: error: Diolch i chi.: no paragraph in this-letter.md matches "
            "this one (2 here, 1 there); add one there, or remove this one"
        ],
    ),
    "a heading": (
        {f"{YEAR}.cy.md": ("# Y flwyddyn\n\n", "")},
        [
            "the-year.md:1:3: error: The year: no heading in the-year.cy.md matches this one "
            "(3 here, 2 there); add one there, or remove this one"
        ],
    ),
    "a heading that is a paragraph": (
        {f"{YEAR}.cy.md": ("# Y flwyddyn", "Y flwyddyn")},
        ["the-year.md:1:3: error: a heading here, but a paragraph at the-year.cy.md:1"],
    ),
    "a figure": (
        {f"{YEAR}.cy.md": ("{{ authority.decided.upheld | in_words }}", "dau")},
        [
            f"the-year.md:7:1: error: {DECIDED}: {{{{ authority.decided.upheld }}}} is filled in "
            "here, and not at the-year.cy.md:7"
        ],
    ),
    "a noun": (
        {f"{LETTER}.cy.md": ("{{ authority.noun }}", "cyngor")},
        [
            "this-letter.md:1:1: warning: I write to you each year about the complaints that "
            "people…: {{ authority.noun }} is filled in here, and not at this-letter.cy.md:1"
        ],
    ),
    "a number": (
        {f"{LETTER}.cy.md": ("un peth", "30 peth")},
        [
            "this-letter.cy.md:1:1: warning: Rwy'n ysgrifennu atoch bob blwyddyn am y cwynion am "
            "eich …: 30 stands here, and not at this-letter.md:1"
        ],
    ),
    "a condition": (
        {f"{YEAR}.cy.md": ("total > 0", "total > 1")},
        [
            f"the-year.md:7:1: error: {DECIDED}: it is under authority.decided.total > 0, but "
            "at the-year.cy.md:7 under authority.decided.total > 1"
        ],
    ),
    "a table": (
        {f"{PAGE}.cy.md": ("{{ table received }}\n\n", "")},
        [
            "page.md:5:1: error: {{ table received }}: no table in page.cy.md matches this one "
            "(5 here, 4 there); add one there, or remove this one"
        ],
    ),
    "tables in another order": (
        {
            f"{PAGE}.cy.md": "{{ words report_title }}\n\n{{ words report_period }}\n\n"
            "{{ table decided }}\n\n{{ chart received }}\n\n{{ table received }}\n"
        },
        [
            "page.md:5:1: error: {{ table received }} here, but {{ table decided }} at "
            "page.cy.md:5",
            "page.md:9:1: error: {{ table decided }} here, but {{ table received }} at "
            "page.cy.md:9",
        ],
    ),
    "an insert's rule": (
        {f"{INSERTS}/none-decided.cy.md": ("total == 0", "upheld == 0")},
        [
            "none-decided.md:3:1: error: when: authority.decided.total == 0 here, but "
            "authority.decided.upheld == 0 at none-decided.cy.md:3"
        ],
    ),
    "an insert's section": (
        {f"{INSERTS}/none-decided.cy.md": ("place: the-year", "place: this-letter")},
        [
            "none-decided.md:2:8: error: place: its place is the-year here, but this-letter at "
            "none-decided.cy.md:2"
        ],
    ),
    "where an insert stands": (
        {f"{INSERTS}/none-decided.cy.md": ("the-year\n", "the-year\nafter: Fe gawsom\n")},
        [
            "none-decided.md:2:8: error: after: it is at the end here, but after paragraph 2 "
            "at none-decided.cy.md:3"
        ],
    ),
    "a paragraph of an authority's own": (
        {f"{AUTHORITIES}/{G}.yaml": ("Diolch.\n", "Diolch.\n\n        Eto.\n")},
        [
            "glanmor-council.yaml:30:9: error: Eto.: no paragraph at glanmor-council.yaml:26 "
            "matches this one (2 here, 1 there); add one there, or remove this one"
        ],
    ),
    "fixed words": (
        {EDITION: ("hyd at {{ edition.period_end | long_date }}", "hon")},
        [
            "edition.yaml:8:10: error: Your complaints in the year to {{ edition.period_end | lo…: "
            "{{ edition.period_end }} is filled in here, and not at edition.yaml:9"
        ],
    ),
    "the words for a chart": (
        {EDITION: ("ffyrdd {{ authority.received.roads }}, ", "")},
        [
            "edition.yaml:90:14: error: Housing {{ authority.received.housing }}, roads {{ "
            "author…: {{ authority.received.roads }} is filled in here, and not at edition.yaml:91"
        ],
    ),
    "the words for nothing": (
        {EDITION: ("        none: {en-GB: None, cy: Dim}\n", "")},
        [
            "edition.yaml:72:9: error: figures.decided.figures.uphold_rate: without none: it "
            'prints "N/A" in all languages; write it in each'
        ],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), CASES.values(), ids=CASES)
def test_what_stands_in_one_language_only(
    tmp_path: Path, changes: Changes, expected: list[str]
) -> None:
    assert said(loaded(tmp_path, changes)) == expected


VALUES = """\
---
place: the-year
---
{{ insert.day | long_date }}: {{ insert.cases | count("complaint") }}.
"""


def test_the_numbers_of_an_insert_are_the_same_in_both(tmp_path: Path) -> None:
    given = "day: 2025-02-01, cases: {en-GB: 3, cy: 4}"
    chosen = f"inserts:\n  - late: {{{given}}}\n  - place: the-year"
    changes: Changes = {
        f"{INSERTS}/late.md": VALUES,
        f"{INSERTS}/late.cy.md": VALUES,
        f"{AUTHORITIES}/{G}.yaml": ("inserts:\n  - place: the-year", chosen),
    }

    assert said(loaded(tmp_path, changes)) == [
        "glanmor-council.yaml: error: late.cases is 3 in en-GB and 4 in cy"
    ]


def context(folders: EditionFolders, language: str) -> CheckContext:
    data = load_data(folders, language=language)
    assert data.edition is not None
    known, authorities = vocabulary(data.edition), data.authorities
    wording = load_wording(folders, data.edition, known, authorities.values())
    letters = {slug: compose(data.edition, each, wording) for slug, each in authorities.items()}
    return CheckContext(folders, data.edition, data, wording, letters, letters)


def test_a_pair_that_says_other_figures_is_an_error_whatever_else_is_right(tmp_path: Path) -> None:
    first = context(bilingual(tmp_path), "en-GB")
    seven: Changes = {f"{AUTHORITIES}/{A}.yaml": ("upheld: 6", "upheld: 7")}
    second = context(bilingual(tmp_path, seven), "cy")

    found = unlike_pair(replace(first, others=(second,)))

    assert [finding.message for finding in found] == [
        'decided.upheld in the table decided is "6" in en-GB, but "7" in cy',
        'decided.total in the table decided is "15" in en-GB, but "16" in cy',
        'decided.uphold_rate in the table decided is "40%" in en-GB, but "44%" in cy',
        'decided.per_1000 in the table decided is "0.48" in en-GB, but "0.56" in cy',
        "authority.decided.total is 15 complaints in the text of the-year in en-GB, but 16 cwyn "
        "in cy",
        "authority.decided.uphold_rate is 40% in the text of the-year in en-GB, but 44% in cy",
    ]
