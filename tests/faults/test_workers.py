"""A worker that dies, hangs or runs out of memory costs the letter it has in hand, and no other."""

import os
import resource
import signal
from pathlib import Path

import pytest

from tests.faults.conftest import Recover, Start
from tests.faults.county import (
    ALL,
    SLOW,
    Letters,
    assert_whole_and_true,
    files_in,
    of,
    output,
    to_august,
)

FAULTS = {
    "borchester": (
        signal.SIGKILL,  # as the kernel does where memory is short
        "the process that was making it was killed (SIGKILL), perhaps out of memory; "
        "build it again",
    ),
    "edgeley": (
        signal.SIGSEGV,  # as the engine's libraries do where they are at fault
        "the process that was making it was killed (SIGSEGV); build it again",
    ),
    "penny-hassett": (
        signal.SIGSTOP,  # it hangs, and is deaf to every signal that can be ignored
        "took longer than 20 seconds and was stopped; --time-limit SECONDS allows more",
    ),
}


@pytest.mark.thorough
def test_a_worker_that_is_killed_crashes_or_hangs_fails_its_letter_alone_and_is_replaced(
    workspace: Path, letters: Letters, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    run = start(workspace, "build", "--jobs", "1", "--time-limit", "20")
    seen = set()
    for before, slug in zip(ALL[::2], SLOW, strict=True):
        run.wait_until_written(before)
        [worker] = run.workers()
        seen.add(worker)
        os.kill(worker, FAULTS[slug][0])
    ended = run.ended()

    assert ended.code == 1
    assert ended.out.startswith("6 letters: 3 written, 3 failed, in ")
    for slug, (_, message) in FAULTS.items():
        assert f"data/2031/authorities/{slug}.yaml: error: {message}\n" in ended.err
        assert f"failed     {slug}: {message}; the earlier letter is unchanged\n" in ended.err
    assert len(seen) == 3
    assert "Traceback" not in ended.err
    assert_whole_and_true(output(workspace), letters.july, letters.august)
    assert of(files_in(output(workspace)), SLOW) == of(letters.july, SLOW)
    assert of(files_in(output(workspace)), ALL[::2]) == of(letters.august, ALL[::2])
    assert list(run.temporary.iterdir()) == []

    assert recover(workspace).out.startswith("6 letters: 3 written, 3 unchanged, in ")


@pytest.mark.thorough
def test_workers_go_on_when_the_process_that_they_are_forked_from_is_killed(
    workspace: Path, letters: Letters, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    run = start(workspace, "build", "--jobs", "1")
    run.wait_for(run.is_loading)
    os.kill(run.servers()[0], signal.SIGKILL)
    run.wait_until_written("ambridge")
    os.kill(run.servers()[0], signal.SIGKILL)
    ended = run.ended()

    assert (ended.code, "Traceback" in ended.err) == (1, False)
    assert ended.out.startswith("6 letters: 5 written, 1 failed, in ")
    assert "borchester.yaml: error: the process that was making it ended unexpectedly" in ended.err
    assert_whole_and_true(output(workspace), letters.july, letters.august)
    assert list(run.temporary.iterdir()) == []

    recover(workspace)


@pytest.mark.thorough
def test_a_worker_that_runs_out_of_memory_fails_its_letter_alone_and_is_replaced(
    workspace: Path, letters: Letters, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    run = start(workspace, "build", "--jobs", "1")
    run.wait_until_written("ambridge")
    [worker] = run.workers()
    resource.prlimit(worker, resource.RLIMIT_AS, (2**20, resource.RLIM_INFINITY))
    ended = run.ended()

    assert (ended.code, "Traceback" in ended.err) == (1, False)
    assert ended.out.startswith("6 letters: 5 written, 1 failed, in ")
    assert "borchester.yaml: error: not enough memory" in ended.err
    assert_whole_and_true(output(workspace), letters.july, letters.august)

    recover(workspace)
