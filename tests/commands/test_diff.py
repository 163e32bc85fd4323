"""`letters diff`, as a reviewer sees it: what changed since last year, and why."""

import json
import os
import re
from pathlib import Path

import pytest

from generator.commands.diff import DIFFERENT
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, FELPERSHAM, authority, build_tree
from tests.commands.conftest import Run
from tests.confirming.confirmed import confirm_all

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))
STATISTICS = "templates/2031/sections/statistics.md"
AGAINST = "the edition of 2030, composed afresh from data/2030"

LAST_YEAR = {
    path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030")
    for path, text in BORSETSHIRE.items()
    if "2031" in path
}
"""The same letters a year before: they differ only by their year."""

REWORDED = {
    STATISTICS: BORSETSHIRE[STATISTICS].replace("these figures every", "such figures every"),
    A_FILE: AMBRIDGE.replace("roads: 3", "roads: 4"),
}
REPORT = f"""\
Letters of 2031 compared with {AGAINST}.

[-Words marked so-] were removed, {{+words marked so+}} were added. The causes are:
  edition  a fact of the year that all letters share: the date, the signatory
  wording  shared text or a label was reworded
  data     another value inside unchanged wording: a name, a count in a sentence
  figures  a figure in the tables

IN SEVERAL LETTERS

1. edition: subject in the opening lines, value edition.year
   Annual letter [-2030-] {{+2031+}}
   in all 2 letters
   last year: data/2030/edition.yaml:1
   this year: data/2031/edition.yaml:1

2. wording: paragraph in Statistics
   We publish [-these-] {{+such+}} figures every year.
   in all 2 letters
   last year: templates/2030/sections/statistics.md:5
   this year: templates/2031/sections/statistics.md:5

IN ONE LETTER EACH

Ambridge District Council  ambridge-district-council
  against data/2030/authorities/ambridge-district-council.yaml
  data: paragraph in Statistics, value authority.received.total
    We received [-17 complaints-] {{+18 complaints+}} about the council.
    last year: data/2030/authorities/ambridge-district-council.yaml:5
    this year: data/2031/authorities/ambridge-district-council.yaml:5
  figures: Complaints received: Roads 3 → 4, +1; Total 17 → 18, +1

FIGURES
AUTHORITY                  FIGURE           LAST YEAR  THIS YEAR  DIFFERENCE
Ambridge District Council  Received: Total         17         18          +1

2 letters compared: 2 changed, 0 unchanged.
"""


@pytest.fixture
def two_years(run: Run, tmp_path: Path) -> Run:
    """Runs a command where there is an edition of the year before, too."""
    confirm_all(build_tree(tmp_path, LAST_YEAR, REWORDED))
    return run


def test_it_says_what_changed_in_which_letters_and_why(two_years: Run) -> None:
    said = two_years("diff")

    assert (said.code, said.err) == (0, "Edition 2031, in data/2031\n")
    assert said.out == REPORT


@pytest.mark.processes
def test_a_letter_against_itself_has_no_changes(built: Run) -> None:
    said = built("diff", "--against", "output/2031/pdf", "--exit-code")

    assert said.code == 0
    assert said.out == (
        "Letters of 2031 compared with the letters in output/2031/pdf.\n"
        "\n"
        "2 letters compared: 0 changed, 2 unchanged.\n"
    )


def test_only_the_letters_asked_for_are_compared(two_years: Run) -> None:
    said = two_years("diff", "felp")

    assert "Ambridge" not in said.out
    assert "LETTER BY LETTER\n\nFelpersham City Council  felpersham-city-council\n" in said.out
    assert said.out.endswith("\n1 letter compared: 1 changed, 0 unchanged.\n")


def test_stat_is_a_line_for_each_letter_that_differs(two_years: Run) -> None:
    said = two_years("diff", "--stat")

    assert said.out == (
        "AUTHORITY                  EDITION  WORDING  INSERT  RULE  DATA  FIGURES  LAYOUT  ALL\n"
        "ambridge-district-council  1        1        -       -     1     2        -       5\n"
        "felpersham-city-council    1        1        -       -     -     -        -       2\n"
        "2 letters compared: 2 changed, 0 unchanged.\n"
    )


@pytest.mark.parametrize(
    ("words", "code"), [((), 0), (("--exit-code",), DIFFERENT), (("--exit-code", "--stat"), 3)]
)
def test_differences_are_an_exit_code_where_that_is_asked_for(
    words: tuple[str, ...], code: int, two_years: Run
) -> None:
    assert two_years("diff", *words).code == code


