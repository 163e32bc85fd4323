"""On a Debian 12 with nothing but its minimum, a clone makes letters and can be checked."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.borsetshire import ROOT

pytestmark = [
    pytest.mark.processes,
    pytest.mark.thorough,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a root of Debian's"),
    pytest.mark.skipif(shutil.which("mmdebstrap") is None, reason="mmdebstrap is not installed"),
]

CLONE = "/srv/a clone (ö)"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The root, with a clone in it, and what this machine needs to reach the internet."""
    root = tmp_path_factory.mktemp("bare") / "root"
    subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", "bookworm", root], check=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        copy = root / CLONE.removeprefix("/") / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    if "PIP_CERT" in os.environ:
        shutil.copy(os.environ["PIP_CERT"], root / "srv/certificates")
    yield root
    shutil.rmtree(root)


def run(bare: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TMPDIR": "/tmp"}
    if "PIP_CERT" in os.environ:
        environment["PIP_CERT"] = "/srv/certificates"
    return subprocess.run(
        ["chroot", bare, "sh", "-c", f"cd '{CLONE}' && {command}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_python_at_first_the_letters_are_made(bare: Path) -> None:
    assert not (bare / "usr/bin/python3").exists()

    made = run(bare, "./letters build --quiet")
    again = run(bare, "./letters build --quiet")

    assert made.returncode == 0, made.stderr
    assert "    python3 python3-venv libpangoft2-1.0-0 libharfbuzz-subset0\n" in made.stderr
    assert made.stdout.startswith("5 letters: 5 written")
    assert again.stderr == ""
    assert again.stdout.startswith("5 letters: 5 unchanged")


def test_it_can_be_checked(bare: Path) -> None:
    """Not all of it here: that a test runs, and that there is a browser."""
    tests = ".venv/bin/python -m pytest tests/edition/test_slugs.py"

    checked = run(bare, f'. ./set-up && set_up "$PWD" dev && {tests}')
    browser = run(bare, "chromium-headless-shell --version")

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert browser.returncode == 0
