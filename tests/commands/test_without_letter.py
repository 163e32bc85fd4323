"""Authorities that get no letter (`letters: when:`): what each command says and does of them."""

from pathlib import Path

import pytest

from generator.api import LetterProblemsError, compose_letter
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, build_tree
from tests.commands.conftest import Run, parishes, told

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = f"data/2031/authorities/{A}.yaml"
RULE = "authority.received.total > 17"
WHY = f"{RULE} is false: authority.received.total is 17"
RULED = {"data/2031/edition.yaml": f"{EDITION}letters: {{when: {RULE}}}\n"}


@pytest.mark.processes
def test_build_makes_no_letter_and_says_why(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, RULED)

    said = run("build")

    assert said.code == 0
    assert f"1 letter: 1 written, in … s.\n{A} gets no letter: {WHY}.\n" in told(said)
    assert [path.name for path in (tmp_path / "output/2031/pdf").iterdir()] == [f"{F}.pdf"]
    page = (tmp_path / "output/2031/index.html").read_text()
    assert "no letter" in page
    assert "authority.received.total is 17" in page


@pytest.mark.processes
def test_one_that_is_asked_for_by_name_is_not_made_either(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, RULED)

    said = run("build", "ambridge")
    planned = run("build", "ambridge", "--dry-run")
    draft = run("build", "ambridge", "--draft")

    assert (said.code, told(said)) == (
        0,
        f"No letters to make, in … s.\n{A} gets no letter: {WHY}.\n",
    )
    assert planned.out == (
        f"No letters to make. Nothing was written (--dry-run).\n{A} gets no letter: {WHY}.\n"
    )
    assert told(draft) == f"No drafts to make, in … s.\n{A} gets no letter: {WHY}.\n"
    assert run("build", "ambridge", "--json").json["letters"] == [
        {"slug": A, "status": "no letter", "reason": WHY, "files": []}
    ]


def test_many_are_said_in_one_sentence(run: Run, tmp_path: Path) -> None:
    rule = {"data/2031/edition.yaml": f"{EDITION}letters: {{when: authority.received.roads < 9}}\n"}
    build_tree(tmp_path, parishes(3), rule)

    said = run("check", "--quiet")

    assert said.out == (
        "1 letter checked: no errors, no warnings.\n"
        "4 authorities get no letter, since authority.received.roads < 9 is false: "
        f"{F}, parish-00, parish-01 and 1 more.\n"
    )


@pytest.mark.processes
def test_an_old_letter_of_one_is_stale_until_it_is_pruned(built: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, RULED)
    pdf = tmp_path / f"output/2031/pdf/{A}.pdf"

    said = built("build", "--quiet")
    listed = built("list", "--json")
    page = (tmp_path / "output/2031/index.html").read_text()
    assert pdf.exists()
    pruned = built("build", "--prune")
    again = built("build")

    stale = f"stale: its authority gets no letter, since {WHY}; --prune deletes its letter\n"
    assert said.err.endswith(f"{A}.pdf: warning: {stale}")
    assert listed.json["letters"][0]["letter"] == "stale"
    assert f"gets no letter: {RULE.replace('>', '&gt;')}" in page
    assert (pruned.code, pdf.exists()) == (0, False)
    assert "warning" not in again.err


def test_list_says_who_gets_none_and_why(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, RULED)

    said = run("list")

    (line,) = (line for line in said.out.splitlines() if line.startswith(A))
    assert (said.code, line.split("  ")[-2:]) == (0, [f"no letter ({WHY})", "-"])


@pytest.mark.processes
def test_check_and_verify_leave_them_out(built: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, RULED)

    assert built("check").out == (
        f"1 letter checked: no errors, no warnings.\n{A} gets no letter: {WHY}.\n"
    )
    assert built("verify").out == f"1 letter proven.\n{A} gets no letter: {WHY}.\n"


def test_their_figures_count_in_the_export_and_in_the_sums(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, RULED)

    exported = run("export")
    sums = run("check", "--sums", "--json").json["sums"]

    assert exported.code == 0
    assert f"{A},received,roads,Roads,count,3" in (tmp_path / "output/2031/figures.csv").read_text()
    assert sums[0] == {"figure": "received.roads", "sum": 23, "published": None, "missing": 0}


def test_a_difference_from_last_year_is_said_as_such(run: Run, tmp_path: Path) -> None:
    last_year = {
        path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030")
        for path, text in BORSETSHIRE.items()
        if "2031" in path
    }
    build_tree(tmp_path, last_year, RULED)

    said = run("diff")
    stat = run("diff", "--stat")
    page = tmp_path / "diff.html"
    run("diff", "--html", str(page))
    data = run("diff", "--json").json

    assert f"NO LETTER THIS YEAR\n  {A}: {WHY}\n" in said.out
    assert "1 letter compared: 1 changed, 0 unchanged, 1 without a letter this year." in stat.out
    assert stat.out.splitlines()[2].split()[-2:] == ["no", "letter"]
    assert "No letter this year" in page.read_text()
    assert (data["gone"], data["without_letter"]) == ([], {A: WHY})
    assert data["letters"][-1]["status"] == "no letter"


def test_one_who_is_not_written_to_need_not_be_confirmed(run: Run, tmp_path: Path) -> None:
    last_year = {
        path.replace("2031", "2030"): text
        for path, text in BORSETSHIRE.items()
        if path.startswith("data/2031/authorities")
    } | {"data/2030/edition.yaml": EDITION.replace("2031", "2030").replace("Ida", "Eva")}
    build_tree(tmp_path, last_year, RULED)

    said = run("check")

    assert [line.partition(": ")[0] for line in said.err.splitlines() if "error" in line] == [
        f"data/2031/authorities/{F}.yaml:3:3"
    ]


def test_a_figure_of_one_is_traced_and_printed_nowhere(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, RULED)

    lines = run("trace", "ambridge", "received.roads").out.splitlines()

    assert lines[1] == f"  printed   nowhere: this authority gets no letter: {WHY}"
    assert lines[2].startswith("  line      ")


def test_other_programs_get_no_such_letter(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, RULED))

    with pytest.raises(LetterProblemsError, match="this authority gets no letter"):
        compose_letter(loaded, A)


@pytest.mark.processes
def test_with_an_error_in_its_file_nothing_is_known_of_its_letter(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, RULED, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: three")})

    said = run("build", "--quiet")

    assert said.code == 1
    assert "2 letters: 1 written, 1 failed" in said.out
