"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from generator.storage.transaction import atomic_write, write_all


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
