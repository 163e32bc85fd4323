"""Asked to stop, a run stops at once and keeps what is finished; the next one goes on."""

import os
import pty
import signal
from functools import partial
from pathlib import Path

import pytest

from tests.faults.conftest import Recover, Start
from tests.faults.county import (
    Letters,
    assert_whole_and_true,
    files_in,
    manifest_in,
    of,
    output,
    to_august,
    without_letters,
)
from tests.faults.processes import PROGRAM, Running

AT_HOME = f"import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY); {PROGRAM}"
"""The program in a terminal that is its own, so that the terminal's keys are meant for it."""
LAST_WORDS = "Interrupted; finished work is kept.\n"


@pytest.mark.thorough
def test_ctrl_c_on_a_terminal_keeps_what_is_finished(
    workspace: Path, letters: Letters, start: Start, recover: Recover
) -> None:
    to_august(without_letters(workspace))
    keyboard, terminal = pty.openpty()
    run = start(workspace, "build", "--jobs", "1", program=AT_HOME, terminal=terminal)
    os.close(terminal)
    first = of(letters.august, ["ambridge"])
    run.wait_for(lambda: files_in(output(workspace)) == first)
    os.write(keyboard, b"\x03")
    said = _all_shown(keyboard)

    assert run.ended().code == 130
    assert "6 letters: 1 written, 5 skipped, in " in said
    assert said.endswith(LAST_WORDS)
    assert "Traceback" not in said
    assert files_in(output(workspace)) == first
    assert list(manifest_in(output(workspace))) == ["ambridge"]
    assert_whole_and_true(output(workspace), letters.august)
    assert list(run.temporary.iterdir()) == []

    assert recover(workspace).out.startswith("6 letters: 5 written, 1 unchanged, in ")


def _all_shown(keyboard: int) -> str:
    """All that a terminal shows, until the last process that has it open is gone."""
    shown = b""
    try:
        while some := os.read(keyboard, 4096):
            shown += some
    except OSError:  # how Linux says that nobody is there any more
        pass
    finally:
        os.close(keyboard)
    # Ctrl-C makes a terminal forget what it has not yet shown, in the middle of a sign, too.
    return shown.decode(errors="replace").replace("\r\n", "\n")


@pytest.mark.thorough
def test_a_signal_to_all_its_processes_stops_a_run_and_no_letter_is_said_to_have_failed(
    workspace: Path, letters: Letters, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    for moment, number in (
        (Running.is_loading, signal.SIGINT),
        (Running.has_begun, signal.SIGHUP),
        (Running.has_begun, signal.SIGTERM),
    ):
        run = start(workspace, "build", "--jobs", "2")
        run.wait_for(partial(moment, run))
        run.signal_group(number)
        ended = run.ended()

        assert ended.code == 130
        if ended.out or moment is not Running.is_loading:  # before the plan, there is no sum yet
            assert ended.out.startswith("6 letters: ")
            assert " skipped, in " in ended.out
        assert "fail" not in ended.out
        assert ended.err.endswith(LAST_WORDS)
        assert ("error" in ended.err, "Traceback" in ended.err) == (False, False)
        assert_whole_and_true(output(workspace), letters.july, letters.august)
        assert list(run.temporary.iterdir()) == []

    recover(workspace)
