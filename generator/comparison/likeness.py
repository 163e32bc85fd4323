"""How like two passages are, from 0 to 1, and from when on they are the same one reworded."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq


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
    alike = likeness(before.words, after.words)
    known = UNKNOWN not in {before.insert, after.insert}
    same_insert = known and before.insert == after.insert is not None
    if same_insert or is_one_of_its_kind(after) or after.role in _IN_ORDER:
        return max(alike, 0.1)
    needed = ELSEWHERE if known and before.insert != after.insert else REWORDED
    return alike if alike >= needed else 0.0


@lru_cache(maxsize=65536)  # the letters of an edition share most of their passages
def likeness(before: str, after: str) -> float:
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
    alike = (by_words + fuzz.ratio(before, after) / 100) / 2
    contained = fewest >= _FEWEST_WORDS and shared >= 0.8 * fewest
    return min(max(alike, 0.6 if contained else 0.0), 0.999)
