"""`letters export`, as those who publish the figures see it."""

from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE as AMBRIDGE_FILE
from tests.commands.conftest import Run

A_FILE = Path("data/2031/authorities/ambridge-district-council.yaml")


def test_the_figures_are_written_beside_the_letters(run: Run) -> None:
    said = run("export")

    assert said.code == 0
    assert said.out == "2 authorities exported to output/2031, figures.csv and figures.xlsx.\n"
    assert {path.name for path in Path("output/2031").iterdir()} == {"figures.csv", "figures.xlsx"}


@pytest.mark.processes
def test_they_do_not_disturb_the_letters(run: Run) -> None:
    run("export")

    assert run("build", "--quiet").code == 0
    assert run("verify").code == 0
    assert run("build", "--prune", "--quiet").code == 0
    assert Path("output/2031/figures.csv").exists()


def test_or_elsewhere(run: Run) -> None:
    said = run("export", "--to", "public/data", "--json")

    assert said.json["files"] == ["public/data/figures.csv", "public/data/figures.xlsx"]
    assert Path("public/data/figures.csv").exists()


def test_what_is_not_complete_is_left_out_and_said(run: Run) -> None:
    A_FILE.write_text(AMBRIDGE_FILE.replace("roads: 3, ponds: 14", "roads: null, ponds: null"))

    said = run("export")

    assert said.code == 1
    assert said.err.splitlines()[1:] == [
        f"{A_FILE}:5:19: error: left out of the export; not yet supplied: received.roads, "
        "received.ponds"
    ]
    assert said.out == (
        "1 authority exported to output/2031, figures.csv and figures.xlsx; 1 left out.\n"
    )
    assert "ambridge" not in Path("output/2031/figures.csv").read_text("utf-8-sig")


def test_what_is_wrong_is_left_out_and_said(run: Run) -> None:
    A_FILE.write_text(AMBRIDGE_FILE.replace("roads: 3", "roads: three"))

    said = run("export")

    assert said.code == 1
    assert said.err.splitlines()[1:] == [
        f"{A_FILE}:5:19: error: received.roads: found three; expected a whole number, or null if "
        f"not yet supplied"
    ]
    assert said.out.endswith("; 1 left out.\n")


def test_nothing_is_exported_of_an_edition_that_cannot_be_read(run: Run) -> None:
    Path("data/2031/edition.yaml").write_text("year: 2031\n")

    said = run("export")

    assert said.code == 1
    assert said.out == "Nothing was exported.\n"
    assert not Path("output").exists()


def test_a_folder_that_cannot_be_written_is_said(run: Run) -> None:
    Path("public").write_text("a file")

    said = run("export", "--to", "public")

    assert said.code == 1
    assert "cannot be written: " in said.err
    assert said.out == "Nothing was written.\n"
