"""Two authorities with exactly the same figures: one of them may have been given the other's."""

from collections.abc import Iterable

from generator.loading.authority import Authority
from generator.loading.edition import Kind
from generator.problems import Problem, Severity

FEWEST = 20
"""With fewer complaints and decisions than this, two may well be the same by chance."""
MOST_NAMED = 12


def twin_problems(authorities: Iterable[Authority]) -> list[Problem]:
    """A warning for each authority whose counts are all the same as those of another."""
    alike: dict[tuple[int, ...], list[Authority]] = {}
    for authority in authorities:
        counts = tuple(
            figure.value
            for figures in authority.figures.values()
            for figure in figures
            if figure.column.kind is Kind.COUNT and figure.value is not None
        )
        if not authority.missing() and sum(counts) >= FEWEST:
            alike.setdefault(counts, []).append(authority)
    problems = []
    for same in alike.values():
        for authority in same if len(same) > 1 else ():
            others = [other.slug for other in same if other is not authority]
            more = len(others) - MOST_NAMED
            named = ", ".join(others[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
            first = next(figure for figures in authority.figures.values() for figure in figures)
            message = f"exactly the figures of {named}; make sure that they are its own"
            problems.append(
                Problem(authority.place(first.column.group), message, "", Severity.WARNING)
            )
    return problems
