"""`letters build`, as a person in the office sees it."""

from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, BORSETSHIRE, build_tree
from tests.commands.conftest import Run, parishes, told

pytestmark = pytest.mark.processes

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = f"data/2031/authorities/{A}.yaml"


WHERE = "They are in output/2031; index.html shows them all.\n"


def test_all_letters_are_made(workers: Run, tmp_path: Path) -> None:
    said = workers("build", "--jobs", "1")

    assert (said.code, told(said), said.err) == (
        0,
        f"2 letters: 2 written, in … s.\n{WHERE}",
        f"Edition 2031, in data/2031\nwritten    {A}: new\nwritten    {F}: new\n",
    )
    assert len(list((tmp_path / "output/2031/pdf").iterdir())) == 2


def test_one_letter_is_made_by_the_start_of_its_name(run: Run, tmp_path: Path) -> None:
    said = run("build", "amb")

    assert told(said) == f"1 letter: 1 written, in … s.\n{WHERE}"
    assert [p.name for p in (tmp_path / "output/2031/pdf").iterdir()] == [f"{A}.pdf"]


def test_an_unknown_name_makes_nothing_and_is_answered(run: Run, tmp_path: Path) -> None:
    said = run("build", "ambrige", "felp")

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "Edition 2031, in data/2031\n"
        'No authority "ambrige"; did you mean "ambridge-district-council"?\n'
    )
    assert not (tmp_path / "output").exists()


def test_a_letter_that_is_not_made_is_named_with_its_problems(built: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("upheld: 3", "uphled: 3")})

    said = built("build")

    assert said.code == 1
    assert told(said) == f"2 letters: 1 unchanged, 1 failed, in … s.\n{WHERE}"
    assert said.err == (
        "Edition 2031, in data/2031\n"
        f'{A_FILE}:6:43: error: decided.uphled: unknown key; did you mean "upheld"?\n'
        f"failed     {A}\n"
        f"unchanged  {F}\n"
        f'failed     {A}: decided.uphled: unknown key; did you mean "upheld"?; '
        "the earlier letter is unchanged\n"
    )


def test_one_letter_is_not_failed_by_another_authoritys_file(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: "nonsense"})

    said = run("build", "felpersham")

    assert (said.code, said.err) == (0, f"Edition 2031, in data/2031\nwritten    {F}: new\n")


def test_a_file_that_no_letter_comes_of_is_an_error_of_the_whole(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {"data/2031/authorities/third.yml": AMBRIDGE})

    said = run("build")

    assert said.code == 1
    assert "third.yml: error: not read: rename it to third.yaml\n" in said.err
    assert told(said) == f"2 letters: 2 written, in … s.\n{WHERE}"


