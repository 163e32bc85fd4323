"""Word by word: what is gone and what is new between two texts, and how to put it back."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from generator.letter.markup import WORDING_WORD, likeness, plain, plain_wording

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


class Key(NamedTuple):
    """What a passage is recognised by: its place in the letter, and its wording or its text."""

    part: str | None
    role: str
    insert: str | None
    words: str


UNKNOWN = "?"
"""Stands for the insert of a passage of which only the text is known."""
REWORDED = 0.45
"""From here on a passage of the same part is the same, reworded; others of a letter reach 0.35."""
ELSEWHERE = 0.75
"""What is asked of a passage that stands elsewhere, or belongs to another insert or to none."""

_PROSE = {"paragraph", "bullet", "numbered"}
_IN_ORDER = {"address_line", "office"}
"""Lines that are known by standing where they stand: a new name is still the first line."""
_FEWEST_WORDS = 6
"""A shorter passage may be found in a longer one by chance."""


def same_kind(before: Key, after: Key) -> bool:
    """Whether one may have become the other: a heading a heading, but a list prose."""
    return before.role == after.role or {before.role, after.role} <= _PROSE


def is_one_of_its_kind(key: Key) -> bool:
    """Whether a letter, or a section, has but one such block: a date, a salutation, a heading."""
    return key.role not in _PROSE | _IN_ORDER


def score_in_part(before: Key, after: Key) -> float:
    """How well one fits the other within a part: 0 where they cannot be the same passage."""
    if not same_kind(before, after):
        return 0.0
    alike = passage_likeness(before.words, after.words)
    known = UNKNOWN not in {before.insert, after.insert}
    same_insert = known and before.insert == after.insert is not None
    if same_insert or is_one_of_its_kind(after) or after.role in _IN_ORDER:
        return max(alike, 0.1)
    needed = ELSEWHERE if known and before.insert != after.insert else REWORDED
    return alike if alike >= needed else 0.0


@lru_cache(maxsize=65536)  # the letters of an edition share most of their passages
def passage_likeness(before: str, after: str) -> float:
    """How like two texts are: by their words in order, and by the signs of which these are made.

    Where all of one stands in the other, it grew or shrank and is the same.
    """
    if before == after:
        return 1.0
    left, right = before.split(), after.split()
    if not left or not right:
        return 0.0
    shared = LCSseq.similarity(left, right)
    fewest = min(len(left), len(right))
    by_words = 2 * shared / (len(left) + len(right))
    alike = (by_words + likeness(before, after)) / 2
    contained = fewest >= _FEWEST_WORDS and shared >= 0.8 * fewest
    return min(max(alike, 0.6 if contained else 0.0), 0.999)
