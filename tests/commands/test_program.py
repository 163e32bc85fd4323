"""The program itself, as a process: whatever the user's situation, a sentence and an exit code."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, FELPERSHAM, ROOT, build_tree
from tests.commands.conftest import Run, Said, parishes, told

pytestmark = pytest.mark.processes
thorough = pytest.mark.thorough

A, F = "ambridge-district-council", "felpersham-city-council"
MAIN = "from generator.cli import main; main()"
FULL = "cannot write the result: No space left on device\n"


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_tree(tmp_path)
    monkeypatch.delenv("LETTERS_HOME", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def program(*words: str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *words],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def shell(script: str, cwd: Path, **environment: str) -> Said:
    """What a shell's script says in which `letters` is the program."""
    letters = f'letters() {{ {sys.executable} -c {shlex.quote(MAIN)} "$@"; }}'
    done = subprocess.run(
        ["sh", "-c", f"{letters}\n{script}"],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


GOES_ON = """\
import atexit, threading, time
from pydantic_core import SchemaValidator, core_schema

function = core_schema.no_info_plain_validator_function(lambda value: time.sleep(0.01))
check = SchemaValidator(core_schema.list_schema(function)).validate_python
threading.Thread(target=check, args=([0] * 100_000,), daemon=True).start()
atexit.register(print, "and at the end")
"""
"""A thread that is in native code, as those of the desk may be when it is closed."""


@pytest.mark.thorough
def test_what_still_goes_on_in_native_code_does_not_abort_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{GOES_ON}\n{MAIN}", "list", "--json", "nobody"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout[-15:]) == (2, "and at the end\n"), done.stderr


@pytest.mark.thorough
def test_results_for_a_closed_stream_go_nowhere(tmp_path: Path) -> None:
    """The work is done nevertheless, whichever are closed: see `test_unprinted`."""
    assert shell("letters list --json >&-", tmp_path) == Said(0, "", "")


@pytest.mark.parametrize(
    "words",
    [
        "list -q",
        "nonsense --json",
        "--help",
        *(pytest.param(w, marks=thorough) for w in ("list --json", "--version", "schema -q")),
    ],
)
@pytest.mark.parametrize(
    ("streams", "said"),
    [
        ("> /dev/full", FULL),
        pytest.param("> /dev/full 2>&1", "", marks=thorough),  # as "both full" in test_unprinted
    ],
    ids=["stdout", "both"],
)
def test_a_full_disk_is_said_in_a_sentence(
    words: str, streams: str, said: str, tmp_path: Path
) -> None:
    assert shell(f"letters {words} {streams}", tmp_path) == Said(1, "", said)


@pytest.mark.thorough
def test_a_current_folder_that_is_gone_matters_only_where_it_is_asked(tmp_path: Path) -> None:
    gone = "mkdir gone; cd gone; rmdir ../gone;"

    assert shell(f"{gone} letters list", tmp_path) == Said(
        2,
        "",
        "No workspace: the current folder no longer exists. "
        "Go to one with data/ and templates/, or name it with --workspace FOLDER.\n",
    )
    given = shell(f"{gone} letters build amb -q --workspace {tmp_path}", tmp_path)
    assert (given.code, told(given), given.err) == (
        0,
        "1 letter: 1 written, in … s.\n"
        f"They are in {tmp_path}/output/2031; index.html shows them all.\n",
        "",
    )
    found = shell(f"{gone} letters check -q", tmp_path, LETTERS_HOME=str(tmp_path))
    assert found == Said(0, "2 letters checked: no errors, no warnings.\n", "")


def test_a_folders_name_that_is_too_long_is_a_wrong_use(run: Run) -> None:
    said = run("list", "--workspace", "x" * 5000)

    assert said == Said(2, "", f"{'x' * 50}… cannot be read: File name too long.\n")


@pytest.mark.parametrize(
    "name", ["data", *(pytest.param(n, marks=thorough) for n in ("templates", "."))]
)
def test_a_folder_that_may_not_be_read_is_a_wrong_use(name: str, tmp_path: Path) -> None:
    """Root may read everything, unless it gives that up."""
    capabilities = "-dac_override,-dac_read_search"
    as_others = f"setpriv --bounding-set={capabilities} --inh-caps={capabilities}"
    become = as_others if os.geteuid() == 0 else ""
    program = f"{become} {sys.executable} -c {shlex.quote(MAIN)}"
    workspace = tmp_path / "workspace"
    build_tree(workspace)
    folder = workspace / name
    folder.chmod(0)

    said = shell(f"{program} list --workspace {workspace}", tmp_path)

    folder.chmod(0o755)
    assert said == Said(2, "", f"{folder} cannot be read: Permission denied.\n")


@pytest.mark.thorough
def test_a_terminal_of_few_signs_shows_the_others_by_their_number(tmp_path: Path) -> None:
    path = f"data/2031/authorities/{F}.yaml"
    build_tree(tmp_path, {path: FELPERSHAM.replace("Felpersham City", "Ĺutön")})

    table = shell("letters list", tmp_path, PYTHONIOENCODING="ascii")
    report = shell("letters list --json", tmp_path, PYTHONIOENCODING="ascii")

    assert table.code == report.code == 0
    assert "  \\u0139ut\\xf6n Council " in table.out
    assert report.out.isascii()
    assert report.json["letters"][1]["name"] == "Ĺutön Council"


def test_a_files_name_that_is_not_utf8_is_shown_and_reported(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data/2031/authorities"
    Path(os.fsdecode(bytes(folder) + b"/lut\xf6n.yaml")).write_text(AMBRIDGE)

    said = shell("letters check", tmp_path)
    report = run("check", "--json")

    assert said.code == report.code == 1
    assert "data/2031/authorities/lut\\udcf6n.yaml: error: " in said.err
    (problem,) = report.json["problems"]
    assert os.fsencode(problem["path"]) == b"data/2031/authorities/lut\xf6n.yaml"
    assert 'No authority "\\udcff"' in run("list", os.fsdecode(b"\377")).err


@pytest.mark.parametrize(
    "module",
    [
        "generator.console",
        pytest.param("generator.commands.app", marks=thorough),
        pytest.param("typer", marks=thorough),
    ],
)
def test_ctrl_c_is_answered_while_the_program_is_still_starting(
    module: str, tmp_path: Path
) -> None:
    """Python looks for a module: that is where Ctrl-C is pressed, at once and only once."""
    pressed = (
        "import os, signal, sys\n"
        # as at a terminal: a test in the background would be deaf to it
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Keyboard:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            sys.meta_path.remove(self)\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Keyboard())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", pressed + MAIN, "list"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        130,
        "",
        "Interrupted; finished work is kept.\n",
    )


@pytest.mark.thorough
def test_a_reader_that_stops_reading_is_no_error_to_tell(tmp_path: Path) -> None:
    process = program("list", "--json", cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    assert process.stderr.read().splitlines()[1:] == []
    process.stderr.close()
    assert process.wait() in {0, 1}


@pytest.mark.thorough
def test_ctrl_c_ends_with_130_and_keeps_what_was_finished(tmp_path: Path) -> None:
    """The first letter's text is the sign that it is finished; nothing waits for a time."""
    build_tree(tmp_path, parishes(20))
    process = program("build", cwd=tmp_path)
    first = tmp_path / f"output/2031/text/{A}.txt"
    while not first.exists():
        assert process.poll() is None
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()

    assert process.returncode == 130
    assert err.splitlines()[-1] == "Interrupted; finished work is kept."
    assert "Traceback" not in err
    assert first.read_text().startswith("Borsetshire Ombudsman")
    assert len(list((tmp_path / "output/2031/text").glob("*"))) < 22