def test_figures_not_yet_supplied_stop_a_letter_and_not_a_draft(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: null")})

    letter = run("build", "amb")
    draft = run("build", "amb", "--draft")

    assert letter.code == 1
    assert (
        f"{A_FILE}:5:19: error: received.roads: not yet supplied (null); "
        "a letter needs the figure, a draft does not (--draft)\n"
    ) in letter.err
    assert draft.code == 0
    assert told(draft) == (
        "1 draft: 1 written, in … s.\nThey are in output/2031/draft; index.html shows them all.\n"
    )
    assert not list((tmp_path / "output/2031").glob("*/*.pdf"))
    assert (tmp_path / f"output/2031/draft/pdf/{A}.pdf").is_file()


def test_programs_are_told_everything_in_one_object(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: 0.5")})

    said = run("build", "--json")

    assert (said.code, said.err) == (1, "")
    report = said.json
    assert report.pop("seconds") > 0
    wrong = (
        "found 0.5, which has a decimal point; expected a whole number, or null if not yet supplied"
    )
    assert report == {
        "command": "build",
        "edition": 2031,
        "letters": [
            {"slug": A, "status": "failed", "reason": f"received.roads: {wrong}", "files": []},
            {
                "slug": F,
                "status": "written",
                "reason": "new",
                "files": [
                    f"output/2031/pdf/{F}.pdf",
                    f"output/2031/html/{F}.html",
                    f"output/2031/text/{F}.txt",
                ],
            },
        ],
        "problems": [
            {
                "path": A_FILE,
                "line": 5,
                "column": 19,
                "severity": "error",
                "where": "received.roads",
                "message": wrong,
            }
        ],
        "counts": {"written": 1, "failed": 1},
        "removed": [],
    }


def test_warnings_alone_are_well_unless_strict(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {"templates/2031/sections/other.md": "Words.\n"})

    assert run("build", "--quiet").code == 0
    assert run("build", "--strict").code == 1


def test_quiet_says_only_results_and_problems(run: Run) -> None:
    assert run("build", "--quiet").err == ""


def test_a_shared_problem_is_said_once(run: Run, tmp_path: Path) -> None:
    styles = BORSETSHIRE["templates/letter.css"] + "\np { width: wide }\n"
    build_tree(tmp_path, {"templates/letter.css": styles})

    line = styles.count("\n")

    said = run("build", "--jobs", "1")

    assert said.code == 1
    assert said.err == (
        "Edition 2031, in data/2031\n"
        f"templates/letter.css:{line}:5: error: Ignored `width: wide `, invalid value\n"
        f"failed     {A}\n"
        f"failed     {F}\n"
        f"failed     {A}, {F}: Ignored `width: wide `, invalid value\n"
    )


def test_many_letters_that_fail_for_one_reason_are_counted(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, parishes(2))
    run("build")
    template = {"templates/letter.html.jinja": "{% if %}"}
    build_tree(tmp_path, template)
    broken = "not a Jinja template: Expected an expression, got 'end of statement block'"

    some, every = run("build", "amb", "fel", "parish-00"), run("build")

    assert some.err.splitlines()[-1] == (
        f"failed     {A}, {F}, parish-00: {broken}; the earlier letter is unchanged"
    )
    assert every.err.splitlines()[-1] == (
        f"failed     all 4 letters: {broken}; the earlier letter is unchanged"
    )
    (tmp_path / f"output/2031/pdf/{F}.pdf").unlink()
    build_tree(tmp_path, parishes(3), template)
    assert run("build").err.splitlines()[-2:] == [
        f"failed     {A}, parish-00, parish-01: {broken}; the earlier letter is unchanged",
        f"failed     {F}, parish-02: {broken}",
    ]
    build_tree(tmp_path, parishes(5), template)
    assert run("build").err.splitlines()[-1] == f"failed     4 letters ({F}, …): {broken}"


def test_of_many_reasons_ten_are_told_and_the_sheet_has_the_others(
    run: Run, tmp_path: Path
) -> None:
    files = {
        path: content.replace(f"roads: {number + 39}", f"roads: -{number}")
        for number, (path, content) in enumerate(parishes(13).items(), 1)
    }
    build_tree(tmp_path, files)

    said = run("build")

    assert said.err.splitlines()[-2].startswith("failed     parish-09: received.roads: found -10,")
    assert said.err.splitlines()[-1] == "… and 3 more, in index.html"
    sheet = (tmp_path / "output/2031/index.html").read_text()
    assert sheet.count("which is negative") >= 13


@pytest.mark.parametrize("name", ["output", "output/2031", "output/2031/pdf"])
def test_a_file_where_the_letters_go_is_said_once(name: str, run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {name: "in the way"})

    said = run("build")

    why = "not a folder; move it so that letters can be written here"
    assert (said.code, told(said)) == (1, "2 letters: 2 skipped, in … s.\n")
    assert said.err.splitlines()[1:] == [f"{name}: error: {why}", f"skipped    {A}, {F}: {why}"]
    planned = run("build", "--dry-run")
    assert (planned.code, planned.err.splitlines()[1:]) == (1, [f"{name}: error: {why}"])
    assert run("build", "--json").json["counts"] == {"skipped": 2}
    assert (tmp_path / name).read_text() == "in the way"


def test_no_edition_no_workspace_no_such_year_are_wrong_uses(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "--year", "2030").err == (
        f'No edition 2030 in {tmp_path / "data"}; did you mean "2031"?\n'
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert run("build", "--workspace", str(elsewhere)).code == 2
    monkeypatch.chdir("/")
    nowhere = run("build")
    assert nowhere.code == 2
    assert nowhere.err == (
        "No workspace: neither / nor a folder above it has data/ and templates/. "
        "Go to one that has, or name it with --workspace FOLDER.\n"
    )


def test_the_clone_is_the_workspace_where_there_is_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_HOME", str(tmp_path))
    monkeypatch.chdir("/")

    assert told(run("build", "felp")) == (
        "1 letter: 1 written, in … s.\n"
        f"They are in {str(tmp_path)[1:]}/output/2031; index.html shows them all.\n"
    )
