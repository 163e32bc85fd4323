"""Rows that sum others up: known by their values, whatever they are called."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from generator.edition.yaml_tree import shown
from generator.spreadsheets.known_authorities import is_collective, looks_like_a_name

Values = Sequence[Decimal | None]
"""What a row says in the columns of counts; None where that is no number."""
_FEWEST = 2
"""So many rows at least are summed up."""
_MOST = 100
"""Where more names are not known, the sheet is another office's."""
_ROUNDED = Decimal("0.05")
"""So far may a mean be from what is shown of it."""


def summaries_in(
    names: Mapping[int, str], values: Mapping[int, Values], known: Collection[int]
) -> dict[int, str]:
    """The rows, by number, that are the sum or the mean of others, and how they are told of.

    `known` are those of authorities: these are never taken for a sum, nor is one that is called
    like an authority. Where none is known yet, only one that is called like several may be.
    """
    found: dict[int, str] = {}
    may_be = [
        number
        for number, name in names.items()
        if number not in known and not looks_like_a_name(name) and (known or is_collective(name))
    ]
    for number in may_be if len(may_be) <= _MOST else ():
        own, name = values[number], names[number]
        if None in own or not any(own):
            continue
        for summed in _those_above_and_below(number, names, known, found):
            if how := _how(own, [values[other] for other in summed]):
                found[number] = f'"{shown(name)}", their {how}, in row {number}'
                break
    return found


def _those_above_and_below(
    number: int, names: Mapping[int, str], known: Collection[int], found: Mapping[int, str]
) -> Iterator[list[int]]:
    """The rows that one may sum up: all, those of authorities, its neighbours of these."""
    others = [other for other in names if other not in (number, *found)]
    yield others
    yield [other for other in others if other in known]
    above = [other for other in names if other < number]
    start = max((other for other in above if other not in known), default=0)
    yield [other for other in above if other > start]
    below = [other for other in names if other > number]
    end = min((other for other in below if other not in known), default=max(names) + 1)
    yield [other for other in below if other < end]


def _how(own: Values, rows: Sequence[Values]) -> str:
    """How one row sums others up: `sum`, `mean`; blank where it does not."""
    if len(rows) < _FEWEST or any(None in row for row in rows):
        return ""
    numbers = [value or Decimal() for value in own]
    sums = [
        sum((value or Decimal() for value in column), Decimal())
        for column in zip(*rows, strict=True)
    ]
    if numbers == sums:
        return "sum"
    is_whole = all(value == int(value) for value in numbers)
    near = (abs(v - s / len(rows)) <= _ROUNDED for v, s in zip(numbers, sums, strict=True))
    return "mean" if not is_whole and all(near) else ""
