"""People to whom copies go are checked like the addressee."""

from pathlib import Path

import pytest

from generator.checks.date_checks import PERSON
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, build_tree
from tests.copied import (
    A_FILE,
    COPIES,
    EDITION_FILE,
    EDITION_WITH_COPIES,
    F_FILE,
    PEOPLE,
    WITH_COPIES,
    A,
    F,
)


def person(**said: str) -> str:
    given = {"name": "Emma Grundy", "office": "Leader of the Council", **said}
    return f"copies:\n  leader: {{{', '.join(f'{key}: {text}' for key, text in given.items())}}}\n"


CASES = {
    "in order": (FELPERSHAM + person(), []),
    "the addressee of another": (
        FELPERSHAM + person(name="Walter Gabriel"),
        [
            f"{A}: addressee.name: Walter Gabriel is also written to in {F}.yaml",
            f"{F}: copies.leader.name: Walter Gabriel is also written to in {A}.yaml",
        ],
    ),
    "the addressee's own name": (
        FELPERSHAM + person(name="Dorothy Adamson"),
        [f"{F}: copies.leader.name: Dorothy Adamson is also addressee.name; correct one of them"],
    ),
    "another's office": (
        FELPERSHAM + person(office="Leader of Ambridge District Council"),
        [
            f"{F}: copies.leader.office: names Ambridge District Council, which "
            "has a file of its own; write this authority's office"
        ],
    ),
    "another's email": (
        FELPERSHAM + person(email="neil@ambridge.example"),
        [
            f"{A}: copies.leader.email: neil@ambridge.example is also the address "
            f"in {F}.yaml; expected one of its own",
            f"{F}: copies.leader.email: ambridge.example is the domain of "
            "Ambridge District Council; expected an address of this authority",
            f"{F}: copies.leader.email: neil@ambridge.example is also the "
            f"address in {A}.yaml; expected one of its own",
        ],
    ),
    "a letter of another script": (
        FELPERSHAM + person(name="Emm\u0430 Grundy"),
        [f"{F}: copies.leader.name: "],
    ),
}


@pytest.mark.parametrize(("felpersham", "expected"), CASES.values(), ids=CASES)
def test_what_is_wrong_with_one_is_said_at_its_line(
    felpersham: str, expected: list[str], tmp_path: Path
) -> None:
    problems = load_edition(build_tree(tmp_path, WITH_COPIES, {F_FILE: felpersham})).problems

    found = [f"{p.place.path.stem}: {p.where}: {p.message}" for p in problems]
    assert len(found) == len(expected)
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=True))


def test_who_is_carried_over_waits_to_be_confirmed(tmp_path: Path) -> None:
    then = {
        "data/2030/edition.yaml": EDITION.replace("2031", "2030").replace("Ida", "Eva") + COPIES,
        f"data/2030/authorities/{A}.yaml": AMBRIDGE.replace("Walter", "Bert") + PEOPLE,
    }
    now = {
        EDITION_FILE: EDITION_WITH_COPIES,
        A_FILE: AMBRIDGE + PEOPLE.replace("Susan Horrobin", "Jazzer McCreary"),
    }

    problems = load_edition(build_tree(tmp_path, then, now)).problems

    waiting = [p for p in problems if p.kind == PERSON]
    assert [(p.where, p.kind, p.subject) for p in waiting] == [
        (
            "copies.leader",
            PERSON,
            "Neil O'Carter, Leader of the Council, neil@ambridge.example",
        )
    ]
