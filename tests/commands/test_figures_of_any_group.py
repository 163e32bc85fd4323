"""An edition with facts, decimals and rates across groups goes the whole way, by each command."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from generator.rendering.record import FIGURES_FILE, RECORD_FILE, read_record
from generator.verification.reading import read_letter
from generator.workspace import EditionFolders, Workspace
from tests.borsetshire import BORSETSHIRE, build_tree
from tests.commands.conftest import Run
from tests.confirming.confirmed import confirm_all
from tests.edition.figure_definitions import A_FILE, AMBRIDGE_FILE, EDITION_FILE, SHAPE, WORLD, A
from tests.examples import spread
from tests.pdfs import text_of
from tests.spreadsheets.workbooks import Row, save, workbook

LAST_YEAR = {
    path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030")
    for path, text in {
        **BORSETSHIRE,
        **WORLD,
        A_FILE: AMBRIDGE_FILE.replace("upheld: 9", "upheld: 6"),
    }.items()
    if "2031" in path
}


@pytest.fixture
def there(run: Run, tmp_path: Path) -> Run:
    """Runs a command in the county."""
    build_tree(tmp_path, WORLD)
    return run


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return Workspace(tmp_path).edition(2031)


def test_its_letters_are_checked_built_and_proven(there: Run, folders: EditionFolders) -> None:
    assert (there("check").code, there("build").code) == (0, 0)
    assert "2 letters proven" in there("verify").out
    pdf = (folders.output() / f"pdf/{A}.pdf").read_bytes()
    words = text_of(pdf)
    attached = read_letter(pdf).files
    record = read_record(attached[RECORD_FILE])
    table = attached[FIGURES_FILE].decode("utf-8-sig").splitlines()

    assert "Average days: 32.6." in words
    assert "Among 225,300 residents" in words
    assert "That was slow." in words
    assert "Residents" not in words
    assert f"{A},outcomes,per_100000,Upheld for each 100 thousand,quotient,4.0" in table
    assert f"{A},remedies,rate,Satisfactory,percent,33" in table
    values = {f"{f.group}.{f.id}": f.value for f in record.figures}
    assert str(values["outcomes.per_100000"]) == "4.0"
    assert (values["outcomes.upheld"], values["outcomes.uphold_rate"]) == (9, 69)
    assert '"value": "4.0"' in attached[RECORD_FILE].decode()
    other = (folders.output() / "text/felpersham-city-council.txt").read_text()
    assert re.search(r"Uphold rate +no investigations\n", other)
    assert re.search(r"Upheld for each 100 thousand +0.0\n", other)
    assert "That was slow." not in other


def test_a_fact_that_only_a_sentence_says_makes_its_letter_anew(
    there: Run, folders: EditionFolders
) -> None:
    assert there("build").code == 0
    path = folders.workspace.folder / A_FILE
    path.write_text(path.read_text().replace("32.6", "32.7"))

    said = there("build", "--dry-run").out

    assert f"{A}: figures changed" in said
    assert "1 to write, 1 unchanged" in said


def test_all_of_its_figures_go_out_and_come_in_again(there: Run, folders: EditionFolders) -> None:
    assert there("export").code == 0
    output = folders.output()
    rows = [
        *csv.DictReader(io.StringIO((output / "figures.csv").read_text("utf-8-sig"))),
    ]
    book = openpyxl.load_workbook(output / "figures.xlsx", data_only=True)

    assert {f"{r['group']}.{r['id']}": r["value"] for r in rows if r["authority"] == A} == {
        "facts.population": "225300",
        "facts.days": "32.6",
        "outcomes.investigated": "13",
        "outcomes.upheld": "9",
        "outcomes.uphold_rate": "69",
        "outcomes.per_100000": "4.0",
        "compliance.due": "7",
        "compliance.met": "7",
        "compliance.rate": "100",
        "remedies.satisfactory": "3",
        "remedies.rate": "33",
    }
    assert [[cell.value for cell in row] for row in book["Facts"].rows] == [
        ["Authority", "Residents", "Average days"],
        ["Ambridge District Council", 225300, 32.6],
        ["Felpersham City Council", 1200, 0],
        ["Total", 226500, None],
    ]
    assert book["Facts"]["C2"].number_format == "0.0"
    assert (book["Outcomes"]["E2"].value, book["Outcomes"]["E2"].number_format) == (4, "0.0")
    assert "0 of 14 figures to change" in there("import", str(output / "figures.xlsx")).out


def test_figures_are_imported_by_label_and_alias(
    there: Run, folders: EditionFolders, tmp_path: Path
) -> None:
    stated = AMBRIDGE_FILE.replace("satisfactory: 3", "satisfactory: 3, rate: 33%")
    (folders.workspace.folder / A_FILE).write_text(
        stated.replace("upheld: 9", "upheld: 9, per_100000: 4.0").replace("32.6", "null")
    )
    sheets: dict[str, list[Row]] = {
        "Facts": [
            ("Authority", "Residents", "Average days"),
            ("Ambridge District Council", 225300, 29.2),
        ],
        "Outcomes": [
            ("Authority", "Investigated", "Cases upheld", "Upheld for each 100 thousand"),
            ("Ambridge District Council", 13, 12, 5.3262),
        ],
    }
    book = save(workbook(sheets), tmp_path / "in.xlsx")

    said = there("import", str(book), "--apply")

    assert said.code == 0, said.err
    text = (folders.workspace.folder / A_FILE).read_text()
    assert "facts: {population: 225300, days: 29.2}" in text
    assert "outcomes: {investigated: 13, upheld: 12, per_100000: 5.3}" in text
    assert "remedies: {satisfactory: 3, rate: 25%}" in text
    assert (
        '"facts.days": {"value":"29.2","file":0,"cell":"Facts!C2"}'
        in (folders.data / "origins.json").read_text()
    )
    assert there("check").code == 0
    trail = there("trace", A, "outcomes.per_100000").out
    assert "rule      data/2031/edition.yaml" in trail
    assert "made of   facts.population: 225,300" in trail
    assert "from      in.xlsx:Outcomes!C2, imported on" in trail
    days = there("trace", A, "facts.days", "--json").json
    assert (
        json.dumps(days).count('"29.2"') == 4
    )  # its text, its value, its cell's, and in the letter


WRONG_CELLS = {
    "32.65": (32.65, "found 32.65; expected a number with 1 decimal places at most"),
    "a text": ("32.6", 'found the text "32.6"; make it a number'),
    "a comma": ("32,6", "found 32,6; write 32.6, with a decimal point"),
    "negative": (-15, "found -15, which is negative"),
    "a percentage": (0.5, "found 50%, a percentage"),
    "blank": ("", "blank; write the number"),
}


@pytest.mark.parametrize("case", WRONG_CELLS)
def test_a_cell_that_is_no_decimal_is_refused(there: Run, tmp_path: Path, case: str) -> None:
    value, expected = WRONG_CELLS[case]
    rows = [
        ("Authority", "Residents", "Average days"),
        ("Ambridge District Council", 225300, value),
    ]

    said = there("import", str(save(workbook({"Facts": rows}), tmp_path / "in.xlsx")))

    assert said.code == 1
    assert f"Facts!C2: error: facts.days: {expected}" in said.err


def test_a_rate_of_another_sheet_s_figures_is_held_against_them(there: Run, tmp_path: Path) -> None:
    rows = [
        ("Authority", "Satisfactory remedies", "Satisfactory"),
        ("Ambridge District Council", 3, 0.5),
    ]

    said = there("import", str(save(workbook({"Remedies": rows}), tmp_path / "in.xlsx")))

    assert said.code == 1
    expected = "Remedies!C2: error: remedies.rate: 50% is stated, but 3 of 9 gives 33%"
    assert expected in said.err


@pytest.mark.parametrize(
    ("heads", "figures", "expected"),
    [
        (
            ("Authority", "Satisfactory remedies"),
            ("Ambridge District Council", 10),
            "in.xlsx:One!B2: error: remedies.satisfactory: satisfactory is 10, more than "
            "outcomes.upheld, 9",
        ),
        (
            ("Authority", "Investigated", "Cases upheld"),
            ("Ambridge District Council", 13, 2),
            "in.xlsx:One!B2: error: remedies.satisfactory: satisfactory is 3, more than "
            "outcomes.upheld, 2",
        ),
    ],
    ids=["the part", "the whole"],
)
def test_a_part_that_would_be_more_than_its_whole_is_not_imported(
    there: Run, tmp_path: Path, heads: Row, figures: Row, expected: str
) -> None:
    book = save(workbook({"One": [heads, figures]}), tmp_path / "in.xlsx")

    said = there("import", str(book), "--apply")

    assert said.code == 1
    assert expected in said.err


def test_a_rate_is_followed_through_other_groups_to_their_lines(there: Run) -> None:
    lines = there("trace", A, "remedies.rate").out.splitlines()

    assert lines[0].endswith('remedies.rate ("Satisfactory"): 33%')
    assert any("satisfactory as a whole percentage of outcomes.upheld" in line for line in lines)
    at = lines.index("  made of   outcomes.upheld: 9")
    assert lines[at + 1].strip().startswith(f"line      {A_FILE}:6:")
    assert "printed   statistics/" in there("trace", A, "facts.population").out


def test_a_figure_that_no_letter_prints_is_said_to_be_printed_nowhere(
    there: Run, folders: EditionFolders
) -> None:
    path = folders.templates / "sections/statistics.md"
    path.write_text("# The statistics\n\nThere are some.\n")
    assert there("build").code == 0

    lines = there("trace", A, "facts.population").out.splitlines()

    assert lines[1] == "  printed   nowhere: the letter does not print it"
    assert lines[2].startswith("  line      ")


@pytest.mark.parametrize(
    "against", spread(["output/2030/pdf", "", "output/2030/text", "output/2030/html"], 2)
)
def test_what_has_become_of_its_figures_is_told(
    there: Run, folders: EditionFolders, against: str
) -> None:
    confirm_all(build_tree(folders.workspace.folder, WORLD, LAST_YEAR))
    assert there("build", "--year", "2030").code == 0

    said = there("diff", *(["--against", against] if against else []))

    assert said.code == 0, said.err
    assert re.search(r"Upheld for each 100 thousand +2.7 +4.0 +\+1.3\n", said.out), said.out
    assert re.search(r"Uphold rate +46% +69% +\+23 points\n", said.out)
    assert re.search(r"Remedies: Satisfactory +50% +33% +−17 points\n", said.out)


def test_its_sums_over_all_letters(there: Run, folders: EditionFolders) -> None:
    folders.edition_file.write_text(f"{SHAPE}national: {{facts: {{population: 1000000000}}}}\n")

    said = there("check", "--sums")

    assert re.search(r"facts.population +226500 +1000000000 +-\n", said.out), said.out
    assert re.search(r"facts.days +- +- +-\n", said.out)
    assert re.search(r"outcomes.per_100000 +4.0 +- +-\n", said.out)
    assert "adds up to 226500 over all letters, stated 1000000000" in said.err


@pytest.mark.parametrize("name", ["days", "per_100000", "uphold_rate"])
def test_only_what_adds_up_is_a_figure_of_the_whole_country(
    there: Run, folders: EditionFolders, name: str
) -> None:
    group = "facts" if name == "days" else "outcomes"
    folders.edition_file.write_text(f"{SHAPE}national: {{{group}: {{{name}: 4}}}}\n")

    assert "expected a count or a sum" in there("check").err


def test_a_decimal_that_leapt_is_worth_a_look(there: Run, folders: EditionFolders) -> None:
    confirm_all(build_tree(folders.workspace.folder, WORLD, LAST_YEAR))
    outliers = "outliers: {factor: 2, at_least: 20}\n"
    folders.edition_file.write_text(SHAPE + outliers)
    path = folders.workspace.folder / A_FILE
    path.write_text(AMBRIDGE_FILE.replace("32.6", "80.1"))

    assert "facts.days: 80.1, but 32.6 in 2030; worth a look" in there("check").err


def test_the_next_edition_begins_without_figures(there: Run, folders: EditionFolders) -> None:
    assert there("new-edition", "2032").code == 0
    text = (folders.workspace.folder / A_FILE.replace("2031", "2032")).read_text()

    assert "facts: {population: null, days: null}" in text
    assert "figures: {population" not in text
    assert (
        "    figures:\n"
        in (folders.workspace.folder / EDITION_FILE.replace("2031", "2032")).read_text()
    )
    assert re.search(r"ambridge-district-council +\S.* +0 of 7 ", there("list").out)
    assert "none of the 7 figures has been supplied yet" in there("check").err
