"""Checks of the people whom letters address, and of the email addresses that they have."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum

from generator.checks.mentions import Words, place_in, words_of
from generator.checks.registry import CheckContext, Finding, Scope, check, found_at
from generator.edition.authority import Authority
from generator.problems import Severity, first_of

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
                yield found_at(authority, message, "addressee", "email")


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


SALUTATION = "authority.addressee.salutation"
_GREETINGS = {"dear", "dearest", "hello", "greetings", "annwyl", "attn", "attention", "fao"}
_RATHER_NAMES = {"to", "hi", "hey", "good", "my"}
"""Greetings, unless the addressee is called so."""
_ABBREVIATED = re.compile(r"(^|[\s.])(\w|[JS]n?r|Esq|[A-Z]\w*\.\w+)\.$")
_MARK = re.compile(r"^[,;:.\uff0c]|[,;:.!?\u2026\u2013\u2014\uff0c\uff1a]$|(?<= )-$")


@check(
    "salutation-greets",
    Scope.AUTHORITY,
    Severity.ERROR,
    "A salutation brings a greeting or a mark with it that the edition's words have already.",
)
def salutation_greets(context: CheckContext) -> Iterator[Finding]:
    """Which gives "Dear Dear Mr Larkspur,", or "Dear Mr Larkspur,,", in print."""
    around = _around(context)
    if around is None:
        return
    own = {*words_of(around[0])} - {""}
    printed = f"{around[0]}…{around[1]}"
    for authority in context.authorities.values():
        salutation = authority.addressee.salutation
        extra = _greeting(authority, own) or _mark(salutation)
        if extra:
            message = f'the letter prints "{printed}" around it; remove "{extra}"'
            yield _finding(authority, message)


def _around(context: CheckContext) -> tuple[str, str] | None:
    """What the edition prints before and after the name; None where that is nothing.

    An edition that leaves the whole line to its authorities has no greeting to repeat.
    """
    pieces = context.wording.words["salutation"].pieces
    words = [p.content if isinstance(p.content, str) else p.content.name for p in pieces]
    if SALUTATION not in words:
        return None
    at = words.index(SALUTATION)
    before, after = words[at - 1] if at else "", "".join(words[at + 1 : at + 2])
    return (before, after) if (before + after).strip() else None


def _greeting(authority: Authority, own: set[str]) -> str:
    """The greeting that a salutation begins with; blank where it does not."""
    said = authority.addressee.salutation
    first = words_of(said)[0]
    called = {words_of(name)[0] for name in authority.addressee.names}
    if first in own | _GREETINGS or (first in _RATHER_NAMES and first not in called):
        return said.split()[0]
    return ""


def _mark(salutation: str) -> str:
    """The comma, or another such mark, at either end of a salutation."""
    found = _MARK.search(salutation)
    return "" if found is None or _ABBREVIATED.search(salutation) else found[0]


@check(
    "salutation-of-nobody",
    Scope.FILE,
    Severity.WARNING,
    "A salutation holds no word of its addressee's name.",
)
def salutation_of_nobody(context: CheckContext) -> Iterator[Finding]:
    """The name was changed and the salutation is still the predecessor's."""
    for authority in context.authorities.values():
        said = words_of(authority.addressee.salutation)
        missed = [n for n in authority.addressee.names if not _greets(said, words_of(n))]
        if missed:
            message = f'"{authority.addressee.salutation}" has no word of the name "{missed[0]}"'
            yield _finding(authority, message)


def _greets(said: Words, name: Words) -> bool:
    """Whether a salutation has a word of a name; "Bev" will do for Beverley."""
    words = {word for word in said if word not in TITLES and len(word) > 1}
    *given, last = [word for word in name if word not in TITLES] or name
    return bool(words & {*given, last}) or any(
        first.startswith(word) or word.startswith(first)
        for first in given
        for word in words
        if len(first) > 1
    )


def _finding(authority: Authority, message: str) -> Finding:
    given = authority.addressee.salutation != authority.addressee.names[0]
    return found_at(authority, message, "addressee", "salutation" if given else "name")


_UNDER = frozenset({"gov", "co", "org", "ac", "net", "com", "nhs", "police", "www", "mail"})
"""Labels that stand in many domains and name nobody."""
_SMALL = frozenset({"of", "the", "and", "upon", "on"})
_SORT = re.compile(
    r"^(lb|cityof|boroughof)(?=.{3})"
    r"|(?<=.{3})(-?(city|county|district|borough)?-?(council|mbc|mdc|lbc|cc|dc|bc)|-?(city|county))$"
)
"""What a label says before or after the place, about the sort of authority it is."""


