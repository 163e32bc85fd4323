"""Whose row is it: exactly, by its form, as a person says, or a new authority's."""

from pathlib import Path

import pytest

from generator.spreadsheets.authority_matching import ANY_NEW, MatchKind, NameOverrides
from generator.workspace import EditionFolders, UsageError
from tests.borsetshire import authority
from tests.spreadsheets.conftest import NEW, Planned, said
from tests.spreadsheets.workbooks import ADDRESSEES, AMBRIDGE, FELPERSHAM, RECEIVED, REMEDIED, Row

A = "figures.xlsx:Received"


def received(*names: str) -> list[Row]:
    return [RECEIVED[:3], *((name, 1, 2) for name in names)]


def in_file(folders: EditionFolders, slug: str, text: str) -> None:
    path = folders.authorities / f"{slug}.yaml"
    path.write_text(text)


def test_rows_are_matched_by_name_then_by_form(planned: Planned) -> None:
    plan = planned({"Received": received("  Ambridge  District Council", "Felpersham")})

    assert said(plan) == []
    assert plan.matched == {
        AMBRIDGE: ("ambridge-district-council", MatchKind.EXACT),
        "Felpersham": ("felpersham-city-council", MatchKind.FORM),
    }


def test_an_alias_is_as_good_as_the_name(planned: Planned, folders: EditionFolders) -> None:
    in_file(folders, "ambridge-district-council", authority() + "aliases: [The Village]\n")

    plan = planned({"Received": received("The Village", FELPERSHAM)})

    assert plan.matched["The Village"] == ("ambridge-district-council", MatchKind.EXACT)


def test_a_name_that_comes_near_is_not_taken_for_it(planned: Planned) -> None:
    plan = planned({"Received": received("Ambrigde District Council", FELPERSHAM)})

    assert said(plan) == [
        f"{A}: warning: received: no row for ambridge-district-council; its figures stay as they "
        f"are",
        f'{A}!A2: error: "Ambrigde District Council" is not an authority of this edition; did you '
        'mean "Ambridge District Council"? Then use --match "Ambrigde District '
        'Council=ambridge-district-council", or --new "Ambrigde District Council" if it is another',
    ]
    assert plan.contents == {}


def test_nor_is_another_kind_of_authority_of_the_same_place(planned: Planned) -> None:
    plan = planned({"Received": received("Ambridge County Council", AMBRIDGE, FELPERSHAM)})

    assert [line.partition(";")[0] for line in said(plan)] == [
        f'{A}!A2: error: "Ambridge County Council" is not an authority of this edition'
    ]


def test_what_a_person_says_is_done_and_remembered(
    planned: Planned, folders: EditionFolders
) -> None:
    rows = {"Received": received("Ambrigde DC", FELPERSHAM)}

    plan = planned(rows, said=NameOverrides({"Ambrigde DC": "ambr"}))

    assert said(plan) == []
    assert plan.matched["Ambrigde DC"] == ("ambridge-district-council", MatchKind.PERSON)
    path = folders.authorities / "ambridge-district-council.yaml"
    text = plan.contents[path].decode()
    assert text.endswith("aliases: [Ambrigde DC]\n")
    path.write_text(text)
    assert planned(rows).matched["Ambrigde DC"] == ("ambridge-district-council", MatchKind.EXACT)


def test_a_person_may_say_that_it_is_another(planned: Planned) -> None:
    plan = planned(
        {"Received": received("Ambridge County Council", AMBRIDGE, FELPERSHAM)},
        said=NameOverrides(new=frozenset({"Ambridge County Council"})),
    )

    assert plan.new == {"ambridge-county-council": "Ambridge County Council"}
    assert plan.contents != {}


def test_a_name_that_may_be_two_is_refused(planned: Planned, folders: EditionFolders) -> None:
    in_file(folders, "ambridge-county-council", authority("Ambridge County Council"))

    plan = planned({"Received": received("Ambridge", FELPERSHAM)})

    assert said(plan)[1:] == [
        f'{A}!A2: error: "Ambridge" could be ambridge-county-council or ambridge-district-council'
        '; give its full name, or use --match "Ambridge=ambridge-county-council"'
    ]


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (
            NameOverrides({"Ambrige District Council": "ambridge"}),
            'No row is named "Ambrige District Council"; did you mean "Ambridge District Council"?',
        ),
        (NameOverrides(new=frozenset({"Wimbledon"})), 'No row is named "Wimbledon".'),
        (
            NameOverrides({AMBRIDGE: "felperstham-city-council"}),
            'No authority "felperstham-city-council"; did you mean "felpersham-city-council"?',
        ),
        (
            NameOverrides({AMBRIDGE: "nobody"}),
            'No authority "nobody"; "letters list" shows them all.',
        ),
    ],
)
def test_what_a_person_says_of_nobody_is_a_wrong_use(
    what: NameOverrides, message: str, planned: Planned
) -> None:
    with pytest.raises(UsageError) as raised:
        planned({"Received": received(AMBRIDGE, FELPERSHAM)}, said=what)

    assert str(raised.value).startswith(message)


