"""Relations that usually hold between an authority's figures (`usually`), and here do not."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.problems import Severity


@check(
    "unusual-figures",
    Scope.AUTHORITY,
    Severity.WARNING,
    "A group adds up to more than the figure that the edition says it usually stays within.",
)
def unusual_figures(context: CheckContext) -> Iterator[Finding]:
    """Which groups, and which figures, the edition says (`usually`)."""
    for authority in context.authorities.values():
        for expected in context.edition.expectations:
            counts = [f for f in authority.figures[expected.group] if f.column.kind.is_given]
            most = authority.figure(*expected.at_most)
            total = sum(figure.value or 0 for figure in counts)
            if most.supplied and most.value is not None and total > most.value:
                message = f"adds up to {total}, usually no more than {'.'.join(expected.at_most)}"
                place = authority.place(expected.group)
                yield Finding(place, f"{message} ({most.value})", expected.group)
