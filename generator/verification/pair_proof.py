"""Two letters of one authority, in two languages: whether both carry the same figures."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial

from babel import Locale
from babel.numbers import get_decimal_symbol

from generator.edition.formats import locale_of
from generator.letter.letter import Letter
from generator.problems import counted

_NO_FIGURES = ("edition.", "insert.", "page.", "authority.addressee.", "authority.copies.")
_NO_FIGURE = {"authority.name", "authority.kind", "authority.noun"}


def unlike_figures(letter: Letter, other: Letter) -> Iterator[str]:
    """Each way in which two letters carry other figures: cell by cell, chart by chart, by sentence.

    Figures are compared by sign, digits and decimal point, since each language has its own marks
    for them. What is spelt out in a sentence is compared by its name.
    """
    ours, theirs = _cells(letter), _cells(other)
    number, renumber = (partial(_number, locale_of(x.language)) for x in (letter, other))
    for where in {**ours, **theirs}:
        if where not in ours or where not in theirs:
            there, lacking = (letter, other) if where in ours else (other, letter)
            yield f"{where} is in the {there.language} letter but not in the {lacking.language} one"
        elif number(ours[where]) != renumber(theirs[where]):
            said = f'{where} is "{ours[where]}" in {letter.language}'
            yield f'{said}, but "{theirs[where]}" in {other.language}'
    told, retold = _sentences(letter), _sentences(other)
    for part, name in {**told, **retold}:
        first, second = told[part, name], retold[part, name]
        if len(first) != len(second):
            yield (
                f"{name} appears {counted(len(first), 'time')} in the text of {part} in "
                f"{letter.language}, but {counted(len(second), 'time')} in {other.language}"
            )
        elif Counter(map(number, first)) != Counter(map(renumber, second)) and all(
            map(number, (*first, *second))
        ):
            said = f"{name} is {', '.join(first)} in the text of {part} in {letter.language}"
            yield f"{said}, but {', '.join(second)} in {other.language}"


def _cells(letter: Letter) -> dict[str, str]:
    """Each figure in tables and charts as printed, by where it stands."""
    found = {}
    tables = [(f"the table {name}", b.table) for name, b in letter.tables.items() if b.table]
    tables += [(f"the chart {n}", b.chart.as_table) for n, b in letter.charts.items() if b.chart]
    for name, table in tables:
        for number, row in enumerate(table.rows, 1):
            line = f", row {number}" if len(table.rows) > 1 else ""
            for column, text in zip(table.columns, row.texts, strict=True):
                found[f"{column.group}.{column.id} in {name}{line}"] = text
    return found


def _sentences(letter: Letter) -> defaultdict[tuple[str, str], list[str]]:
    """What is printed for each figure that a part of a letter names in its words."""
    found = defaultdict[tuple[str, str], list[str]](list)
    for block in letter.blocks:
        for name, text in block.values:
            if not name.startswith(_NO_FIGURES) and name not in _NO_FIGURE:
                found[block.part or "", name].append(text)
    return found


def _number(locale: Locale, text: str) -> str:
    """The sign, the digits and the decimal point of a number; blank for words."""
    point = get_decimal_symbol(locale)
    parts = re.findall(rf"[-−]?\d|(?<=\d){re.escape(point)}(?=\d)", text)
    return "".join("." if part == point else part.replace("−", "-") for part in parts)