def test_nobody_can_be_left_out_who_is_not_there(planned: Planned) -> None:
    with pytest.raises(UsageError, match='No authority "nobody"'):
        planned({"Received": received(AMBRIDGE, FELPERSHAM)}, leave_out=("nobody",))


def test_a_new_authority_is_one_however_its_sheets_spell_it(planned: Planned) -> None:
    plan = planned(
        {
            "Received": received(AMBRIDGE, FELPERSHAM, "Penny Hassett"),
            "Remedied": [
                REMEDIED,
                (AMBRIDGE, 2, 1),
                (FELPERSHAM, 0, 0),
                ("Penny-Hassett Parish Council", 1, 0),
            ],
        },
        said=NEW,
    )

    assert plan.new == {"penny-hassett-parish-council": "Penny-Hassett Parish Council"}
    (problem,) = plan.problems
    assert problem.place.path.name == "penny-hassett-parish-council.yaml"
    assert (problem.where, problem.message, problem.is_error) == (
        "addressee",
        "a new authority without an addressee in any list; add one to its file",
        False,
    )


def test_the_list_of_addressees_gives_a_new_authority_its_name(planned: Planned) -> None:
    plan = planned(
        {
            "Received": received(AMBRIDGE, FELPERSHAM, "Penny Hassett PARISH Council"),
            "Addressees": [
                ADDRESSEES[:3],
                (AMBRIDGE, "Walter Gabriel", "Chief Executive"),
                (FELPERSHAM, "Dorothy Adamson", "Managing Director"),
                ("Penny Hassett", "Silas Larkspur", "Clerk"),
            ],
        },
        said=NEW,
    )

    assert plan.new == {"penny-hassett": "Penny Hassett"}
    assert [line.partition(": warning: ")[2] for line in said(plan)] == [
        'kind: read as a council; if not, write its kind in its file, such as "kind: authority"'
    ]


def test_two_new_names_that_complete_each_other_are_asked_about(planned: Planned) -> None:
    sheets = {
        "Received": received(AMBRIDGE, FELPERSHAM, "Penny Hasset Council"),
        "Remedied": [
            REMEDIED,
            (AMBRIDGE, 2, 1),
            (FELPERSHAM, 0, 0),
            ("Penny Hassett Council", 1, 0),
        ],
    }

    plan = planned(sheets, said=NEW)

    assert [line for line in said(plan) if "error" in line] == [
        'figures.xlsx:Remedied!A4: error: "Penny Hassett Council" and "Penny Hasset Council" '
        '(figures.xlsx:Received!A4) may be the same; spell both alike, or use --new "Penny Hassett '
        'Council" if it is another'
    ]
    assert (
        planned(
            sheets, said=NameOverrides(new=frozenset({ANY_NEW, "Penny Hassett Council"}))
        ).contents
        != {}
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "Penny\u200b Hassett",
            'an invisible zero width space (U+200B) after "Penny"; delete it',
        ),
        ("!!!", 'found "!!!"; expected the name of an authority'),
    ],
)
def test_a_new_name_must_be_one_that_a_letter_can_print(
    name: str, message: str, planned: Planned
) -> None:
    plan = planned({"Received": received(AMBRIDGE, FELPERSHAM, name)}, said=NEW)

    assert f"{A}!A4: error: {message}" in said(plan)


def test_a_new_authority_never_takes_the_file_of_another(
    planned: Planned, folders: EditionFolders
) -> None:
    in_file(folders, "penny-hassett", authority("Wimbledon Council"))

    plan = planned(
        {"Received": received(AMBRIDGE, FELPERSHAM, "Penny' Hassett", "Wimbledon")}, said=NEW
    )

    assert [line for line in said(plan) if "error" in line] == [
        f'{A}!A4: error: "Penny\' Hassett" would have the file penny-hassett.yaml, which is that '
        'of "Wimbledon Council"; use --match "Penny\' Hassett=penny-hassett" if they are the same'
    ]


def test_an_authority_without_a_row_is_named(planned: Planned) -> None:
    plan = planned({"Received": received(AMBRIDGE)})

    assert said(plan) == [
        f"{A}: warning: received: no row for felpersham-city-council; its figures stay as they are"
    ]


def test_a_file_that_is_no_yaml_must_be_mended_first(
    planned: Planned, folders: EditionFolders
) -> None:
    in_file(folders, "ambridge-district-council", "name: [Ambridge\n")

    plan = planned({"Received": received(AMBRIDGE, FELPERSHAM)})

    (broken,) = [p for p in plan.problems if p.place.path.suffix == ".yaml" and p.is_error]
    assert broken.place.path == folders.authorities / "ambridge-district-council.yaml"
    assert plan.contents == {}


def test_an_edition_without_any_authority_takes_them_all(
    planned: Planned, folders: EditionFolders
) -> None:
    for path in folders.authorities.iterdir():
        path.unlink()
    folders.authorities.rmdir()

    plan = planned({"Received": received(AMBRIDGE, FELPERSHAM)})

    assert list(plan.new) == ["ambridge-district-council", "felpersham-city-council"]
    assert {Path(path).parent for path in plan.contents} == {folders.authorities, folders.data}
