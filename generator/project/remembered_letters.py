"""Letters of which all is known from before: neither read nor composed again until asked for."""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from generator.edition.authority import Authority
from generator.edition.load import Data
from generator.edition.remembered_authority import RememberedAuthority
from generator.letter.compose import LetterSummary
from generator.problems import Problem


@dataclass(frozen=True)
class RememberedLetter:
    """What was found of one authority and its letter, while its file and all shared files stay."""

    authority: RememberedAuthority
    summary: LetterSummary
    findings: list[Problem]
    """What is wrong in its file, whatever stands in the others'."""
    own_words: str
    """Of all authorities, as `own_words_of` has it."""
    inputs: Mapping[str, str]
    """The digests that decide whether the letter is made again; none where it gets none."""


def own_words_of(authorities: Iterable[Authority]) -> str:
    """The digest of the words that letters alone have: they teach the checks nouns, too."""
    words = hashlib.sha256()
    for authority in authorities:
        for steps, text in authority.own_paragraphs():
            words.update(repr((authority.slug, steps, text)).encode(errors="surrogatepass"))
    return words.hexdigest()


def still_known(
    known: Mapping[str, RememberedLetter], data: Data
) -> Mapping[str, RememberedLetter]:
    """Those of these letters that are what they were, now that others' files were read anew.

    With comparators none is: a letter then hangs on the figures of others.
    """
    if not known or data.edition is None or data.edition.comparators:
        return {}
    own_words = own_words_of(data.authorities.values())
    return {
        slug: letter
        for slug, letter in known.items()
        if slug in data.authorities and letter.own_words == own_words
    }


Made = TypeVar("Made")
_MOST_KEPT = 500
"""Composed letters take some twenty kilobytes each. A usual edition has fewer than that."""


class OnDemand(Mapping[str, Made]):
    """By slug what is made when it is asked for; what was asked for last is kept.

    So thousands of letters take no more memory than some hundreds.
    """

    def __init__(self, slugs: Iterable[str], make: Callable[[str], Made]) -> None:
        """Of these slugs, in this order."""
        self._slugs = dict.fromkeys(slugs)
        self._made = lru_cache(maxsize=_MOST_KEPT)(make)

    def among(self, slugs: Container[str]) -> "OnDemand[Made]":
        """Those of them that are among these."""
        return OnDemand([s for s in self._slugs if s in slugs], self._made)

    def __getitem__(self, slug: str) -> Made:
        """What is made of the letter; raises `KeyError` where there is none."""
        if slug not in self._slugs:
            raise KeyError(slug)
        return self._made(slug)

    def __contains__(self, slug: object) -> bool:
        """Whether there is such a letter, for which nothing need be made."""
        return slug in self._slugs

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs)

    def __len__(self) -> int:
        return len(self._slugs)
