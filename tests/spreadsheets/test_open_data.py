"""All figures as open data: a table, and a workbook from which they come back as they were."""

import io
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.edition.load import load_data
from generator.edition.origins import read_origins
from generator.edition.values import slug_of
from generator.files.transaction import write_all
from generator.rendering.record import csv_table
from generator.spreadsheets.import_plan import ImportRequest, plan_import
from generator.spreadsheets.open_data import complete, export_files
from generator.spreadsheets.questions import Question
from generator.spreadsheets.read_files import read_csv
from generator.workspace import EXAMPLES, EditionFolders, Workspace
from tests.borsetshire import AMBRIDGE, EDITION, authority, build_tree
from tests.examples import few
from tests.spreadsheets.workbooks import BORSETSHIRE, save, workbook

SMALL = {"templates/letter.html.jinja": "<p></p>\n"}
TODAY = date(2031, 6, 2)


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path, SMALL)


def exported(folders: EditionFolders) -> Mapping[str, bytes]:
    data = load_data(folders)
    assert data.edition is not None
    return export_files(data.edition, complete(data)[0])


def test_the_table_has_a_row_for_each_figure(folders: EditionFolders) -> None:
    text = exported(folders)["figures.csv"].decode("utf-8-sig")

    lines = text.split("\r\n")
    assert lines[:4] == [
        "authority,group,id,label,kind,value",
        "ambridge-district-council,received,roads,Roads,count,3",
        "ambridge-district-council,received,ponds,Ponds and Ducks,count,14",
        "ambridge-district-council,received,total,Total,sum,17",
    ]
    assert "felpersham-city-council,decided,uphold_rate,Uphold Rate,percent," in lines
    assert len(lines) == 1 + 2 * 10 + 1


def test_the_workbook_has_a_sheet_for_each_group_and_totals(folders: EditionFolders) -> None:
    content = exported(folders)["figures.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)

    assert {sheet.title: [list(row) for row in sheet.values] for sheet in book.worksheets} == {
        "Received": [
            ["Authority", "Roads", "Ponds and Ducks", "Total"],
            ["Ambridge District Council", 3, 14, 17],
            ["Felpersham City Council", 20, 0, 20],
            ["Total", 23, 14, 37],
        ],
        "Decided": [
            ["Authority", "Advice Given", "Not Upheld", "Upheld", "Uphold Rate", "Total"],
            ["Ambridge District Council", 1, 5, 3, 0.38, 9],
            ["Felpersham City Council", 2, 0, 0, "N/A", 2],
            ["Total", 3, 5, 3, 0.38, 11],
        ],
        "Remedied": [
            ["Authority", "by us", "by the authority"],
            ["Ambridge District Council", 2, 1],
            ["Felpersham City Council", 0, 0],
            ["Total", 2, 1],
        ],
    }
    assert book["Decided"]["E2"].number_format == "0%"


def test_sums_rates_and_totals_are_formulas(folders: EditionFolders) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(folders)["figures.xlsx"]))

    totals = [cell.value for cell in book["Received"]["D"]]
    assert totals == ["Total", "=SUM(B2:C2)", "=SUM(B3:C3)", "=SUM(B4:C4)"]
    assert book["Received"]["B4"].value == "=SUM(B2:B3)"
    assert [cell.value for cell in book["Decided"][3]][4:] == [
        '=IF(SUM(C3:D3)<1,"N/A",ROUND(100*D3/SUM(C3:D3),0)/100)',
        "=SUM(B3:D3)",
    ]


@pytest.mark.parametrize(
    ("parts", "formula"),
    [
        ("[advice_given, upheld]", "=SUM(B2,D2)"),
        ("[received.total, advice_given]", "=SUM('Received'!D2,B2)"),
    ],
)
def test_a_formula_names_just_the_cells_of_its_parts(
    folders: EditionFolders, parts: str, formula: str
) -> None:
    before, _, after = EDITION.rpartition("total: {label: Total, sum: all}")
    folders.edition_file.write_text(f"{before}total: {{label: Some, sum: {parts}}}{after}")

    book = openpyxl.load_workbook(io.BytesIO(exported(folders)["figures.xlsx"]))

    assert book["Decided"]["F2"].value == formula


