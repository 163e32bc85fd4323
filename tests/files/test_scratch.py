"""Folders for temporary files go with their process, or with the next one."""

import tempfile
from pathlib import Path

import pytest

from generator.files.parts import scratch_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_there_while_it_is_wanted_and_others_leave_it(temporary: Path) -> None:
    with scratch_folder() as one:
        with scratch_folder() as other:
            assert {str(path) for path in temporary.iterdir()} == {one, other}
        assert [str(path) for path in temporary.iterdir()] == [one]

    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_nothing_else(temporary: Path) -> None:
    (temporary / ".letters-12345678.part/worker").mkdir(parents=True)
    (temporary / "letters-of-mine.part").mkdir()
    (temporary / ".letters-link.part").symlink_to(temporary / "letters-of-mine.part")

    with scratch_folder():
        pass

    assert {path.name for path in temporary.iterdir()} == {
        "letters-of-mine.part",
        ".letters-link.part",
    }
