"""`set-up` makes .venv once, says what is missing, and goes on from wherever it was cut off.

Python, pip and apt-get are stand-ins that write down how they were called.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.borsetshire import ROOT

pytestmark = pytest.mark.processes

FILES = ("set-up", "pyproject.toml", "constraints.txt", "constraints-dev.txt")
TOOLS = ("sh", "cat", "chmod", "cksum", "cp", "env", "mkdir", "mktemp", "mv", "rm", "sed", "tail")
PYTHON = """\
#!/bin/sh
# As a Python: says what "$TOLD" says, makes a .venv that holds itself, and installs.
case $* in
"-I - "*) exec cat "$STAND_INS/told" ;;
"-I -m venv .venv") echo venv >>"$CALLS" && mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*"pip install"*)
    shift 6
    echo "pip $*" >>"$CALLS"
    [ ! -p "$STAND_INS/wait" ] || cat "$STAND_INS/wait" >/dev/null
    [ ! -e "$STAND_INS/offline" ] || { echo "ERROR: no connection"; exit 1; }
    : >.venv/bin/letters
    chmod +x .venv/bin/letters
    ;;
esac
"""
APT = """\
#!/bin/sh
echo "apt-get $*" >>"$CALLS"
case $* in *install*) cd "$STAND_INS" && [ ! -e once-installed ] || mv once-installed told ;; esac
"""
INSTALL = "pip --only-binary=:all: --require-hashes --requirement"
EDITABLE = "pip --no-deps --no-build-isolation --editable ."


@dataclass
class Computer:
    """A folder of the program with a blank and an umlaut in its name, and all that is in PATH."""

    base: Path

    @property
    def folder(self) -> Path:
        return self.base / "a folder (ö)"

    @property
    def bin(self) -> Path:
        return self.base / "bin"

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "PATH": str(self.bin),
            "TMPDIR": str(self.base / "tmp"),
            "STAND_INS": str(self.base),
            "CALLS": str(self.base / "calls"),
        }

    def add(self, name: str, content: str) -> None:
        (self.bin / name).write_text(content)
        (self.bin / name).chmod(0o755)

    def python_says(self, said: str, then: str = "") -> None:
        (self.base / "told").write_text(said)
        if then:
            (self.base / "once-installed").write_text(then)

    def start(self, mode: str = "", folder: Path | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["sh", "-c", f'. ./set-up; set_up "$PWD" {mode} || exit; echo "$LC_ALL"'],
            cwd=folder or self.folder,
            env={**self.environment, "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, mode: str = "", folder: Path | None = None) -> tuple[int, str]:
        """The status and what was said; what it did is in `calls`."""
        with self.start(mode, folder) as process:
            out, said = process.communicate()
        assert out == ("C.UTF-8\n" if process.returncode == 0 else "")
        assert list((self.base / "tmp").iterdir()) == []
        return process.returncode, said

    def calls(self) -> list[str]:
        """What was called since this was last asked."""
        calls = self.base / "calls"
        lines = calls.read_text().splitlines() if calls.exists() else []
        calls.unlink(missing_ok=True)
        return lines


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    computer = Computer(tmp_path)
    for folder in (computer.folder, computer.bin, tmp_path / "tmp"):
        folder.mkdir()
    for name in FILES:
        shutil.copy(ROOT / name, computer.folder)
    for tool in (*TOOLS, "flock"):
        found = shutil.which(tool)
        assert found is not None
        (computer.bin / tool).symlink_to(found)
    computer.add("python3", PYTHON)
    computer.python_says(f"|{computer.bin / 'python3'}\n")
    computer.add("id", "#!/bin/sh\necho 1000\n")
    return computer


def installs(computer: Computer) -> None:
    """Let the user be root, with an apt-get."""
    computer.add("id", "#!/bin/sh\necho 0\n")
    computer.add("apt-get", APT)


def test_all_is_installed_by_digest_and_the_second_time_nothing_is_started(
    computer: Computer,
) -> None:
    assert computer.run() == (
        0,
        "Setting up the program (this may take a minute or two) ...\nDone.\n",
    )
    assert computer.calls() == ["venv", f"{INSTALL} constraints.txt", EDITABLE]
    (computer.bin / "python3").unlink()

    assert computer.run() == (0, "")
    assert computer.calls() == []


def test_the_tools_that_check_are_added_and_kept(computer: Computer) -> None:
    computer.add("chromium", "")
    computer.run()
    computer.calls()

    assert computer.run("dev")[0] == 0
    assert computer.calls() == [f"{INSTALL} constraints-dev.txt", EDITABLE]
    assert [computer.run(), computer.run("dev")] == [(0, ""), (0, "")]


@pytest.mark.parametrize("name", FILES)
def test_what_has_changed_is_brought_up_to_date(name: str, computer: Computer) -> None:
    computer.run()
    computer.calls()
    with (computer.folder / name).open("a") as file:
        file.write("# changed\n")

    assert computer.run()[0] == 0
    assert computer.calls() == [f"{INSTALL} constraints.txt", EDITABLE]


def test_in_another_place_it_is_made_anew(computer: Computer) -> None:
    computer.run()
    computer.calls()
    moved = computer.base / "moved"
    computer.folder.rename(moved)

    assert computer.run(folder=moved)[0] == 0
    assert computer.calls()[0] == "venv"


def test_root_is_told_which_packages_are_installed(computer: Computer) -> None:
    installs(computer)
    python = computer.bin / "python3"
    computer.python_says(f"pango harfbuzz|{python}", then=f"|{python}")

    status, said = computer.run()

    assert (status, said.partition("Setting up")[0]) == (
        0,
        "These things are needed and not on this computer:\n"
        "  - Pango, which sets text in lines\n"
        "  - HarfBuzz with its part Subset, for typefaces in PDFs\n"
        "Installing these packages (this may take a minute):\n"
        "    libpangoft2-1.0-0 libharfbuzz-subset0\n",
    )
    update, install, *_ = computer.calls()
    assert update == "apt-get -q update"
    assert install.endswith(" --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0")


def test_without_python_all_is_missing_for_checking_a_browser_too(computer: Computer) -> None:
    computer.add("apt-get", APT)
    (computer.bin / "python3").unlink()

    status, said = computer.run("dev")

    assert status == 2
    assert said.endswith(
        "Installing them takes an administrator. Please run this, or have it run, as root\n"
        "(with sudo, if you may), and then start again:\n\n"
        "    apt-get update\n"
        "    apt-get install --no-install-recommends python3 python3-venv libpangoft2-1.0-0 "
        "libharfbuzz-subset0 libatomic1 chromium-headless-shell\n\n"
    )
    assert computer.calls() == []


def test_who_is_not_root_installs_nothing_though_sudo_is_there(computer: Computer) -> None:
    computer.add("apt-get", APT)
    computer.add("sudo", APT)
    computer.python_says(f"python|{computer.bin / 'python3.12'}")

    status, said = computer.run()

    assert status == 2
    assert "    apt-get install --no-install-recommends python3.12-venv\n" in said
    assert computer.calls() == []


def test_elsewhere_than_on_debian_what_is_missing_is_named(computer: Computer) -> None:
    computer.python_says("old 3.9")

    assert computer.run() == (
        2,
        "The Python on this computer is version 3.9, which is too old.\n"
        "These things are needed and not on this computer:\n"
        "  - Python, version 3.11 or newer, with its parts venv and ensurepip\n"
        "  - Pango, which sets text in lines\n"
        "  - HarfBuzz with its part Subset, for typefaces in PDFs\n"
        "Please have them installed, and then start again.\n"
        "(They can be installed automatically only on Debian and Ubuntu.)\n",
    )


def test_a_newer_python_beside_the_old_one_is_taken(computer: Computer) -> None:
    computer.add("python3.12", PYTHON)
    computer.add("python3", "#!/bin/sh\necho old 3.9\n")
    computer.python_says(f"|{computer.bin / 'python3.12'}")

    assert computer.run()[0] == 0


def test_what_is_still_missing_when_packages_were_installed_is_said(computer: Computer) -> None:
    installs(computer)
    computer.python_says(f"harfbuzz|{computer.bin / 'python3'}")

    status, said = computer.run()

    assert status == 2
    assert "The packages were installed, and still this is missing: harfbuzz." in said


def test_offline_the_reason_is_shown_and_the_next_time_begins_afresh(computer: Computer) -> None:
    (computer.base / "offline").touch()

    status, said = computer.run()

    assert status == 2
    assert "    | ERROR: no connection\n\nThe program could not be set up." in said
    assert computer.calls() == ["venv", f"{INSTALL} constraints.txt"]
    (computer.base / "offline").unlink()
    assert computer.run()[0] == 0
    assert computer.calls()[0] == "venv"


@pytest.mark.parametrize("killed", [signal.SIGKILL, signal.SIGTERM])
def test_after_a_kill_what_is_left_is_not_taken_for_whole(
    killed: signal.Signals, computer: Computer
) -> None:
    os.mkfifo(computer.base / "wait")
    with computer.start() as process, (computer.base / "wait").open("w"):  # pip has begun
        os.killpg(process.pid, killed)
    (computer.base / "wait").unlink()
    for left in (computer.base / "tmp").iterdir():  # what only SIGKILL leaves
        left.unlink()
    computer.calls()

    assert computer.run()[0] == 0
    assert computer.calls() == ["venv", f"{INSTALL} constraints.txt", EDITABLE]


def test_of_two_at_once_the_second_waits_and_has_nothing_left_to_do(computer: Computer) -> None:
    os.mkfifo(computer.base / "wait")
    with computer.start() as first:
        with (computer.base / "wait").open("w"):  # pip has begun
            second = computer.start()
            assert second.stderr is not None
            assert "waiting for that to end" in second.stderr.readline()
            (computer.base / "wait").unlink()
        with second:
            second.communicate()

    assert (first.returncode, second.returncode) == (0, 0)
    assert computer.calls() == ["venv", f"{INSTALL} constraints.txt", EDITABLE]
