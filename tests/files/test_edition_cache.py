"""What is kept of an edition holds for the very same files and program; all else is nothing."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.files import edition_cache
from generator.files.edition_cache import EditionCache, TreeState, tree_state
from generator.workspace import EditionFolders
from tests.borsetshire import build_tree

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
F_FILE = "data/2031/authorities/felpersham-city-council.yaml"


def state(folder: Path) -> TreeState:
    found = tree_state([folder / "data", folder / "templates", folder / "elsewhere"])
    assert found is not None
    return found


def swap(folder: Path) -> None:
    (folder / A_FILE).rename(folder / "third")
    (folder / F_FILE).rename(folder / A_FILE)
    (folder / "third").rename(folder / F_FILE)


def to_folder(folder: Path) -> None:
    (folder / A_FILE).unlink()
    (folder / A_FILE).mkdir()


def move_a_byte(folder: Path) -> None:
    """From the end of one file to the beginning of the next."""
    content = (folder / A_FILE).read_bytes()
    (folder / A_FILE).write_bytes(content[:-1])
    (folder / F_FILE).write_bytes(content[-1:] + (folder / F_FILE).read_bytes())


CHANGES: dict[str, Callable[[Path], object]] = {
    "a byte": lambda folder: (folder / A_FILE).write_bytes((folder / A_FILE).read_bytes() + b"\n"),
    "a byte that goes to another file": move_a_byte,
    "two files that change places": swap,
    "a file that is gone": lambda folder: (folder / A_FILE).unlink(),
    "another name": lambda folder: (folder / A_FILE).rename(folder / "data/2031/a.yaml"),
    "an empty file": lambda folder: (folder / "templates/new").touch(),
    "an empty folder": lambda folder: (folder / "templates/2031/inserts").mkdir(),
    "a folder that was not there": lambda folder: (folder / "elsewhere").mkdir(),
    "a folder in place of a file": to_folder,
    "a link": lambda folder: (folder / "templates/new").symlink_to(folder / A_FILE),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_change_of_a_name_or_a_content_is_another_state(
    change: Callable[[Path], object], tmp_path: Path
) -> None:
    build_tree(tmp_path)
    before = state(tmp_path)
    assert state(tmp_path) == before

    change(tmp_path)

    assert state(tmp_path).digest != before.digest


def test_where_a_link_leads_counts_and_what_stands_there(tmp_path: Path) -> None:
    build_tree(tmp_path)
    link, target = tmp_path / "templates/link.md", tmp_path / "target.md"
    target.write_text("One")
    link.symlink_to(target)
    first = state(tmp_path)
    target.write_text("Two")
    second = state(tmp_path)
    other = target.rename(tmp_path / "other.md")
    link.unlink()
    link.symlink_to(other)

    assert len({first.digest, second.digest, state(tmp_path).digest}) == 3


UNCERTAIN: dict[str, Callable[[Path], None]] = {
    "a link to a folder": lambda path: path.symlink_to(path.parent),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a pipe": os.mkfifo,
}


@pytest.mark.parametrize("make", UNCERTAIN.values(), ids=UNCERTAIN)
def test_of_what_cannot_be_told_for_certain_nothing_is_kept(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    folders = build_tree(tmp_path)
    make(tmp_path / "templates/odd")

    cache = EditionCache(folders, draft=False)
    cache.keep("found", [])

    assert tree_state([tmp_path]) is None
    assert EditionCache(folders, draft=False).recall() is None
    assert cache.is_newer_than(tmp_path / A_FILE)


def test_a_folder_that_cannot_be_read_is_nothing_certain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_tree(tmp_path)

    def refuse(path: Path, _sort: object) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(edition_cache, "read_bytes", refuse)

    assert tree_state([tmp_path]) is None


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditionFolders:
    """An edition of which something is kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folders = build_tree(tmp_path / "county")
    EditionCache(folders, draft=False).keep("found", [])
    return folders


def kept(folders: EditionFolders, *, draft: bool = False) -> str | None:
    return EditionCache(folders, draft=draft).recall()


