"""Plans of imports into the invented county."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest
from openpyxl import Workbook

from generator.spreadsheets.authority_matching import ANY_NEW, NameOverrides
from generator.spreadsheets.import_plan import ImportRequest, Plan, plan_import
from generator.workspace import EditionFolders
from tests.borsetshire import build_tree
from tests.spreadsheets.workbooks import Row, save, workbook

TODAY = date(2031, 6, 2)
NEW = NameOverrides(new=frozenset({ANY_NEW}))
"""Whoever is not known is new."""


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    """The invented county, whose letters need no template here."""
    return build_tree(tmp_path, {"templates/letter.html.jinja": "<p></p>\n"})


class Planned(Protocol):
    """Plans an import of a workbook, of sheets as rows, or of files that are there."""

    def __call__(self, given: Any, **asked: Any) -> Plan: ...


@pytest.fixture
def planned(folders: EditionFolders, monkeypatch: pytest.MonkeyPatch) -> Planned:
    monkeypatch.chdir(folders.workspace.folder)

    def plan(given: Workbook | Mapping[str, Sequence[Row]] | Sequence[Path], **asked: Any) -> Plan:
        if isinstance(given, Workbook):
            files: Sequence[Path] = [save(given, Path("figures.xlsx"))]
        elif isinstance(given, Mapping):
            files = [save(workbook(given), Path("figures.xlsx"))]
        else:
            files = given
        return plan_import(folders, ImportRequest(tuple(files), **asked), TODAY)

    return plan


def said(plan: Plan) -> list[str]:
    """The problems of a plan, a line each."""
    return [problem.line(problem.place.path.as_posix()) for problem in plan.problems]
