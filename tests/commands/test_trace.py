"""`letters trace`, as someone sees it who is asked where a figure comes from."""

import csv
import io
import re
from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE as AMBRIDGE_FILE
from tests.commands.conftest import Run
from tests.spreadsheets.workbooks import BORSETSHIRE, save, workbook

A_FILE = Path("data/2031/authorities/ambridge-district-council.yaml")
PDF = "output/2031/pdf/ambridge-district-council.pdf"


def import_figures(run: Run) -> None:
    file = str(save(workbook(BORSETSHIRE), Path("in/figures.xlsx")))
    assert run("import", file, "--apply").code == 0


def without_chance(out: str) -> list[str]:
    """The lines without the day of the import and the digest of the file."""
    out = re.sub(r"SHA-256 [0-9a-f]{64}", "SHA-256 …", out)
    out = re.sub(r"imported on \d+ \w+ \d{4}", "imported on …", out)
    return re.sub(r"\d{4}-\d\d-\d\d", "…", out).splitlines()


@pytest.mark.processes
def test_a_figure_is_followed_to_its_page_its_line_and_its_cell(run: Run) -> None:
    import_figures(run)
    run("build")

    said = run("trace", "ambridge", "decided.upheld")

    assert said.code == 0
    assert without_chance(said.out) == [
        'Ambridge District Council, decided.upheld ("Upheld"): 3',
        f'  printed   {PDF}, page 2: report/7, table "Decisions made", column 3 of 5, "Upheld", '
        'under "Investigations"',
        f"  line      {A_FILE}:6:51",
        "  from      figures.xlsx:Decided!D2, imported on … (SHA-256 …)",
    ]


def test_a_rate_is_followed_to_its_rule_and_to_what_it_is_made_of(run: Run) -> None:
    import_figures(run)
    A_FILE.write_text(AMBRIDGE_FILE.replace("upheld: 3}", "upheld: 4, uphold_rate: 44%}"))

    said = run("trace", "ambridge", "uphold")

    assert without_chance(said.out) == [
        'Ambridge District Council, decided.uphold_rate ("Uphold Rate"): 44%',
        '  printed   report/7, table "Decisions made", column 4 of 5, "Uphold Rate", under '
        '"Investigations"',
        f"            {PDF}: the letter has not been built yet",
        "  rule      data/2031/edition.yaml:35:9: upheld as a whole percentage of the sum of "
        "not_upheld and upheld, half rounded up",
        f"  stated    {A_FILE}:6:67: checked against the rule, never used",
        "  made of   decided.upheld: 4",
        f"    line      {A_FILE}:6:51",
        "    from      figures.xlsx:Decided!D2, imported on … (SHA-256 …)",
        "    by hand   the cell said 3; it was changed since",
        "  made of   decided.not_upheld: 5",
        f"    line      {A_FILE}:6:40",
        "    from      figures.xlsx:Decided!C2, imported on … (SHA-256 …)",
    ]


def test_all_figures_of_an_authority_at_a_glance(run: Run) -> None:
    import_figures(run)
    A_FILE.write_text(AMBRIDGE_FILE.replace("roads: 3", "roads: 4"))

    said = run("trace", "ambridge")

    lines = without_chance(said.out)
    assert [re.sub("  +", " | ", line) for line in lines[:4]] == [
        "FIGURE | PRINTED | LINE | FROM",
        f"received.roads | 4 | {A_FILE}:5:19 | figures.xlsx:Received!B2, … (changed by hand; it "
        "said 3)",
        f"received.ponds | 14 | {A_FILE}:5:29 | figures.xlsx:Received!C2, …",
        "received.total | 18 | data/2031/edition.yaml:27:14 | a rule of the edition",
    ]
    assert len(lines) == 11


def test_a_figure_that_nobody_imported_was_written_by_hand(run: Run) -> None:
    said = run("trace", "felpersham", "roads")

    assert said.out.splitlines()[-1] == "  from      no import: written by hand"


def test_the_trail_is_there_for_programs(run: Run) -> None:
    import_figures(run)

    (trail,) = run("trace", "ambridge", "received.total", "--json").json["trails"]

    assert (trail["figure"], trail["value"], trail["kind"]) == ("received.total", 17, "sum")
    assert trail["rule"] == "the sum of roads and ponds"
    assert [part["imported"]["cell"] for part in trail["parts"]] == ["Received!B2", "Received!C2"]
    assert [printed["address"] for printed in trail["printed"]] == ["statistics/2", "report/5"]


def test_the_ledger_is_a_table_on_stdout_and_its_sum_on_stderr(run: Run) -> None:
    import_figures(run)
    Path("templates/2031/sections/introduction.md").write_text("We held 58 courses.\n")

    said = run("trace", "--all")

    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert said.code == 0
    assert {row["authority"] for row in rows} == {
        "ambridge-district-council",
        "felpersham-city-council",
    }
    assert [
        (row["printed"], row["file"], row["line"], row["note"])
        for row in rows
        if row["source"] == "typed"
    ] == [
        (
            "58",
            "templates/2031/sections/introduction.md",
            "1",
            "equals no fact of the edition",
        )
    ] * 2
    assert said.err.splitlines()[-1] == (
        "30 numbers in 2 letters: 14 figure, 6 sum, 2 rate, 6 fact, 0 value, 2 typed. Typed in 1 "
        "place of the wording, of which 1 equal no fact of the edition and 0 wait to be confirmed."
    )


def test_the_ledger_says_which_letters_are_not_in_it(run: Run) -> None:
    A_FILE.write_text("name: Ambridge District Council\n")

    said = run("trace", "--all", "--json")

    assert said.code == 1
    assert {number["slug"] for number in said.json["numbers"]} == {"felpersham-city-council"}
    assert {problem["path"] for problem in said.json["problems"]} == {str(A_FILE)}


def test_a_file_that_cannot_be_read_has_no_trail(run: Run) -> None:
    A_FILE.write_text(AMBRIDGE_FILE.replace("roads: 3", "roads: three"))

    said = run("trace", "ambridge", "decided.upheld")

    assert said.code == 1
    assert said.out == "Nothing can be traced; correct the file first.\n"
    assert "received.roads: found three" in said.err


def test_wrong_uses_say_what_there_is(run: Run) -> None:
    for words, sentence in [
        ((), 'Name an authority, as in "letters trace anyplace decided.fault", or use --all.'),
        (
            ("--all", "ambridge"),
            'Name an authority, as in "letters trace anyplace decided.fault", or use --all.',
        ),
        (
            ("ambridge", "decided.upheeld"),
            'No figure "decided.upheeld"; did you mean "decided.upheld"?',
        ),
        (
            ("ambridge", "up"),
            '"up" could be decided.upheld or decided.uphold_rate; type one of them in full.',
        ),
        (
            ("ambridge", "total"),
            '"total" could be received.total or decided.total; type one of them in full.',
        ),
        (("ambridge", "xyz"), 'No figure "xyz"; available: received.roads, received.ponds, '),
        (("nobody", "total"), 'No authority "nobody"; "letters list" shows them all.'),
    ]:
        said = run("trace", *words)
        assert (said.code, said.out) == (2, "")
        assert sentence in said.err


def test_damaged_origins_are_a_warning(run: Run) -> None:
    Path("data/2031/origins.json").write_text("{")

    said = run("trace", "ambridge", "roads")

    assert said.code == 0
    assert "data/2031/origins.json: warning: is damaged, or from another version" in said.err
    assert said.out.splitlines()[-1] == "  from      no import: written by hand"
