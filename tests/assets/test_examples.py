"""The workspaces that come with the program: in order, wholly invented, with much to be tried."""

import json
import re
from hashlib import sha256
from typing import Any

import pytest

from generator import cli
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders, Workspace
from tests.borsetshire import ROOT

ASSETS = ROOT / "generator/assets"
BORSETSHIRE = Workspace(ASSETS / "examples/borsetshire")
WORKSPACES = [BORSETSHIRE, Workspace(ASSETS / "first-letter")]
EDITIONS = [workspace.edition(year) for workspace in WORKSPACES for year in workspace.years()]
REAL = r"bromsgrove|luton|milton keynes|leicestershire|sefton|michael king|lgo|ombudsman"


@pytest.mark.parametrize("folders", EDITIONS, ids=lambda folders: str(folders.year))
def test_there_is_nothing_wrong_with_an_edition(folders: EditionFolders) -> None:
    loaded = load_edition(folders)

    assert loaded.problems == []
    assert len(loaded.letters) == (1 if loaded.folders.workspace is WORKSPACES[1] else 12)


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def runs_of_five(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_not_five_words_in_a_row_are_those_of_the_issued_letters_and_no_name_is_real() -> None:
    issued = [p.read_text() for p in (ROOT / "tests/reference/issued-2018").glob("*.txt")]
    real = set[tuple[str, ...]]().union(*map(runs_of_five, issued))
    texts = {
        path: path.read_text()
        for workspace in WORKSPACES
        for path in workspace.folder.rglob("*")
        if path.suffix in {".md", ".yaml", ".csv"}
    }

    assert len(real) > 1000
    assert len(texts) > 50
    for path, text in texts.items():
        assert runs_of_five(text) & real == set(), path
        assert re.findall(REAL, text.lower()) == [], path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command says of Borsetshire, as data."""

    def run(*words: str) -> Any:
        assert cli.run([*words, "--json", "--workspace", str(BORSETSHIRE.folder)]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_between_its_years_something_changed_for_every_reason(ask: Any) -> None:
    said = ask("diff")

    causes = {change["cause"] for letter in said["letters"] for change in letter["changes"]}
    assert causes == {"edition", "wording", "insert", "rule", "data", "figures"}
    assert said["new"] == ["borsetshire-combined-authority"]
    assert said["gone"] == []  # one was renamed, and two are one now


def test_its_figures_come_from_its_spreadsheet_and_can_be_corrected_from_another(ask: Any) -> None:
    sheets = BORSETSHIRE.folder / "spreadsheets"
    origins = json.loads((BORSETSHIRE.data / "2025/origins.json").read_text())
    figures, revised = sheets / "figures-2025.xlsx", sheets / "revised-remedies-2025.csv"

    assert [file["sha256"] for file in origins["files"]] == [
        sha256(figures.read_bytes()).hexdigest()
    ]
    assert ask("import", str(figures))["changes"] == []
    assert len(ask("import", str(revised))["changes"]) == 4
