"""Directives in wording: where they may stand, what they may name, and what comes of them."""

from pathlib import Path

import pytest

from generator.letter.compose import Composed
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE as AMBRIDGE_TEXT
from tests.borsetshire import EDITION, STATISTICS, build_tree
from tests.letter.reading import AMBRIDGE, AMBRIDGE_FILE, insert_file, lines
from tests.tables import (
    EDITION_FILE,
    IN_SECTIONS,
    NO_PAGE,
    NO_PIECES,
    PAGE_FILE,
    STATISTICS_FILE,
    with_tables,
)

Changes = dict[str, str | None]
FRONT = "---\nplace: statistics\nwhen: authority.decided.upheld > 0\n---\n"
ALONE = (
    "must stand alone in a paragraph of a wording file, with a blank line before and after, never "
    "within text, a list or a heading"
)
ALL = "{{ table received }}\n\n{{ table decided }}\n\n{{ table remedied }}\n"
TITLES = "{{ words report_title }}\n\n{{ words report_period }}\n\n{{ words notes_title }}\n\n"


def section(text: str) -> Changes:
    return {STATISTICS_FILE: text}


def page(text: str) -> Changes:
    return {PAGE_FILE: text, **NO_PIECES}


STATISTICS_PLACE = "templates/2031/sections/statistics.md"
PAGE_PLACE = "templates/2031/report/page.md"
WRONG: dict[str, tuple[Changes, str]] = {
    "no such table": (
        section("Words.\n\n{{ table decide }}\n"),
        f"{STATISTICS_PLACE}:3:1: error: {{{{ table decide }}}}: "
        'there is no table "decide"; did you mean "decided"?',
    ),
    "nothing like it": (
        section("Words.\n\n{{ table geese }}\n"),
        f"{STATISTICS_PLACE}:3:1: error: {{{{ table geese }}}}: "
        'there is no table "geese"; expected one of received, decided, remedied',
    ),
    "in a sentence": (
        section("See {{ table decided }} here.\n"),
        f"{STATISTICS_PLACE}:1:5: error: {{{{ table decided }}}}: a table {ALONE}",
    ),
    "no blank line": (
        section("See:\n{{ table decided }}\n"),
        f"{STATISTICS_PLACE}:2:1: error: {{{{ table decided }}}}: a table {ALONE}",
    ),
    "in a list": (
        section("Words:\n\n- {{ table decided }}\n"),
        f"{STATISTICS_PLACE}:3:3: error: {{{{ table decided }}}}: a table {ALONE}",
    ),
    "in a heading": (
        section("# {{ table decided }}\n\nWords.\n"),
        f"{STATISTICS_PLACE}:1:3: error: {{{{ table decided }}}}: a table {ALONE}",
    ),
    "words within words": (
        section("Our {{ words notes_title }}\n"),
        f"{STATISTICS_PLACE}:1:5: error: {{{{ words notes_title }}}}: fixed words " + ALONE,
    ),
    "in a fixed word": (
        {EDITION_FILE: EDITION.replace("By carrier pigeon", '"{{ table decided }}"')},
        f"{EDITION_FILE}:15:13: error: {{{{ table decided }}}}: a table {ALONE}",
    ),
    "written otherwise": (
        section("Words.\n\n{{ table decided | turned }}\n"),
        f"{STATISTICS_PLACE}:3:1: error: {{{{ table decided | turned }}}}: "
        "expected {{ table NAME }}, or | beside after the name",
    ),
    "beside in a section": (
        section("Words.\n\n{{ table decided | beside }}\n"),
        f"{STATISTICS_PLACE}:3:1: error: {{{{ table decided | beside }}}}: "
        "| beside works only on the statistics page; remove it",
    ),
    "beside nothing": (
        page(f"{TITLES}{{{{ table decided }}}}\n\n{{{{ table received | beside }}}}\n"),
        f"{PAGE_PLACE}:9:1: error: {{{{ table received | beside }}}}: "
        "no text before it to stand beside; add it, or remove | beside",
    ),
    "words beside": (
        page(f"Words.\n\n{{{{ words notes_title | beside }}}}\n\n{ALL}"),
        f"{PAGE_PLACE}:3:1: error: {{{{ words notes_title | beside }}}}: "
        "only a table can stand beside text; remove | beside",
    ),
    "a chart": (
        section("Words.\n\n{{ chart upheld }}\n"),
        f"{STATISTICS_PLACE}:3:1: error: {{{{ chart upheld }}}}: "
        'there is no chart "upheld"; the edition has none',
    ),
    "no such words": (
        section("Words.\n\n{{ words note_title }}\n"),
        f"{STATISTICS_PLACE}:3:1: error: {{{{ words note_title }}}}: "
        'no fixed words "note_title"; did you mean "notes_title"?',
    ),
    "words that stand by themselves": (
        section("Words.\n\n{{ words closing }}\n"),
        f"{STATISTICS_PLACE}:3:1: error: {{{{ words closing }}}}: "
        '"closing" appears in every letter anyway; remove it here',
    ),
    "words that the edition lacks": (
        {EDITION_FILE: EDITION.replace("  notes_title: Notes\n", ""), **page(TITLES + ALL)},
        f"{PAGE_PLACE}:5:1: error: {{{{ words notes_title }}}}: "
        "no such words; add notes_title: below words: in edition.yaml",
    ),
    "words that the page of two files needs": (
        {EDITION_FILE: EDITION.replace("  notes_title: Notes\n", "")},
        f"{EDITION_FILE}:13:1: error: words.notes_title: "
        "missing; expected one line of text, for the statistics page",
    ),
    "a table twice on the page": (
        page(f"{TITLES}{ALL}\n{{{{ table decided }}}}\n"),
        f"{PAGE_PLACE}:13:1: error: {{{{ table decided }}}}: "
        'the table "decided" would appear twice in one letter; remove one',
    ),
    "a table in a section and on the page": (
        section("Words.\n\n{{ table decided }}\n") | page(TITLES + ALL),
        f"{PAGE_PLACE}:9:1: error: {{{{ table decided }}}}: "
        'the table "decided" would appear twice in one letter; remove one',
    ),
    "a table of an insert that the page has": (
        {insert_file("more"): f"{FRONT}{{{{ table decided }}}}\n"},
        "templates/2031/inserts/more.md:5:1: error: {{ table decided }}: "
        'the table "decided" would appear twice in one letter; remove one',
    ),
    "no such table in an insert": (
        {insert_file("more"): f"{FRONT}{{{{ table decide }}}}\n"},
        "templates/2031/inserts/more.md:5:1: error: {{ table decide }}: "
        'there is no table "decide"; did you mean "decided"?',
    ),
    "no such table in an authority's file": (
        {
            AMBRIDGE_FILE: f"{AMBRIDGE_TEXT}inserts:\n  - place: statistics\n    text: |\n"
            "      {{ table decide }}\n"
        },
        f"{AMBRIDGE_FILE}:11:7: error: {{{{ table decide }}}}: "
        'there is no table "decide"; did you mean "decided"?',
    ),
    "a title in the midst of the page": (
        page(f"Words.\n\n# Title\n\n{TITLES}{ALL}"),
        f"{PAGE_PLACE}:3:1: error: a title below other text; a page has at most one, at the top; "
        f"for a sub-heading write ##",
    ),
    "a heading of three": (
        page(f"### Small\n\n{TITLES}{ALL}"),
        f"{PAGE_PLACE}:1:1: error: a sub-heading begins with ##; found ###",
    ),
    "an empty page": (
        page("\n"),
        f"{PAGE_PLACE}: error: no words in this file; add them",
    ),
    "a page under another name": (
        {"templates/2031/report/pages.md": "Words.\n"},
        "templates/2031/report/pages.md: warning: not read; "
        "expected page.md, or guide.md and notes.md",
    ),
    "a guide beside a page": (
        {PAGE_FILE: TITLES + ALL, "templates/2031/report/notes.md": None},
        "templates/2031/report/guide.md: warning: not read; page.md is the whole page",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_told_at_its_place(case: str, tmp_path: Path) -> None:
    changes, expected = WRONG[case]

    assert lines(build_tree(tmp_path, changes)) == [expected]


def composed(folder: Path, changes: Changes) -> Composed:
    loaded = load_edition(build_tree(folder, changes))
    assert loaded.problems == []
    return loaded.letters[AMBRIDGE]


def page_of(letter: Composed) -> list[tuple[int, str, str, str]]:
    report = letter.letter.part("report")
    return [(b.number, b.role.value, b.text, b.wording) for b in report]


AS_TWO_FILES = """\
{{ words report_title }}

{{ words report_period }}

On reading these figures, see [the guide](https://ombudsman.borsetshire.example/guide).

{{ table received }}

{{ table decided }}

{{ words notes_title }}

The uphold rate is a part of the investigations.

{{ table remedied | beside }}
"""


def test_two_files_and_the_groups_make_the_page_that_can_be_written_as_one(tmp_path: Path) -> None:
    by_files = composed(tmp_path / "files", {})
    by_page = composed(tmp_path / "page", page(AS_TWO_FILES))

    assert page_of(by_files) == page_of(by_page)
    tables = [
        [block.table for block in letter.letter.blocks if block.table]
        for letter in (by_files, by_page)
    ]
    assert [t.beside for t in tables[0]] == [t.beside for t in tables[1]] == [False, False, True]


def test_a_table_in_a_section_leaves_the_page_that_two_files_make(tmp_path: Path) -> None:
    letter = composed(tmp_path, section(f"{STATISTICS}\n{{{{ table decided }}}}\n")).letter

    assert {name: block.part for name, block in letter.tables.items()} == {
        "decided": "statistics",
        "received": "report",
        "remedied": "report",
    }


def test_tables_stand_where_the_wording_says(tmp_path: Path) -> None:
    letter = composed(tmp_path, IN_SECTIONS).letter

    assert {name: block.address for name, block in letter.tables.items()} == {
        "outcomes": "statistics/5",
        "in_short": "statistics/8",
        "received": "report/7",
        "labelled": "report/9",
        "remedied": "report/13",
    }
    assert [(b.role.value, b.text) for b in letter.part("report")[:2]] == [
        ("report_title", "Figures for Ambridge District Council"),
        ("paragraph", "How to read them is told on our website."),
    ]
    assert letter.blocks[-1].text == "The page ends with words."
    assert len(letter.figures) == len({(f.group, f.id) for f in letter.figures}) == 10


def test_a_letter_may_do_without_a_statistics_page(tmp_path: Path) -> None:
    words = EDITION.replace('  report_title: "Report:"\n', "")
    words = words.replace('  report_period: "Period ending:"\n', "")
    words = words.replace("  notes_title: Notes\n", "")

    letter = composed(tmp_path, {**NO_PAGE, EDITION_FILE: words}).letter

    assert letter.part("report") == ()
    assert list(letter.tables) == ["received", "decided", "remedied"]


def test_a_table_of_an_insert_stands_in_the_letters_that_have_it(tmp_path: Path) -> None:
    edition = with_tables("tables:\n  more: {title: More, columns: [decided.upheld]}\n")
    changes = {
        EDITION_FILE: edition,
        insert_file("more"): f"{FRONT}More:\n\n{{{{ table more }}}}\n",
    }
    loaded = load_edition(build_tree(tmp_path, changes))
    assert loaded.problems == []

    have = {slug: "more" in letter.letter.tables for slug, letter in loaded.letters.items()}

    assert have == {AMBRIDGE: True, "felpersham-city-council": False}
    assert loaded.letters[AMBRIDGE].letter.tables["more"].insert == "more"


def test_two_inserts_with_one_table_are_wrong_only_where_a_letter_has_both(tmp_path: Path) -> None:
    edition = with_tables("tables:\n  more: {columns: [decided.upheld]}\n")
    other = FRONT.replace("> 0", "== 0")
    table = "{{ table more }}\n"
    changes = {EDITION_FILE: edition, insert_file("one"): FRONT + table}

    assert lines(build_tree(tmp_path / "one", changes | {insert_file("two"): other + table})) == []
    assert lines(build_tree(tmp_path / "two", changes | {insert_file("two"): FRONT + table})) == [
        "templates/2031/inserts/two.md:5:1: error: {{ table more }}: "
        'the table "more" would appear twice in one letter; remove one'
    ]
