"""An authority all of whose figures are its own of last year: this year's may be still to come."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.checks.same_figures import FEWEST, counts_of
from generator.problems import Severity


@check(
    "figures-as-last-year",
    Scope.YEARS,
    Severity.WARNING,
    f"All counts of an authority are its own of last year, and add up to {FEWEST} or more.",
)
def figures_as_last_year(context: CheckContext) -> Iterator[Finding]:
    """Columns may have other names than last year, but none may be new."""
    year = context.folders.year - 1
    for slug, sources in context.predecessors.items():
        counts = counts_of(context.authorities[slug])
        if counts is None or sum(counts) < FEWEST or counts not in map(counts_of, sources):
            continue
        place = context.authorities[slug].place(next(iter(context.authorities[slug].figures)))
        message = f"all figures are those of {year}; make sure that they are this year's"
        yield Finding(place, message, "", f"the figures of {year}: {', '.join(map(str, counts))}")
