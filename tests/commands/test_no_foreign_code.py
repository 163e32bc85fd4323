"""No code from the folder one stands in: whatever lies there, none of it runs."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.borsetshire import ROOT, build_tree

pytestmark = pytest.mark.processes

NAMES = (
    "pydyf.py", "generator/__init__.py", "sitecustomize.py", "usercustomize.py",
    "encodings/__init__.py", "typing.py", "multiprocessing/__init__.py", "signal.py", "socket.py",
    "json/__init__.py", "weasyprint.py", "pypdfium2.py", "openpyxl/__init__.py", "yaml.py",
    "pyphen.py", "defusedxml/__init__.py", "starlette/__init__.py", "uvicorn.py", "random.py",
)  # fmt: skip
"""What the program, or Python itself, would import under such a name: all are planted at once."""
COMMANDS = {
    "build": 0,
    "check --pages": 0,
    "verify": 1,  # nothing was made
    "diff --against 2031": 0,
    "list": 0,
    "export": 0,
    "schema": 0,
    "import figures.csv": 0,
    "trace --all": 0,
    "new-edition 2032": 0,
}
"""And their exit codes, so that each is seen to have done its work."""
LAUNCHERS = {
    "clone": "../clone/letters",
    "wheel": f"{Path(sys.prefix)}/bin/letters",
}


def plant(folder: Path) -> None:
    """Modules that say that they ran."""
    for name in NAMES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        ran = folder.parent / "ran"
        path.write_text(f"open({str(ran)!r}, 'a').write({name + ' '!r})\n")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A workspace that stands beside a clone whose program is this one."""
    folder = tmp_path / "county"
    build_tree(folder)
    (folder / "figures.csv").write_text("Authority,Roads,Ponds and Ducks\n")
    clone = tmp_path / "clone"
    (clone / ".venv").mkdir(parents=True)
    (clone / ".venv/bin").symlink_to(Path(sys.prefix) / "bin")
    (clone / "letters").write_text((ROOT / "letters").read_text())
    (clone / "letters").chmod(0o755)
    (clone / "set-up").write_text("set_up() { :; }\n")  # all is there
    plant(folder)
    return folder


def run(launcher: str, words: str, folder: Path, **environment: str) -> int:
    known = {n: v for n, v in os.environ.items() if n not in ("PYTHONPATH", "LETTERS_HOME")}
    done = subprocess.run(
        [launcher, *words.split(), "-q"],
        cwd=folder,
        env={**known, **environment},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode


def what_ran(county: Path) -> str:
    ran = county.parent / "ran"
    return ran.read_text() if ran.exists() else ""


WAYS = [("clone", None), ("clone", ""), ("wheel", None), ("wheel", ""), ("clone", ".")]
"""How the program is started, and what the search path of Python is set to. (Of a wheel, never
".": there Python itself has imported before we can.)"""


def cases() -> list[object]:
    """Every command in one of these ways, and one in all; every day one alone."""
    return [
        pytest.param(
            LAUNCHERS[launcher],
            words,
            {} if path is None else {"PYTHONPATH": path},
            id=f"{words}, {launcher}, {'plain' if path is None else f'PYTHONPATH={path}'}",
            marks=() if (words, launcher, path) == USED_ALWAYS else pytest.mark.thorough,
        )
        for number, words in enumerate(COMMANDS)
        for launcher, path in (WAYS if words == "build" else [WAYS[number % len(WAYS)]])
    ]


USED_ALWAYS = ("list", "clone", ".")


@pytest.mark.parametrize(("launcher", "words", "environment"), cases())
def test_nothing_that_lies_in_the_current_folder_runs(
    launcher: str, words: str, environment: dict[str, str], county: Path
) -> None:
    code = run(launcher, words, county, **environment)

    assert what_ran(county) == ""
    assert code == COMMANDS[words]


@pytest.mark.parametrize(
    "launcher",
    [
        pytest.param(LAUNCHERS["clone"], id="clone", marks=pytest.mark.thorough),
        pytest.param(LAUNCHERS["wheel"], id="wheel", marks=pytest.mark.thorough),
    ],
)
def test_nothing_that_lies_in_another_folder_or_the_workspace_runs(
    launcher: str, county: Path
) -> None:
    here = county.parent / "another-checkout"
    here.mkdir()
    plant(here)

    assert run(launcher, "build --workspace ../county", here) == 0
    assert what_ran(county) == ""


@pytest.mark.thorough
def test_nothing_runs_for_the_desk_and_the_process_that_prints(county: Path) -> None:
    launcher = [LAUNCHERS["wheel"], "preview", "--port", "0"]
    with subprocess.Popen(launcher, cwd=county, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        try:
            address = desk.stdout.readline().split()[-1]
            with_cookie = build_opener(HTTPCookieProcessor())
            with_cookie.open(address).close()
            pdf = urljoin(address, "letters/ambridge-district-council/letter.pdf")
            with with_cookie.open(pdf) as letter:
                assert letter.read().startswith(b"%PDF")
        finally:
            desk.terminate()

    assert what_ran(county) == ""


def test_the_traps_would_be_sprung(county: Path) -> None:
    """Else the tests above could not fail."""
    script = "import pydyf, yaml, generator"
    unsafe = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([sys.executable, "-c", script], cwd=county, env=unsafe, check=True)

    assert what_ran(county) == "pydyf.py yaml.py generator/__init__.py "
