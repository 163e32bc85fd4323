"""Which sentences of the wording name a year or a number, and where they stand."""

from pathlib import Path

import pytest

from generator.letter.numbers import passages
from generator.problems import Place
from tests.borsetshire import EDITION, build_tree

STATISTICS = "templates/2031/sections/statistics.md"


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("In 2030-31 we held 58 courses, training more than 800 people.", ("2030-31", "58", "800")),
        ("We spent £1,250.50 in 2030.", ("£1,250.50", "2030")),
        ("A share of 12.5% (or 1/8) was upheld.", ("12.5%", "1/8")),
        ("Last year, we told you of our plans.", ("Last year",)),
        ("This was true in the previous three years.", ("previous three years",)),
        ("It comes for the first time in next year's letters.", ("first time", "next year")),
        ("For twelve months, twenty-one ducks waited.", ("twelve", "twenty-one")),
        ("Two thirds of them, or a dozen, were late twice.", ("Two thirds", "dozen", "twice")),
        ("Half of all dogs and thousands of geese were heard.", ("Half", "thousands")),
        ("This year we took the unusual step of a report.", ()),
        ("In one great example, a single complaint was enough.", ()),
        ("On behalf of third parties, often and tenderly.", ()),
        ("We received {{ authority.received.total | count(\"2 ducks\") }} for you.", ()),
        ("See [the guide](https://ducks.example/2030/page-17) and <https://ducks.example/44>.",
         ("2030",)),
        ("See [all 17](https://ducks.example/a).", ("17",)),
        ("Of 17–19 **58** were late.", ("17–19", "58")),
    ],
)  # fmt: skip
def test_years_and_numbers_are_found(sentence: str, names: tuple[str, ...], tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {STATISTICS: f"{sentence}\n"})

    (found,) = [p for p in passages(folders) if p.place.path == folders.sections / "statistics.md"]

    assert (found.words, found.names) == (sentence, names)


def test_the_rules_that_words_hang_on_are_no_sentences(tmp_path: Path) -> None:
    text = (
        "::: when edition.year > 2030\nIn 2029 it rained.\n::: otherwise\nIt snowed.\n:::\n"
        "We saw [geese]{when=edition.year == 2031}[ducks]{otherwise} in 2028.\n"
    )
    folders = build_tree(tmp_path, {STATISTICS: text})

    found = [p for p in passages(folders) if p.place.path == folders.sections / "statistics.md"]

    assert [(p.names, p.place.line) for p in found] == [
        (("2029",), 2),
        ((), 4),
        (("2028",), 6),
    ]


def test_sentences_know_the_line_and_column_of_what_they_name(tmp_path: Path) -> None:
    text = (
        "# Plans for 2031-34\n"
        "\n"
        "We plan ahead. In 2031 we met (and 'in\n"
        "all seriousness' again). Will\n"
        'it be 9? "Yes." Then\n'
        "it ends.\n"
        "- no item\n"
        "- item 2\n"
        "1. A third\n"
        "   line of 4\n"
    )

    folders = build_tree(tmp_path, {STATISTICS: text})

    path = folders.sections / "statistics.md"
    found = [p for p in passages(folders) if p.place.path == path]
    assert [(p.words, p.place.line, p.place.column, p.names) for p in found] == [
        ("Plans for 2031-34", 1, 13, ("2031-34",)),
        ("We plan ahead.", 3, 1, ()),
        ("In 2031 we met (and 'in all seriousness' again).", 3, 19, ("2031",)),
        ("Will it be 9?", 5, 7, ("9",)),
        ('"Yes."', 5, 10, ()),
        ("Then it ends.", 5, 17, ()),
        ("no item", 7, 3, ()),
        ("item 2", 8, 8, ("2",)),
        ("A third line of 4", 9, 4, ("A third", "4")),
    ]


def test_an_insert_is_read_without_what_says_where_it_goes(tmp_path: Path) -> None:
    text = "---\nplace: statistics\nwhen: authority.decided.upheld > 5\n---\nAll 9 ducks.\n"

    folders = build_tree(tmp_path, {"templates/2031/inserts/ducks.md": text})

    path = folders.inserts / "ducks.md"
    found = [p for p in passages(folders) if p.place.path == path]
    assert [(p.words, p.place) for p in found] == [("All 9 ducks.", Place(path, 5, 5))]


def test_what_the_edition_prints_counts_and_its_plan_of_figures_does_not(
    tmp_path: Path,
) -> None:
    edition = EDITION.replace("Annual letter {{ edition.year }}", "Annual letter 2031").replace(
        "Ponds and Ducks", "Ponds since 2029"
    )
    more = """\
letterhead: {sender: [9 Mill Lane, FP1 1AA], reference: AL2031, footer: Since 1999}
outliers: {factor: 2, at_least: 20}
"""
    folders = build_tree(tmp_path, {"data/2031/edition.yaml": edition + more})

    found = [p for p in passages(folders) if p.names]

    assert [(p.words, p.place.line) for p in found] == [
        ("Annual letter 2031", 3),
        ("AL2031", 40),
        ("Since 1999", 40),
        ("Ponds since 2029", 26),
    ]


def test_files_that_cannot_be_read_have_no_passages(tmp_path: Path) -> None:
    folders = build_tree(
        tmp_path,
        {
            STATISTICS: b"\xff 2031",
            "data/2031/edition.yaml": "subject: [2031",
            "templates/2031/report/notes.md": None,
        },
    )

    assert {p.place.path.name for p in passages(folders)} == {"introduction.md", "guide.md"}
