"""Reconcile an edition: what its letters add up to, and which of their figures are worth a look."""

from dataclasses import dataclass

from generator.batch.collector import collector_paused
from generator.batch.prepare import Prepared
from generator.loading.repeated import fewer
from generator.loading.whole import Whole, sums_over
from generator.problems import Problem
from generator.reconciling.outliers import outlier_problems
from generator.reconciling.twins import twin_problems
from generator.reconciling.year_before import figures_before


@dataclass(frozen=True)
class Reconciled:
    """The figures of all letters together."""

    sums: tuple[Whole, ...]
    letters: int
    """How many are added up: those whose files are in order."""
    problems: tuple[Problem, ...]


def reconcile(prepared: Prepared) -> Reconciled:
    """Add up all letters of an edition, compare them with last year's and with each other.

    Whether the sums are those that were published is said already where the edition is loaded.
    """
    edition = prepared.edition
    if edition is None:
        return Reconciled((), 0, ())
    authorities = prepared.data.authorities
    problems = twin_problems(authorities.values())
    if edition.outliers is not None:
        with collector_paused():
            before = figures_before(prepared.folders, authorities)
        problems += outlier_problems(
            authorities.values(), before, edition.year - 1, edition.outliers
        )
    sums = tuple(sums_over(edition, authorities.values()))
    return Reconciled(sums, len(authorities), tuple(fewer(problems)))
