"""Two authorities with exactly the same figures: one of them may have been given the other's."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.authority import Authority
from generator.messages import first_of
from generator.problems import Severity

FEWEST = 20
"""With fewer complaints and decisions than this, two may well be the same by chance."""
MOST_NAMED = 12


@check(
    "same-figures",
    Scope.EDITION,
    Severity.WARNING,
    f"All counts of an authority are those of another, and add up to {FEWEST} or more.",
)
def same_figures(context: CheckContext) -> Iterator[Finding]:
    """Each of them is told of the others."""
    alike: dict[tuple[int, ...], list[Authority]] = {}
    for authority in context.authorities.values():
        counts = counts_of(authority)
        if counts is not None and sum(counts) >= FEWEST:
            alike.setdefault(counts, []).append(authority)
    for counts, same in alike.items():
        for authority in same if len(same) > 1 else ():
            others = [other.slug for other in same if other is not authority]
            named = first_of(others, MOST_NAMED)
            message = f"exactly the figures of {named}; make sure that they are its own"
            subject = f"the figures of {', '.join(others)}: {', '.join(map(str, counts))}"
            yield Finding(authority.place(next(iter(authority.figures))), message, "", subject)


def counts_of(authority: Authority) -> tuple[int, ...] | None:
    """All counts of an authority, in the order printed; None while one is not yet supplied."""
    if authority.missing():
        return None
    return tuple(
        figure.value
        for figures in authority.figures.values()
        for figure in figures
        if figure.column.kind.is_given and figure.value is not None
    )
