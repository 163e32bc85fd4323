"""Numbers as a reader sees them, in the edition's language.

What was written once is remembered: in the figures of hundreds of letters the same small numbers
come again and again, and babel takes its time over each.
"""

from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_decimal, format_percent


@cache
def locale_of(language: str) -> Locale:
    """The locale of an edition's language, such as en-GB."""
    return Locale.parse(language, sep="-")


@cache
def number(value: int, language: str) -> str:
    """A whole number with its thousands marked: 17,452."""
    return str(format_decimal(value, locale=locale_of(language)))


@cache
def percent(value: int, language: str) -> str:
    """A rate in whole percent: 65%."""
    return str(format_percent(Decimal(value) / 100, locale=locale_of(language)))
