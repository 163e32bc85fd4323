"""What figures are compared with: averages, worked out or given, and figures of earlier years.

Exact throughout, and rounded once, at the end. Where there is nothing to compare with (a kind
without an average, a break in the series, a new authority) the value is nothing, never nought.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from generator.edition.authority import Authority
from generator.edition.averages_file import GivenAverages
from generator.edition.comparators import Average, Comparator
from generator.edition.edition import Column, Edition
from generator.edition.figure_kind import Exact, Quantity, half_up
from generator.edition.figures import Figure
from generator.edition.operands import Address
from generator.problems import Place, Problem


@dataclass(frozen=True)
class EarlierFigure:
    """A figure as a letter of an earlier year had it."""

    kind: str
    value: Quantity | None
    supplied: bool = True


@dataclass(frozen=True)
class EarlierYear:
    """What the letters of an earlier year had."""

    letters: Mapping[str, Mapping[Address, EarlierFigure]] = field(default_factory=dict)
    """By this year's slug."""
    unread: Mapping[Path, str] = field(default_factory=dict)
    """What could not be read, and why: whose letter is not found may be in there."""


NATIONAL = "national"
"""The comparator that the edition's published figures for the whole country make."""


def compared_columns(edition: Edition) -> Iterator[tuple[str, str, Column]]:
    """What can be named in wording beside an authority's own figures: name, comparator, column."""
    for comparator in edition.comparators:
        for column in edition.columns():
            yield f"{comparator}.{column.group}.{column.id}", comparator, column
    for group, values in edition.national.items():
        for id_ in values:
            yield f"{NATIONAL}.{group}.{id_}", NATIONAL, edition.column((group, id_))


@dataclass(frozen=True)
class _Average:
    """An average; where it cannot be worked out yet, what it waits for."""

    value: Quantity | None
    waits_for: tuple[Path, ...] = ()


