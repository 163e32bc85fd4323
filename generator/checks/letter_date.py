"""The edition's dates: the letter's against the period's end, both against the year."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.letter.formats import long_date
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


@check(
    "date-far-from-year",
    Scope.AUTHORITY,
    Severity.WARNING,
    "A date of the edition is more than a year from the edition's year.",
)
def date_far_from_year(context: CheckContext) -> Iterator[Finding]:
    """A slip of the keyboard, or an edition that is older than its folder says."""
    edition = context.edition
    for key, day in (("letter_date", edition.letter_date), ("period_end", edition.period_end)):
        if abs(day.year - edition.year) > 1:
            said = long_date(day, edition.language)
            message = f"{said} is more than a year from {edition.year}, the edition's year"
            yield Finding(edition.place(key), message, key)


@check(
    "letter-on-a-weekend",
    Scope.AUTHORITY,
    Severity.WARNING,
    "The letter is dated on a Saturday or a Sunday.",
)
def letter_on_a_weekend(context: CheckContext) -> Iterator[Finding]:
    """Last year's day with this year's number: offices send letters on working days."""
    day = context.edition.letter_date
    if day.isoweekday() >= SATURDAY:
        weekday = "Saturday" if day.isoweekday() == SATURDAY else "Sunday"
        said = long_date(day, context.edition.language)
        message = f"{said} is a {weekday}; change it if no letters go then"
        yield Finding(context.edition.place("letter_date"), message, "letter_date")


SATURDAY = 6
