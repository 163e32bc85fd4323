"""A text as YAML writes it is read back as it was."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.edit_yaml import parse_scalar, quote_scalar


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Carole Mills", "Carole Mills"),
        ("King's Lynn", "King's Lynn"),
        ("a.b@council.example", "a.b@council.example"),
        ("Ångström", "Ångström"),
        ("Head: Paid Service", '"Head: Paid Service"'),
        ("Number #1", '"Number #1"'),
        ("Peter, Lord Mandible", '"Peter, Lord Mandible"'),
        ("no", '"no"'),
        ("null", '"null"'),
        ("010", '"010"'),
        ("2018-07-18", '"2018-07-18"'),
        ("[Ann]", '"[Ann]"'),
        ('"Ann"', '"\\"Ann\\""'),
        ("- Ann", '"- Ann"'),
        ("-", '"-"'),
    ],
)
def test_in_quotes_only_where_it_must_be(value: str, expected: str) -> None:
    assert quote_scalar(value) == expected


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1).map(str.strip))
def test_it_is_read_back_by_this_program_and_by_others(value: str) -> None:
    assert parse_scalar(quote_scalar(value)) == value
    assert yaml.safe_load(f"{{one: {quote_scalar(value)}, two: 2}}") == {"one": value, "two": 2}
