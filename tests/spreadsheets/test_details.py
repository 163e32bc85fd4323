"""Kinds of authorities, and those to whom copies go, as lists have them."""

from typing import Any

import pytest

from generator.edition.load import load_data
from generator.spreadsheets.import_plan import Plan
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE as AMBRIDGE_FILE
from tests.browser.combining import each_once
from tests.copied import EDITION_WITH_COPIES, PEOPLE
from tests.spreadsheets.conftest import NEW, Planned, said
from tests.spreadsheets.workbooks import AMBRIDGE, FELPERSHAM, Row

A = "ambridge-district-council"
KINDS = """\
kinds:
  council: {noun: council}
  authority: {noun: authority, aliases: [National park]}
"""
REMEDIED = ("Authority", "by us", "by the authority")


@pytest.fixture
def copies(folders: EditionFolders) -> EditionFolders:
    folders.edition_file.write_text(EDITION_WITH_COPIES)
    return folders


def changed(plan: Plan) -> list[tuple[str, str, str]]:
    return [(change.name, change.before, change.after) for change in plan.changes]


def applied(plan: Plan, folders: EditionFolders) -> Any:
    for path, content in plan.contents.items():
        path.write_bytes(content)
    return load_data(folders)


def kinds(label: str, kind: str) -> dict[str, list[Row]]:
    rows: list[Row] = [(*REMEDIED, label), (AMBRIDGE, 2, 1, kind), (FELPERSHAM, 0, 0, "")]
    return {"Remedied": rows}


@each_once(
    "label, kind",
    ["Kind", "Type", "Authority type", "TYPE OF AUTHORITY"],
    ["authority", "Authority", "national  park"],
)
def test_a_kind_stands_in_any_table(
    label: str, kind: str, planned: Planned, folders: EditionFolders
) -> None:
    text = folders.edition_file.read_text()
    old = text[text.index("kinds:") : text.index("words:")]
    folders.edition_file.write_text(text.replace(old, KINDS))

    plan = planned(kinds(label, kind))

    assert (changed(plan), said(plan)) == ([("kind", "", "authority")], [])
    data = applied(plan, folders)
    assert data.authorities[A].kind == "authority"
    assert (
        data.authorities[A]
        .path.read_text()
        .startswith("name: Ambridge District Council\nkind: authority\naddressee:")
    )
    assert planned(kinds(label, kind)).contents == {}


def test_a_kind_that_differs_from_the_files_is_said(
    planned: Planned, folders: EditionFolders
) -> None:
    path = folders.authorities / f"{A}.yaml"
    path.write_text(AMBRIDGE_FILE.replace("addressee:", "kind: authority\naddressee:"))

    plan = planned(kinds("Type", "council"))

    assert changed(plan) == [("kind", "authority", "council")]
    assert applied(plan, folders).authorities[A].kind == "council"


UNKNOWN = {
    "concil": 'found "concil"; did you mean "council"?',
    "parish": 'found "parish"; expected one of council, authority',
}


@pytest.mark.parametrize("kind", UNKNOWN)
def test_an_unknown_kind_is_refused(kind: str, planned: Planned) -> None:
    plan = planned(kinds("Type", kind))

    assert said(plan) == [f"figures.xlsx:Remedied!D2: error: kind: {UNKNOWN[kind]}"]
    assert plan.contents == {}


def test_two_lists_that_disagree_on_a_kind_are_refused(planned: Planned) -> None:
    other = [("Authority", "Roads", "Ponds and Ducks", "Type"), (AMBRIDGE, 3, 14, "authority")]

    plan = planned({**kinds("Type", "council"), "Received": other})

    (problem,) = (line for line in said(plan) if "error" in line)
    assert problem == (
        'figures.xlsx:Received!D2: error: kind: found "authority", and "council" in '
        "figures.xlsx:Remedied!D2"
    )


HEADS = ("Council", "Leader", "Leader e-mail", "Link officer", "Link officer job title")


def people(*row: str) -> dict[str, list[Row]]:
    return {"People": [HEADS, (AMBRIDGE, *row)]}


def test_people_to_whom_copies_go_come_with_the_list(
    planned: Planned, copies: EditionFolders
) -> None:
    table = people("Neil O'Carter", "neil@ambridge.example", "Susan Horrobin", "Clerk")

    plan = planned(table)

    assert changed(plan) == [
        ("copies.leader.name", "", "Neil O'Carter"),
        ("copies.leader.office", "", "Leader"),
        ("copies.leader.email", "", "neil@ambridge.example"),
        ("copies.link_officer.name", "", "Susan Horrobin"),
        ("copies.link_officer.office", "", "Clerk"),
    ]
    data = applied(plan, copies)
    assert {role: person.name for role, person in data.authorities[A].copies.items()} == {
        "link_officer": "Susan Horrobin",
        "leader": "Neil O'Carter",
    }
    assert planned(table).contents == {}


def test_another_name_is_put_in_its_place(planned: Planned, copies: EditionFolders) -> None:
    path = copies.authorities / f"{A}.yaml"
    path.write_text(AMBRIDGE_FILE + PEOPLE)

    plan = planned(people("Emma Grundy", "emma@ambridge.example", "Susan Horrobin", ""))

    assert changed(plan) == [
        ("copies.leader.name", "Neil O'Carter", "Emma Grundy"),
        ("copies.leader.email", "neil@ambridge.example", "emma@ambridge.example"),
    ]
    applied(plan, copies)
    after = PEOPLE.replace("Neil O'Carter", "Emma Grundy").replace("neil@", "emma@")
    assert path.read_text() == AMBRIDGE_FILE + after


REFUSED = {
    "the email of one who has left": (
        ("Emma Grundy", "", "", ""),
        "B2: error: copies.leader.email: the name changed, but ambridge-district-council.yaml "
        'keeps the email "neil@ambridge.example"; give the new one in the list, or delete the '
        "line in the file",
    ),
    "an email without a name": (
        ("", "emma@ambridge.example", "", ""),
        "C2: error: copies.leader: given without a name; add the name, or leave it blank",
    ),
    "no email address": (
        ("Emma Grundy", "emma", "", ""),
        'C2: error: copies.leader.email: found "emma"; expected one email address',
    ),
}


@pytest.mark.parametrize(("row", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_person_is_refused(
    row: tuple[str, ...], expected: str, planned: Planned, copies: EditionFolders
) -> None:
    (copies.authorities / f"{A}.yaml").write_text(AMBRIDGE_FILE + PEOPLE)

    plan = planned(people(*row))

    assert [line for line in said(plan) if "error" in line] == [f"figures.xlsx:People!{expected}"]
    assert plan.contents == {}


@pytest.mark.usefixtures("copies")
def test_a_new_authority_has_its_people_and_its_kind(planned: Planned) -> None:
    rows: list[Row] = [
        (*REMEDIED, "Type", "Leader"),
        ("Fens National Park", 1, 2, "authority", "Ed Grundy"),
    ]

    plan = planned({"Remedied": rows}, said=NEW)

    (text,) = (t for path, t in plan.contents.items() if path.stem == "fens-national-park")
    assert text.decode().startswith(
        "# yaml-language-server: $schema=../../schemas/authority-2031.schema.json\n"
        "name: Fens National Park\nkind: authority\naddressee:\n  name:\n  office:\n"
        "copies:\n  leader: {name: Ed Grundy, office: Leader}\n\n"
    )
