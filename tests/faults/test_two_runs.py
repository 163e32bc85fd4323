"""Two runs at once in one output folder: the second says so and leaves it alone."""

import signal
from pathlib import Path

import pytest

from tests.faults.conftest import Recover, Start
from tests.faults.county import Letters, assert_whole_and_true, output, to_august


@pytest.mark.thorough
def test_a_second_run_names_the_first_and_leaves_until_it_is_gone(
    workspace: Path, letters: Letters, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    first = start(workspace, "build", "--jobs", "1")
    first.wait_until_written("ambridge")
    first.signal(signal.SIGSTOP)
    before = _all_files(output(workspace))
    second = start(workspace, "build").ended()

    message = f"process {first.pid} is building letters here; wait until it ends, or stop it"
    assert (second.code, second.out[:20]) == (1, "6 letters: 6 skipped")
    assert f"output/2031: error: {message}\n" in second.err
    assert second.err.count(": error: ") == 1
    assert _all_files(output(workspace)) == before

    first.signal(signal.SIGKILL)
    assert first.ended().code == -signal.SIGKILL
    assert_whole_and_true(output(workspace), letters.july, letters.august)

    recover(workspace)


def _all_files(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
