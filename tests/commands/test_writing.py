"""Commands that write: one at a time, all or none, and what was cut off before is put in order."""

from pathlib import Path

import pytest

from generator.commands.session import Options, Session, open_session
from generator.commands.writing import writing
from generator.files.parts import backup_of, part_of
from generator.files.recovery import JournalKeeper
from generator.files.transaction import FileChange
from generator.project.write_scopes import data_scope
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE
from tests.commands.conftest import Run

A_FILE = Path("data/2031/authorities/ambridge-district-council.yaml")
F_FILE = Path("data/2031/authorities/felpersham-city-council.yaml")
NEW = AMBRIDGE.replace("roads: 3", "roads: 4")
LEFT = [
    Path("data/.2032.1a2b3c4d.part/authorities"),
    Path("templates/.2032.1a2b3c4d.part/sections"),
    Path("data/2031/authorities/.ambridge-district-council.yaml.1a2b3c4d.part"),
    Path("data/schemas/.edition.schema.json.1a2b3c4d.part"),
    Path("output/2031/.figures.csv.1a2b3c4d.part"),
    Path("output/2031/pdf/.ambridge-district-council.pdf.1a2b3c4d.part"),
    Path(".changes.html.1a2b3c4d.part"),
]
WRITING = {
    "import": ("import", "figures.csv", "--apply"),
    "export": ("export",),
    "new-edition": ("new-edition", "2032"),
    "schema": ("schema",),
    "build --dry-run": ("build", "--dry-run"),
}


def leave_behind() -> None:
    for path in LEFT:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if "2032" in str(path) else path.write_text("half a fi")
    Path("figures.csv").write_text(
        "Authority,Roads,Ponds and Ducks\nAmbridge,4,14\nFelpersham,20,0\n"
    )


def kill_an_import(workspace: Path) -> None:
    """Leave what an import leaves that is killed before the second of two renames."""
    changes = []
    for path, content in ((A_FILE, NEW), (F_FILE, F_FILE.read_text() + "# corrected\n")):
        at = workspace / path
        change = FileChange(
            at, content.encode(), part_of(at, "1a2b3c4d"), backup_of(at, "1a2b3c4d")
        )
        change.part.write_text(content)
        change.backup.hardlink_to(at)
        changes.append(change)
    keeper = JournalKeeper(data_scope(Workspace(workspace)), "import", 2031)
    keeper.record("1a2b3c4d", changes)
    changes[0].part.rename(changes[0].path)


@pytest.fixture
def session(run: Run, tmp_path: Path) -> Session:  # noqa: ARG001 - it makes the workspace
    return open_session("confirm", Options(workspace=tmp_path))


@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_what_was_left_lying_about_hinders_nobody_and_is_swept(
    run: Run, words: tuple[str, ...]
) -> None:
    leave_behind()

    said = run(*words)

    assert (said.code, "error" in said.err, ".part" in said.out + said.err) == (0, False, False)
    if "--dry-run" not in words:
        assert [path for path in Path().rglob(".*") if ".part" in str(path)] == []


def test_the_next_command_that_writes_finishes_an_import_and_says_so(
    run: Run, tmp_path: Path
) -> None:
    kill_an_import(tmp_path)

    said = run("export", "--quiet")

    assert said.code == 0
    assert said.err == ("import (edition 2031) was interrupted; its changes are now written.\n")
    assert A_FILE.read_text() == NEW
    assert F_FILE.read_text().endswith("# corrected\n")
    assert [p.name for p in Path("data").rglob(".*")] == []


def test_a_journal_that_is_none_is_a_warning_of_each_command_that_writes(run: Run) -> None:
    Path("data/.letters.1a2b3c4d.journal").write_text("rm -rf /")

    for strict, code in (((), 0), (("--strict",), 1)):
        said = run("export", *strict)
        assert said.code == code
        assert (
            "data/.letters.1a2b3c4d.journal: warning: is not a complete journal of this program"
            in said.err
        )
    assert Path("data/.letters.1a2b3c4d.journal").read_text() == "rm -rf /"


@pytest.mark.parametrize("name", ["import", "new-edition", "schema"])
def test_the_second_that_would_write_data_is_told_of_the_first(
    session: Session, run: Run, name: str
) -> None:
    leave_behind()
    before = A_FILE.read_text()
    with writing(session, data_scope(session.folders.workspace)):
        said = run(*WRITING[name])

    assert said.code == 1
    assert "data: error: process " in said.err
    assert "is writing here; wait until it ends, or stop it" in said.err
    assert said.out == "Nothing was written.\n"
    assert A_FILE.read_text() == before