class Fit(IntEnum):
    """How well a domain fits an authority's name."""

    NOT = 0
    WORD = 1
    """It holds a word of the name among others."""
    SHORT = 2
    """It is short for the name: nwleics, lbbd."""
    PART = 3
    """It is some of the name's words."""
    WHOLE = 4
    """It is the place."""


@check(
    "email-of-another",
    Scope.EDITION,
    Severity.ERROR,
    "The domain of an email address is another authority's.",
)
def email_of_another(context: CheckContext) -> Iterator[Finding]:
    """The address of a neighbouring row.

    A domain is another's if it is that one's name, and no word of ours; or if that one's own file
    has it and it fits that name better. Authorities that share an addressee may share a domain.
    """
    places = _places(context.authorities)
    users: dict[str, list[Authority]] = {}
    for authority in context.authorities.values():
        if domain := _domain(authority):
            users.setdefault(domain, []).append(authority)
    for domain, several in users.items():
        labels = [label for label in domain.split(".")[:-1] if label not in _UNDER]
        named = [other for label in labels for other in _named_by(label, places)]
        for authority in several:
            other = _better(authority, labels, named, several)
            if other is not None and not people(authority) & people(other):
                message = (
                    f"{domain} is the domain of {other.name}; expected an address of this authority"
                )
                yield found_at(authority, message, "addressee", "email")


def _domain(authority: Authority) -> str:
    return (authority.addressee.email or "").casefold().rpartition("@")[2]


def _places(authorities: Mapping[str, Authority]) -> dict[str, list[Authority]]:
    """The authorities by their places as a label writes them, in one word."""
    places: dict[str, list[Authority]] = {}
    for authority in authorities.values():
        for joined in _joined(authority):
            places.setdefault(joined, []).append(authority)
    return places


def _joined(authority: Authority) -> set[str]:
    """The place in an authority's name, and in each alias, in one word."""
    found = set()
    for name in (authority.name, *authority.aliases):
        place = place_in(name)
        found |= {"".join(place), "".join(word for word in place if word not in _SMALL)}
    return found - {""}


def _spellings(label: str) -> set[str]:
    """A label in one word, and without what it says of the sort of authority."""
    return {label.replace("-", ""), _SORT.sub("", label).replace("-", "")}


def _named_by(label: str, places: Mapping[str, list[Authority]]) -> list[Authority]:
    return [found for spelling in _spellings(label) for found in places.get(spelling, ())]


def _better(
    authority: Authority, labels: list[str], named: list[Authority], users: list[Authority]
) -> Authority | None:
    """Another authority whose domain this rather is; None where it may well be our own."""
    if not named and len(users) == 1:
        return None
    own = _fit(authority, labels)
    if named and own < Fit.PART:
        return named[0]
    enough = Fit.SHORT if own is Fit.NOT else Fit.WHOLE
    others = (other for other in users if other is not authority)
    return next((o for o in others if own < enough <= _fit(o, labels)), None)


def _fit(authority: Authority, labels: list[str]) -> Fit:
    """How well the labels of a domain fit an authority's name."""
    said = {spelling for label in labels for spelling in _spellings(label)}
    if said & _joined(authority):
        return Fit.WHOLE
    names = [words_of(name) for name in (authority.name, *authority.aliases)]
    runs = ("".join(n[a:b]) for n in names for a in range(len(n)) for b in range(a + 1, 1 + len(n)))
    if not said.isdisjoint(runs):
        return Fit.PART
    if any(_short_for(name).match(spelling) for name in names for spelling in said):
        return Fit.SHORT
    long = {word for name in names for word in name if len(word) > 3} - _COMMON
    held = any(word in spelling for word in long for spelling in said)
    return Fit.WORD if held else Fit.NOT


_COMMON = frozenset(
    [
        *("council", "city", "county", "district", "borough", "metropolitan", "royal", "town"),
        *("authority", "upon", "north", "south", "east", "west", "great", "greater", "upper"),
        *("lower", "central", "national", "park", "combined", "london"),
    ]
)


def _short_for(name: Words) -> re.Pattern[str]:
    """What matches a name made short: the first letter of each word, and more of them in order.

    Small words may be left out, and whatever follows the place.
    """
    place = place_in(" ".join(name))
    parts = []
    for number, word in enumerate(name):
        letters = word[0] + "".join(f"{letter}?" for letter in word[1:])
        needed = word in place and word not in _SMALL
        parts.append(letters if needed or not number else f"({letters})?")
    return re.compile("".join(parts) + "$")
