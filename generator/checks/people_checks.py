"""Checks of the people whom letters address."""

import re
from collections.abc import Callable, Iterable, Iterator

from generator.checks.mentions import Words, words_of
from generator.checks.registry import CheckContext, Finding, Scope, check, found_at
from generator.edition.authority import Authority
from generator.edition.data_files import Steps
from generator.letter.variables import COPIES_PREFIX
from generator.problems import InDraft, Severity, first_of

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
    """The addressees and those to whom copies go, each as `name_in_words` has it."""
    return frozenset(who for who, *_ in _named(authority))


def name_in_words(name: str) -> str:
    """A name as everyone would write it, without titles."""
    return " ".join(word for word in words_of(name) if word not in TITLES)


def _named(authority: Authority) -> Iterator[tuple[str, str, Steps]]:
    """Each person of a letter: as everyone would write the name, as the file does, and where.

    Where nobody is named, and the office stands in the name's place, there is none.
    """
    addressee = authority.addressee
    said: list[tuple[str, str, Steps]] = [
        *((n, addressee.office, ("addressee", "name", i)) for i, n in enumerate(addressee.names)),
        *((p.name, p.office, ("copies", r, "name")) for r, p in authority.copies.items()),
    ]
    for name, office, steps in said:
        who = name_in_words(name)
        if who and who != " ".join(words_of(office)):
            yield who, name, steps


@check(Scope.EDITION, Severity.WARNING)
def addressee_twice(context: CheckContext) -> Iterator[Finding]:
    """One person is in the files of two authorities, as addressee or for a copy.

    Two authorities may share a chief executive; or a row of the list was copied.
    """
    for name, several in shared_by(context, people):
        found = [next(each for each in _named(a) if each[0] == name) for a in several]
        only_addressees = all(steps[0] == "addressee" for *_, steps in found)
        what = "the addressee" if only_addressees else "written to"
        for authority, (_, written, steps) in zip(several, found, strict=True):
            message = f"{written} is also {what} in {files_of_others(authority, several)}"
            where = "addressee.name" if steps[0] == "addressee" else ".".join(map(str, steps))
            yield Finding(authority.place(*steps), message, where)


@check(Scope.FILE, Severity.WARNING)
def person_twice(context: CheckContext) -> Iterator[Finding]:
    """One person, or one email address, is twice among those who get a letter.

    A row or a line was copied, and its name, or its address, not changed.
    """
    for authority in context.authorities.values():
        seen: dict[str, Steps] = {}
        emails = ((email.casefold(), email, steps) for steps, email in authority.emails())
        for who, written, steps in (*_named(authority), *emails):
            first = seen.setdefault(who, steps)
            if first != steps:
                said = ".".join(str(step) for step in first if isinstance(step, str))
                yield found_at(authority, f"{written} is also {said}; correct one of them", *steps)


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


@check(Scope.AUTHORITY, Severity.ERROR)
def salutation_greets(context: CheckContext) -> Iterator[Finding]:
    """A salutation has a greeting or a mark that the edition's words already have.

    Which gives "Dear Dear Mr Larkspur,", or "Dear Mr Larkspur,,", in print.
    """
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


@check(Scope.FILE, Severity.WARNING)
def salutation_of_nobody(context: CheckContext) -> Iterator[Finding]:
    """A salutation has no word of its addressee's name.

    The name was changed and the salutation is still the predecessor's.
    """
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
    key = "name" if authority.addressee.salutation_is_name else "salutation"
    return found_at(authority, message, "addressee", key)


@check(Scope.AUTHORITY, Severity.ERROR, in_draft=InDraft.NOTHING)
def copied_to_nobody(context: CheckContext) -> Iterator[Finding]:
    """Wording names someone who gets a copy, but the authority's file has nobody in that role.

    The sentence would have a hole. The lines of copies below the signature have none.
    """
    for slug, composed in context.letters.items() if context.edition.copies else ():
        authority = context.authorities[slug]
        names = dict.fromkeys(r.name for block in composed.letter.blocks for r in block.runs)
        named = (name for name in names if name is not None and name.startswith(COPIES_PREFIX))
        roles = dict.fromkeys(name.split(".")[2] for name in named)
        for role in roles:
            if role not in authority.copies:
                message = f"the wording names this person; add copies: {role}: to this file"
                yield found_at(authority, message, "copies", role)
