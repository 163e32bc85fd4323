"""People to whom copies go, through the commands: built, compared, carried over."""

from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, BORSETSHIRE, build_tree
from tests.commands.conftest import Run
from tests.copied import A_FILE, EDITION_FILE, EDITION_WITH_COPIES, PEOPLE, WITH_COPIES, A

LAST_YEAR = {
    **{p.replace("2031", "2030"): text for p, text in BORSETSHIRE.items() if "2031" in p},
    EDITION_FILE.replace("2031", "2030"): EDITION_WITH_COPIES.replace("year: 2031", "year: 2030"),
    A_FILE.replace("2031", "2030"): AMBRIDGE + PEOPLE,
}


@pytest.mark.processes
def test_letters_with_copies_are_made_and_proven_and_hold_no_email(
    run: Run, tmp_path: Path
) -> None:
    build_tree(tmp_path, WITH_COPIES)

    assert run("build").code == 0
    assert run("verify").out == "2 letters proven.\n"
    text = (tmp_path / f"output/2031/text/{A}.txt").read_text()
    page = (tmp_path / f"output/2031/html/{A}.html").read_text()
    assert "Copies to:\nSusan Horrobin, Link Officer\nNeil O’Carter, Leader of the Council" in text
    assert (
        "Copies to:"
        not in (tmp_path / f"output/2031/text/{'felpersham-city-council'}.txt").read_text()
    )
    for path in (tmp_path / "output").rglob("*.*"):
        assert b"neil@" not in path.read_bytes()
    assert "Neil O’Carter" in page


@pytest.mark.processes
def test_another_person_makes_the_letter_again_and_another_email_does_not(
    run: Run, tmp_path: Path
) -> None:
    build_tree(tmp_path, WITH_COPIES)
    run("build")
    file = tmp_path / A_FILE

    file.write_text(AMBRIDGE + PEOPLE.replace("neil@", "n.carter@"))
    email = run("build", "--dry-run")
    file.write_text(AMBRIDGE + PEOPLE.replace("Susan Horrobin", "Emma Grundy"))
    name = run("build", "--dry-run")

    assert "2 letters: 2 unchanged" in email.out
    assert f"to write   {A}: addressee changed\n" in name.out


def test_a_difference_is_one_of_the_authoritys_data(run: Run, tmp_path: Path) -> None:
    now = {A_FILE: AMBRIDGE + PEOPLE.replace("Neil O'Carter", "Emma Grundy")}
    build_tree(tmp_path, LAST_YEAR, WITH_COPIES, now)

    said = run("diff", "ambridge")
    changes = [c for letter in run("diff", "--json").json["letters"] for c in letter["changes"]]

    assert "data: " in said.out
    assert "[-Neil O'Carter" in said.out
    assert "{+Emma Grundy" in said.out
    assert [c["cause"] for c in changes if c["role"] == "after_signature"] == ["data"]


def test_next_years_edition_has_them_and_they_wait_to_be_confirmed(
    run: Run, tmp_path: Path
) -> None:
    build_tree(tmp_path, WITH_COPIES)

    assert run("new-edition", "2032").code == 0

    assert PEOPLE in (tmp_path / A_FILE.replace("2031", "2032")).read_text()
    waiting = run("confirm", "--year", "2032").out
    assert "Neil O'Carter, Leader of the Council, neil@ambridge.example" in waiting
    assert "Susan Horrobin, Link Officer" in waiting
