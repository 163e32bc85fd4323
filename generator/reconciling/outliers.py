"""Figures far from last year's: not wrong for that, but worth a look before they go out."""

from collections.abc import Iterable, Mapping

from generator.loading.authority import Authority
from generator.loading.edition import Kind
from generator.loading.edition_file import OutliersFile
from generator.problems import Problem, Severity

Figures = Mapping[tuple[str, str], int]
"""The counts and sums of an authority, by group and id."""


def is_outlier(before: int, after: int, outliers: OutliersFile | None) -> bool:
    """Whether a figure grew or shrank by more than the edition's factor, and is no small one."""
    if outliers is None or max(before, after) < outliers.at_least:
        return False
    return max(before, after) > outliers.factor * min(before, after)


def outlier_problems(
    authorities: Iterable[Authority],
    before: Mapping[str, Figures],
    year_before: int,
    outliers: OutliersFile,
) -> list[Problem]:
    """A warning for each figure that is an outlier against what the authority had then, by slug.

    Rates are left alone: of small numbers they always leap, and of large ones their counts tell.
    """
    problems = []
    for authority in authorities:
        then = before.get(authority.slug, {})
        for figures in authority.figures.values():
            for figure in figures:
                column = figure.column
                old = then.get((column.group, column.id))
                if old is None or figure.value is None or column.kind is Kind.PERCENT:
                    continue
                if is_outlier(old, figure.value, outliers):
                    message = f"{figure.value}, but {old} in {year_before}; worth a look"
                    steps = (column.group, column.id)
                    place = authority.place(*steps)
                    problems.append(Problem(place, message, ".".join(steps), Severity.WARNING))
    return problems
