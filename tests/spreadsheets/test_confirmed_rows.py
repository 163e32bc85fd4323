"""An address list that says what last year's said is the word for those addressees."""

from pathlib import Path

import pytest

from generator.checks.confirmed_file import read_confirmed
from generator.checks.date_checks import PERSON
from generator.files.transaction import write_all
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE as AMBRIDGE_FILE
from tests.borsetshire import BORSETSHIRE
from tests.spreadsheets.conftest import Planned, said
from tests.spreadsheets.workbooks import AMBRIDGE, FELPERSHAM, Row

pytestmark = pytest.mark.processes  # it asks git who confirms

HEADS = ("Council", "Name", "Job title", "E-mail")
WALTER: Row = (AMBRIDGE, "Walter Gabriel", "Chief Executive")
DOROTHY: Row = (FELPERSHAM, "Dorothy Adamson", "Managing Director")
A_FILE = "authorities/ambridge-district-council.yaml"


@pytest.fixture
def two_years(folders: EditionFolders) -> EditionFolders:
    """The county, and last year's with the same people."""
    root = folders.workspace.folder
    for path, text in BORSETSHIRE.items():
        if path.startswith("data/2031"):
            before = root / path.replace("2031", "2030")
            before.parent.mkdir(parents=True, exist_ok=True)
            before.write_text(text.replace("2031", "2030").replace("Ida", "Ada"))
    return folders


def waiting(folders: EditionFolders) -> list[str]:
    return [p.place.path.stem for p in load_edition(folders).problems if p.kind == PERSON]


CASES = {
    "both as they were": ([WALTER, DOROTHY], [], 2),
    "one is not in the list": ([WALTER], ["felpersham-city-council"], 1),
    "another person": ([(AMBRIDGE, "Ann Penny", "Clerk"), DOROTHY], [], 1),
    "another office": ([(AMBRIDGE, "Walter Gabriel", "Clerk"), DOROTHY], [], 1),
}


@pytest.mark.parametrize(("rows", "left", "confirmed"), CASES.values(), ids=CASES)
def test_a_row_that_agrees_confirms_its_person(
    rows: list[Row], left: list[str], confirmed: int, planned: Planned, two_years: EditionFolders
) -> None:
    assert len(waiting(two_years)) == 2

    plan = planned({"People": [HEADS, *rows]})
    write_all(plan.contents)

    assert plan.confirmed == confirmed
    assert waiting(two_years) == left
    entries, _ = read_confirmed(two_years)
    assert {entry.reason for entry in entries} == {"as in figures.xlsx"}
    assert all(entry.by for entry in entries)


def test_a_row_that_brings_last_year_s_person_back_confirms_them(
    planned: Planned, two_years: EditionFolders
) -> None:
    (two_years.data / A_FILE).write_text(AMBRIDGE_FILE.replace("Walter Gabriel", "Ann Penny"))

    write_all(planned({"People": [HEADS, WALTER, DOROTHY]}).contents)

    assert (two_years.data / A_FILE).read_text() == AMBRIDGE_FILE
    assert waiting(two_years) == []


def test_an_email_that_the_list_leaves_out_is_part_of_what_is_confirmed(
    planned: Planned, two_years: EditionFolders
) -> None:
    """With another one it is another addressee: looked at already, for it was edited."""
    write_all(planned({"People": [HEADS, WALTER, DOROTHY]}).contents)
    for year in (2030, 2031):
        path = two_years.workspace.data / str(year) / A_FILE
        path.write_text(AMBRIDGE_FILE.replace("office:", "email: w@ambridge.example\n  office:"))

    assert waiting(two_years) == ["ambridge-district-council"]


@pytest.mark.usefixtures("two_years")
def test_a_second_import_of_the_list_changes_nothing(planned: Planned) -> None:
    write_all(planned({"People": [HEADS, WALTER, DOROTHY]}).contents)

    assert planned({"People": [HEADS, WALTER, DOROTHY]}).contents == {}


def test_a_spoilt_file_of_what_was_confirmed_is_not_written_over(
    planned: Planned, two_years: EditionFolders
) -> None:
    two_years.confirmed_file.write_text("confirmed: all\n")

    plan = planned({"People": [HEADS, WALTER, DOROTHY]})

    assert plan.contents == {}
    assert any("confirmed: found" in line for line in said(plan))


def test_figures_alone_confirm_nobody(planned: Planned, two_years: EditionFolders) -> None:
    plan = planned({"Received": [("Authority", "Roads", "Ponds and Ducks"), (AMBRIDGE, 4, 14)]})

    assert Path(two_years.confirmed_file) not in plan.contents


LEADERS = {
    "as last year": ("Neil Carter", "neil@ambridge.example", 3, []),
    "another": ("Emma Grundy", "emma@ambridge.example", 2, []),
    "not in the list": ("", "", 2, ["copies.leader"]),
}


@pytest.mark.parametrize(("name", "email", "confirmed", "left"), LEADERS.values(), ids=LEADERS)
def test_it_confirms_those_to_whom_copies_go_too(
    name: str,
    email: str,
    confirmed: int,
    left: list[str],
    planned: Planned,
    two_years: EditionFolders,
) -> None:
    leader = "{name: Neil Carter, office: Leader, email: neil@ambridge.example}"
    for year in (2030, 2031):
        data = two_years.workspace.data / str(year)
        edition = data / "edition.yaml"
        edition.write_text(edition.read_text() + "copies: [leader]\n")
        (data / A_FILE).write_text(f"{AMBRIDGE_FILE}copies:\n  leader: {leader}\n")

    plan = planned(
        {"People": [(*HEADS, "Leader", "Leader email"), (*WALTER, "", name, email), DOROTHY]}
    )
    write_all(plan.contents)

    assert plan.confirmed == confirmed
    assert [p.where for p in load_edition(two_years).problems if p.kind == PERSON] == left
