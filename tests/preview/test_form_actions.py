"""What a form at the desk saves: an authority, what is confirmed, a spreadsheet dropped."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.edition.load import load_data
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders, Workspace
from tests.borsetshire import AMBRIDGE as AMBRIDGE_TEXT
from tests.borsetshire import BORSETSHIRE, build_tree
from tests.preview.desks import Answer, OpenDesk, opened_desk

pytestmark = pytest.mark.processes

SLUG = "ambridge-district-council"
AMBRIDGE = f"data/2031/authorities/{SLUG}.yaml"
FELPERSHAM = "data/2031/authorities/felpersham-city-council.yaml"
STATED = (
    AMBRIDGE_TEXT.replace("ponds: 14}", "ponds: 14, total: 17} # as counted")
    .replace("upheld: 3}", "upheld: 3, uphold_rate: 38%}")
    .replace(
        "office: Chief Executive",
        "office: Chief Executive\n  # since May\n  email: w@ambridge.example",
    )
)
LAST_YEAR = {
    name.replace("2031", "2030"): text.replace("2031", "2030")
    for name, text in BORSETSHIRE.items()
    if "2031" in name
}


class Office:
    """A workspace with two years, and the desk that is opened in it."""

    def __init__(self, folder: Path, desk: OpenDesk) -> None:
        self.folder, self.desk = folder, desk

    @property
    def folders(self) -> EditionFolders:
        return Workspace(self.folder).edition(2031)

    def text(self, name: str) -> str:
        return (self.folder / name).read_text()

    def save(self, values: dict[str, str], *, cookie: str = "", digest: str = "") -> Answer:
        """Save what was filled in, of the file as it is, or as it was when it had a digest."""
        digest = digest or self.digest(AMBRIDGE)
        asked = {"authority": SLUG, "values": values, "expected": {AMBRIDGE: digest}}
        return self.desk.act("authority", asked, cookie)

    def digest(self, name: str) -> str:
        return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("forms")
    build_tree(folder, LAST_YEAR, {AMBRIDGE: STATED})
    with opened_desk(folder) as desk:
        yield Office(folder, desk)


@pytest.fixture
def office(shared: Office) -> Iterator[Office]:
    """Each test leaves the data as it found it."""
    before = {p: p.read_bytes() for p in shared.folder.glob("data/**/*") if p.is_file()}
    yield shared
    for path in [p for p in shared.folder.glob("data/**/*") if p.is_file()]:
        if path not in before:
            path.unlink()
    for path, content in before.items():
        path.write_bytes(content)


def said(answer: Answer) -> Any:
    return json.loads(answer.text)


def wheres(answer: Answer) -> list[str]:
    return [problem["where"] for problem in said(answer)["problems"]]


# --- An authority ------------------------------------------------------------------------------


def test_a_figure_is_saved_and_what_is_stated_of_it_follows(office: Office) -> None:
    answer = office.save({"received.roads": "1,003", "decided.upheld": "5"})

    assert (answer.status, said(answer)["said"]) == (200, f"2 values in {SLUG}.yaml")
    expected = (
        STATED.replace("roads: 3, ponds: 14, total: 17", "roads: 1003, ponds: 14, total: 1017")
        .replace("upheld: 5, upheld: 3", "upheld: 5, upheld: 5")
        .replace("38%", "50%")
    )
    assert office.text(AMBRIDGE) == expected
    assert said(answer)["figures"]["received.total"] == "1,017"


def test_people_are_named_and_what_is_left_blank_is_no_longer_said(office: Office) -> None:
    answer = office.save({"addressee.name": "Nigel: Pargetter", "addressee.email": ""})

    assert answer.status == 200
    assert office.text(AMBRIDGE) == STATED.replace("Walter Gabriel", '"Nigel: Pargetter"').replace(
        "  email: w@ambridge.example\n", ""
    )


def test_a_figure_that_is_not_known_yet_is_null(office: Office) -> None:
    office.save({"received.roads": ""})

    assert "roads: null" in office.text(AMBRIDGE)


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"received.roads": "many"}, "received.roads"),
        ({"received.roads": "-1"}, "received.roads"),
        ({"addressee.office": " "}, "addressee.office"),
        ({"addressee.email": "nobody"}, "addressee.email"),
        ({"inserts": "flood"}, "inserts"),
        ({"received.total": "3"}, "received.total"),
        ({"../../edition": "3"}, "../../edition"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(
    values: dict[str, str], where: str, office: Office
) -> None:
    answer = office.save(values)

    assert (answer.status, wheres(answer)) == (422, [where])
    assert office.text(AMBRIDGE) == STATED


def test_sums_and_rates_are_worked_out_while_one_types_and_nothing_is_saved(office: Office) -> None:
    asked = {"authority": SLUG, "values": {"received.roads": "6", "decided.upheld": "x"}}

    answer = office.desk.act("try-authority", asked)

    figures = said(answer)["figures"]
    assert {key: figures[key] for key in ("received.total", "decided.uphold_rate")} == {
        "received.total": "20",
        "decided.uphold_rate": "[?]",
    }
    assert wheres(answer) == ["decided.upheld"]
    assert office.text(AMBRIDGE) == STATED


def test_of_two_who_change_a_figure_nobody_is_written_over_and_one_is_told(office: Office) -> None:
    digest = office.digest(AMBRIDGE)
    mine, other = office.desk.new_cookie(), office.desk.new_cookie()

    first = office.save({"received.roads": "4"}, cookie=mine, digest=digest)
    second = office.save({"received.roads": "5"}, cookie=other, digest=digest)

    assert (first.status, second.status) == (200, 409)
    assert said(second)["yours"] == "received.roads: 5"
    assert said(second)["changed"]["now"] == office.text(AMBRIDGE)
    assert "roads: 4" in office.text(AMBRIDGE)


def test_a_save_is_taken_back_byte_for_byte(office: Office) -> None:
    undo = said(office.save({"received.roads": "4"}))["undo"]

    assert office.desk.act("undo", {"undo": undo}).status == 200
    assert office.text(AMBRIDGE) == STATED


def test_another_edition_has_an_address_of_its_own_and_its_files_are_changed_there_alone(
    office: Office,
) -> None:
    root, path = "/editions/2030", AMBRIDGE.replace("2031", "2030")
    before = office.text(path)
    asked = {"authority": SLUG, "values": {"received.roads": "9"}}
    expected = {"expected": {path: office.digest(path)}}

    page = office.desk.get(f"{root}/").text
    assert (f'data-root="{root}"' in page, "Annual letters <b>2030</b>" in page) == (True, True)
    assert office.desk.act("data", {**asked, **expected}).status == 409
    assert office.desk.act("data", {**asked, **expected}, root=root).status == 200
    assert office.text(path) == before.replace("roads: 3", "roads: 9")
    assert office.text(AMBRIDGE) == STATED
    assert office.desk.get("/editions/2029/").status == 404


def test_what_was_saved_at_one_edition_is_taken_back_at_another_and_done_again(
    office: Office,
) -> None:
    """The button that undoes a save is still there when another edition is opened beside it."""
    root, path = "/editions/2030", AMBRIDGE.replace("2031", "2030")
    before = office.text(path)
    asked = {"authority": SLUG, "values": {"received.roads": "9"}}
    saved = office.desk.act("data", {**asked, "expected": {path: office.digest(path)}}, root=root)
    after = office.text(path)

    back = office.desk.act("undo", {"undo": said(saved)["undo"]})

    assert (back.status, office.text(path)) == (200, before)
    assert said(back)["said"] == f"Taken back in edition 2030: 1 value in {SLUG}.yaml"
    again = office.desk.act("undo", {"undo": said(back)["undo"]})
    assert (again.status, office.text(path)) == (200, after)
    own = office.desk.act("undo", {"undo": said(again)["undo"]}, root=root)
    assert (own.status, office.text(path)) == (200, before)
    assert "internal" not in office.desk.get("/").text.casefold()


def test_an_undo_at_another_edition_is_refused_where_its_file_was_saved_since(
    office: Office,
) -> None:
    root, path = "/editions/2030", AMBRIDGE.replace("2031", "2030")
    asked = {"authority": SLUG, "values": {"received.roads": "9"}}
    saved = office.desk.act("data", {**asked, "expected": {path: office.digest(path)}}, root=root)
    (office.folder / path).write_text("name: Somebody else’s\n")

    back = office.desk.act("undo", {"undo": said(saved)["undo"]})

    assert (back.status, said(back)["changed"]["file"]) == (409, path)
    assert office.text(path) == "name: Somebody else’s\n"


def test_what_was_opened_at_another_edition_is_told_to_be_of_that(office: Office) -> None:
    path = AMBRIDGE.replace("2031", "2030")
    asked = {"authority": SLUG, "values": {"received.roads": "9"}}

    answer = office.desk.act("data", {**asked, "expected": {path: office.digest(path)}})

    [problem] = said(answer)["problems"]
    assert (answer.status, problem["message"]) == (
        409,
        "not opened here, but in edition 2030; save it there; nothing was written",
    )


def test_a_plan_of_another_edition_is_not_applied(office: Office) -> None:
    asked = {"authority": SLUG, "name": "Ambridge Vale District Council"}
    plan = said(office.desk.act("plan-rename", asked, root="/editions/2030"))["plan"]

    answer = office.desk.act("rename", {**asked, "plan": plan})

    [problem] = said(answer)["problems"]
    assert (answer.status, problem["message"]) == (
        422,
        "not the plan that you saw: something was saved meanwhile, or that was of another edition; "
        "look at it again",
    )
    assert office.text(AMBRIDGE) == STATED


# --- Confirming --------------------------------------------------------------------------------


def open_digests(office: Office) -> list[str]:
    from generator.confirming.confirmation import Confirmable

    return [*Confirmable(load_edition(office.folders)).open]


def test_what_is_ticked_is_confirmed_by_name_and_withdrawn_again(office: Office) -> None:
    cookie = office.desk.new_cookie()
    office.desk.act("name", {"name": "Jill Archer"}, cookie)
    first, *others = open_digests(office)

    answer = office.desk.act("confirm", {"digests": [first], "reason": "as\nin May"}, cookie)

    assert said(answer)["said"] == "1 confirmed by Jill Archer"
    assert sorted(open_digests(office)) == sorted(others)
    assert "by: Jill Archer" in office.text("data/2031/confirmed.yaml")
    assert "reason: as in May" in office.text("data/2031/confirmed.yaml")
    office.desk.act("confirm", {"digests": [first], "withdraw": True}, cookie)
    assert sorted(open_digests(office)) == sorted([first, *others])


def test_nobody_confirms_without_a_name_or_what_was_not_shown(office: Office) -> None:
    cookie = office.desk.new_cookie()
    digests = open_digests(office)

    assert wheres(office.desk.act("confirm", {"digests": digests}, cookie)) == ["name"]
    office.desk.act("name", {"name": "Jill Archer"}, cookie)
    assert office.desk.act("confirm", {"digests": [*digests, "0" * 64]}, cookie).status == 422
    assert open_digests(office) == digests


# --- Importing ---------------------------------------------------------------------------------


def sheet(*rows: str, name: str = "figures.csv") -> dict[str, object]:
    content = "\n".join(["Authority,Roads,Ponds and Ducks", *rows]) + "\n"
    return {"name": name, "content": base64.b64encode(content.encode()).decode()}


BOTH = ("Ambridge District Council,4,15", "Felpersham City Council,21,0")


def test_the_plan_is_shown_and_just_that_is_applied(office: Office) -> None:
    asked = {"files": [sheet(*BOTH)]}

    plan = said(office.desk.act("plan-import", asked))
    changes = [
        (c["authority"], c["what"], c["before"], c["after"], c["cell"]) for c in plan["changes"]
    ]
    assert changes == [
        (SLUG, "Complaints received: Roads", "3", "4", "figures.csv:B2"),
        (SLUG, "Complaints received: Ponds and Ducks", "14", "15", "figures.csv:C2"),
        (SLUG, "Complaints received: Total", "17", "19", "figures.csv:A2"),
        ("felpersham-city-council", "Complaints received: Roads", "20", "21", "figures.csv:B3"),
    ]
    assert office.text(AMBRIDGE) == STATED
    answer = office.desk.act("import", {**asked, "plan": plan["plan"]})

    assert answer.status == 200
    assert office.text(AMBRIDGE) == STATED.replace(
        "roads: 3, ponds: 14, total: 17", "roads: 4, ponds: 15, total: 19"
    )
    assert "figures.csv" in office.text("data/2031/origins.json")
    office.desk.act("undo", {"undo": said(answer)["undo"]})
    assert office.text(AMBRIDGE) == STATED
    assert not (office.folder / "data/2031/origins.json").exists()


@pytest.mark.thorough
def test_another_plan_than_the_one_shown_is_not_applied(office: Office) -> None:
    asked = {"files": [sheet(*BOTH)]}
    plan = said(office.desk.act("plan-import", asked))["plan"]
    path = office.folder / AMBRIDGE
    path.write_text(STATED.replace("Walter Gabriel", "Nigel Pargetter"))

    answer = office.desk.act("import", {**asked, "plan": plan})

    assert (answer.status, wheres(answer)) == (422, ["plan"])
    assert office.text(AMBRIDGE) == STATED.replace("Walter Gabriel", "Nigel Pargetter")


def test_problems_stand_at_their_cells_and_keep_it_from_being_applied(office: Office) -> None:
    asked = {"files": [sheet("Ambridge District Council,four,15")], "plan": "0" * 64}

    plan = said(office.desk.act("plan-import", asked))
    wrong = [(p["at"], p["message"]) for p in plan["problems"] if p["severity"] == "error"]

    assert wrong == [("figures.csv:B2", 'found the text "four"; expected a whole number')]
    assert plan["plan"] is None
    assert office.desk.act("import", asked).status == 422
    assert office.text(AMBRIDGE) == STATED


def test_what_it_cannot_know_is_asked_in_plain_words(office: Office) -> None:
    asked: dict[str, Any] = {"files": [sheet(*BOTH, "Borchester Town,3,4")]}

    plan = said(office.desk.act("plan-import", asked))
    assert plan["unknown"] == ["Borchester Town"]
    assert "--" not in json.dumps([p["message"] for p in plan["problems"]])
    left_out = said(office.desk.act("plan-import", {**asked, "leave_out": ["Borchester Town"]}))

    assert (left_out["unknown"], left_out["plan"] is not None) == ([], True)


@pytest.mark.parametrize(
    "name",
    [
        "../figures.csv",
        "a/b.csv",
        "a\\b.csv",
        "C:x.csv",
        ".hidden.csv",
        "figures.exe",
        "x" * 200 + ".csv",
        "",
    ],
)
def test_no_name_of_a_file_leads_anywhere(name: str, office: Office) -> None:
    assert office.desk.act("plan-import", {"files": [sheet(*BOTH, name=name)]}).status == 422


def test_the_data_can_still_be_read(office: Office) -> None:
    office.save({"addressee.salutation": "Walter", "received.ponds": "15"})

    assert load_data(office.folders).problems == []
