"""A whole year comes in from the office's workbook, and says exactly what the files said."""

import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator.edition.load import load_data
from generator.edition.values import slug_of
from generator.edition.yaml_tree import read_yaml
from generator.files.transaction import write_all
from generator.problems import errors
from generator.spreadsheets.authority_matching import MatchKind
from generator.spreadsheets.import_plan import ImportRequest, Plan, plan_import
from generator.workspace import EditionFolders, Workspace
from tests.borsetshire import ROOT
from tests.spreadsheets.office import (
    GROUPS,
    REAL,
    addressee_rows,
    all_authorities,
    figures,
    invented,
    name_of,
    office_workbook,
    rows_of,
    text,
    total_row,
)
from tests.spreadsheets.workbooks import Row, csv_bytes, save

TODAY = date(2018, 6, 4)


@pytest.fixture
def empty(tmp_path: Path) -> EditionFolders:
    """The edition of 2018 without its authorities."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "data/2018").mkdir(parents=True)
    shutil.copy(ROOT / "data/2018/edition.yaml", tmp_path / "data/2018/edition.yaml")
    return Workspace(tmp_path).edition(2018)


def imported(folders: EditionFolders, *files: Path) -> Plan:
    plan = plan_import(folders, ImportRequest(files), TODAY)
    assert errors(plan.problems) == []
    write_all(plan.contents)
    return plan


def without_inserts(path: Path) -> str:
    """What a spreadsheet can say of an authority: all but the paragraphs of its own."""
    return path.read_text().partition("\ninserts:")[0]


@pytest.mark.thorough
def test_the_five_real_files_come_out_to_the_byte_and_360_invented_ones_to_the_figure(
    empty: EditionFolders, tmp_path: Path
) -> None:
    plan = imported(empty, save(office_workbook(all_authorities()), tmp_path / "in/2018.xlsx"))

    assert plan.problems == ()
    assert len(plan.new) == 365
    for path in REAL:
        assert (empty.authorities / path.name).read_text() == without_inserts(path)
    for number in range(360):
        tree, _ = read_yaml(empty.authorities / f"{slug_of(name_of(number))}.yaml")
        assert tree is not None
        assert figures(tree).items() >= figures(invented(number)).items()
        assert text(tree, "addressee", "name") == text(invented(number), "addressee", "name")
    data = load_data(empty)
    assert errors(data.problems) == []
    assert len(data.authorities) == 365


def test_a_second_import_of_the_same_file_changes_nothing(
    empty: EditionFolders, tmp_path: Path
) -> None:
    path = save(office_workbook(all_authorities(20)), tmp_path / "in/2018.xlsx")
    imported(empty, path)

    again = plan_import(empty, ImportRequest((path,)), date(2018, 9, 9))

    assert again.changes == ()
    assert again.contents == {}
    assert {how for _, how in again.matched.values()} == {MatchKind.EXACT}


def test_separate_csv_files_say_the_same_as_the_workbook(
    empty: EditionFolders, tmp_path: Path
) -> None:
    authorities = all_authorities(5)
    kinds = [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")]
    files = []
    for (group, labels), (delimiter, encoding) in zip(GROUPS.items(), kinds, strict=True):
        rows = rows_of(group, authorities)
        table: list[Row] = [
            [f"Complaints {group}"],
            [],
            ["Council", *labels.values()],
            *[["" if v is None else v for v in row] for row in [*rows, total_row(rows)]],
            ["Note: figures are as on 1 June."],
        ]
        path = tmp_path / f"in/{group}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(csv_bytes(table, delimiter=delimiter, encoding=encoding))
        files.append(path)
    people: list[Row] = [["Council", "Name", "Post"], *addressee_rows(authorities)]
    (tmp_path / "in/people.csv").write_bytes(csv_bytes(people, line_end="\n"))

    plan = imported(empty, *files, tmp_path / "in/people.csv")

    assert plan.problems == ()
    for path in REAL:
        assert (empty.authorities / path.name).read_text() == without_inserts(path)


def shuffled(rows: list[Row]) -> list[Row]:
    """The same rows in another order, which is the same every time."""
    mixed = list(rows)
    random.Random(7).shuffle(mixed)
    return mixed


@pytest.mark.parametrize("sort", [shuffled, lambda rows: rows[::-1]], ids=["mixed", "backwards"])
def test_the_order_of_the_rows_makes_no_difference(
    sort: Callable[[list[Row]], list[Row]], empty: EditionFolders, tmp_path: Path
) -> None:
    book: Workbook = office_workbook(all_authorities(10), sort)

    imported(empty, save(book, tmp_path / "in/2018.xlsx"))

    for path in REAL:
        assert (empty.authorities / path.name).read_text() == without_inserts(path)
