"""What the letters add up to, all together, and the published figures of the whole country."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.edition.authority import Authority
from generator.edition.edition import Column, Edition, Group
from generator.edition.figures import work_out


@dataclass(frozen=True)
class ColumnTotal:
    """One column over all letters: its sum; of a rate, the rate of the sums."""

    column: Column
    value: int | None
    """None for a rate of nothing."""
    missing: int
    """How many letters do not have the figure yet; the sum is that of the others."""
    stated: int | None
    """The published figure, where the edition has it."""


def sums_over(edition: Edition, authorities: Iterable[Authority]) -> list[ColumnTotal]:
    """Every column of an edition, added up over these authorities."""
    everyone = list(authorities)
    return [whole for group in edition.groups for whole in _of_group(edition, group, everyone)]


def _of_group(edition: Edition, group: Group, authorities: list[Authority]) -> list[ColumnTotal]:
    counts = {column.id: 0 for column in group.counts}
    missing = {column.id: 0 for column in group.columns}
    for authority in authorities:
        for figure in authority.figures[group.id]:
            missing[figure.column.id] += not figure.supplied
            if figure.column.kind.is_given:
                counts[figure.column.id] += figure.value or 0
    stated = edition.national.get(group.id, {})
    return [
        ColumnTotal(f.column, f.value, missing[f.column.id], stated.get(f.column.id))
        for f in work_out(group, counts, {})
    ]
