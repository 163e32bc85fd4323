"""The invented county, imported from a workbook."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.edition.origins import Origins, read_origins
from generator.files.transaction import write_all
from generator.project.load_edition import LoadedEdition, load_edition, with_problems_of_drafts
from generator.spreadsheets.import_plan import ImportRequest, plan_import
from generator.workspace import EditionFolders
from tests.borsetshire import build_tree
from tests.spreadsheets.workbooks import BORSETSHIRE, save, workbook

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
SHA = "0123456789abcdef" * 4

Build = Callable[..., EditionFolders]
Traced = Callable[..., tuple[LoadedEdition, Origins]]


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path)


@pytest.fixture
def borsetshire(tmp_path: Path) -> Build:
    """Writes the invented workspace, with changes, into a folder of this test's own."""

    def build(*changes: Mapping[str, str | bytes | None]) -> EditionFolders:
        return build_tree(tmp_path, {"templates/letter.html.jinja": "<p></p>\n"}, *changes)

    return build


@pytest.fixture
def imported(tmp_path: Path) -> Traced:
    """Imports the county's workbook, then changes some files by hand."""

    def make(*changes: Mapping[str, str | None]) -> tuple[LoadedEdition, Origins]:
        folders = build_tree(tmp_path)
        path = save(workbook(BORSETSHIRE), tmp_path / "in/figures.xlsx")
        write_all(plan_import(folders, ImportRequest((path,)), date(2031, 6, 2)).contents)
        for change in changes:
            for name, content in change.items():
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_text(content or "")
        return with_problems_of_drafts(load_edition(folders)), read_origins(folders)[0]

    return make
