"""Numbers, rates, dates and names as the edition's language writes them."""

import datetime

import pytest

from generator.edition import formats

DAY = datetime.date(2018, 3, 31)
FIRST = datetime.date(2018, 7, 1)

LONG = {"en-GB": "31 March 2018", "cy-GB": "31 Mawrth 2018", "de-DE": "31. März 2018"}
NUMERIC = {"en-GB": "31/03/2018", "cy-GB": "31/3/2018", "de-DE": "31.3.2018"}
NAMES = {"en-GB": "A and B", "cy-GB": "A a(c) B", "de-DE": "A und B"}
NUMBERS = {"en-GB": "17,452", "cy-GB": "17,452", "de-DE": "17.452"}
RATES = {"en-GB": "65%", "cy-GB": "65%", "de-DE": "65\u00a0%"}


@pytest.mark.parametrize(("language", "printed"), NUMBERS.items(), ids=NUMBERS.keys())
def test_number(language: str, printed: str) -> None:
    assert formats.number(17452, language) == printed


@pytest.mark.parametrize(("value", "printed"), [(0, "0"), (999, "999"), (1000, "1,000")])
def test_thousands_are_marked_and_a_zero_is_printed(value: int, printed: str) -> None:
    assert formats.number(value, "en-GB") == printed


@pytest.mark.parametrize(("language", "printed"), RATES.items(), ids=RATES.keys())
def test_percent(language: str, printed: str) -> None:
    assert formats.percent(65, language) == printed


@pytest.mark.parametrize("value", range(101))
def test_every_rate_prints_its_own_number(value: int) -> None:
    assert formats.percent(value, "en-GB") == f"{value}%"


@pytest.mark.parametrize(("language", "printed"), LONG.items(), ids=LONG.keys())
def test_long_date(language: str, printed: str) -> None:
    assert formats.long_date(DAY, language) == printed


@pytest.mark.parametrize(("language", "printed"), NUMERIC.items(), ids=NUMERIC.keys())
def test_numeric_date(language: str, printed: str) -> None:
    assert formats.numeric_date(DAY, language) == printed


def test_days_and_months_of_one_digit() -> None:
    assert formats.long_date(FIRST, "en-GB") == "1 July 2018"
    assert formats.numeric_date(FIRST, "en-GB") == "01/07/2018"


@pytest.mark.parametrize(("language", "printed"), NAMES.items(), ids=NAMES.keys())
def test_names(language: str, printed: str) -> None:
    assert formats.names(("A", "B"), language) == printed


def test_one_name_and_three() -> None:
    assert formats.names(("A",), "en-GB") == "A"
    assert formats.names(("A", "B", "C"), "en-GB") == "A, B and C"
