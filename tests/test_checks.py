"""The three checks: what each leaves out, and that none leaves anything out in silence."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.borsetshire import ROOT

pytestmark = pytest.mark.processes

ONE_OF_EACH = """\
import pytest

@pytest.mark.{mark}
def test_of_this_sort(): ...
"""
UNMARKED = """\
import subprocess

def test_quick(): ...
def test_not_quick(): subprocess.run(["true"])
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run these tests, with no more plugins than our settings need, since each takes its time."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "xdist", *words]
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with our settings, a test of each sort, and one of none."""
    (tmp_path / "tests").mkdir()
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for mark in ("browser", "processes", "thorough"):
        (tmp_path / f"tests/test_{mark}.py").write_text(ONE_OF_EACH.format(mark=mark))
    (tmp_path / "tests/test_none.py").write_text("def test_of_no_sort(): ...\n")
    return tmp_path


@pytest.mark.parametrize(
    ("profile", "passed", "said"),
    [
        ("fast", 1, ["3 not run, as they are marked browser, processes, thorough"]),
        ("ordinary", 3, ["1 not run, as they are marked thorough"]),
        ("thorough", 4, []),
    ],
    ids=["fast", "ordinary", "thorough"],
)
def test_a_check_runs_its_tests_and_says_what_it_leaves_out(
    project: Path, profile: str, passed: int, said: list[str]
) -> None:
    done = run(project, "--profile", profile)

    assert (done.returncode, f"{passed} passed" in done.stdout) == (0, True)
    assert re.findall(r"(\d+ not run.*) \(", done.stdout) == said


@pytest.mark.thorough
def test_to_be_left_with_no_test_at_all_is_a_failure(project: Path) -> None:
    """Also where another process runs the tests, and this one only sums up."""
    done = run(project, "tests/test_thorough.py", "-n", "1")

    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "1 not run, as they are marked thorough (--profile ordinary)" in done.stdout


def test_a_test_that_starts_a_process_must_say_so(project: Path) -> None:
    (project / "tests/test_unmarked.py").write_text(UNMARKED)

    done = run(project, "tests/test_unmarked.py")

    assert "2 passed, 1 error" in done.stdout
    assert "It starts a process (subprocess.Popen): mark it `processes`." in done.stdout


@pytest.mark.parametrize("words", [["--quick"], ["--fast", "--thorough"], ["fast"], [""]])
def test_check_refuses_what_it_does_not_know(words: list[str]) -> None:
    done = subprocess.run([ROOT / "check", *words], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"check: {' '.join(words)}: not understood.\n\nUsage: ./check [")
