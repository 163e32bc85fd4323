"""`letters rename OLD NEW`: an authority of another name, and all that goes by the old one."""

import datetime
import json
from pathlib import Path

import pytest

from generator.checks.confirmed_file import Confirmation, confirmed_text, digest_of, where_of
from generator.edition.origins import Origins, origins_json, read_origins, with_imported
from generator.project.load_edition import load_edition
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE, BORSETSHIRE
from tests.commands.conftest import Run

OLD, NEW = "ambridge-district-council", "ambridge-and-penny-hassett-council"
FOLDER = Path("data/2031/authorities")
NAME = "Ambridge and Penny Hassett Council"


def _tree(folder: Path = Path()) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.as_posix(): path.read_bytes() for path in files}


def test_the_file_moves_with_its_comments_and_knows_its_old_name(run: Run) -> None:
    (FOLDER / f"{OLD}.yaml").write_text("# the oldest\n" + AMBRIDGE + "aliases: [Ambridge]\n")

    said = run("rename", "ambridge", NAME)

    assert (said.code, said.out.splitlines()) == (
        0,
        [
            f"Ambridge District Council is now {NAME}.",
            f"  file      {FOLDER}/{OLD}.yaml is now {FOLDER}/{NEW}.yaml",
            "  aliases   Ambridge District Council",
            f"  formerly  {OLD}",
        ],
    )
    assert not (FOLDER / f"{OLD}.yaml").exists()
    assert (FOLDER / f"{NEW}.yaml").read_text() == (
        "# the oldest\n"
        + AMBRIDGE.replace("Ambridge District Council", NAME)
        + f"aliases: [Ambridge, Ambridge District Council]\nformerly: [{OLD}]\n"
    )
    assert load_edition(Workspace(Path.cwd()).edition(2031)).problems == []


@pytest.mark.processes
def test_no_stale_letter_stays(built: Run) -> None:
    said = built("rename", OLD, NAME)

    assert sorted(line for line in said.out.splitlines() if "removed" in line) == [
        f"  removed output/2031/html/{OLD}.html",
        f"  removed output/2031/pdf/{OLD}.pdf",
        f"  removed output/2031/text/{OLD}.txt",
    ]
    assert said.out.splitlines()[-1] == f'Run "letters build {NEW}" to build its letter.'
    assert not list(Path("output").rglob(f"{OLD}*"))
    manifest = json.loads(Path("output/2031/manifest.json").read_text())
    assert list(manifest["letters"]) == ["felpersham-city-council"]
    assert f"{OLD}.pdf" not in Path("output/2031/index.html").read_text()


def test_origins_and_confirmations_follow(run: Run) -> None:
    folders = Workspace(Path.cwd()).edition(2031)
    cell = (3, "figures.xlsx", "0" * 64, "Received!B2")
    origins = with_imported(Origins(), {OLD: {"received.roads": cell}}, datetime.date(2031, 5, 1))
    (folders.data / "origins.json").write_bytes(origins_json(origins))
    text = AMBRIDGE.replace("name: Walter Gabriel", "name: Walter Gabriel\n  salutation: Wally")
    (FOLDER / f"{OLD}.yaml").write_text(text)
    (open_one,) = load_edition(folders).problems
    entry = Confirmation.model_construct(
        kind=open_one.kind,
        where=where_of(open_one, folders),
        what=open_one.message,
        digest=digest_of(open_one, folders),
        by="Ida",
        on=datetime.date(2031, 5, 1),
    )
    folders.confirmed_file.write_text(confirmed_text([entry]))

    said = run("rename", OLD, NAME)

    assert said.code == 0
    assert "  origins   1 figure moved" in said.out
    assert "  confirmed 1 entry moved" in said.out
    assert list(read_origins(folders)[0].figures) == [NEW]
    after = load_edition(folders)
    assert (after.problems, len(after.confirmed)) == ([], 1)


REFUSED = {
    "another's-name": ("Felpersham City Council", "Felpersham City Council is felpersham-city"),
    "its-own": ("Ambridge District Council", f"{OLD} already has this name."),
    "unfit": ("Two  spaces", 'The new name "Two  spaces": has two spaces in a row; remove one.'),
    "no-letters": ("...", 'The new name "..." has no letters a-z for a file name.'),
    "a-file": (
        "Broken Council",
        "The file broken-council.yaml already exists; nothing was renamed.",
    ),
    "its-alias": ("Ambridge", f"Ambridge is an alias of {OLD}; remove it from aliases first."),
}


@pytest.mark.parametrize(("name", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_name_that_cannot_be_had_is_refused(name: str, why: str, run: Run) -> None:
    (FOLDER / f"{OLD}.yaml").write_text(AMBRIDGE + "aliases: [Ambridge]\n")
    (FOLDER / "broken-council.yaml").write_text("name: [\n")
    before = _tree()

    said = run("rename", OLD, name)

    assert (said.code, why in said.err, _tree()) == (2, True, before)


def test_an_authority_that_cannot_be_read_is_not_renamed(run: Run) -> None:
    (FOLDER / f"{OLD}.yaml").write_text("name: [\n")
    before = _tree()

    said = run("rename", OLD, NAME)

    assert (said.code, _tree()) == (1, before)
    assert said.out == "Nothing was renamed; correct the errors first.\n"


def test_a_name_of_the_same_file_stays_in_it(run: Run) -> None:
    said = run("rename", OLD, "AMBRIDGE DISTRICT COUNCIL")

    assert said.code == 0
    assert "aliases: [Ambridge District Council]" in (FOLDER / f"{OLD}.yaml").read_text()
    assert BORSETSHIRE[f"{FOLDER}/{OLD}.yaml"] == AMBRIDGE
