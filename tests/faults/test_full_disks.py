"""A disk that is full, of bytes or of files: what fits is right, and no old letter is lost."""

from pathlib import Path

import pytest

from tests.faults.conftest import Recover, Start
from tests.faults.county import (
    ALL,
    Letters,
    assert_whole_and_true,
    files_in,
    manifest_in,
    output,
    to_august,
    without_letters,
)
from tests.faults.disks import Mounts
from tests.faults.processes import Ended

FULL = "No space left on device"


def filler(mounts: Mounts, workspace: Path, *, but: int) -> Path:
    """Fill the disk with a file, but for so many KB."""
    path = workspace / "output/filler"
    script = f"cat /dev/zero > {path}; truncate -s -{but}K {path}"
    mounts.do("sh", "-c", f"({script}) 2> /dev/null")
    return path


@pytest.mark.thorough
def test_on_a_disk_that_is_full_from_the_start_nothing_is_begun(
    workspace: Path, mounts: Mounts, start: Start, recover: Recover
) -> None:
    to_august(without_letters(workspace))
    mounts.small_disk(workspace / "output", size=2**20)
    full = filler(mounts, workspace, but=0)
    ended = start(workspace, "build", inside=mounts.inside(workspace)).ended()

    said = f"output/2031: error: cannot be written: {FULL}\n"
    assert (ended.code, said in ended.err) == (1, True)
    assert ended.out.startswith("6 letters: 6 skipped, in ")
    assert "Traceback" not in ended.err
    assert files_in(mounts.seen(output(workspace))) == {}

    mounts.do("rm", full)
    recover(workspace, mounts)


@pytest.mark.thorough
def test_on_a_disk_that_fills_up_midway_what_fits_is_kept_and_no_other_letter_is_tried(
    workspace: Path, letters: Letters, mounts: Mounts, start: Start, recover: Recover
) -> None:
    to_august(without_letters(workspace))
    mounts.small_disk(workspace / "output", size=200 * 2**10)
    ended = start(workspace, "build", inside=mounts.inside(workspace)).ended()

    _assert_some_written_one_failed_and_the_rest_skipped(ended)
    found = files_in(mounts.seen(output(workspace)))
    assert 0 < len(found) < len(letters.august)
    assert_whole_and_true(mounts.seen(output(workspace)), letters.august)

    mounts.again(workspace / "output", f"size={2**24}")
    recover(workspace, mounts)


@pytest.mark.thorough
def test_with_no_room_for_another_letter_the_old_ones_stay_as_they_are(
    workspace: Path, letters: Letters, mounts: Mounts, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    old = workspace.parent / "old"
    (workspace / "output").rename(old)
    mounts.small_disk(workspace / "output", size=2**20)
    mounts.do("cp", "-r", old / "2031", workspace / "output")
    full = filler(mounts, workspace, but=16)
    ended = start(workspace, "build", inside=mounts.inside(workspace)).ended()

    assert (ended.code, "Traceback" in ended.err) == (1, False)
    assert ended.out.startswith("6 letters: 1 failed, 5 skipped, in ")
    assert f": error: cannot be written: {FULL}\n" in ended.err
    assert "the earlier letter is unchanged\n" in ended.err
    assert files_in(mounts.seen(output(workspace))) == letters.july
    assert_whole_and_true(mounts.seen(output(workspace)), letters.july)
    assert list(mounts.seen(output(workspace)).rglob("*.part")) == []

    mounts.do("rm", full)
    recover(workspace, mounts)


@pytest.mark.thorough
def test_on_a_disk_that_can_hold_no_more_files_what_fits_is_kept(
    workspace: Path, letters: Letters, mounts: Mounts, start: Start, recover: Recover
) -> None:
    to_august(without_letters(workspace))
    mounts.small_disk(workspace / "output", nr_inodes=16)
    ended = start(workspace, "build", inside=mounts.inside(workspace)).ended()

    _assert_some_written_one_failed_and_the_rest_skipped(ended)
    assert_whole_and_true(mounts.seen(output(workspace)), letters.august)
    assert list(manifest_in(mounts.seen(output(workspace)))) != []

    mounts.again(workspace / "output", "nr_inodes=1000")
    recover(workspace, mounts)


def _assert_some_written_one_failed_and_the_rest_skipped(ended: Ended) -> None:
    written = ended.err.count("written    ")
    assert ended.code == 1
    assert ended.out.startswith(
        f"6 letters: {written} written, 1 failed, {len(ALL) - written - 1} skipped, in "
    )
    assert written > 0
    assert f": error: cannot be written: {FULL}\n" in ended.err
    assert f": not tried: {FULL}\n" in ended.err
    assert "Traceback" not in ended.err
