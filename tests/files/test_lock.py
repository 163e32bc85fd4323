"""One run at a time in an output folder, also when the first is killed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files.parts import LOCK_FILE, BusyError, locked
from tests.borsetshire import ROOT

pytestmark = pytest.mark.processes

HOLD = """
import sys
from collections.abc import Callable
from pathlib import Path
from generator.files.parts import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def other_run(folder: Path) -> "subprocess.Popen[str]":
    """Another process that has the folder until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_of_the_first(tmp_path: Path) -> None:
    with other_run(tmp_path) as first:
        with pytest.raises(BusyError) as refused, locked(tmp_path):
            pytest.fail("it has what another has")
        first.communicate()

    assert str(refused.value) == f"process {first.pid}"


def test_the_second_leaves_the_firsts_name_in_its_place(tmp_path: Path) -> None:
    with other_run(tmp_path) as first:
        for _ in range(2):
            with pytest.raises(BusyError, match=f"^process {first.pid}$"), locked(tmp_path):
                pytest.fail("it has what another has")
        first.communicate()


def test_it_is_free_once_the_first_has_ended_well_or_badly(tmp_path: Path) -> None:
    with other_run(tmp_path) as first:
        first.communicate()
    with locked(tmp_path):
        assert (tmp_path / LOCK_FILE).read_text() == str(os.getpid())

    with other_run(tmp_path) as killed:
        killed.kill()
        killed.wait()
    with locked(tmp_path):
        assert (tmp_path / LOCK_FILE).read_text() == str(os.getpid())


def test_it_is_free_after_an_exception(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), locked(tmp_path):
        raise ValueError("inside")

    with locked(tmp_path), pytest.raises(BusyError), locked(tmp_path):
        pytest.fail("it has what another has")


def test_a_lock_file_of_nonsense_hinders_nobody(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_bytes(b"\xff nobody, and a text that is rather longer")

    with locked(tmp_path):
        assert (tmp_path / LOCK_FILE).read_text() == str(os.getpid())


def test_who_has_it_may_have_left_no_name(tmp_path: Path) -> None:
    with other_run(tmp_path) as first:
        (tmp_path / LOCK_FILE).write_text("")
        with pytest.raises(BusyError, match=r"^another process$"), locked(tmp_path):
            pytest.fail("it has what another has")
        first.communicate()


def test_the_folder_is_made_and_two_folders_are_two_locks(tmp_path: Path) -> None:
    folder = tmp_path / "output/2031"

    with locked(folder), locked(folder / "draft"):
        assert (folder / "draft" / LOCK_FILE).exists()


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(NotADirectoryError), locked(tmp_path / "file/2031"):
        pytest.fail("there is no such folder")


def _link(lock: Path, theirs: Path) -> None:
    lock.symlink_to(theirs)


def _second_name(lock: Path, theirs: Path) -> None:
    lock.hardlink_to(theirs)


def _pipe(lock: Path, _theirs: Path) -> None:
    os.mkfifo(lock)


@pytest.mark.parametrize("make", [_link, _second_name, _pipe], ids=["link", "second name", "pipe"])
def test_no_other_file_is_written_into(make: Callable[[Path, Path], None], tmp_path: Path) -> None:
    theirs = tmp_path / "thesis.txt"
    theirs.write_text("Chapter 1")
    folder = tmp_path / "output"
    folder.mkdir()
    make(folder / LOCK_FILE, theirs)

    with pytest.raises(OSError), locked(folder):  # noqa: PT011 - each has its own reason
        pytest.fail("it has a folder where another may be at work")

    assert theirs.read_text() == "Chapter 1"


def test_a_lock_that_is_to_go_goes_and_so_do_folders_made_for_it(tmp_path: Path) -> None:
    with locked(tmp_path / "a/b", ".writing", remove=True):
        assert (tmp_path / "a/b/.writing").exists()

    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_is_to_go_is_refused_to_a_second_all_the_same(tmp_path: Path) -> None:
    with locked(tmp_path, ".writing", remove=True):
        with pytest.raises(BusyError), locked(tmp_path, ".writing", remove=True):
            pytest.fail("it has what another has")
        assert (tmp_path / ".writing").exists()
