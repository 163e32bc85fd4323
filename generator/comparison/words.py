"""Word by word: what is gone and what is new between two texts, and how to put it back."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from generator.letter.normalised_wording import WORDING_WORD, plain, plain_wording

Words = tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """A stretch of words that gave way to others; either may be empty, not both."""

    gone: Words
    new: Words
    start: int
    """Where it stands among the new words, from 0."""
    old_start: int
    """Where it stands among the old words, from 0."""


class WordMark(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Span:
    """Words next to each other that share a fate."""

    mark: WordMark
    words: Words


def words_of(text: str) -> Words:
    """The words of a text as printed, blind to white space, ends of lines and quote style."""
    return tuple(plain(text).split())


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def wording_words(wording: str) -> Words:
    """The words of a wording without the marks of Markdown; a placeholder is never divided."""
    return tuple(WORDING_WORD.findall(plain_wording(wording)))


_WHOLE = re.compile(
    r"""(?<!\S)[("']*(?:
        \d{1,2}(?:st|nd|rd|th|\.)?\ [^\W\d_]+\.?\ \d{4}            # 18 July 2018
      | [^\W\d_]{3,}\ \d{1,2}(?:st|nd|rd|th)?,\ \d{4}              # July 18, 2018
      | [£$€]\ \d\S*(?:\ (?:thousand|million|billion))?            # £ 20, £ 20 million
      | [£$€]\d\S*\ (?:thousand|million|billion)                   # £20 million
      | \d[\d.,]*\ (?:%|per\ cent|thousand|million|billion)(?!\w)  # 65 %
    )\S*""",
    re.VERBOSE,
)
"""Dates, amounts and rates of several words: a part of one says nothing. Others are one word."""


def whole_units(words: Sequence[str]) -> list[Words]:
    """The words in units that are compared whole: mostly one each, a date is one of three."""
    text = " ".join(words)
    if not any(sign.isdigit() for sign in text):
        return [(word,) for word in words]
    ends = list(accumulate((len(word) + 1 for word in words), initial=0))
    units: list[Words] = []
    done = 0
    for found in _WHOLE.finditer(text):
        first, end = bisect_left(ends, found.start()), bisect_left(ends, found.end())
        units += [(word,) for word in words[done:first]]
        units.append(tuple(words[first:end]))
        done = end
    return units + [(word,) for word in words[done:]]


def edits_between(old: Sequence[str], new: Sequence[str]) -> tuple[Edit, ...]:
    """What is gone and what is new, in the order of the words.

    A word or two that happen to stay in the middle of a sentence written anew do not divide it.
    """
    left, right = whole_units(old), whole_units(new)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    edits: list[Edit] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        old_start, old_end = _length(left[:a]), _length(left[:b])
        start, end = _length(right[:c]), _length(right[:d])
        edit = Edit(tuple(old[old_start:old_end]), tuple(new[start:end]), start, old_start)
        if edits and _belong_together(edits[-1], edit):
            last = edits.pop()
            gone = tuple(old[last.old_start : old_end])
            edit = Edit(gone, tuple(new[last.start : end]), last.start, last.old_start)
        edits.append(edit)
    return tuple(edits)


def same_words(edits: Iterable[Edit], old: int, new: int) -> Iterator[tuple[int, int]]:
    """The numbers of each word that stayed, on both sides, of so many old and new words."""
    first = second = 0
    for edit in edits:
        yield from zip(range(first, edit.old_start), range(second, edit.start), strict=True)
        first, second = edit.old_start + len(edit.gone), edit.start + len(edit.new)
    yield from zip(range(first, old), range(second, new), strict=True)


def _length(units: Iterable[Words]) -> int:
    return sum(len(unit) for unit in units)


def _belong_together(first: Edit, second: Edit) -> bool:
    """Whether fewer words stand between two edits than either of them has."""
    between = second.start - (first.start + len(first.new))
    return between < min(_size(first), _size(second))


def _size(edit: Edit) -> int:
    return max(len(edit.gone), len(edit.new))