def kept_file(folders: EditionFolders) -> Path:
    (path,) = (folders.workspace.folder.parent / "cache/annual-letters").iterdir()
    return path


def test_what_was_kept_is_there_for_the_same_files_alone(folders: EditionFolders) -> None:
    content = folders.edition_file.read_bytes()
    assert (kept(folders), kept(folders, draft=True)) == ("found", None)

    folders.edition_file.write_bytes(content + b"#")
    assert kept(folders) is None

    folders.edition_file.write_bytes(content)
    assert kept(folders) == "found"


def test_a_workspace_that_was_copied_has_nothing(folders: EditionFolders) -> None:
    assert kept(build_tree(folders.workspace.folder.parent / "copy")) is None


def test_nobody_else_can_read_it(folders: EditionFolders) -> None:
    assert kept_file(folders).parent.stat().st_mode & 0o777 == 0o700


def test_what_another_program_found_is_nothing(
    folders: EditionFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition_cache, "_program", lambda: "another")

    assert kept(folders) is None


def change_and_take_back(folders: EditionFolders) -> None:
    content = folders.edition_file.read_bytes()
    folders.edition_file.write_bytes(content + b"#")
    folders.edition_file.write_bytes(content)


MEANWHILE: dict[str, Callable[[EditionFolders], object]] = {
    "changed": lambda folders: folders.edition_file.write_bytes(b"#"),
    "changed, and changed back": change_and_take_back,
    "a new file": lambda folders: (folders.templates / "new").touch(),
}


@pytest.mark.parametrize("meanwhile", MEANWHILE.values(), ids=MEANWHILE)
def test_what_was_changed_while_it_was_read_is_not_kept(
    meanwhile: Callable[[EditionFolders], object], folders: EditionFolders
) -> None:
    cache = EditionCache(folders, draft=True)

    meanwhile(folders)
    cache.keep("found", [])

    assert kept(folders, draft=True) is None


def test_letters_of_years_that_are_compared_with_are_looked_at_the_next_time(
    folders: EditionFolders,
) -> None:
    letter = folders.workspace.folder / "issued/2030/ambridge.txt"
    EditionCache(folders, draft=True).keep("found", [2030])
    assert kept(folders, draft=True) is None

    EditionCache(folders, draft=True).keep("found", [2030])
    assert kept(folders, draft=True) == "found"

    letter.parent.mkdir(parents=True)
    letter.write_text("Dear Walter Gabriel,")
    assert kept(folders, draft=True) is None


def test_a_damaged_file_is_as_none(folders: EditionFolders) -> None:
    path = kept_file(folders)
    content = path.read_bytes()
    others = [[], {}, None, 1, ["a", "b"], ["a", "b", "c", "d"], json.loads(content[:-64])]
    damaged = [content[:end] for end in range(len(content))]
    damaged += [
        content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :] for at in range(len(content))
    ]
    damaged += [json.dumps(other).encode() for other in others]
    damaged += [content.replace(b"found", b"other"), b"[" * 100_000, b"\xff\xfe", b"1e999"]

    for spoilt in damaged:
        path.write_bytes(spoilt)
        assert edition_cache._read(path) == edition_cache._Kept(), spoilt

    path.write_bytes(content)
    assert kept(folders) == "found"


def test_after_a_damaged_file_it_is_kept_anew(folders: EditionFolders) -> None:
    kept_file(folders).write_bytes(b"[")

    EditionCache(folders, draft=False).keep("found anew", [])

    assert kept(folders) == "found anew"


def in_place_of_the_folder(cache: Path) -> None:
    cache.mkdir()
    (cache / "annual-letters").write_text("a file")


def for_all_to_see(cache: Path) -> None:
    (cache / "annual-letters").mkdir(parents=True)
    (cache / "annual-letters").chmod(0o755)


def linked(cache: Path) -> None:
    (cache / "else").mkdir(parents=True, mode=0o700)
    (cache / "annual-letters").symlink_to(cache / "else")


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "a file where it would be": in_place_of_the_folder,
    "a file where its folder would be": lambda cache: cache.write_text("a file"),
    "a folder that others may read": for_all_to_see,
    "a link": linked,
}


