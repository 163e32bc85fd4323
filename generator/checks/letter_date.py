"""The letter's date against the period that its figures cover."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.composing.formats import long_date
from generator.problems import Severity


@check(
    "letter-before-period-end",
    Scope.AUTHORITY,
    Severity.ERROR,
    "The letter is dated before the period that its figures cover has ended.",
)
def letter_before_period_end(context: CheckContext) -> Iterator[Finding]:
    """An edition started from last year's, in which only one of the two dates was changed."""
    edition = context.edition
    if edition.letter_date < edition.period_end:
        ends = long_date(edition.period_end, edition.language)
        message = f"the letter is dated before the period ends ({ends}); correct one of the dates"
        yield Finding(edition.place("letter_date"), message, "letter_date")
