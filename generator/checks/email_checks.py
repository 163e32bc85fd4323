"""Checks of the email addresses of the people whom letters address."""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum

from generator.checks.mentions import Words, place_in, words_of
from generator.checks.people_checks import files_of_others, people, shared_by
from generator.checks.registry import CheckContext, Finding, Scope, check, found_at
from generator.edition.authority import Authority
from generator.problems import Severity


@check(Scope.EDITION, Severity.ERROR)
def email_twice(context: CheckContext) -> Iterator[Finding]:
    """One email address is in the files of two authorities, for two people.

    A letter would be sent to somebody else.
    """
    return _emails(context, of_one_person=False)


@check(Scope.EDITION, Severity.ERROR, confirmable=True)
def email_shared(context: CheckContext) -> Iterator[Finding]:
    """One email address is in the files of two authorities that share an addressee.

    Two letters would go to one address, which only a person can know to be right.
    """
    return _emails(context, of_one_person=True)


def _emails(context: CheckContext, *, of_one_person: bool) -> Iterator[Finding]:
    for shared, several in shared_by(context, _emails_of):
        if bool(frozenset.intersection(*map(people, several))) is of_one_person:
            for authority in several:
                steps, email = next(e for e in authority.emails() if e[1].casefold() == shared)
                others = files_of_others(authority, several)
                message = f"{email} is also the address in {others}; expected one of its own"
                yield found_at(authority, message, *steps)


def _emails_of(authority: Authority) -> frozenset[str]:
    return frozenset(email.casefold() for _, email in authority.emails())


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


@check(Scope.EDITION, Severity.ERROR)
def email_of_another(context: CheckContext) -> Iterator[Finding]:
    """The domain of an email address is another authority's.

    The address of a neighbouring row.

    A domain is another's if it is that one's name, and no word of ours; or if that one's own file
    has it and it fits that name better. Authorities that share an addressee may share a domain.
    """
    places = _places(context.authorities)
    users: dict[str, list[Authority]] = {}
    for authority in context.authorities.values():
        for domain in dict.fromkeys(_domain(email) for _, email in authority.emails()):
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
                for steps, email in authority.emails():
                    if _domain(email) == domain:
                        yield found_at(authority, message, *steps)


def _domain(email: str) -> str:
    return email.casefold().rpartition("@")[2]


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
