"""Addressees as the office keeps them: what changes, and what is not kept of the one before."""

import pytest

from generator.edition.load import load_data
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE as AMBRIDGE_FILE
from tests.spreadsheets.conftest import NEW, Planned, said
from tests.spreadsheets.workbooks import AMBRIDGE, FELPERSHAM, RECEIVED, Row

A = "figures.xlsx:People"
HEADS = ("Council", "Name", "Job title", "Salutation", "E-mail", "Kind")
DOROTHY: Row = (FELPERSHAM, "Dorothy Adamson", "Managing Director")


def people(*row: object) -> dict[str, list[Row]]:
    return {"People": [HEADS, (AMBRIDGE, *row), DOROTHY]}


def test_the_same_addressees_change_nothing(planned: Planned) -> None:
    plan = planned(people("Walter Gabriel", "Chief Executive", "Walter Gabriel"))

    assert said(plan) == []
    assert plan.contents == {}


def test_another_addressee_is_written_and_nothing_else_moves(
    planned: Planned, folders: EditionFolders
) -> None:
    plan = planned(
        people("Ann: Penny", "Interim Chief Executive", "Dr Penny", "ann.penny@ambridge.example")
    )

    assert [(c.name, c.before, c.after) for c in plan.changes] == [
        ("addressee.name", "Walter Gabriel", "Ann: Penny"),
        ("addressee.office", "Chief Executive", "Interim Chief Executive"),
        ("addressee.salutation", "", "Dr Penny"),
        ("addressee.email", "", "ann.penny@ambridge.example"),
    ]
    ((path, content),) = plan.contents.items()
    assert path == folders.authorities / "ambridge-district-council.yaml"
    assert content.decode() == AMBRIDGE_FILE.replace(
        "  name: Walter Gabriel\n  office: Chief Executive\n",
        '  name: "Ann: Penny"\n  office: Interim Chief Executive\n  salutation: Dr Penny\n'
        "  email: ann.penny@ambridge.example\n",
    )


@pytest.mark.parametrize("cell", ["Ann Penny\nBea Pound", "Ann Penny; Bea Pound"])
def test_two_who_share_the_office_are_two(
    cell: str, planned: Planned, folders: EditionFolders
) -> None:
    plan = planned(people(cell, "Chief Executives", "Ann and Bea"))
    for path, content in plan.contents.items():
        path.write_bytes(content)

    addressee = load_data(folders).authorities["ambridge-district-council"].addressee
    assert addressee.names == ("Ann Penny", "Bea Pound")
    assert addressee.salutation == "Ann and Bea"
    assert planned(people(cell, "Chief Executives", "Ann and Bea")).contents == {}


BLANK = "blank; fill it in, or leave this authority out of the list"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            (None, "Clerk"), [f"{A}!B2: error: addressee.name: {BLANK}"], id="a blank name"
        ),
        pytest.param(
            ("Ann Penny", " "), [f"{A}!C2: error: addressee.office: {BLANK}"], id="a blank office"
        ),
        pytest.param(
            ("Ann Penny", 17),
            [f"{A}!C2: error: addressee.office: found 17; expected a text"],
            id="a number",
        ),
        pytest.param(
            ("Ann  Penny", "Clerk"),
            [f"{A}!B2: error: addressee.name: has two spaces in a row; remove one"],
            id="a name that cannot be printed as it stands",
        ),
        pytest.param(
            ("Ann Penny\nBea Pound", "Clerks"),
            [
                f"{A}!B2: error: addressee.salutation: two names; add a column Salutation with "
                f"how the letter greets them (Ann Penny and Bea Pound, for instance)"
            ],
            id="two names without a salutation",
        ),
        pytest.param(
            ("Ann Penny", "Clerk", None, "ann at ambridge"),
            [
                f'{A}!E2: error: addressee.email: found "ann at ambridge"; '
                "expected one email address"
            ],
            id="no email address",
        ),
        pytest.param(
            ("Ann Penny", "Clerk", None, None, "kingdom"),
            [f'{A}!F2: error: kind: found "kingdom"; expected one of council, authority'],
            id="no kind of authority",
        ),
    ],
)
def test_what_cannot_be_an_addressee_is_refused(
    row: tuple[object, ...], expected: list[str], planned: Planned
) -> None:
    plan = planned(people(*row))

    assert said(plan) == expected
    assert plan.contents == {}


def test_a_new_person_is_not_greeted_or_written_to_as_the_one_before(
    planned: Planned, folders: EditionFolders
) -> None:
    path = folders.authorities / "ambridge-district-council.yaml"
    path.write_text(
        AMBRIDGE_FILE.replace(
            "  office: C", "  salutation: Mr Gabriel\n  email: w@ambridge.example\n  office: C"
        )
    )

    plan = planned(people("Ann Penny", "Chief Executive"))

    assert said(plan) == [
        f"{A}!D2: error: addressee.salutation: the name changed, but "
        'ambridge-district-council.yaml keeps the salutation "Mr Gabriel"; give the new one in '
        "the list, or delete the line in the file",
        f"{A}!E2: error: addressee.email: the name changed, but "
        'ambridge-district-council.yaml keeps the email "w@ambridge.example"; give the new one in '
        "the list, or delete the line in the file",
    ]
    assert planned(people("Walter Gabriel", "Chief Executive")).contents == {}


def test_a_new_authority_has_its_kind_its_salutation_and_its_email_from_the_list(
    planned: Planned,
) -> None:
    fens: Row = ("Fens National Park", "Ann Penny", "Warden", "Ann", "a@fens.example", "authority")
    rows = [HEADS, (AMBRIDGE, "Walter Gabriel", "Chief Executive"), DOROTHY, fens]
    received = [RECEIVED[:3], (AMBRIDGE, 3, 14), (FELPERSHAM, 20, 0), ("Fens National Park", 1, 2)]

    plan = planned({"People": rows, "Received": received}, said=NEW)

    assert said(plan) == []
    texts = [c.decode() for path, c in plan.contents.items() if path.stem == "fens-national-park"]
    assert texts == [
        "# yaml-language-server: $schema=../../schemas/authority-2031.schema.json\n"
        "name: Fens National Park\nkind: authority\n"
        "addressee:\n  name: Ann Penny\n  office: Warden\n  salutation: Ann\n"
        "  email: a@fens.example\n\n"
        "received:\n  roads: 1\n  ponds: 2\n"
        "decided:\n  advice_given: null\n  not_upheld: null\n  upheld: null\n"
        "remedied:\n  by_us: null\n  by_authority: null\n"
    ]
