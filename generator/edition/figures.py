"""Figures: the counts given, the sums and rates worked out from them, and what was stated.

Nothing that a source states is trusted over the figures themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.edition.edition import Column, FigureKind, Group
from generator.edition.edition_file import OutliersFile
from generator.problems import Place, Problem


@dataclass(frozen=True)
class Figure:
    """One figure of one authority.

    `value` is a whole number: a count, a sum, or a rate in percent. It is None where a count is
    not yet supplied (`supplied` is then False, also for the sums and rates that need it), and for
    a rate of nothing (`supplied` is then True).
    """

    column: Column
    value: int | None
    supplied: bool
    place: Place
    """Where it comes from: a line of the authority's file, or the edition's rule for it."""


def rate_percent(part: int, whole: int) -> int | None:
    """`part` of `whole` in whole percent, half rounded up; None where there is no whole.

    In integers throughout: Python's own rounding takes halves to the even neighbour (12.5 to 12),
    and 0 of 0 is not a rate.
    """
    return None if whole == 0 else (200 * part + whole) // (2 * whole)


def work_out(
    group: Group, counts: Mapping[str, int | None], places: Mapping[str, Place]
) -> tuple[Figure, ...]:
    """All figures of a group, in the order printed, from its counts (by id; None: not supplied)."""
    figures = []
    for column in group.columns:
        given = [counts[part] for part in column.parts]
        supplied_parts = [count for count in given if count is not None]
        value: int | None
        if column.kind is FigureKind.COUNT:
            value, supplied = counts[column.id], counts[column.id] is not None
        elif len(supplied_parts) < len(given):
            value, supplied = None, False
        elif column.kind is FigureKind.SUM:
            value, supplied = sum(supplied_parts), True
        else:
            part = counts[column.numerator or ""]
            supplied = part is not None
            value = rate_percent(part, sum(supplied_parts)) if part is not None else None
        figures.append(Figure(column, value, supplied, places.get(column.id, column.place)))
    return tuple(figures)


def check_stated(figure: Figure, stated: int | str, place: Place) -> list[Problem]:
    """The problem with a stated sum, or rate (`65%`), that the figures do not bear out, if any."""
    if not figure.supplied:
        return []
    column = figure.column
    if column.kind is FigureKind.SUM:
        right, how = str(figure.value), "add up to"
    else:
        right, how = column.none if figure.value is None else f"{figure.value}%", "give"
    if str(stated) == right:
        return []
    message = f"{stated} is stated, but the figures {how} {right}; correct one of them"
    return [Problem(place, message, f"{column.group}.{column.id}")]


def is_outlier(before: int, after: int, outliers: OutliersFile | None) -> bool:
    """Whether a figure grew or shrank by more than the edition's factor, and is no small one."""
    if outliers is None or max(before, after) < outliers.at_least:
        return False
    return max(before, after) > outliers.factor * min(before, after)
