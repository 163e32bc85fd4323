"""Numbers, dates and names as a reader sees them, in the edition's language.

What was written once is remembered: in the figures of hundreds of letters the same small numbers
come again and again, and babel takes its time over each.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, parse_pattern


@cache
def locale_of(language: str) -> Locale:
    """The locale of an edition's language, such as en-GB."""
    return Locale.parse(language, sep="-")


@cache
def number(value: int, language: str) -> str:
    """A whole number with its thousands marked: 17,452."""
    return str(format_decimal(value, locale=locale_of(language)))


@cache
def decimal(value: int | Decimal, places: int, language: str) -> str:
    """A number with so many decimal places, and its thousands marked: 1,032.6, or 4.0."""
    locale = locale_of(language)
    pattern = parse_pattern(locale.decimal_formats[None])
    pattern = parse_pattern(pattern.pattern)  # one of our own: the locale's is shared
    pattern.frac_prec = (places, places)
    return str(pattern.apply(value, locale))


@cache
def percent(value: int | Decimal, language: str) -> str:
    """A rate in whole percent: 65%."""
    return str(format_percent(Decimal(value) / 100, locale=locale_of(language)))


@cache
def long_date(day: datetime.date, language: str) -> str:
    """A day in words: 18 July 2018."""
    return str(format_date(day, format="long", locale=locale_of(language)))


@cache
def numeric_date(day: datetime.date, language: str) -> str:
    """A day in figures: 31/03/2018."""
    return str(format_skeleton("yMd", day, locale=locale_of(language)))


def names(several: tuple[str, ...], language: str) -> str:
    """Names in a row, as the language joins them: A and B."""
    return str(format_list(several, locale=locale_of(language)))


def sign(difference: int | Decimal) -> str:
    """The sign of a difference, as in +3, −2; none where there is no difference."""
    return "+" if difference > 0 else "−" if difference < 0 else ""


def plural_forms(language: str) -> frozenset[str]:
    """The forms that words may have after a number in a language: one and other in English."""
    return frozenset({*locale_of(language).plural_form.tags, "other"})


@dataclass(frozen=True)
class NumberWords:
    """How the smallest whole numbers are spelt out, from one on; those beyond are in figures."""

    cardinals: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    plurals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What follows a number, by the noun and the form that the number asks for."""
    forms: frozenset[str] = frozenset()
    """Those of the language."""

    def noun(self, value: Any, language: str, one: str, many: str = "") -> str:
        """The words that follow a number; of a gap, those of most numbers."""
        if one in self.plurals:
            form = locale_of(language).plural_form(value) if isinstance(value, int) else "other"
            return self.plurals[one][form]
        return one if value == 1 else many or f"{one}s"

    def cardinal(self, value: int, printed: str) -> str:
        """Three; what is printed in figures for nought, and beyond the last word."""
        return self.cardinals[value - 1] if 0 < value <= len(self.cardinals) else printed

    def ordinal(self, value: int, language: str) -> str:
        """Third; in figures for nought, and beyond the last word: 11th."""
        if 0 < value <= len(self.ordinals):
            return self.ordinals[value - 1]
        return number(value, language) + (_ending(value) if language.startswith("en") else "")


def _ending(value: int) -> str:
    return "th" if value % 100 in {11, 12, 13} else _ENDINGS.get(value % 10, "th")


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_ENGLISH = NumberWords(
    cardinals=("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    ordinals=(
        *("first", "second", "third", "fourth", "fifth"),
        *("sixth", "seventh", "eighth", "ninth"),
    ),
)
"""To nine, as house styles in English have it."""


def number_words(
    language: str,
    cardinals: tuple[str, ...],
    ordinals: tuple[str, ...],
    plurals: Mapping[str, Mapping[str, str]],
) -> NumberWords:
    """Those that an edition gives, else those known of its language: none but of English."""
    known = _ENGLISH if language.startswith("en") else NumberWords()
    spelt_out = cardinals or known.cardinals, ordinals or known.ordinals
    return NumberWords(*spelt_out, plurals, plural_forms(language))
