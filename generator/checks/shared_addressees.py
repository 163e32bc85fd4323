"""One person, or one email address, in the files of two authorities."""

from collections.abc import Callable, Iterable, Iterator

from generator.checks.context import CheckContext
from generator.checks.mentions import words_of
from generator.checks.registry import Finding, Scope, check
from generator.edition.authority import Authority
from generator.messages import first_of
from generator.problems import Severity

TITLES = frozenset(
    [
        *("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "the"),
        *("baron", "baroness", "prof", "professor", "rev", "reverend", "canon", "rt", "hon"),
        *("cllr", "councillor", "alderman", "mayor", "captain", "major", "colonel", "commander"),
    ]
)
"""Words before a person's name that many people share."""
MOST_NAMED = 3


def people(authority: Authority) -> frozenset[str]:
    """The addressees, each as everyone would write the name, without titles.

    Where nobody is named, and the office stands in the name's place, there is none.
    """
    office = words_of(authority.addressee.office)
    said = (tuple(w for w in words_of(n) if w not in TITLES) for n in authority.addressee.names)
    return frozenset(" ".join(words) for words in said if words and words != office)


@check(
    "addressee-twice",
    Scope.EDITION,
    Severity.WARNING,
    "One addressee stands in the files of two authorities.",
)
def addressee_twice(context: CheckContext) -> Iterator[Finding]:
    """Two authorities may share a chief executive; or a row of the list was copied."""
    for name, several in _shared(context, people):
        for authority in several:
            number = next(
                i
                for i, each in enumerate(authority.addressee.names)
                if name == " ".join(w for w in words_of(each) if w not in TITLES)
            )
            written = authority.addressee.names[number]
            message = f"{written} is also the addressee in {_others(authority, several)}"
            place = authority.place("addressee", "name", number)
            yield Finding(place, message, "addressee.name")


@check(
    "email-twice",
    Scope.EDITION,
    Severity.ERROR,
    "One email address stands in the files of two authorities, for two people.",
)
def email_twice(context: CheckContext) -> Iterator[Finding]:
    """A letter would be sent to somebody else."""
    return _emails(context, of_one_person=False)


@check(
    "email-shared",
    Scope.EDITION,
    Severity.ERROR,
    "One email address stands in the files of two authorities that share an addressee.",
    confirmable=True,
)
def email_shared(context: CheckContext) -> Iterator[Finding]:
    """Two letters would go to one address, which only a person can know to be right."""
    return _emails(context, of_one_person=True)


def _emails(context: CheckContext, *, of_one_person: bool) -> Iterator[Finding]:
    for _, several in _shared(context, _email):
        if bool(frozenset.intersection(*map(people, several))) is of_one_person:
            for authority in several:
                email, others = authority.addressee.email, _others(authority, several)
                message = f"{email} is also the address in {others}; expected one of its own"
                yield Finding(authority.place("addressee", "email"), message, "addressee.email")


def _email(authority: Authority) -> frozenset[str]:
    email = authority.addressee.email
    return frozenset([email.casefold()] if email else [])


def _shared(
    context: CheckContext, said: Callable[[Authority], Iterable[str]]
) -> Iterator[tuple[str, list[Authority]]]:
    """Whatever two authorities or more say, and which do; of two with one name that is said."""
    by_text: dict[str, list[Authority]] = {}
    for authority in context.authorities.values():
        for text in said(authority):
            by_text.setdefault(text, []).append(authority)
    return (each for each in by_text.items() if len({words_of(a.name) for a in each[1]}) > 1)


def _others(authority: Authority, several: list[Authority]) -> str:
    """The files of the others, the first few by name."""
    first = several[: MOST_NAMED + 1]
    named = [o.path.name for o in first if o is not authority][:MOST_NAMED]
    return first_of(named, MOST_NAMED, len(several) - 1)
