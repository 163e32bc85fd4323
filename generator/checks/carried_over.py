"""What equals last year's: a person, a date, or words that name a year or a number.

Whether it still holds only a person can say, whoever took it over: `new-edition` or a copy by hand.
An edit says so by itself; what is right as it stands is confirmed (`letters confirm`).
"""

from collections.abc import Callable, Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Find, Finding, Scope, check
from generator.edition.authority import Addressee
from generator.edition.edition import Edition
from generator.edition.yaml_tree import shown
from generator.letter.formats import long_date
from generator.letter.numbers import named_in
from generator.letter.sentences import passages
from generator.messages import listed
from generator.problems import InDraft, Severity
from generator.workspace import EditionFolders

PERSON, SENTENCE = "carried-over-person", "carried-over-sentence"
_TODO = 'correct it or, if it is right, confirm it ("letters confirm")'


def _check(name: str, summary: str) -> Callable[[Find], Find]:
    """A check of what was carried over: a letter may not have it, a draft may."""
    return check(
        name, Scope.YEARS, Severity.ERROR, summary, in_draft=InDraft.WARNING, confirmable=True
    )


@_check(PERSON, "An addressee, or who signs, is the person that last year's edition names.")
def persons(context: CheckContext) -> Iterator[Finding]:
    """One whose office, salutation or email was edited was looked at."""
    year = context.folders.year - 1
    for slug, sources in context.predecessors.items():
        authority = context.authorities[slug]
        if authority.addressee in [source.addressee for source in sources]:
            who = in_words(authority.addressee)
            message = f"the same as in {year}: {shown(who)}; {_TODO}"
            yield Finding(authority.place("addressee"), message, "addressee", who)
    before = context.last_year.edition if context.last_year else None
    if before is not None and _signs(before) == _signs(context.edition):
        who = ", ".join(_signs(before))
        message = f"the same as in {year}: {shown(who)}; {_TODO}"
        yield Finding(context.edition.place("signatory"), message, "signatory", who)


def in_words(addressee: Addressee) -> str:
    """An addressee as it is confirmed: all that a file says of one."""
    said = [listed(addressee.names), addressee.office, f"Dear {addressee.salutation}"]
    return ", ".join([*said, *([addressee.email] if addressee.email else [])])


def _signs(edition: Edition) -> tuple[str, ...]:
    return (edition.signatory, *edition.offices)


@_check(SENTENCE, "A sentence of wording that names a year or a number stood there last year.")
def sentences(context: CheckContext) -> Iterator[Finding]:
    """Sections, inserts, the statistics page and the edition's words; moved, it is the same."""
    if context.last_year is None:
        return
    before = {p.words for p in passages(EditionFolders(context.folders.workspace, _then(context)))}
    for passage in passages(context.folders):
        if passage.names and passage.words in before:
            words = f'"{shown(passage.words)}" is carried over from {_then(context)} unchanged'
            names = [f'"{shown(name)}"' for name in dict.fromkeys(passage.names)]
            message = f"{words} and names {listed(names)}; {_TODO}"
            yield Finding(passage.place, message, "", passage.words)


@_check("carried-over-value", "A value of an insert that names a year or a number is last year's.")
def values(context: CheckContext) -> Iterator[Finding]:
    """Whatever insert it was a value of then."""
    for slug, sources in context.predecessors.items():
        before = {v for a in sources for c in a.inserts for v in c.values.values()}
        authority = context.authorities[slug]
        for number, chosen in enumerate(authority.inserts):
            for name, value in chosen.values.items():
                if value in before and any(named_in(value)):
                    place = authority.place("inserts", number, chosen.insert, name)
                    message = f'"{shown(value)}" is last year\'s value; {_TODO}'
                    yield Finding(place, message, f"inserts.{chosen.insert}.{name}", value)


@_check("carried-over-date", "The letter's date, or the period's end, is the day of last year's.")
def dates(context: CheckContext) -> Iterator[Finding]:
    """The very day: a date of an edition that was copied."""
    before = context.last_year.edition if context.last_year else None
    for key in ("letter_date", "period_end") if before else ():
        day = getattr(context.edition, key)
        if day == getattr(before, key):
            said = long_date(day, context.edition.language)
            message = f"{said}, as in {_then(context)}; {_TODO}"
            yield Finding(context.edition.place(key), message, key, str(day))


def _then(context: CheckContext) -> int:
    return context.folders.year - 1
