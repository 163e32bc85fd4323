from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import EDITION, GUIDE, STATISTICS, build_tree
from tests.checks.neighbours import AMBRIDGE, file_of, path_of

A_FILE = path_of(AMBRIDGE)
EDITION_FILE = "data/2031/edition.yaml"
STATISTICS_FILE = "templates/2031/sections/statistics.md"
GUIDE_FILE = "templates/2031/report/guide.md"
INSERT_FILE = "templates/2031/inserts/ponds.md"
INSERT = "---\nplace: statistics\n---\nAbout {{ insert.what }}.\n"
DUCK = "\U0001f986"
NO_DUCK = f"Liberation Sans has no glyph for “{DUCK}” (U+1F986, duck)"

PLACES = {
    "addressee": (A_FILE, file_of(AMBRIDGE, name=f"Walter {DUCK}"), "3:9", "addressee.name"),
    "authority": (A_FILE, file_of(f"{AMBRIDGE} {DUCK}"), "1:7", "name"),
    "alias, which is not printed": (
        A_FILE,
        file_of(AMBRIDGE) + f"aliases: [{AMBRIDGE} {DUCK}]\n",
        "",
        "",
    ),
    "label": (
        EDITION_FILE,
        EDITION.replace("Ponds and Ducks", f"Ponds and {DUCK}"),
        "26:14",
        "figures.received.columns.ponds.label",
    ),
    "fixed words": (
        EDITION_FILE,
        EDITION.replace("Yours faithfully", f"Yours {DUCK}"),
        "17:12",
        "words.closing",
    ),
    "heading": (STATISTICS_FILE, STATISTICS.replace("# The", f"# {DUCK} The"), "1:3", ""),
    "second line": (STATISTICS_FILE, f"{STATISTICS}\nThe ponds\nand {DUCK}.\n", "8:5", ""),
    "after a placeholder": (
        STATISTICS_FILE,
        f"{STATISTICS}\n{{{{ authority.name }}}} has a {DUCK}.\n",
        "7:28",
        "",
    ),
    "by its number": (GUIDE_FILE, f"{GUIDE}\nSee &#x1F986; there.\n", "3:5", ""),
    "in bold": (GUIDE_FILE, f"{GUIDE}\nSee **{DUCK}** there.\n", "3:7", ""),
    "in a list": (GUIDE_FILE, f"{GUIDE}\n- See {DUCK}\n", "3:7", ""),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_character_that_the_typeface_has_not_is_an_error_where_it_is_written(
    tmp_path: Path, case: str
) -> None:
    file, content, place, where = PLACES[case]

    problems = load_edition(build_tree(tmp_path, {file: content})).problems

    expected = ": ".join(filter(None, [f"f:{place}", "error", where, NO_DUCK]))
    assert [p.line("f") for p in problems] == ([expected] if place else [])


def test_a_value_of_an_insert_is_looked_at(tmp_path: Path) -> None:
    text = f"{file_of(AMBRIDGE)}inserts: [{{ponds: {{what: a {DUCK}}}}}]\n"

    loaded = load_edition(build_tree(tmp_path, {A_FILE: text, INSERT_FILE: INSERT}))

    assert [(p.kind, p.where) for p in loaded.problems] == [
        ("missing-glyph", "inserts.1.ponds.what")
    ]
    assert loaded.problems_of("felpersham-city-council") == []


def test_each_is_told_once_for_each_text(tmp_path: Path) -> None:
    changes = {GUIDE_FILE: f"{GUIDE}\n{DUCK} and {DUCK} and ☃.\n"}

    problems = load_edition(build_tree(tmp_path, changes)).problems

    assert [p.line("g.md").partition(" (")[0] for p in problems] == [
        f"g.md:3:1: error: Liberation Sans has no glyph for “{DUCK}”",
        "g.md:3:13: error: Liberation Sans has no glyph for “☃”",
    ]
