"""Sums against the counts of their group."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.problems import Severity


@check(
    "sum-leaves-out",
    Scope.AUTHORITY,
    Severity.WARNING,
    "A sum leaves counts of its group out, and is not a part of one that does not.",
)
def sum_leaves_out(context: CheckContext) -> Iterator[Finding]:
    """A sub-total beside a total leaves out what it should; a total to which a count was added."""
    for group in context.edition.groups:
        sums = [column for column in group.columns if column.kind.is_sum]
        for column in sums:
            out = [count.id for count in group.counts if count.id not in column.parts]
            larger = any(set(column.parts) < set(other.parts) for other in sums)
            if out and not larger:
                message = (
                    f"leaves out {', '.join(out)}; add them, write sum: all, or confirm that they "
                    "are left out on purpose"
                )
                place = context.edition.place("figures", group.id, "columns", column.id, "sum")
                yield Finding(place, message, f"figures.{group.id}.columns.{column.id}.sum")
