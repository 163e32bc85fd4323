"""What is a place in a name, and that the longest name in a text counts."""

import pytest

from generator.checks.mentions import place_in

PLACES = {
    "Ambridge District Council": "ambridge",
    "Felpersham": "felpersham",
    "City of Felpersham Metropolitan District Council": "felpersham",
    "London Borough of Larkspur and Quickthorn": "larkspur and quickthorn",
    "Larkspur London Borough Council": "larkspur",
    "Royal Borough of Quickthorn": "quickthorn",
    "The Corporation of Old Borset": "old borset",
    "City and County of Penny Council": "penny",
    "Council of the Isles of Ducks": "isles of ducks",
    "Isle of Ducks Council": "isle of ducks",
    "King's Ambridge & West Penny Borough Council": "kings ambridge and west penny",
    "Penny Peak District National Park Authority": "penny peak district national park",
    "Greater London Authority": "greater london",
    "Ynys Wên Council": "ynys wen",
    "Town Council": "town",
    "Authority": "authority",
}


@pytest.mark.parametrize("name", PLACES)
def test_the_place_in_a_name(name: str) -> None:
    assert " ".join(place_in(name)) == PLACES[name]