def test_five_cells_can_be_corrected_in_an_export_and_imported(folders: EditionFolders) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(folders)["figures.xlsx"]))
    for sheet, cell, value in (
        ("Received", "B2", 4),
        ("Received", "C3", 1),
        ("Decided", "C2", 6),
        ("Decided", "D3", 1),
        ("Remedied", "B3", 1),
    ):
        book[sheet][cell] = value
    path = save(book, folders.workspace.folder / "corrected.xlsx")

    plan = plan_import(folders, ImportRequest((path,)), TODAY)

    assert plan.problems == ()
    assert [(change.name, change.after) for change in plan.changes] == [
        ("received.roads", "4"),
        ("decided.not_upheld", "6"),
        ("received.ponds", "1"),
        ("decided.upheld", "1"),
        ("remedied.by_us", "1"),
    ]


def test_the_same_figures_give_the_same_bytes(
    folders: EditionFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exported(folders)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))

    assert exported(folders) == first


def test_a_name_is_never_a_formula(folders: EditionFolders) -> None:
    path = folders.authorities / "1-1.yaml"
    path.write_text(authority("=1+1"))

    book = openpyxl.load_workbook(io.BytesIO(exported(folders)["figures.xlsx"]))

    assert (book["Received"]["A2"].value, book["Received"]["A2"].data_type) == ("=1+1", "s")


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_label_and_no_word_for_no_rate_is_a_formula(folders: EditionFolders, text: str) -> None:
    edition = EDITION.replace("roads: Roads", f'roads: "{text}"')
    folders.edition_file.write_text(
        edition.replace("label: Uphold Rate, ", f'label: Uphold Rate, none: "{text}", ')
    )
    files = exported(folders)

    book = openpyxl.load_workbook(io.BytesIO(files["figures.xlsx"]))
    label, none = book["Received"]["B1"], book["Decided"]["E3"]
    assert (label.value, label.data_type, label.quotePrefix) == (text, "s", True)
    assert f',"{text}",' in str(none.value)  # a text that the formula gives, and never runs
    stored = openpyxl.load_workbook(io.BytesIO(files["figures.xlsx"]), data_only=True)
    assert (stored["Decided"]["E3"].value, stored["Decided"]["E3"].data_type) == (text, "s")
    assert f",roads,'{text},count,3\r\n" in files["figures.csv"].decode("utf-8-sig")


@pytest.mark.parametrize("text", FORMULAS)
def test_import_reads_such_a_cell_as_it_was(tmp_path: Path, text: str) -> None:
    written = csv_table([("Authority", text), ("Ambridge", 4)]).encode()

    (sheet,), problems = read_csv(tmp_path / "figures.csv", written)

    assert problems == []
    assert sheet.cells[1, 2].value == text


def test_groups_of_long_names_have_sheets_of_their_own(folders: EditionFolders) -> None:
    name = "complaints_and_enquiries_received_about"
    text = EDITION.replace("  received:\n", f"  {name}_one:\n").replace(
        "  remedied:\n", f"  {name}_two:\n"
    )
    folders.edition_file.write_text(text)
    path = folders.authorities / "ambridge-district-council.yaml"
    path.write_text(
        AMBRIDGE.replace("received:", f"{name}_one:").replace("remedied:", f"{name}_two:")
    )
    (folders.authorities / "felpersham-city-council.yaml").unlink()

    book = openpyxl.load_workbook(io.BytesIO(exported(folders)["figures.xlsx"]))

    assert book.sheetnames == [
        "Complaints_and_enquiries_re 1",
        "Decided",
        "Complaints_and_enquiries_re 3",
    ]


