"""Two spellings of a name: which are of one authority, and which are not for a program to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.county import authority_name
from generator.spreadsheets.known_authorities import (
    form_of,
    is_known,
    is_partial_total,
    is_total,
    looks_like_a_name,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Helens", "St. Helens MBC"),
        ("St Helens", "Saint Helens Metropolitan Borough Council"),
        ("Isle of Wight Council", "Wight, Isle of"),
        ("City of York Council", "York City Council"),
        ("King's Lynn & West Norfolk BC", "Borough Council of King’s Lynn and West Norfolk"),
        ("London Borough of Sutton", "Sutton LB"),
        ("Kingston RB", "Royal Borough of Kingston"),
        ("Ambridge DC*", "AMBRIDGE DISTRICT COUNCIL"),
        ("Borsetshire CC", "Borsetshire County Council"),
        ("Fens National Park Authority", "Fens NPA"),
    ],
)
def test_spellings_of_one_name_agree(one: str, other: str) -> None:
    assert form_of(one).agrees_with(form_of(other))
    assert form_of(other).agrees_with(form_of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ambridge District Council", "Ambridge County Council"),
        ("Borchester City Council", "Borchestershire County Council"),
        ("East Borsetshire", "West Borsetshire"),
        ("Ambrigde", "Ambridge"),
        ("Borsetshire", "South Borsetshire"),
        ("Council", "Borough Council"),
    ],
)
def test_names_of_two_do_not(one: str, other: str) -> None:
    assert not form_of(one).agrees_with(form_of(other))
    assert not form_of(other).agrees_with(form_of(one))


def test_a_mistyped_name_is_near_and_another_is_not() -> None:
    assert form_of("Ambrigde DC").near(form_of("Ambridge District Council"))
    assert not form_of("Felpersham DC").near(form_of("Ambridge District Council"))


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_no_two_authorities_of_a_county_agree(one: int, other: int) -> None:
    names = authority_name(one), authority_name(other)

    assert form_of(names[0]).agrees_with(form_of(names[1])) == (one == other)


@pytest.mark.parametrize(
    ("name", "total", "partial"),
    [
        ("Total", True, True),
        ("TOTALS:", True, True),
        ("Grand total", True, True),
        ("Total for England", True, True),
        ("All authorities", True, False),
        ("District councils subtotal", False, True),
        ("Total West", False, True),
        ("Totalley District Council", False, False),
    ],
)
def test_rows_that_add_up_are_known_by_their_names(name: str, total: bool, partial: bool) -> None:
    assert (is_total(name), is_partial_total(name)) == (total, partial)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ambridge", False),
        ("Penny Hassett Parish Council", True),
        ("West", False),
        ("* Includes complaints about the pension fund.", False),
        ("Note: Felpersham City Council was formed in April.", False),
        ("Figures of every council as they were known in the month of June", False),
    ],
)
def test_a_row_of_words_is_a_name_or_a_note(text: str, expected: bool) -> None:
    assert looks_like_a_name(text) is expected


def test_a_name_is_known_by_its_form() -> None:
    known = [form_of("Ambridge District Council"), form_of("Felpersham City Council")]

    assert is_known("Ambridge", known)
    assert not is_known("Ambrigde", known)