def test_a_letter_without_a_counterpart_is_a_difference_and_is_listed(
    two_years: Run, tmp_path: Path
) -> None:
    (tmp_path / "data/2030/authorities" / f"{F}.yaml").rename(
        tmp_path / "data/2030/authorities/loxley-barrett-council.yaml"
    )
    old = tmp_path / "data/2030/authorities/loxley-barrett-council.yaml"
    old.write_text(FELPERSHAM.replace("Felpersham City", "Loxley Barrett"))

    said = two_years("diff", "--exit-code")

    assert said.code == DIFFERENT
    assert f"NEW: NO LETTER OF LAST YEAR FOUND\n  {F}\n" in said.out
    assert "GONE: NO LETTER THIS YEAR\n  Loxley Barrett Council\n" in said.out
    assert said.out.endswith("1 letter compared: 1 changed, 0 unchanged, 1 new, 1 gone.\n")


def test_the_page_is_written_and_where_it_is_is_said(two_years: Run, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()

    said = two_years("diff", "--html", "reports/changes.html")

    assert said.out == (
        "2 letters compared: 2 changed, 0 unchanged.\nChanges written to reports/changes.html.\n"
    )
    page = (tmp_path / "reports/changes.html").read_text(encoding="utf-8")
    assert "<title>What changed in the letters of 2031</title>" in page
    assert "such</ins>" in page.replace('<span class="unseen">”</span>', "")


def test_a_page_that_cannot_be_written_is_said_in_a_sentence(
    two_years: Run, tmp_path: Path
) -> None:
    (tmp_path / "changes.html").mkdir()

    said = two_years("diff", "--html", "changes.html")

    assert said.code == 1
    assert said.err.splitlines()[1:] == ["changes.html: error: cannot be written: Is a directory"]
    assert said.out == "2 letters compared: 2 changed, 0 unchanged.\n"


def test_a_page_in_a_folder_that_is_not_there_is_a_wrong_use_and_makes_none(
    two_years: Run, tmp_path: Path
) -> None:
    said = two_years("diff", "--html", "reprots/changes.html")

    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[1:] == [
        "--html reprots/changes.html: no folder reprots; create it, or name another."
    ]
    assert not (tmp_path / "reprots").exists()


@pytest.mark.parametrize("option", ["--against", "--html"])
def test_no_words_are_no_folder(two_years: Run, option: str) -> None:
    """A variable that is not set would else be the whole workspace."""
    said = two_years("diff", option, "")

    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        "--against and --html need a name after them; one of them is blank."
    ]


@pytest.mark.processes
def test_a_letter_is_not_compared_with_anothers(two_years: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, REWORDED, {"data/2031/authorities/cresscott.yaml": authority("Cresscott")})
    two_years("build")
    (tmp_path / "last.txt").write_bytes((tmp_path / f"output/2031/text/{A}.txt").read_bytes())

    others, both, all_ = (
        two_years("diff", *names, "--against", "last.txt", "--exit-code")
        for names in (["felp"], ["felp", "amb"], [])
    )

    assert (others.code, others.out) == (2, "")
    assert others.err.splitlines()[1:] == [
        f"Nothing to compare with: last.txt is the letter of Ambridge District Council ({A}), "
        f"not of {F}."
    ]
    assert both.code == DIFFERENT
    assert f"NEW: NO LETTER OF LAST YEAR FOUND\n  {F}\n" in both.out
    assert (all_.code, all_.out.splitlines()[-1]) == (
        0,
        "1 letter compared: 0 changed, 1 unchanged.",
    )


def test_a_page_never_takes_the_place_of_a_data_file(two_years: Run) -> None:
    said = two_years("diff", "--html", A_FILE)

    assert said.code == 2
    assert said.err.splitlines()[1:] == [f"--html {A_FILE}: the name of a page must end in .html."]


def test_for_programs_all_of_it_is_one_object(two_years: Run) -> None:
    said = two_years("diff", "--json")

    report = said.json
    assert list(report) == [
        *("command", "edition", "letters", "problems"),
        *("against", "shared", "figures", "new", "gone"),
        *("without_letter", "unread"),
    ]
    assert (report["command"], report["edition"], report["against"]) == ("diff", 2031, AGAINST)
    assert [(e["slug"], e["status"], e["reason"]) for e in report["letters"]] == [
        (A, "changed", "5 changes"),
        (F, "changed", "2 changes"),
    ]
    assert [(s["cause"], s["gone"], s["new"], s["letters"]) for s in report["shared"]] == [
        ("edition", "2030", "2031", [A, F]),
        ("wording", "these", "such", [A, F]),
    ]
    assert said.err == ""


def test_a_letter_with_errors_is_not_compared_and_all_others_are(
    two_years: Run, tmp_path: Path
) -> None:
    build_tree(tmp_path, LAST_YEAR, REWORDED, {A_FILE: AMBRIDGE.replace("office", "ofice")})

    said, report = two_years("diff"), two_years("diff", "--json").json

    assert said.code == 1
    assert said.err.splitlines()[1:] == [
        f'{A_FILE}:4:3: error: addressee.ofice: unknown key; did you mean "office"?',
        f"not compared  {A}: its data or wording has errors",
    ]
    assert said.out.endswith("\n1 letter compared: 1 changed, 0 unchanged.\n")
    assert [(e["slug"], e["status"]) for e in report["letters"]] == [
        (F, "changed"),
        (A, "failed"),
    ]


