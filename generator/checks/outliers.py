"""Figures far from last year's: not wrong for that, but worth a look before they go out."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.figures import is_outlier
from generator.edition.predecessors import figures_before
from generator.problems import Severity


@check(
    "outlier",
    Scope.YEARS,
    Severity.WARNING,
    "A figure grew or shrank, against last year's, by more than the edition's `outliers` allow.",
)
def outliers(context: CheckContext) -> Iterator[Finding]:
    """Rates are left alone: of small numbers they always leap, of large ones their counts tell."""
    rule = context.edition.outliers
    before = figures_before(context.predecessors) if rule else {}
    for slug, then in before.items():
        authority = context.authorities[slug]
        for figures in authority.figures.values():
            for figure in figures:
                column = figure.column
                old = then.get((column.group, column.id))
                if old is None or figure.value is None or column.kind.is_rate:
                    continue
                if is_outlier(old, figure.value, rule):
                    message = f"{figure.value}, but {old} in {context.folders.year - 1}"
                    steps = (column.group, column.id)
                    place = authority.place(*steps)
                    yield Finding(place, f"{message}; worth a look", ".".join(steps), message)
