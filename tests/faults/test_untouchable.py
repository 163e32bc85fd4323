"""Output that cannot be written, is missing or is in use: a sentence, and old letters as before."""

from pathlib import Path

import pytest

from tests.faults.conftest import Recover, Start
from tests.faults.county import (
    ALL,
    Letters,
    assert_whole_and_true,
    files_in,
    of,
    output,
    to_august,
    without_letters,
)
from tests.faults.disks import Mounts

READ_ONLY = "Read-only file system"


@pytest.mark.thorough
def test_a_read_only_output_folder_is_said_and_its_letters_stay(
    workspace: Path, letters: Letters, mounts: Mounts, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    for folder in ("output", "output/2031/html"):
        mounts.hold(workspace / folder)
        mounts.again(workspace / folder, "bind,ro")
        ended = start(workspace, "build", inside=mounts.inside(workspace)).ended()

        assert (ended.code, ended.out[:20]) == (1, "6 letters: 6 skipped")
        where = "output/2031/pdf" if folder == "output" else folder
        assert f"{where}: error: no letter can be written: {READ_ONLY}\n" in ended.err
        assert ended.err.count(": error: ") == 1
        assert files_in(output(workspace)) == letters.july
        assert_whole_and_true(output(workspace), letters.july)
        mounts.let_go(workspace / folder)

    recover(workspace)


@pytest.mark.thorough
def test_a_missing_output_folder_that_cannot_be_made_is_said(
    workspace: Path, mounts: Mounts, start: Start, recover: Recover
) -> None:
    to_august(without_letters(workspace))
    mounts.hold(workspace)
    mounts.again(workspace, "bind,ro")
    ended = start(workspace, "build", inside=mounts.inside(workspace)).ended()

    assert (ended.code, ended.out[:20]) == (1, "6 letters: 6 skipped")
    assert f".: error: no letter can be written: {READ_ONLY}\n" in ended.err
    assert "Traceback" not in ended.err

    recover(workspace)


@pytest.mark.thorough
def test_an_output_folder_that_goes_missing_midway_is_made_again(
    workspace: Path, letters: Letters, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    run = start(workspace, "build", "--jobs", "1")
    run.wait_until_written("ambridge")
    output(workspace).rename(workspace.parent / "taken-away")
    ended = run.ended()

    assert (ended.code, "Traceback" in ended.err) == (0, False)
    assert files_in(output(workspace)) == of(letters.august, ALL[1:])

    assert recover(workspace).out.startswith("6 letters: 1 written, 5 unchanged, in ")


@pytest.mark.thorough
def test_a_file_that_cannot_be_replaced_fails_its_letter_which_stays_as_it_was(
    workspace: Path, letters: Letters, mounts: Mounts, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    held = output(workspace) / "text/darrington.txt"  # the last of its three to be replaced
    mounts.hold(held)
    ended = start(workspace, "build", inside=mounts.inside(workspace)).ended()

    said = "output/2031/text/darrington.txt: error: cannot be written: Device or resource busy\n"
    assert (ended.code, said in ended.err, "Traceback" in ended.err) == (1, True, False)
    assert ended.out.startswith("6 letters: 5 written, 1 failed, in ")
    others = [slug for slug in ALL if slug != "darrington"]
    expected = {**of(letters.august, others), **of(letters.july, ["darrington"])}
    assert files_in(output(workspace)) == expected
    assert_whole_and_true(output(workspace), letters.july, letters.august)

    mounts.let_go(held)
    assert recover(workspace).out.startswith("6 letters: 1 written, 5 unchanged, in ")


@pytest.mark.thorough
def test_who_has_an_old_letter_open_reads_on_in_it_while_the_new_one_takes_its_place(
    workspace: Path, letters: Letters, recover: Recover
) -> None:
    name = "pdf/ambridge.pdf"
    path = output(workspace) / name
    path.chmod(0o444)
    with path.open("rb") as reader:
        begun = reader.read(100)
        to_august(workspace)
        recover(workspace)

        assert begun + reader.read() == letters.july[name]
    assert path.read_bytes() == letters.august[name]
