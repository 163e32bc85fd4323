"""A person at a terminal sees the work go on; a file or another program is given plain lines."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, ROOT, build_tree
from tests.commands.conftest import parishes

pytestmark = pytest.mark.processes

MAIN = "from generator.cli import main; main()"
BAR = re.compile(r"━+.*?(\d+)/(\d+) ([\d.]+ a second)? ?([-\d]+:[-\d:]+) ?([\w-]*)")
A_FILE = "data/2031/authorities/ambridge-district-council.yaml"


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_tree(tmp_path, parishes(10))
    monkeypatch.delenv("LETTERS_HOME", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")


def on_a_terminal(*words: str, cwd: Path) -> str:
    """What a terminal is sent when a command's progress and problems are shown on it."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *words],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ):
        os.close(theirs)
        sent = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # so it is said that nobody has the other end any more
                break
            if not piece:
                break
            sent += piece
    os.close(ours)
    return sent.decode()


def without_colours(sent: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", sent)


def test_a_bar_shows_how_many_are_done_how_fast_and_how_long_it_will_take(tmp_path: Path) -> None:
    sent = without_colours(on_a_terminal("build", cwd=tmp_path))

    shown = BAR.findall(sent)
    counts = [int(done) for done, *_ in shown]
    done, of, rate, left, slug = shown[-1]
    assert counts == sorted(counts)
    assert counts[0] < 12
    assert (done, of, left) == ("12", "12", "00:00")
    assert re.fullmatch(r"\d+\.\d a second", rate)
    assert (tmp_path / f"data/2031/authorities/{slug}.yaml").is_file()
    assert "written" not in sent


def test_the_bar_counts_only_what_is_to_be_done(tmp_path: Path) -> None:
    on_a_terminal("build", cwd=tmp_path)
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: 4")})

    one = BAR.findall(without_colours(on_a_terminal("build", cwd=tmp_path)))
    none = BAR.findall(without_colours(on_a_terminal("build", cwd=tmp_path)))

    assert one[-1][:2] == ("1", "1")
    assert none == []


def test_the_bar_goes_and_what_failed_stays(tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("Walter", "☃")})

    sent = without_colours(on_a_terminal("build", cwd=tmp_path))

    erased = sent.rindex("\x1b[2K")
    assert not BAR.search(sent, erased)
    assert sent.count("error: addressee.name: Liberation Sans has no sign for “☃”") == 1
    assert "failed     ambridge-district-council: addressee.name: Liberation" in sent[erased:]


def test_laying_out_for_a_check_shows_the_bar_too(tmp_path: Path) -> None:
    sent = without_colours(on_a_terminal("check", "--pages", cwd=tmp_path))

    assert BAR.findall(sent)[-1][:2] == ("12", "12")


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_there_is_no_bar_where_it_is_not_wanted(option: str, tmp_path: Path) -> None:
    assert on_a_terminal("build", option, cwd=tmp_path) == ""


def test_there_is_no_bar_in_a_file(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "build"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "\x1b" not in done.stderr
    assert "\r" not in done.stderr
    assert not BAR.search(done.stderr)
    assert len(re.findall(r"^written    [\w-]+: new$", done.stderr, re.MULTILINE)) == 12