@pytest.mark.parametrize("spoil", UNUSABLE.values(), ids=UNUSABLE)
def test_a_folder_that_cannot_be_used_is_no_cache(
    spoil: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folders = build_tree(tmp_path / "county")
    spoil(tmp_path / "cache")

    EditionCache(folders, draft=False).keep("found", [])

    assert kept(folders) is None
    assert [*tmp_path.rglob("*.json")] == []


def test_what_cannot_be_written_is_not_kept(
    folders: EditionFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_contents: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(edition_cache, "write_all", full)

    EditionCache(folders, draft=True).keep("found", [])

    assert (kept(folders), kept(folders, draft=True)) == ("found", None)


def test_without_a_cache_nothing_is_looked_up_or_kept(folders: EditionFolders) -> None:
    before = kept_file(folders).read_bytes()
    cache = EditionCache(folders, draft=False, is_used=False)

    cache.keep("other", [])

    assert (cache.recall(), kept_file(folders).read_bytes()) == (None, before)


def test_what_nobody_asked_for_in_a_long_time_goes(folders: EditionFolders) -> None:
    old = kept_file(folders).with_name("old.json")
    old.write_text("[]")
    os.utime(old, (0, 0))

    EditionCache(folders, draft=True).keep("found", [])

    assert not old.exists()
    assert kept(folders) == "found"


PARTS = {Path(A_FILE).name: "of Ambridge", Path(F_FILE).name: "of Felpersham"}


@pytest.fixture
def in_parts(folders: EditionFolders) -> EditionFolders:
    """An edition of which something is kept of each authority's file, too."""
    EditionCache(folders, draft=False).keep("found", [], PARTS.items())
    return folders


def kept_parts(folders: EditionFolders) -> tuple[str | None, Mapping[str, str]]:
    cache = EditionCache(folders, draft=False)
    return cache.recall(), cache.recall_parts()


def test_while_nothing_changes_the_whole_is_there_and_all_parts(in_parts: EditionFolders) -> None:
    assert kept_parts(in_parts) == ("found", PARTS)


def test_of_a_file_that_has_changed_no_part_is_there_and_no_whole(
    in_parts: EditionFolders,
) -> None:
    path = in_parts.workspace.folder / A_FILE
    path.write_bytes(path.read_bytes() + b"\n")

    assert kept_parts(in_parts) == (None, {Path(F_FILE).name: "of Felpersham"})


def test_parts_that_change_places_are_not_there(in_parts: EditionFolders) -> None:
    swap(in_parts.workspace.folder)

    assert kept_parts(in_parts) == (None, {})


def to_link(folder: Path) -> None:
    (folder / A_FILE).rename(folder / "there.yaml")
    (folder / A_FILE).symlink_to(folder / "there.yaml")


OTHERS: dict[str, Callable[[Path], object]] = {
    "the edition": lambda folder: (folder / "data/2031/edition.yaml").write_text("year: 2031\n"),
    "the wording": lambda folder: (folder / "templates/letter.css").write_text("p {}"),
    "a new file among them": lambda folder: (folder / A_FILE).with_name("new.yaml").touch(),
    "a file that is gone": lambda folder: (folder / A_FILE).unlink(),
    "a folder among them": lambda folder: (folder / A_FILE).with_name("new").mkdir(),
    "a link in its place": to_link,
    "another year": lambda folder: (folder / "data/2030").mkdir(),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_where_anything_else_has_changed_no_part_is_there(
    change: Callable[[Path], object], in_parts: EditionFolders
) -> None:
    change(in_parts.workspace.folder)

    assert kept_parts(in_parts) == (None, {})


def test_without_a_cache_there_are_no_parts(in_parts: EditionFolders) -> None:
    assert EditionCache(in_parts, draft=False, is_used=False).recall_parts() == {}
    assert EditionCache(in_parts, draft=True).recall_parts() == {}
