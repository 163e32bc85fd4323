"""Which authorities a text names: by their whole names, by their aliases, or by the place alone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from generator.edition.authority import Authority
from generator.edition.values import slug_of

Words = tuple[str, ...]
Names = Sequence[str | tuple[str, ...]]
"""Of authorities; several of one are those that it has in several languages."""

_SORTS = "metropolitan|royal|county|city|district|borough|unitary|town|parish"
_BODIES = "council|authority|corporation"
_BEFORE = re.compile(rf"(the-)?((({_SORTS}|london|{_BODIES})-(and-)?)+of-(the-)?)?")
_AFTER = re.compile(rf"(-({_SORTS}|london(?=-borough)|{_BODIES}))+$")
_BODY_FOLLOWS = re.compile(rf"(({_SORTS}|london) )*({_BODIES})\b")


class Evidence(IntEnum):
    """How sure it is that an authority is meant; a place alone may be a person's name."""

    PLACE = 1
    PLACE_OF = 2
    """After "of", "for" or "at"."""
    NAME = 3


@dataclass(frozen=True)
class Mention:
    """A stretch of a text that names authorities, by slug: several where they share a name."""

    words: Words
    slugs: frozenset[str]
    evidence: Evidence


@lru_cache(maxsize=16384)  # several checks ask for the words of the same names
def words_of(text: str) -> Words:
    """The words of a text as its slug has them."""
    return tuple(slug_of(text).split("-"))


@lru_cache(maxsize=16384)
def place_in(name: str) -> Words:
    """What is left of a name without the words that say what sort of authority it is."""
    slug = slug_of(name)
    begin = _BEFORE.match(slug)
    inner = _AFTER.sub("", slug[begin.end() if begin else 0 :])
    return tuple((inner or slug).split("-"))


class Mentions:
    """The names of an edition's authorities, filed once by their words.

    Names are compared by the words of their slugs, so that capitals, accents and apostrophes do not
    matter, and the longest name counts: "North York Moors" does not name York.
    """

    def __init__(self, authorities: Mapping[str, Authority]) -> None:
        """File each authority's name and aliases, whole and by the place alone."""
        whole: dict[Words, set[str]] = {}
        places: dict[Words, set[str]] = {}
        self._lengths: dict[str, set[int]] = {}
        for slug, authority in authorities.items():
            for name in (authority.name, *authority.aliases):
                words, place = words_of(name), place_in(name)
                (places if place == words else whole).setdefault(words, set()).add(slug)
                places.setdefault(place, set()).add(slug)
        self._whole = {words: frozenset(slugs) for words, slugs in whole.items()}
        self._places = {words: frozenset(slugs) for words, slugs in places.items()}
        for words in (*self._whole, *self._places):
            self._lengths.setdefault(words[0], set()).add(len(words))

    def find(self, text: str) -> Iterator[Mention]:
        """Each mention in a text, the longest where several begin alike; none overlaps another."""
        words = words_of(text)
        start = 0
        while start < len(words):
            found = self._at(words, start)
            if found is not None:
                yield found
            start += len(found.words) if found else 1

    def others(self, text: str, own: str, least: Evidence) -> list[str]:
        """The slugs that a text surely names, and that are not this authority's own."""
        found: dict[str, None] = {}
        for mention in self.find(text):
            if mention.evidence >= least and own not in mention.slugs:
                found.update(dict.fromkeys(sorted(mention.slugs)))
        return list(found)

    def _at(self, words: Words, start: int) -> Mention | None:
        for length in sorted(self._lengths.get(words[start], ()), reverse=True):
            said = words[start : start + length]
            if said in self._whole:
                return Mention(said, self._whole[said], Evidence.NAME)
            if said in self._places:
                evidence = _evidence(words, start, start + length)
                return Mention(said, self._places[said], evidence)
        return None


def _evidence(words: Words, start: int, end: int) -> Evidence:
    if _BODY_FOLLOWS.match(" ".join(words[end:])):
        return Evidence.NAME
    preposition = start > 0 and words[start - 1] in {"of", "for", "at"}
    return Evidence.PLACE_OF if preposition else Evidence.PLACE


_WORD = re.compile(r"\w+")


class NameIndex:
    """The names of authorities as they are printed, filed once for many letters."""

    def __init__(self, names: Iterable[str | tuple[str, ...]] = ()) -> None:
        """File each name under its words; a name without any is looked for everywhere."""
        whole = [(each,) if isinstance(each, str) else each for each in names]
        self._names = tuple(name for each in whole for name in each)
        self._same = {name: each for each in whole for name in each}
        self._filed: dict[tuple[str, ...], list[int]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._wordless: list[int] = []
        for number, name in enumerate(self._names):
            words = tuple(_WORD.findall(name))
            if words:
                self._filed.setdefault(words, []).append(number)
                self._lengths.setdefault(words[0], set()).add(len(words))
            else:
                self._wordless.append(number)

    def others(self, authority: str, printed: str, own: str) -> Iterator[str]:
        """Other authorities that are named in what is printed more often than in its own words.

        In the order in which they were given. A name inside the authority's own is no other's.
        """
        for number in sorted(self._near(printed) | self._near(printed.replace(authority, ""))):
            name = self._names[number]
            if name in self._same.get(authority, (authority,)) or name not in printed:
                continue
            if _count(name, printed, authority) > _count(name, own, authority):
                yield name

    def _near(self, text: str) -> set[int]:
        """The numbers of the names whose words follow one another in a text, whatever is between.

        A name that stands in a text, and not as a part of a longer word, is one of these.
        """
        words = _WORD.findall(text)
        found = set(self._wordless)
        for start in [n for n, word in enumerate(words) if word in self._lengths]:
            for length in self._lengths[words[start]]:
                found.update(self._filed.get(tuple(words[start : start + length]), ()))
        return found


def _count(name: str, text: str, longer: str) -> int:
    """How often a name stands in a text; not as a part of a longer name or word."""
    text = text.replace(longer, "") if name in longer else text
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))
