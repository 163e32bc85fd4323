"""Files are written whole or not at all, and those that belong together all or none."""

import errno
import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.files.transaction import FileChange, atomic_write, signals_held, write_all


class Steps(list[str]):
    """What is told to the system and set down in a journal, in order; one name may be refused."""

    def __init__(self, patch: pytest.MonkeyPatch, refused: str = "") -> None:
        self.refused = refused
        self._sync, self._rename = os.fsync, os.rename
        patch.setattr(os, "fsync", self.fsync)
        patch.setattr(os, "rename", self.rename)

    def fsync(self, handle: int) -> None:
        path = Path(f"/dev/fd/{handle}").resolve()
        self.append("folder on disk" if path.is_dir() else "content on disk")
        self._sync(handle)

    def rename(self, source: Path, target: Path) -> None:
        if target.name == self.refused:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if target.suffix == ".part":
            self.append(f"{source.name} away")
        else:
            self.append(f"{target.name} {'old' if '.old.' in source.name else 'new'}")
        self._rename(source, target)

    def journal(self, token: str) -> Path:
        return Path(f"/nowhere/{token}")

    def record(self, _token: str, _changes: Sequence[FileChange]) -> None:
        self.append("set down")


def test_it_makes_the_folder_and_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "letter.txt"

    atomic_write(path, b"one")
    atomic_write(path, b"two")

    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["letter.txt"]


def test_others_may_read_it_like_any_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    ordinary = tmp_path / "ordinary.txt"
    ordinary.write_text("made by open")

    atomic_write(path, b"one")

    assert path.stat().st_mode == ordinary.stat().st_mode


def test_files_that_belong_together_are_all_new_or_all_old(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b" / "b.txt"
    first.write_bytes(b"old")
    (tmp_path / "b").write_text("a file where a folder is needed")

    with pytest.raises(OSError, match="exists") as failed:
        write_all({first: b"new", second: b"new"})

    assert failed.value.filename == str(second)
    assert first.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b"]


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.mkdir()
    (path / "inside").write_text("kept")

    with pytest.raises(OSError, match="directory"):
        atomic_write(path, b"one")

    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]
    assert (path / "inside").read_text() == "kept"


def test_new_files_and_the_folders_made_for_them_are_taken_back(tmp_path: Path) -> None:
    old, held = tmp_path / "a.txt", tmp_path / "held"
    old.write_bytes(b"old")
    held.mkdir()

    with pytest.raises(IsADirectoryError):
        write_all({old: b"new", tmp_path / "x" / "y" / "b.txt": b"new", held: b"new"})

    assert old.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "held"]


def test_contents_reach_the_disk_before_the_names_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Steps(monkeypatch)

    write_all({tmp_path / "a": b"new", tmp_path / "b": b"new"}, steps)

    assert steps == [
        *("content on disk", "content on disk", "folder on disk", "set down"),
        *("a new", "b new", "folder on disk"),
    ]


def test_what_is_new_is_taken_back_before_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So nothing has to be deleted on the word of a journal, whenever it is broken off."""
    (tmp_path / "a").write_bytes(b"old")
    steps = Steps(monkeypatch, refused="c")

    with pytest.raises(OSError, match="Input/output error"):
        write_all({tmp_path / name: b"new" for name in "abc"})

    assert [step for step in steps if "disk" not in step] == ["a new", "b new", "b away", "a old"]
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"old"}


def test_a_folder_is_put_in_place_with_all_that_is_in_it(tmp_path: Path) -> None:
    write_all({tmp_path / "2032": {"edition.yaml": b"year", "authorities/a.yaml": b"a"}})

    assert (tmp_path / "2032/authorities/a.yaml").read_bytes() == b"a"
    assert [p.name for p in tmp_path.iterdir()] == ["2032"]


def test_a_folder_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "2032").mkdir()

    with pytest.raises(FileExistsError):
        write_all({tmp_path / "2032": {"edition.yaml": b"year"}})

    assert list((tmp_path / "2032").iterdir()) == []


def test_a_signal_is_heard_once_all_is_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    found = signal.signal(signal.SIGINT, signal.default_int_handler)  # unheard behind a shell's &

    try:
        with pytest.raises(KeyboardInterrupt), signals_held():  # noqa: PT012 - that is the moment
            signal.raise_signal(signal.SIGINT)
            path.write_text("whole")
    finally:
        signal.signal(signal.SIGINT, found)

    assert path.read_text() == "whole"


def test_a_signal_hides_no_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), signals_held():  # noqa: PT012 - that is the moment
        signal.raise_signal(signal.SIGINT)
        (tmp_path / "none").read_text()


def test_a_file_goes_with_those_that_are_written_or_stays_with_them(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"1")
    blocked = tmp_path / "blocked"
    blocked.mkdir()

    with pytest.raises(OSError, match="directory"):
        write_all({new: b"2", old: None, blocked: b"3"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blocked", "old"]

    write_all({new: b"2", old: None})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blocked", "new"]
