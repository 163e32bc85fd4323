"""What is not understood is answered with what would be, for people and for programs."""

import pytest

from tests.commands.conftest import Run, Said

pytestmark = pytest.mark.processes


def test_a_program_is_told_of_its_wrong_use_in_the_same_object(run: Run) -> None:
    cases = {
        "build nobody --json": ("build", 'No authority "nobody"; "letters list" shows them all.'),
        "check --json --year x": ("check", '--year "x": expected a year, such as 2018.'),
        "bild --json": ("bild", "No such command 'bild'"),
        "list --json --yeer 1": ("list", "No such option: --yeer"),
        "--json": (None, "No such option: --json"),
    }
    for words, (command, sentence) in cases.items():
        said = run(*words.split())

        error = said.json["error"]
        assert (said.code, said.err) == (2, "")
        assert said.json == {
            "command": command,
            "edition": None,
            "letters": [],
            "problems": [],
            "error": error,
        }
        assert error.startswith(sentence)


def test_a_wrong_use_is_answered_with_what_would_be_right(run: Run) -> None:
    assert run("build", "--year", "x").err == ('--year "x": expected a year, such as 2018.\n')
    unknown = run("build", "--yeer", "2031").err
    assert "--year" in unknown
    assert unknown.endswith('Run "letters build --help" for usage.\n')
    bare, helped = run(), run("--help")
    assert bare == Said(2, "", helped.out)
    assert helped.code == 0
    assert run("build", "-h").out.startswith("Usage: letters build [OPTIONS] [AUTHORITY]...\n")
