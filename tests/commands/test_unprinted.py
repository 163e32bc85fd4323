"""Words that cannot be printed: each command does its work to the end, and its exit code tells."""

import json
from pathlib import Path

import pytest

from tests.borsetshire import ROOT, build_tree
from tests.commands.test_program import A, shell

pytestmark = pytest.mark.processes
thorough = pytest.mark.thorough

STREAMS = {
    "stdout full": (">/dev/full", 1),
    "stderr full": ("2>/dev/full", 0),
    "both full": (">/dev/full 2>&1", 1),
    "stdout closed": (">&-", 0),  # nobody wants to know
    "stderr closed": ("2>&-", 0),
    "all closed": ("<&- >&- 2>&-", 0),
    "stdout's reader gone": (">&7", 1),
    "stderr's reader gone": ("2>&7", 0),
    "both readers gone": (">&7 2>&7", 1),
}
GONE_AS_7 = "mkfifo gone; exec 6<>gone 7>gone 6>&-; rm gone;"
"""A pipe that nobody reads any more, for certain: `| true` may end too late."""


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_tree(tmp_path)
    monkeypatch.delenv("LETTERS_HOME", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def by_turns() -> list[object]:
    """Each pair of streams, with what is said for people and for programs by turns."""
    return [
        pytest.param(f"build amb{(' --json', '')[number % 2]}", *STREAMS[name], id=name)
        for number, name in enumerate(STREAMS)
    ]


@thorough
@pytest.mark.parametrize(("words", "streams", "code"), by_turns())
def test_letters_manifest_and_overview_are_made_all_the_same(
    words: str, streams: str, code: int, tmp_path: Path
) -> None:
    said = shell(f"{GONE_AS_7} letters {words} {streams}", tmp_path)

    assert said.code == code
    made = sorted(path.name for path in (tmp_path / "output/2031").rglob("*.*"))
    assert made == [".building", f"{A}.html", f"{A}.pdf", f"{A}.txt", "index.html", "manifest.json"]
    manifest = json.loads((tmp_path / "output/2031/manifest.json").read_text())
    assert not manifest["letters"][A]["unfinished"]
    for name, file in manifest["letters"][A]["files"].items():  # no word of a stream is in one
        assert (tmp_path / "output/2031" / name).stat().st_size == file["bytes"]


COMMANDS = {
    "export": "output/2031/figures.csv",
    "schema": "data/schemas/edition.schema.json",
    "new-edition 2032": "data/2032/edition.yaml",
    "build --draft": "output/2031/draft/index.html",
    "diff --against 2031 --html changes.html": "changes.html",
}


def misfortunes() -> list[object]:
    """Each command with stdout's and stderr's; in the ordinary check with one, by turns."""
    return [
        pytest.param(
            words,
            *STREAMS[name],
            id=f"{words}, {name}",
            marks=thorough if number % 2 != turn or "build" in words else (),
        )
        for number, words in enumerate(COMMANDS)
        for turn, name in enumerate(("both full", "stderr's reader gone"))
    ]


@pytest.mark.parametrize(("words", "streams", "code"), misfortunes())
def test_every_command_that_writes_files_writes_them(
    words: str, streams: str, code: int, tmp_path: Path
) -> None:
    said = shell(f"{GONE_AS_7} letters {words} {streams}", tmp_path)

    assert said.code == code
    assert (tmp_path / COMMANDS[words]).exists()
