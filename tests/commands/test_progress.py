"""A person at a terminal sees the work go on; a file or another program is given plain lines."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, ROOT, build_tree
from tests.commands.conftest import Run, parishes

pytestmark = pytest.mark.processes

MAIN = "from generator.cli import main; main()"
BAR = re.compile(r"━+.*?(\d+)/(\d+) ([\d.]+ a second)? ?([-\d]+:[-\d:]+) ?([\w-]*)")
A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
END = "(this is all)"
OnTerminal = Callable[..., str]


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def on_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> OnTerminal:
    """Runs a command in the workspace as `run` does; gives what a terminal in stderr's place shows.

    What is started meanwhile may keep the terminal, so the end is said on it.
    """

    def run_command(*words: str) -> str:
        ours, theirs = pty.openpty()
        with ThreadPoolExecutor(1) as reader, os.fdopen(theirs, "w") as terminal:
            shown = reader.submit(read_terminal, ours)
            with monkeypatch.context() as here:
                here.setattr(sys, "stderr", terminal)
                run(*words)
            print(END, end="", file=terminal, flush=True)
            return without_colours(shown.result())

    return run_command


def read_terminal(terminal: int) -> str:
    """What is sent to a terminal until the end is said, or nobody has its other end any more."""
    sent = b""
    while not sent.endswith(END.encode()):
        try:
            sent += os.read(terminal, 65536)
        except OSError:  # so it is said that nobody has it
            break
    os.close(terminal)
    return sent.decode().removesuffix(END)


def without_colours(sent: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", sent)


@pytest.mark.thorough
def test_a_bar_shows_how_many_are_done_how_fast_and_how_long_it_will_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here by a process of its own, as a person starts it."""
    build_tree(tmp_path, parishes(4))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", MAIN, "build", "--workspace", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs):
        os.close(theirs)
        sent = without_colours(read_terminal(ours))

    shown = BAR.findall(sent)
    counts = [int(done) for done, *_ in shown]
    done, of, rate, left, slug = shown[-1]
    assert counts == sorted(counts)
    assert counts[0] < 6
    assert (done, of, left) == ("6", "6", "00:00")
    assert re.fullmatch(r"\d+\.\d a second", rate)
    assert (tmp_path / f"data/2031/authorities/{slug}.yaml").is_file()
    assert "written" not in sent


def test_the_bar_counts_only_what_is_to_be_done(
    run: Run, on_terminal: OnTerminal, tmp_path: Path
) -> None:
    run("build")
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: 4")})

    one, none = (BAR.findall(on_terminal("build")) for _ in "12")

    assert one[-1][:2] == ("1", "1")
    assert none == []


def test_the_bar_goes_and_what_failed_stays(on_terminal: OnTerminal, tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("Walter", "☃")})

    sent = on_terminal("build")

    erased = sent.rindex("\x1b[2K")
    assert not BAR.search(sent, erased)
    assert sent.count("error: addressee.name: Liberation Sans has no glyph for “☃”") == 1
    assert "failed     ambridge-district-council: addressee.name: Liberation" in sent[erased:]


def test_laying_out_for_a_check_shows_the_bar_too(on_terminal: OnTerminal) -> None:
    assert BAR.findall(on_terminal("check", "--pages"))[-1][:2] == ("2", "2")


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_there_is_no_bar_where_it_is_not_wanted(option: str, on_terminal: OnTerminal) -> None:
    assert on_terminal("build", option) == ""


def test_there_is_no_bar_in_a_file(run: Run) -> None:
    said = run("build")

    assert "\x1b" not in said.err
    assert "\r" not in said.err
    assert not BAR.search(said.err)
    assert len(re.findall(r"^written    [\w-]+: new$", said.err, re.MULTILINE)) == 2
