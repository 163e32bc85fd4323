"""Values as a reader sees them: figures, dates and names in the edition's language.

What was written once is remembered: in the figures of hundreds of letters the same small numbers
come again and again, and babel takes its time over each.
"""

import datetime
from functools import cache

from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from generator.edition.figures import Figure
from generator.edition.number_formats import locale_of

GAP = "[?]"
"""Stands where a value is not yet supplied: in previews and drafts, never in a letter."""


def figure(given: Figure, language: str) -> str:
    """A figure as printed; the edition's word for a rate of nothing, a gap where not supplied."""
    if not given.supplied:
        return GAP
    if given.value is None:
        return given.column.none
    return given.column.kind.print(given.value, language)


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