def test_an_edition_with_errors_is_not_compared(two_years: Run, tmp_path: Path) -> None:
    edition = EDITION.replace("language: en-GB", "langage: en-GB")
    build_tree(tmp_path, LAST_YEAR, {"data/2031/edition.yaml": edition})

    said, report = two_years("diff"), two_years("diff", "--json").json

    assert (said.code, said.out) == (1, "")
    assert "data/2031/edition.yaml:2:1: error: langage: unknown key" in said.err
    assert [entry["status"] for entry in report["letters"]] == ["failed", "failed"]


def test_gaps_are_shown_as_gaps(two_years: Run, tmp_path: Path) -> None:
    gap = AMBRIDGE.replace("roads: 3", "roads: null")
    build_tree(tmp_path, LAST_YEAR, REWORDED, {A_FILE: gap})

    said = two_years("diff", "amb")

    assert said.code == 0
    assert "  figures: Complaints received: Roads 3 → [?]; Total 17 → [?]\n" in said.out


def test_what_is_against_nothing_is_used_wrongly(run: Run) -> None:
    missing, nothing = run("diff", "--against", "nowhere"), run("diff")

    assert (missing.code, nothing.code) == (2, 2)
    assert "Nothing to compare with: no file or folder nowhere." in missing.err
    assert "No letters of 2030 to compare with" in nothing.err


@pytest.mark.processes
def test_files_that_cannot_be_read_are_listed(two_years: Run, tmp_path: Path) -> None:
    two_years("build")
    folder = tmp_path / "sent"
    folder.mkdir()
    for slug in (A, F):
        os.link(tmp_path / f"output/2031/pdf/{slug}.pdf", folder / f"{slug}.pdf")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 not really")

    said = two_years("diff", "--against", "sent")

    assert "COULD NOT BE READ IN LAST YEAR'S LETTERS\n  sent/broken.pdf\n    " in said.out
    assert said.out.endswith("\n2 letters compared: 0 changed, 2 unchanged.\n")


@pytest.mark.processes
def test_what_is_said_for_programs_is_json_also_when_nothing_differs(built: Run) -> None:
    report = json.loads(built("diff", "--against", "output/2031/pdf", "--json").out)

    assert [entry["status"] for entry in report["letters"]] == ["unchanged", "unchanged"]
    assert (report["shared"], report["figures"]) == ([], [])


@pytest.mark.processes
def test_against_built_it_says_what_an_edit_changes(built: Run, tmp_path: Path) -> None:
    """Also of an authority that says what it was formerly: what is built is its own letter."""
    (tmp_path / A_FILE).write_text(
        AMBRIDGE.replace("ponds: 14", "ponds: 15") + "formerly: [pond]\n"
    )

    said = built("diff", "--against", "built", "--stat", "--exit-code")

    assert said.code == DIFFERENT
    assert said.out.splitlines()[-1] == (
        "2 letters compared: 1 changed, 1 unchanged. Page counts of 1 of them were not "
        "compared: those letters are not built, or out of date."
    )
    assert said.err == "Edition 2031, in data/2031\n"


@pytest.mark.processes
def test_against_built_the_sides_are_called_what_they_are(built: Run, tmp_path: Path) -> None:
    (tmp_path / A_FILE).write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    (tmp_path / "data/2031/edition.yaml").write_text(
        EDITION.replace("masthead: Borsetshire", "masthead: The Borsetshire")
    )
    (tmp_path / "data/2031/authorities/new.yaml").write_text(
        AMBRIDGE.replace("Ambridge District Council", "New")
    )

    text = built("diff", "--against", "built", "--html", "changes.html").out
    text += built("diff", "--against", "built").out
    page = Path("changes.html").read_text()
    report = built("diff", "--against", "built", "--json").json

    assert "   now: data/2031/edition.yaml:14\n" in text
    assert re.search(r"^AUTHORITY +FIGURE +BUILT +NOW +DIFFERENCE$", text, re.MULTILINE)
    assert "\nNEW: NOT BUILT YET\n  new\n" in text
    assert "New: not built yet" in page
    assert [e["reason"] for e in report["letters"] if e["status"] == "new"] == ["not built yet"]
    assert "year" not in re.sub(r"over the year|the year before", "", text.lower())


def test_where_nothing_is_built_that_is_said(run: Run) -> None:
    said = run("diff", "--against", "built")

    expected = 'No built letters of 2031 in output/2031; run "letters build".'
    assert (said.code, expected in said.err) == (2, True)
