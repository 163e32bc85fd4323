"""Checks of dates, and of what was carried over from the year before."""

import datetime
from collections.abc import Callable, Iterable, Iterator

from generator.checks.registry import CheckContext, Finding, Scope, check, check_name, found_at
from generator.edition.authority import Authority
from generator.edition.data_files import DataFile, Steps
from generator.edition.edition import Edition
from generator.edition.formats import long_date
from generator.edition.people import Addressee, CopiedPerson
from generator.edition.values import slug_of
from generator.edition.yaml_tree import shown
from generator.letter.numbers import named_in, passages
from generator.problems import InDraft, Severity, did_you_mean, listed
from generator.verification.output_formats import PDF
from generator.workspace import EditionFolders, Workspace


@check(Scope.FILE, Severity.ERROR)
def letter_before_period_end(context: CheckContext) -> Iterator[Finding]:
    """The letter is dated before the period that its figures cover has ended.

    An edition started from last year's, in which only one of the two dates was changed.
    """
    edition = context.edition
    if edition.letter_date < edition.period_end:
        ends = long_date(edition.period_end, edition.language)
        message = f"the letter is dated before the period ends ({ends}); correct one of the dates"
        yield found_at(edition, message, "letter_date")


@check(Scope.FILE, Severity.ERROR)
def public_before_letter(context: CheckContext) -> Iterator[Finding]:
    """Letters would be public before the day on the letter.

    Last year's day, or a slip: nothing would then keep them from being published too soon.
    """
    edition = context.edition
    if edition.publish_from is not None and edition.publish_from < edition.letter_date:
        dated = long_date(edition.letter_date, edition.language)
        message = (
            f"letters would be public before they are dated ({dated}); correct one of the days"
        )
        yield found_at(edition, message, "publish_from")


def _days(edition: Edition) -> Iterator[tuple[str, datetime.date]]:
    """The days of an edition, by their keys."""
    for key in ("letter_date", "period_end", "publish_from"):
        day = getattr(edition, key)
        if day is not None:
            yield key, day


@check(Scope.FILE, Severity.WARNING)
def date_far_from_year(context: CheckContext) -> Iterator[Finding]:
    """A date of the edition is more than a year from the edition's year.

    A slip of the keyboard, or an edition that is older than its folder says.
    """
    edition = context.edition
    for key, day in _days(edition):
        if abs(day.year - edition.year) > 1:
            said = long_date(day, edition.language)
            message = f"{said} is more than a year from {edition.year}, the edition's year"
            yield found_at(edition, message, key)


@check(Scope.FILE, Severity.WARNING)
def letter_on_a_weekend(context: CheckContext) -> Iterator[Finding]:
    """The letter is dated on a Saturday or a Sunday.

    Last year's day with this year's number: offices send letters on working days.
    """
    day = context.edition.letter_date
    if day.isoweekday() >= SATURDAY:
        weekday = "Saturday" if day.isoweekday() == SATURDAY else "Sunday"
        said = long_date(day, context.edition.language)
        message = f"{said} is a {weekday}; change it if no letters go then"
        yield found_at(context.edition, message, "letter_date")


SATURDAY = 6


_ADVICE = 'correct it or, if it is right, confirm it ("letters confirm")'
_carried_over = check(Scope.YEARS, Severity.ERROR, in_draft=InDraft.WARNING, confirmable=True)
"""A letter may not have it, a draft may."""


@_carried_over
def carried_over_person(context: CheckContext) -> Iterator[Finding]:
    """Someone who gets a letter, or signs it, is the same as last year.

    One whose office, salutation or email was edited was looked at.
    """
    for file, who, steps in _last_years_people(context):
        message = f"the same as in {_then(context)}: {shown(who)}; {_ADVICE}"
        yield found_at(file, message, *steps, subject=who)


def _last_years_people(context: CheckContext) -> Iterator[tuple[DataFile, str, Steps]]:
    """Each who is the same as last year: in which file, in words, and where."""
    for slug, sources in context.predecessors.items():
        authority = context.authorities[slug]
        if slug in context.without_letter:
            continue
        who = in_words(authority.addressee)
        if who in [in_words(source.addressee) for source in sources]:
            yield authority, who, ("addressee",)
        for role, person in authority.copies.items():
            who = copied_in_words(person)
            if who in [copied_in_words(s.copies[role]) for s in sources if role in s.copies]:
                yield authority, who, ("copies", role)
    before = context.last_year.edition if context.last_year else None
    if before is not None and _signs(before) == _signs(context.edition):
        yield context.edition, ", ".join(_signs(before)), ("signatory",)


