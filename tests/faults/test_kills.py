"""Killed at any instant, a run leaves whole files and a manifest that tells the truth of them."""

import random
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.conftest import Recover, Start
from tests.faults.county import Letters, assert_whole_and_true, output, to_august

RUNS = "{%- for run in block.runs -%}"
_LOOP = "{% for _ in run.text %}" * 12 + "{% endfor %}" * 12
ENDLESS = f'{{% if "Borchester" in run.text %}}{_LOOP}{{% endif %}}'


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


FIGURES = "Authority,Roads,Ponds and Ducks\nAmbridge,4,14\nEdgeley,21,0\n"
COMMANDS = {
    "build": ((), 12),
    "import": (("figures.csv", "--apply"), 6),
    "new-edition": (("2032",), 6),
}


@pytest.mark.thorough
@pytest.mark.parametrize("command", COMMANDS)
def test_all_its_processes_killed_at_any_moment_the_same_command_comes_to_its_end(
    command: str, workspace: Path, letters: Letters, start: Start
) -> None:
    words, kills = COMMANDS[command]
    (workspace / "figures.csv").write_text(FIGURES)
    to_august(workspace)
    undisturbed = Path(shutil.copytree(workspace, workspace.parent / "undisturbed"))
    begun = time.monotonic()
    assert start(undisturbed, command, *words).ended().code == 0
    took_s = time.monotonic() - begun
    moments = random.Random(command)
    killed = tried = 0
    while killed < kills:
        tried += 1
        assert tried < 5 * kills, "it hardly ever comes in time"
        disturbed = Path(shutil.copytree(workspace, workspace.parent / f"disturbed-{tried}"))
        run = start(disturbed, command, *words)
        time.sleep(moments.uniform(0.2, 1.0) * took_s)
        with suppress(ProcessLookupError):
            run.signal_group(signal.SIGKILL)
        if run.ended().code == -signal.SIGKILL:
            killed += 1
        else:  # it had ended, since the computer is less busy than it was
            took_s *= 0.9
        assert_whole_and_true(output(disturbed), letters.july, letters.august)

        again = start(disturbed, command, *words).ended()
        assert again.code == 0 or "2032 already exists" in again.err, again.err
        assert _data(disturbed) == _data(undisturbed)


def _data(workspace: Path) -> dict[str, bytes]:
    """All that people keep in a workspace, and what lies about there."""
    return {
        str(path.relative_to(workspace)): path.read_bytes()
        for folder in ("data", "templates")
        for path in (workspace / folder).rglob("*")
        if path.is_file()
    }
