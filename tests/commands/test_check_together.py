"""`letters check` on all letters together: sums, last year, and figures that are too alike."""

from pathlib import Path

from tests.borsetshire import AMBRIDGE, EDITION, authority
from tests.commands.conftest import Run

DATA = Path("data/2031")
A_FILE = DATA / "authorities/ambridge-district-council.yaml"


def test_the_sums_of_all_letters_stand_beside_the_published_figures(run: Run) -> None:
    (DATA / "edition.yaml").write_text(EDITION + "national: {received: {total: 40}}\n")
    A_FILE.write_text(AMBRIDGE.replace("by_us: 2", "by_us: null"))

    said = run("check", "--sums")

    assert said.code == 1
    assert said.out.splitlines()[:5] == [
        "FIGURE                 SUM  PUBLISHED  MISSING FROM",
        "received.roads         23   -          -",
        "received.ponds         14   -          -",
        "received.total         37   40         -",
        "decided.advice_given   3    -          -",
    ]
    assert "decided.uphold_rate    38%  -          -" in said.out.splitlines()
    assert "remedied.by_us         0    -          1 of 2 letters" in said.out.splitlines()
    assert (
        "data/2031/edition.yaml:40:30: warning: national.received.total: adds up to 37 over all "
        "letters, stated 40"
    ) in said.err


def test_they_are_there_for_programs(run: Run) -> None:
    found = run("check", "--json").json["sums"]

    assert found[2] == {"figure": "received.total", "sum": 37, "published": None, "missing": 0}
    assert run("check", "ambridge", "--json").json["sums"] == []


def test_of_some_letters_there_are_no_sums(run: Run) -> None:
    said = run("check", "ambridge", "--sums")

    assert said.code == 2
    assert "--sums adds up all letters; leave out the names." in said.err


def test_a_figure_far_from_last_years_is_worth_a_look(run: Run) -> None:
    last_year = Path("data/2030")
    (last_year / "authorities").mkdir(parents=True)
    before = EDITION.replace("2031", "2030").replace("Ida", "Ada")
    (last_year / "edition.yaml").write_text(before)
    (last_year / "authorities" / A_FILE.name).write_text(AMBRIDGE.replace("Walter", "Jethro"))
    (DATA / "edition.yaml").write_text(EDITION + "outliers: {factor: 2, at_least: 20}\n")
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 140"))

    said = run("check")

    assert said.code == 0
    assert said.err.splitlines()[1:] == [
        f"{A_FILE}:5:1: warning: received.total: 143, but 17 in 2030; worth a look",
        f"{A_FILE}:5:29: warning: received.ponds: 140, but 14 in 2030; worth a look",
    ]
    assert said.out == "2 letters checked: no errors, 2 warnings.\n"
    assert run("check", "felpersham").out == "1 letter checked: no errors, no warnings.\n"


def test_two_with_the_same_figures_are_both_named(run: Run) -> None:
    (DATA / "authorities/penny.yaml").write_text(authority("Penny") + "kind: council\n")

    said = run("check")

    assert said.code == 0
    assert [line.partition("warning: ")[2] for line in said.err.splitlines()[1:]] == [
        "exactly the figures of penny; make sure that they are its own",
        "exactly the figures of ambridge-district-council; make sure that they are its own",
    ]