def in_words(addressee: Addressee) -> str:
    """An addressee as it is confirmed: all that a file says of one."""
    said = [listed(addressee.names), addressee.office, f"Dear {addressee.salutation}"]
    return ", ".join([*said, *([addressee.email] if addressee.email else [])])


def copied_in_words(person: CopiedPerson) -> str:
    """One to whom a copy goes, as confirmed: all that a file says."""
    return ", ".join(filter(None, [person.name, person.office, person.email]))


def _signs(edition: Edition) -> tuple[str, ...]:
    return (edition.signatory.name, *edition.signatory.offices)


@_carried_over
def carried_over_sentence(context: CheckContext) -> Iterator[Finding]:
    """A sentence of wording with a year or a number in it is last year's.

    Sections, inserts, the statistics page and the edition's words; moved, it is the same.
    """
    if context.last_year is None:
        return
    before = {p.words for p in passages(EditionFolders(context.folders.workspace, _then(context)))}
    for passage in passages(context.folders):
        if passage.names and passage.words in before:
            words = f'"{shown(passage.words)}" is carried over from {_then(context)} unchanged'
            names = [f'"{shown(name)}"' for name in dict.fromkeys(passage.names)]
            message = f"{words} and names {listed(names)}; {_ADVICE}"
            yield Finding(passage.place, message, "", passage.words)


@_carried_over
def carried_over_value(context: CheckContext) -> Iterator[Finding]:
    """A value of an insert with a year or a number in it is last year's.

    Whatever insert it was a value of then.
    """
    for authority, steps, value in _last_years(context, Authority.values_of_inserts):
        message = f'"{shown(value)}" is last year\'s value; {_ADVICE}'
        where = f"inserts.{steps[2]}.{steps[3]}"
        yield Finding(authority.place(*steps), message, where, value)


@_carried_over
def carried_over_paragraph(context: CheckContext) -> Iterator[Finding]:
    """A paragraph in an authority's file with a year or a number in it is last year's.

    Copied from last year's file.
    """
    for authority, steps, text in _last_years(context, Authority.own_paragraphs):
        message = f"these words are last year's; {_ADVICE}"
        yield found_at(authority, message, *steps, subject=text)


def _last_years(
    context: CheckContext, texts_of: Callable[[Authority], Iterable[tuple[Steps, str]]]
) -> Iterator[tuple[Authority, Steps, str]]:
    """Texts in authorities' files that name a year or a number and stood there last year."""
    for slug, sources in context.predecessors.items():
        before = {text for source in sources for _, text in texts_of(source)}
        authority = context.authorities[slug]
        for steps, text in texts_of(authority):
            if text in before and any(named_in(text)):
                yield authority, steps, text


@_carried_over
def carried_over_date(context: CheckContext) -> Iterator[Finding]:
    """The letter's date, or the period's end, is the same as last year.

    The very day: a date of an edition that was copied.
    """
    before = context.last_year.edition if context.last_year else None
    for key, day in _days(context.edition) if before else ():
        if day == getattr(before, key):
            said = long_date(day, context.edition.language)
            message = f"{said}, as in {_then(context)}; {_ADVICE}"
            yield found_at(context.edition, message, key, subject=str(day))


def _then(context: CheckContext) -> int:
    return context.folders.year - 1


@check(Scope.YEARS, Severity.WARNING)
def unknown_predecessor(context: CheckContext) -> Iterator[Finding]:
    """A predecessor (`formerly`) had no file and no letter the year before.

    Nothing where nothing of that year is at hand: then no name can be known to be wrong.
    """
    if not any(authority.formerly for authority in context.authorities.values()):
        return
    year = context.folders.year - 1
    known = _known(context.folders.workspace, year)
    for authority in context.authorities.values() if known else ():
        for number, slug in enumerate(authority.formerly):
            if slug not in known:
                message = f"no authority of {year} has this name{did_you_mean(slug, known)}"
                subject = f"{slug} is none of {year}"
                yield found_at(authority, message, "formerly", number, subject=subject)


def _known(workspace: Workspace, year: int) -> list[str]:
    """The names of all authorities of a year: those of its data, its letters, what was issued."""
    folders = EditionFolders(workspace, year)
    found = [
        *folders.authorities.glob("*.yaml"),
        *(workspace.folder / "issued" / str(year)).rglob("*.*"),
        *folders.output().glob(f"{PDF.name}/*{PDF.suffix}"),
    ]
    return sorted({slug_of(path.stem) for path in found if path.is_file()})


PERSON, SENTENCE = check_name(carried_over_person), check_name(carried_over_sentence)
