"""Numbers and rates as the edition's language writes them."""

import pytest

from generator.edition import number_formats

NUMBERS = {"en-GB": "17,452", "cy-GB": "17,452", "de-DE": "17.452"}
RATES = {"en-GB": "65%", "cy-GB": "65%", "de-DE": "65\u00a0%"}


@pytest.mark.parametrize(("language", "printed"), NUMBERS.items(), ids=NUMBERS.keys())
def test_number(language: str, printed: str) -> None:
    assert number_formats.number(17452, language) == printed


@pytest.mark.parametrize(("value", "printed"), [(0, "0"), (999, "999"), (1000, "1,000")])
def test_thousands_are_marked_and_a_zero_is_printed(value: int, printed: str) -> None:
    assert number_formats.number(value, "en-GB") == printed


@pytest.mark.parametrize(("language", "printed"), RATES.items(), ids=RATES.keys())
def test_percent(language: str, printed: str) -> None:
    assert number_formats.percent(65, language) == printed


@pytest.mark.parametrize("value", range(101))
def test_every_rate_prints_its_own_number(value: int) -> None:
    assert number_formats.percent(value, "en-GB") == f"{value}%"
