"""Figures: the counts given, the sums and rates worked out from them, and what was stated.

Nothing that a source states is trusted over the figures themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.edition.edition import Column, Group, Outliers
from generator.problems import Place, Problem

GAP = "[?]"
"""Stands where a value is not yet supplied: in previews and drafts, never in a letter."""


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

    def printed(self, language: str) -> str:
        """As printed; the edition's word for a rate of nothing, a gap where not supplied."""
        if not self.supplied:
            return GAP
        if self.value is None:
            return self.column.none
        return self.column.kind.print(self.value, language)


def work_out(
    group: Group, counts: Mapping[str, int | None], places: Mapping[str, Place]
) -> tuple[Figure, ...]:
    """All figures of a group, in the order printed, from its counts (by id; None: not supplied)."""
    figures = []
    for column in group.columns:
        if column.kind.is_given:
            value, supplied = counts[column.id], counts[column.id] is not None
        else:
            needed = {id_: counts[id_] for id_ in column.needs}
            known = {id_: count for id_, count in needed.items() if count is not None}
            supplied = len(known) == len(needed)
            value = column.work_out(known) if supplied else None
        figures.append(Figure(column, value, supplied, places.get(column.id, column.place)))
    return tuple(figures)


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


def is_outlier(before: int, after: int, outliers: Outliers | None) -> bool:
    """Whether a figure grew or shrank by more than the edition's factor, and is no small one."""
    if outliers is None or max(before, after) < outliers.at_least:
        return False
    return max(before, after) > outliers.factor * min(before, after)
