"""Checks of the people whom letters address."""

import re
from collections.abc import Callable, Iterable, Iterator

from generator.checks.mentions import Words, words_of
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
    for name, several in shared_by(context, people):
        for authority in several:
            number = next(
                i
                for i, each in enumerate(authority.addressee.names)
                if name == " ".join(w for w in words_of(each) if w not in TITLES)
            )
            written = authority.addressee.names[number]
            message = f"{written} is also the addressee in {files_of_others(authority, several)}"
            place = authority.place("addressee", "name", number)
            yield Finding(place, message, "addressee.name")


def shared_by(
    context: CheckContext, said: Callable[[Authority], Iterable[str]]
) -> Iterator[tuple[str, list[Authority]]]:
    """Whatever two authorities or more say, and which do; of two with one name that is said."""
    by_text: dict[str, list[Authority]] = {}
    for authority in context.authorities.values():
        for text in said(authority):
            by_text.setdefault(text, []).append(authority)
    return (each for each in by_text.items() if len({words_of(a.name) for a in each[1]}) > 1)


def files_of_others(authority: Authority, several: list[Authority]) -> str:
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
