"""The published figures of the whole country, held against what all letters add up to."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.column_totals import sums_over
from generator.problems import Severity


@check(
    "national-sum",
    Scope.EDITION,
    Severity.WARNING,
    "A figure of the whole country (`national`) is not the sum of all letters.",
)
def national_sums(context: CheckContext) -> Iterator[Finding]:
    """Nothing while a file cannot be read or a figure is missing: then no sum can be known."""
    everyone = len(context.authorities) == len(context.data.files)
    edition = context.edition
    if not edition.national or not everyone:
        return
    for whole in sums_over(edition, context.authorities.values()):
        if whole.stated is not None and not whole.missing and whole.value != whole.stated:
            message = f"adds up to {whole.value} over all letters, stated {whole.stated}"
            steps = ("national", whole.column.group, whole.column.id)
            yield Finding(edition.place(*steps), message, ".".join(steps))
