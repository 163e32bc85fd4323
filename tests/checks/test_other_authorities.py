from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree
from tests.checks.neighbours import (
    AMBRIDGE,
    BOROUGH,
    FELPERSHAM,
    MOORS,
    PENNY,
    PENNYSHIRE,
    alarms,
    file_of,
    path_of,
)

A = "ambridge-district-council"

NAMED = {
    "office and name": {"office": "Chief Executive, Felpersham City Council"},
    "office of": {"office": "Chief Executive of Felpersham City Council"},
    "in capitals": {"office": "CHIEF EXECUTIVE, FELPERSHAM CITY COUNCIL"},
    "without the sort": {"office": "Chief Executive, Felpersham"},
    "with another sort": {"office": "Chief Executive, Felpersham Council"},
    "same place, other authority": {"office": "Town Clerk, Ambridge Town Council"},
    "of one whose name holds another's": {"office": "Director, North Penny Moors National Park"},
    "salutation": {"salutation": "Mr Gabriel of Felpersham City Council"},
    "salutation by office": {"salutation": "Walter, Lord Mayor of Felpersham"},
    "name": {"name": "Walter Gabriel, Felpersham City Council"},
}


@pytest.mark.parametrize("case", NAMED)
def test_an_addressee_is_no_other_authoritys(tmp_path: Path, case: str) -> None:
    ((key, _),) = NAMED[case].items()

    found = alarms(tmp_path, {path_of(AMBRIDGE): file_of(AMBRIDGE, **NAMED[case])})

    assert found == [f"{A}: addressee-of-another addressee.{key}"]


def test_it_is_said_who_is_named_and_what_to_do(tmp_path: Path) -> None:
    changes = {path_of(AMBRIDGE): file_of(AMBRIDGE, office="Chief Executive, Felpersham")}

    (problem,) = load_edition(build_tree(tmp_path, changes)).problems

    assert problem.line("a.yaml") == (
        "a.yaml:4:11: error: addressee.office: names Felpersham City Council, which has a file of "
        "its own; write this authority's office"
    )


OWN = {
    "own name": (AMBRIDGE, {"office": "Chief Executive, Ambridge District Council"}),
    "own place": (AMBRIDGE, {"office": "Chief Executive of Ambridge"}),
    "own name with another's inside": (MOORS, {"office": f"Chief Officer, {MOORS}"}),
    "a part of the own name": (MOORS, {"office": "Chief Officer for Penny Moors"}),
    "longer than another's": (PENNYSHIRE, {"office": "Chief Executive of Pennyshire"}),
    "own name told otherwise": (BOROUGH, {"office": "Chief Executive, Larkspur and Quickthorn"}),
    "of two authorities": (AMBRIDGE, {"office": "Chief Executive of Felpersham and Ambridge"}),
    "called like a place": (AMBRIDGE, {"name": "Walter Felpersham", "salutation": "Mr Felpersham"}),
    "first name like a place": (AMBRIDGE, {"name": "Penny Gabriel", "salutation": "Penny"}),
    "peer": (AMBRIDGE, {"name": "Lord Gabriel of Penny", "salutation": "Lord Gabriel of Penny"}),
    "place inside a word": (AMBRIDGE, {"office": "Chief Executive and Pennywise Director"}),
}


@pytest.mark.parametrize("case", OWN)
def test_an_addressee_of_its_own_gives_no_alarm(tmp_path: Path, case: str) -> None:
    name, said = OWN[case]

    assert alarms(tmp_path, {path_of(name): file_of(name, **said)}) == []


INSERT = """\
---
place: statistics
---
We wrote to you about {{ insert.what }}, as we did to Penny City Council.
"""

VALUES = {
    "another's name": (f"the report on {FELPERSHAM}", True),
    "in capitals": (FELPERSHAM.upper(), True),
    "without the sort in full": ("the ponds of Felpersham Council", True),
    "beside its own": (f"{AMBRIDGE} and {PENNY}", True),
    "same place, other authority": ("the ponds of Ambridge Town Council", True),
    "its own name": (f"the ponds of {AMBRIDGE}", False),
    "a place": ("the bridge to Felpersham", False),
    "a city, and no council": ("Felpersham city centre", False),
    "a word like a place": ("every penny", False),
}


@pytest.mark.parametrize("case", VALUES)
def test_a_value_of_an_insert_names_no_other_authority(tmp_path: Path, case: str) -> None:
    value, is_wrong = VALUES[case]
    text = f'{file_of(AMBRIDGE)}inserts: [{{ponds: {{what: "{value}"}}}}]\n'
    changes = {path_of(AMBRIDGE): text, "templates/2031/inserts/ponds.md": INSERT}

    assert alarms(tmp_path, changes) == [f"{A}: value-of-another inserts.1.ponds.what"] * is_wrong


def test_an_alias_names_an_authority_too(tmp_path: Path) -> None:
    changes = {
        path_of(FELPERSHAM): file_of(FELPERSHAM) + "aliases: [Felpers Corporation]\n",
        path_of(AMBRIDGE): file_of(AMBRIDGE, office="Clerk of Felpers Corporation"),
    }

    assert alarms(tmp_path, changes) == [f"{A}: addressee-of-another addressee.office"]
