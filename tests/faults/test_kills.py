"""Killed at any instant, a run leaves whole files and a manifest that tells the truth of them."""

import shutil
import signal
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.conftest import Recover, Start
from tests.faults.county import Letters, assert_whole_and_true, output, to_august
from tests.faults.steps import signalled_at

RUNS = "{%- for run in block.runs -%}"
_LOOP = "{% for _ in run.text %}" * 12 + "{% endfor %}" * 12
ENDLESS = f'{{% if "Borchester" in run.text %}}{_LOOP}{{% endif %}}'
STEPS = (159, 139, 102, 88, 58, 57, 42, 31, 16, 8, 6, 2)
"""Some of the nearly two hundred that it takes, of every kind; first those that leave most."""


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(STEPS[::4], id="some"),
        pytest.param(STEPS, id="all", marks=pytest.mark.thorough),
    ],
)
def test_killed_at_any_step_it_leaves_old_files_or_new_ones_and_the_truth(
    workspace: Path, letters: Letters, start: Start, recover: Recover, steps: Sequence[int]
) -> None:
    other = Path(shutil.copytree(workspace, workspace.parent / "other"))

    def kill_at(workspace: Path, steps: Iterable[int]) -> list[Path]:
        """Kill one run after the other, each of which finds what the one before has left."""
        left: list[Path] = []
        for number, step in enumerate(steps):
            to_august(workspace, back=number % 2 == 1)
            program = signalled_at({step: signal.SIGKILL})
            assert start(workspace, "build", program=program).ended().code == -signal.SIGKILL
            assert_whole_and_true(output(workspace), letters.july, letters.august)
            left += output(workspace).rglob("*.part")
        to_august(workspace)
        recover(workspace)
        return left

    with ThreadPoolExecutor() as both:
        left = both.map(kill_at, [workspace, other], [steps[::2], steps[1::2]])
        assert any(left)  # there were some to sweep


@pytest.mark.thorough
def test_killed_it_leaves_no_process_behind_not_even_one_that_would_never_end(
    workspace: Path, letters: Letters, start: Start, recover: Recover
) -> None:
    to_august(workspace)
    template = workspace / "templates/letter.html.jinja"
    as_it_was = template.read_text()
    template.write_text(as_it_was.replace(RUNS, f"{RUNS}{ENDLESS}"))
    first = start(workspace, "build", "--jobs", "1")
    first.wait_for(first.is_loading)
    first.signal(signal.SIGKILL)

    assert first.ended().code == -signal.SIGKILL  # it waits until no process is left
    assert_whole_and_true(output(workspace), letters.july)

    second = start(workspace, "build", "--jobs", "1")
    second.wait_until_written("ambridge")
    second.signal(signal.SIGKILL)

    assert second.ended().code == -signal.SIGKILL

    template.write_text(as_it_was)
    recover(workspace)
