"""A new edition is written whole or not at all."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from generator.files.transaction import write_all
from generator.lineage.new_files import NewEdition, edition_contents, plan_edition
from tests.lineage.conftest import Build


@pytest.fixture
def new(borsetshire: Build) -> NewEdition:
    """A new edition that is not yet written."""
    new, _ = plan_edition(borsetshire(), 2032)
    assert new is not None
    return new


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_both_folders_are_written_and_nothing_is_left_beside_them(new: NewEdition) -> None:
    write_all(edition_contents(new))

    workspace = new.folders.workspace
    assert files_below(new.folders.data) == new.data
    assert files_below(new.folders.templates) == new.templates
    assert workspace.years() == [2031, 2032]
    assert {path.name for path in workspace.data.iterdir()} == {"2031", "2032", "schemas"}
    assert new.folders.data.stat().st_mode == workspace.data.stat().st_mode


def test_where_a_file_cannot_be_written_neither_folder_is_there(new: NewEdition) -> None:
    before = files_below(new.folders.workspace.folder)
    broken = replace(new, data={**new.data, "edition.yaml/within-a-file": b""})

    with pytest.raises(OSError, match=rf"\[Errno ({errno.ENOTDIR}|{errno.EEXIST})\]"):
        write_all(edition_contents(broken))

    folder = new.folders.workspace.folder
    assert files_below(folder) == before
    assert {p.name for p in (folder / "data").iterdir()} == {"2031"}
    assert {p.name for p in (folder / "templates").iterdir() if p.is_dir()} == {"2031"}


@pytest.mark.parametrize("taken", ["data", "templates"])
def test_where_another_was_quicker_its_folder_stays_as_it_is(taken: str, new: NewEdition) -> None:
    folder = new.folders.workspace.folder / taken / "2032"
    folder.mkdir()
    (folder / "theirs").write_text("theirs")
    before = files_below(new.folders.workspace.folder)

    with pytest.raises(FileExistsError, match=f"{taken}/2032"):
        write_all(edition_contents(new))

    assert files_below(new.folders.workspace.folder) == before


def test_the_schemas_are_those_of_the_new_year(new: NewEdition) -> None:
    write_all(edition_contents(new))

    assert set(files_below(new.folders.workspace.schemas)) == {
        "authority-2032.schema.json",
        "edition.schema.json",
    }
