"""Figures: those given, the sums and rates worked out from them, and what was stated.

Nothing that a source states is trusted over the figures themselves.
"""

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.edition.edition import Edition, Outliers
from generator.edition.figure_kind import Exact, Quantity
from generator.edition.groups import Column
from generator.edition.operands import Address
from generator.problems import Place, Problem

GAP = "[?]"
"""Stands where a value is not yet supplied: in previews and drafts, never in a letter."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one authority.

    `value` is as it is printed: a whole number, or a decimal with the places of its kind. It is
    None where a given figure is not yet supplied (`supplied` is then False, also for the sums and
    rates that need it), and for a rate of nothing (`supplied` is then True).
    """

    column: Column
    value: Quantity | None
    supplied: bool
    place: Place
    """Where it comes from: a line of the authority's file, or the edition's rule for it."""
    exact: Exact | None = None
    """The value before it was rounded, from which others are worked out."""

    def __reduce__(self) -> tuple[Any, ...]:
        # As that of a `Place`.
        return Figure, (self.column, self.value, self.supplied, self.place, self.exact)

    def printed(self, language: str) -> str:
        """As printed; the edition's word for a rate of nothing, a gap where not supplied."""
        if not self.supplied:
            return GAP
        if self.value is None:
            return self.column.none
        return self.column.kind.print(self.value, language)


Given = Mapping[Address, Quantity | None]
"""The given figures; None, or left out, where one is not supplied."""


class Figures(Mapping[Address, Figure]):
    """All figures of an authority, by address in the order printed, worked out from those given.

    Kept of each are its numbers alone: of thousands of authorities all else would take much memory.
    """

    __slots__ = ("_columns", "_exact", "_numbers", "_places", "_values")

    def __init__(self, edition: Edition, given: Given, places: Mapping[Address, Place]) -> None:
        """`places` has those of the given ones; the others are where the edition defines them."""
        self._columns, self._numbers = edition.columns_in_order, edition.numbers
        self._places = places
        found: dict[Address, Figure] = {}
        for column in edition.working_order:
            if column.kind.is_given:
                value = given.get(column.address)
                exact = None if value is None else _exact(value)
                found[column.address] = Figure(
                    column, value, value is not None, column.place, exact
                )
            else:
                found[column.address] = _worked_out(column, found)
        figures = [found[column.address] for column in self._columns]
        self._values = tuple(f.value if f.supplied else _NOT_SUPPLIED for f in figures)
        self._exact = tuple(f.exact for f in figures)

    __hash__ = object.__hash__

    def __getitem__(self, address: Address) -> Figure:
        """One figure; raises `KeyError` where the edition has no such figure."""
        return _figures_at_hand(self)[address]

    def items(self) -> ItemsView[Address, Figure]:
        """All of them, each after its address."""
        return _figures_at_hand(self).items()

    def values(self) -> ValuesView[Figure]:
        """All of them."""
        return _figures_at_hand(self).values()

    def made(self) -> Iterator[Figure]:
        """Make each of them of its numbers."""
        for column, value, exact in zip(self._columns, self._values, self._exact, strict=True):
            place = self._places.get(column.address) or column.place
            if isinstance(value, _NotSupplied):
                yield Figure(column, None, False, place, exact)
            else:
                yield Figure(column, value, True, place, exact)

    def __iter__(self) -> Iterator[Address]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


@lru_cache(maxsize=500)  # a usual edition has fewer authorities
def _figures_at_hand(figures: Figures) -> dict[Address, Figure]:
    return {figure.column.address: figure for figure in figures.made()}


class _NotSupplied(Enum):
    """The value of a figure that is not yet supplied; that of a rate of nothing is None."""

    NOT_SUPPLIED = ""


_NOT_SUPPLIED = _NotSupplied.NOT_SUPPLIED


class LinesInFile(Mapping[Address, Place]):
    """Where figures stand in a file. Lines are kept once for all files written alike."""

    __slots__ = ("_lines", "_path")

    def __init__(self, path: Path, lines: Iterable[tuple[Address, int, int]]) -> None:
        """Of figures by address, each with its line and column."""
        self._path, self._lines = path, _kept_once(tuple(lines))

    def __getitem__(self, address: Address) -> Place:
        """The place of a figure; raises `KeyError` where it has none in this file."""
        return Place(self._path, *self._lines[address])

    def __iter__(self) -> Iterator[Address]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@lru_cache(maxsize=1000)
def _kept_once(lines: tuple[tuple[Address, int, int], ...]) -> Mapping[Address, tuple[int, int]]:
    return {address: (line, column) for address, line, column in lines}


def _exact(value: Quantity) -> Exact:
    return value if isinstance(value, int) else Fraction(value)


def _worked_out(column: Column, found: Mapping[Address, Figure]) -> Figure:
    if not all(found[address].supplied for address in column.needs):
        return Figure(column, None, False, column.place)
    exact = column.kind.work_out(*_operands(column, found))
    value = None if exact is None else column.kind.rounded(exact)
    return Figure(column, value, True, column.place, exact)


def _operands(column: Column, found: Mapping[Address, Figure]) -> tuple[Exact | None, list[Exact]]:
    values = {address: found[address].exact for address in column.needs}
    return column.operands({address: e for address, e in values.items() if e is not None})


def check_stated(figure: Figure, stated: int | str, place: Place) -> list[Problem]:
    """The problem with a stated sum, or rate (`65%`), that the figures do not bear out, if any."""
    if not figure.supplied:
        return []
    column = figure.column
    right = column.state(figure.value)
    if str(stated) == right:
        return []
    message = column.kind.disagreement(str(stated), right)
    return [Problem(place, message, f"{column.group}.{column.id}")]


def check_parts(figures: Figures, columns: Iterable[Column]) -> Iterator[Problem]:
    """A problem for each part that is more than its whole; of one told twice, the first."""
    told = set[tuple[Address, Address]]()
    for column in columns:
        if column.numerator is None or not figures[column.address].supplied:
            continue
        numerator, parts = _operands(column, figures)
        pair = (column.numerator, column.parts[0])
        if column.kind.exceeded(numerator, parts) and pair not in told:
            told.add(pair)
            part = figures[column.numerator]
            given = next((figures[address] for address in part.column.sources), part)
            whole = " and ".join(".".join(address) for address in column.parts)
            name = ".".join(column.numerator)
            message = (
                f"{column.numerator[1]} is {part.value}, more than {whole}, {sum(parts)}; "
                f"{column.group}.{column.id} would be above 100%"
            )
            yield Problem(given.place, message, name)


def is_outlier(before: Quantity, after: Quantity, outliers: Outliers | None) -> bool:
    """Whether a figure grew or shrank by more than the edition's factor, and is no small one."""
    if outliers is None or max(before, after) < outliers.at_least:
        return False
    return max(before, after) > outliers.factor * min(before, after)