@dataclass
class Comparisons:
    """The values of an edition's comparators."""

    edition: Edition
    authorities: Mapping[str, Authority]
    """By slug, those whose file could be read."""
    files: Mapping[str, Path]
    """By slug, those of all authorities."""
    given: Mapping[str, GivenAverages] = field(default_factory=dict)
    """By comparator."""
    years: Mapping[int, EarlierYear] | None = None
    """By year; None where earlier years were not looked up."""
    _averages: dict[tuple[str, str, Column], _Average] = field(default_factory=dict)
    _paths: dict[tuple[str, str], frozenset[Path]] = field(default_factory=dict)
    _of_kind: dict[str, Mapping[str, Figure]] = field(default_factory=dict)

    def figures(self, authority: Authority) -> Mapping[str, Figure]:
        """The value of each comparator for each figure, by its name: `similar.decided.upheld`.

        Those of authorities of one kind are the same, unless some are of earlier years.
        """
        if authority.kind in self._of_kind:
            return self._of_kind[authority.kind]
        found = {
            name: self._figure(comparator, column, authority)
            for name, comparator, column in compared_columns(self.edition)
        }
        if not self.edition.years_compared:
            self._of_kind[authority.kind] = found
        return found

    def paths(self, name: str, authority: Authority) -> frozenset[Path]:
        """The files of other authorities that a comparator's values for this one hang on."""
        comparator = self.edition.comparators.get(name)
        if comparator is None or comparator.years_back is not None:
            return frozenset()
        key = self._key(comparator, authority)
        if (name, key) not in self._paths:
            paths = [self.given[name].path] if name in self.given else []
            if comparator.is_worked_out:
                paths += [member.path for member in self._members(comparator, key)]
                paths += self._unread
            self._paths[name, key] = frozenset(paths)
        return self._paths[name, key]

    @cached_property
    def _unread(self) -> list[Path]:
        """The files that could not be read: whatever kind their authorities are of."""
        return [path for slug, path in self.files.items() if slug not in self.authorities]

    def _figure(self, name: str, column: Column, authority: Authority) -> Figure:
        if name == NATIONAL:
            value = self.edition.national[column.group][column.id]
            place = self.edition.place(NATIONAL, column.group, column.id)
            return Figure(column, value, value is not None, place)
        comparator = self.edition.comparators[name]
        place = self.edition.place("comparators", name)
        if comparator.years_back is not None:
            return self._earlier(comparator, column, authority, place)
        if not comparator.has_average(authority.kind):
            return Figure(column, None, True, place)
        average = self._average(name, comparator, column, self._key(comparator, authority))
        return Figure(column, average.value, not average.waits_for, place)

    def _earlier(
        self, comparator: Comparator, column: Column, authority: Authority, place: Place
    ) -> Figure:
        year = self.edition.year + (comparator.years_back or 0)
        if year in comparator.not_comparable_with:
            return Figure(column, None, True, place)
        then = EarlierYear() if self.years is None else self.years.get(year, EarlierYear())
        letter = then.letters.get(authority.slug)
        if self.years is None or (letter is None and then.unread):
            return Figure(column, None, False, place)
        found = (letter or {}).get(column.address)
        if found is None or found.kind != column.kind.name:
            return Figure(column, None, True, place)
        return Figure(column, found.value, found.supplied, place)

    def members(self, name: str, authority: Authority) -> list[Authority]:
        """Those over whom the average that a comparator has for one is worked out, if it is."""
        comparator = self.edition.comparators[name]
        is_there = comparator.is_worked_out and comparator.has_average(authority.kind)
        return self._members(comparator, self._key(comparator, authority)) if is_there else []

    def given_at(self, name: str, column: Column, authority: Authority) -> Place | None:
        """Where a comparator's average for one is given; None where it is not."""
        key = self._key(self.edition.comparators[name], authority)
        found = self.given[name].figure(key, column) if name in self.given else None
        return found.place if found else None

    def waits_for(self, name: str, authority: Authority) -> dict[Path, str]:
        """The files, with what is wrong with them if it is known, that a value is not there for."""
        comparator, group, id_ = name.split(".")
        said = self.edition.comparators[comparator]
        if said.years_back is not None:
            years = self.years or {}
            return dict(years.get(self.edition.year + said.years_back, EarlierYear()).unread)
        key = self._key(said, authority)
        average = self._average(comparator, said, self.edition.column((group, id_)), key)
        return dict.fromkeys(average.waits_for, "")

    def _key(self, comparator: Comparator, authority: Authority) -> str:
        """What authorities have in common whose average is the same."""
        return authority.kind if comparator.is_own_kind else ""

    def _members(self, comparator: Comparator, key: str) -> list[Authority]:
        """Those over whom an average is taken, the authority itself among them."""
        return [a for a in self.authorities.values() if comparator.covers(a.kind, key)]

    def _average(self, name: str, comparator: Comparator, column: Column, key: str) -> _Average:
        known = self._averages.get((name, key, column))
        if known is None:
            known = self._averages[name, key, column] = self._found(name, comparator, column, key)
        return known

    def _found(self, name: str, comparator: Comparator, column: Column, key: str) -> _Average:
        """As it is given, where it is; or else as it is worked out."""
        if name in self.given:
            said = self.given[name].figure(key, column)
            if said is not None:
                return _Average(said.value, () if said.supplied else (self.given[name].path,))
        if comparator.average is None:
            return _Average(None)
        return self._worked_out(comparator, column, key)

    def _worked_out(self, comparator: Comparator, column: Column, key: str) -> _Average:
        members = self._members(comparator, key)
        figures = [member.figure(*column.address) for member in members]
        open_ = [m.path for m, f in zip(members, figures, strict=True) if not f.supplied]
        if self._unread or open_:
            return _Average(None, tuple(sorted({*self._unread, *open_})))
        if column.kind.is_rate and comparator.average is Average.POOLED:
            return _Average(_pooled(column, members))
        return _Average(_mean(column, [figure.exact for figure in figures], comparator.places))

    def problems(self) -> Iterator[Problem]:
        """Averages over nobody, and those given that are not what the figures give."""
        for name, comparator in self.edition.comparators.items():
            lacks = comparator.is_worked_out and not self._members(comparator, "")
            if lacks and not comparator.is_own_kind and not self._unread:
                place = self.edition.place("comparators", name, "among")
                message = "an average of no authorities: none is of this kind"
                yield Problem(place, message, f"comparators.{name}.among")
        for name, given in self.given.items():
            comparator = self.edition.comparators[name]
            for key, said in given.figures.items() if comparator.average is not None else ():
                for column, figure in said.items():
                    right = self._worked_out(comparator, column, key)
                    if not right.waits_for and figure.supplied and right.value != figure.value:
                        gives = "nothing" if right.value is None else column.kind.state(right.value)
                        message = f"is given, but the figures give {gives}; correct one of them"
                        where = f"{column.group}.{column.id}"
                        yield Problem(figure.place, f"{figure.said} {message}", where)


def _mean(column: Column, values: Iterable[Exact | None], places: int) -> Quantity | None:
    """The mean of those that there are, rounded half up as the figure is printed."""
    known = [Fraction(value) for value in values if value is not None]
    if not known:
        return None
    mean = sum(known, Fraction()) / len(known)
    return half_up(mean, column.kind.places or (0 if column.kind.is_rate else places))


def _pooled(column: Column, members: Iterable[Authority]) -> Quantity | None:
    """The rate of all of them together."""
    together: dict[Address, Exact] = dict.fromkeys(column.needs, 0)
    for member in members:
        for address in column.needs:
            together[address] += member.figure(*address).exact or 0
    return column.kind.value_of(*column.operands(together))