def test_an_import_of_what_was_exported_changes_nothing(folders: EditionFolders) -> None:
    file = save(workbook(BORSETSHIRE), folders.workspace.folder / "in/figures.xlsx")
    write_all(plan_import(folders, ImportRequest((file,)), TODAY).contents)
    before = {path: path.read_bytes() for path in folders.data.rglob("*.*")}
    export = folders.workspace.folder / "figures.xlsx"
    export.write_bytes(exported(folders)["figures.xlsx"])

    plan = plan_import(folders, ImportRequest((export,)), TODAY)

    assert plan.problems == ()
    assert plan.figures == 14
    assert plan.contents == {}
    assert {path: path.read_bytes() for path in folders.data.rglob("*.*")} == before


@pytest.mark.parametrize("example", ["borsetshire", "three-years"])
def test_an_export_of_rates_alone_in_a_sheet_can_be_imported(example: str, tmp_path: Path) -> None:
    copytree(EXAMPLES / example, tmp_path / example)
    folders = Workspace(tmp_path / example).edition()
    export = tmp_path / "figures.xlsx"
    export.write_bytes(exported(folders)["figures.xlsx"])

    plan = plan_import(folders, ImportRequest((export,)), TODAY)

    assert [problem.message for problem in plan.problems] == []
    assert plan.contents == {}


def test_an_export_is_the_origin_of_what_was_corrected_in_it_alone(
    folders: EditionFolders,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(folders)["figures.xlsx"]))
    for cell, value in {"B2": 4, "D2": 18, "B4": 24, "D4": 38}.items():
        book["Received"][cell] = value
    path = save(book, folders.workspace.folder / "corrected.xlsx")

    write_all(plan_import(folders, ImportRequest((path,)), TODAY).contents)

    origins, _ = read_origins(folders)
    assert {slug: list(figures) for slug, figures in origins.figures.items()} == {
        "ambridge-district-council": ["received.roads"]
    }


COUNTS = st.integers(0, 999_999)
NAMES = st.lists(
    st.sampled_from(["Ambridge", "Felpersham", "Penny Hassett", "Lakey Hill", "Loxley Barrett"]),
    unique=True,
    min_size=1,
)


@settings(max_examples=few())
@given(NAMES, st.lists(st.lists(COUNTS, min_size=7, max_size=7), min_size=5, max_size=5))
def test_export_then_import_is_the_identity(names: list[str], counts: list[list[int]]) -> None:
    files: dict[str, str | None] = {
        "data/2031/authorities/ambridge-district-council.yaml": None,
        "data/2031/authorities/felpersham-city-council.yaml": None,
    }
    empty: dict[str, str | None] = {}
    for name, figures in zip(names, counts, strict=False):
        roads, ponds, advice, not_upheld, upheld, by_us, by_authority = figures
        text = (
            f"name: {name} Council\naddressee: {{name: A B, office: Clerk}} # new\n"
            f"received: {{ponds: {ponds}, roads: {roads}}}\n"
            f"decided:\n  advice_given: {advice} # so many\n  not_upheld: {not_upheld}\n"
            f"  upheld: {upheld}\nremedied: {{by_us: {by_us}, by_authority: {by_authority}}}\n"
        )
        path = f"data/2031/authorities/{slug_of(name)}-council.yaml"
        files[path] = text
        without = text
        for figure in map(str, figures):
            without = without.replace(f": {figure}", ": null", 1)
        empty[path] = without
    with TemporaryDirectory() as folder:
        folders = build_tree(Path(folder), SMALL, files)
        export = Path(folder) / "figures.xlsx"
        export.write_bytes(exported(folders)["figures.xlsx"])

        assert plan_import(folders, ImportRequest((export,)), TODAY).contents == {}

        asked = ImportRequest((export,), accept=frozenset(Question))
        for path, content in empty.items():
            (Path(folder) / path).write_text(content or "")
        write_all(plan_import(folders, asked, TODAY).contents)

        assert {p: (Path(folder) / p).read_text() for p in empty} == {p: files[p] for p in empty}
