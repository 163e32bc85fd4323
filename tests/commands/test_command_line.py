"""The command line as people expect it: help, completion, and lists in the order asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
from tests.borsetshire import AMBRIDGE
from tests.commands.conftest import Run

A, F = "ambridge-district-council", "felpersham-city-council"


def test_summaries_are_whole_on_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    commands = run("--help").out.partition("Commands:\n")[2].splitlines()
    assert len(commands) > 10
    assert [line for line in commands if not line.endswith(".") or line.endswith("...")] == []


@pytest.mark.parametrize("words", [(), ("diff",), ("new-edition",)])
def test_help_is_what_the_option_says(words: tuple[str, ...], run: Run) -> None:
    assert run("help", *words) == run(*words, "--help")


def test_help_of_an_unknown_command_is_a_wrong_use(run: Run) -> None:
    said = run("help", "lst")
    assert (said.code, "lst" in said.err) == (2, True)


COMPLETED = {
    "authorities": ("letters build amb", [A]),
    "all": ("letters list ", [A, F]),
    "to-rename": ("letters rename f", [F]),
    "years": ("letters list --year 20", ["2031"]),
    "commands": ("letters new-", ["new-edition"]),
    "no-workspace": ("letters list --workspace nowhere a", []),
}


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(("typed", "offered"), COMPLETED.values(), ids=COMPLETED.keys())
def test_tab_offers_names_and_writes_nothing(
    typed: str,
    offered: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = sorted(Path().rglob("*"))
    monkeypatch.setenv("_LETTERS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    with pytest.raises(SystemExit) as ended:
        cli.run([])
    assert ended.value.code in (0, None)
    said = capsys.readouterr()
    assert (said.out.split(), said.err) == (offered, "")
    assert sorted(Path().rglob("*")) == before


AT_ONCE = {
    "tab": "import generator.commands.app",
    "--help": "from generator import cli; cli.run(['--help'])",
    "build --help": "from generator import cli; cli.run(['build', '--help'])",
    "--version": "from generator import cli; cli.run(['--version'])",
}


@pytest.mark.processes
@pytest.mark.parametrize("code", AT_ONCE.values(), ids=AT_ONCE)
def test_what_is_answered_at_once_loads_no_model_and_no_engine(code: str) -> None:
    code = f"import sys; {code}; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert "generator.commands.session" in loaded.stdout.split()
    assert {"pydantic", "yaml", "jinja2", "markdown_it", "weasyprint", "pypdfium2"}.isdisjoint(
        loaded.stdout.split()
    )


@pytest.mark.parametrize(
    ("key", "order"), [("name", [A, F]), ("figures", [F, A]), ("problems", [A, F])]
)
def test_a_list_is_sorted_as_asked(key: str, order: list[str], run: Run) -> None:
    Path(f"data/2031/authorities/{A}.yaml").write_text(AMBRIDGE.replace("roads: 3", "roads: null"))
    letters = run("list", "--sort", key, "--json").json["letters"]
    assert [letter["slug"] for letter in letters] == order


def test_a_column_that_there_is_not_is_a_wrong_use(run: Run) -> None:
    said = run("list", "--sort", "colour")
    assert (said.code, "'name'" in said.err, Path("output").exists()) == (2, True, False)
