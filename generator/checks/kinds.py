"""Authorities whose name says that they are of another kind than the usual one."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.mentions import Words, words_of
from generator.checks.registry import Finding, Scope, check
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.problems import Severity

_COUNCILS = frozenset(["borough", "county", "city", "district", "town", "parish"])
"""Words of names that are councils' though they do not say so: the London Borough of …"""


@check(
    "kind-not-in-the-name",
    Scope.EDITION,
    Severity.WARNING,
    "A name has none of its kind's words, and its file says no kind.",
)
def kind_not_in_the_name(context: CheckContext) -> Iterator[Finding]:
    """A national park authority would be called "the council" throughout its letter.

    Where most names do not hold the usual noun either, it is no word of names; then only the noun
    of another kind counts.
    """
    edition = context.edition
    usual, *others = edition.kinds
    noun = edition.kinds[usual]
    unsaid = [a for a in context.authorities.values() if "kind" not in a.tree.entries]
    without = [a for a in unsaid if not _holds(a, noun)]
    in_names = len(without) * 2 <= len(unsaid)
    for authority in without:
        meant = [kind for kind in others if _holds(authority, edition.kinds[kind])]
        if meant or (in_names and not _is_council(authority, edition)):
            message = f'would be called "{noun}" in its letter, which its name does not say'
            place = authority.place("name")
            yield Finding(place, f"{message}; say kind: {meant[0] if meant else usual}", "name")


def _holds(authority: Authority, noun: str) -> bool:
    """Whether the words of a noun stand side by side in an authority's name."""
    words, said = words_of(authority.name), words_of(noun)
    return any(_at(words, start, said) for start in range(len(words)))


def _at(words: Words, start: int, said: Words) -> bool:
    return words[start : start + len(said)] == said


def _is_council(authority: Authority, edition: Edition) -> bool:
    """Whether the usual kind are councils, and a name is one's without that word."""
    usual = next(iter(edition.kinds.values()))
    return usual == "council" and not _COUNCILS.isdisjoint(words_of(authority.name))
