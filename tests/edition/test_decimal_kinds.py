"""What the kinds with decimal places print, read, state, compare and say of themselves."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.decimal_kinds import DecimalKind, QuotientKind
from generator.edition.figure_kind import FigureKind, as_data, half_up
from generator.edition.figure_kinds import DECIMAL, QUOTIENT, kind_named, kind_printed

PLACES = st.integers(1, 6)
UNITS = st.integers(0, 10**12)
RATE = QuotientKind(times=100_000, places=1)
SHORT = QuotientKind(times=100_000, places=1, drops_zeros=True)
WHOLE = QuotientKind(times=1000)


@given(units=UNITS, places=PLACES, language=st.sampled_from(["en-GB", "cy"]))
def test_what_is_printed_is_read_again(units: int, places: int, language: str) -> None:
    value = Decimal(units).scaleb(-places)
    for kind in (DecimalKind(places), QuotientKind(places=places)):
        printed = kind.print(value, language)

        assert kind.read_printed(printed) == value
        assert str(kind.read_printed(printed)) == f"{value:f}"
        assert len(printed.partition(".")[2]) == places


@given(units=UNITS, places=PLACES)
def test_what_is_stated_and_written_as_data_has_all_its_places(units: int, places: int) -> None:
    value = Decimal(units).scaleb(-places)
    kind = DecimalKind(places)

    assert kind.read_stated(kind.state(value)) == value
    assert as_data(value) == f"{value:f}"
    assert kind.workbook_cell(value)[1] == f"0.{'0' * places}"


@given(numerator=st.integers(0, 10**9), denominator=st.integers(1, 10**9), places=st.integers(0, 6))
def test_rounding_goes_half_up_and_no_further(
    numerator: int, denominator: int, places: int
) -> None:
    exact = Fraction(numerator, denominator)
    off = Fraction(half_up(exact, places)) - exact

    assert -Fraction(1, 2 * 10**places) < off <= Fraction(1, 2 * 10**places)


PRINTED = [
    (RATE, "4.0", "4.0"),
    (SHORT, "4.0", "4"),
    (SHORT, "4.4", "4.4"),
    (SHORT, "0.0", "0"),
    (RATE, "1234.5", "1,234.5"),
    (WHOLE, "4", "4"),
    (DecimalKind(2), "32.60", "32.60"),
]


@pytest.mark.parametrize(("kind", "value", "printed"), PRINTED)
def test_as_a_letter_prints_it(kind: FigureKind, value: str, printed: str) -> None:
    number = Decimal(value) if kind.places else int(value)

    assert kind.print(number, "en-GB") == printed
    assert kind.read_printed(printed) == number


@pytest.mark.parametrize("text", ["N/A", "", "1.2.3", "65%", "-1.5", "ten"])
def test_other_texts_are_no_decimals(text: str) -> None:
    assert DECIMAL.read_printed(text) is None
    assert RATE.read_printed(text) is None


def test_a_letter_of_others_is_read_by_what_its_figures_look_like() -> None:
    looks = {text: kind_printed(text) for text in ("32", "1,234", "65%", "32.6", "1,234.5")}

    assert {text: kind.name if kind else "" for text, kind in looks.items()} == {
        "32": "count",
        "1,234": "count",
        "65%": "percent",
        "32.6": "decimal",
        "1,234.5": "decimal",
    }


RULES = [
    (RATE, "upheld per 100,000 of facts.population, to 1 decimal place, half rounded up"),
    (
        QuotientKind(times=1000, places=2),
        "upheld per 1,000 of facts.population, to 2 decimal places, half rounded up",
    ),
    (QUOTIENT, "upheld divided by facts.population, to a whole number, half rounded up"),
    (DECIMAL, ""),
]


@pytest.mark.parametrize(("kind", "words"), RULES)
def test_how_it_is_worked_out_in_words(kind: FigureKind, words: str) -> None:
    assert kind.rule("upheld", ["facts.population"]) == words


def test_differences_in_words() -> None:
    assert DECIMAL.difference(Decimal("32.6"), Decimal("40.0"), 20) == "+7.4 (+23%)"
    assert DECIMAL.difference(Decimal("3.6"), Decimal("2.0"), 20) == "−1.6"
    assert RATE.difference(Decimal("32.6"), Decimal("40.0"), 20) == "+7.4"


def test_a_rate_of_few_people_stands_out_less() -> None:
    before, after = Decimal("4.0"), Decimal("6.0")

    few = RATE.standing_out(before, after, 50_000, 50_000)
    many = RATE.standing_out(before, after, 5_000_000, 5_000_000)

    assert few < 1 < many
    assert RATE.standing_out(Decimal("0.0"), Decimal("0.0"), 0, 0) == 0


def test_nothing_of_nothing_is_no_rate() -> None:
    assert RATE.work_out(0, [0]) is None
    assert RATE.value_of(9, [225_300]) == Decimal("4.0")
    assert RATE.work_out(9, [225_300]) == Fraction(900_000, 225_300)


def test_a_kind_keeps_what_its_column_says_on_a_journey() -> None:
    for kind in (RATE, SHORT, DecimalKind(3), kind_named("decimal")):
        assert pickle.loads(pickle.dumps(kind)) == kind
    assert RATE != SHORT
