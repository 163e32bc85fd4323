"""Two texts held against each other: which passage became which, and what changed word by word."""

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

    removed: Words
    added: Words
    start: int
    """Where it stands among the new words, from 0."""
    old_start: int
    """Where it stands among the old words, from 0."""


class WordMark(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


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
        first, second = edit.old_start + len(edit.removed), edit.start + len(edit.added)
    yield from zip(range(first, old), range(second, new), strict=True)


def _length(units: Iterable[Words]) -> int:
    return sum(len(unit) for unit in units)


def _belong_together(first: Edit, second: Edit) -> bool:
    """Whether fewer words stand between two edits than either of them has."""
    between = second.start - (first.start + len(first.added))
    return between < min(_size(first), _size(second))


def _size(edit: Edit) -> int:
    return max(len(edit.removed), len(edit.added))


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

_INSERT = 0.05
"""How little an insert counts in the order of a part: where one moved, what it passed did not."""
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
    weight = 1.0 if {before.insert, after.insert} <= {None, UNKNOWN} else _INSERT
    if known and before.insert == after.insert is not None:
        return max(alike, 0.1) * weight
    if after.role != "heading" and (is_one_of_its_kind(after) or after.role in _IN_ORDER):
        return max(alike, 0.1) * weight
    needed = ELSEWHERE if known and before.insert != after.insert else REWORDED
    return alike * weight if alike >= needed else 0.0


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


Keys = tuple[Key, ...]


class Pair(NamedTuple):
    """Two passages that are one, by number; None for one that is new, or gone."""

    before: int | None
    after: int | None
    moved: bool = False


class Alignment(NamedTuple):
    """All passages of two versions, each in one pair, in reading order of the new one."""

    pairs: tuple[Pair, ...]
    moved_parts: tuple[tuple[str, str], ...]
    """The sections that stand elsewhere among the others, by their old and new names."""


@lru_cache(maxsize=4096)
def align(before: Keys, after: Keys) -> Alignment:
    """Align the passages of two versions, by likeness and never by number.

    A new paragraph at the top shifts all others and changes none. Passages are sought within their
    part first, in their order; what is left may have moved. Everything here works on keys, which
    most letters share, so that what was found for one letter is remembered for the others.
    """
    names = _same_parts(before, after)
    found: dict[int, Pair] = {}
    for old_part, new_part in names.items():
        left = [n for n, key in enumerate(before) if key.part == old_part]
        right = [n for n, key in enumerate(after) if key.part == new_part]
        for a, b in _in_order(tuple(before[n] for n in left), tuple(after[n] for n in right)):
            found[right[b]] = Pair(left[a], right[b])
    _add_unplaced(before, after, found)
    _add_moved(before, after, found)
    return Alignment(_all_pairs(len(before), len(after), found), _moved_parts(names, before, after))


def _parts(keys: Keys) -> list[str]:
    return list(dict.fromkeys(key.part for key in keys if key.part is not None))


def _same_parts(before: Keys, after: Keys) -> dict[str, str]:
    """The new name of each old part: its own, or that of a part with mostly the same passages."""
    old, new = _parts(before), _parts(after)
    same = {name: name for name in old if name in new}
    for old_name in [name for name in old if name not in same]:
        left = [key for key in before if key.part == old_name]
        for new_name in [name for name in new if name not in same.values()]:
            right = [key for key in after if key.part == new_name]
            pairs = _in_order(tuple(left), tuple(right))
            alike = sum(passage_likeness(left[a].words, right[b].words) for a, b in pairs)
            if alike > max(len(left), len(right)) / 2:
                same[old_name] = new_name
                break
    return same


@lru_cache(maxsize=16384)
def _in_order(before: Keys, after: Keys) -> tuple[tuple[int, int], ...]:
    """The pairs that fit best altogether, among those that keep the order of both sides."""
    scores = [[score_in_part(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for a in range(len(before) - 1, -1, -1):
        row, below = best[a], best[a + 1]
        for b in range(len(after) - 1, -1, -1):
            paired = scores[a][b] + below[b + 1] if scores[a][b] else 0.0
            row[b] = max(below[b], row[b + 1], paired)
    pairs: list[tuple[int, int]] = []
    a = b = 0
    while a < len(before) and b < len(after):
        if scores[a][b] and best[a][b] == scores[a][b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return tuple(pairs)


def _left(before: Keys, after: Keys, found: dict[int, Pair]) -> tuple[list[int], list[int]]:
    taken = {pair.before for pair in found.values()}
    left = [n for n in range(len(before)) if n not in taken]
    return left, [n for n in range(len(after)) if n not in found]


def _add_unplaced(before: Keys, after: Keys, found: dict[int, Pair]) -> None:
    """Pair what was read without its part with what fits it, in the order of both sides."""
    left, right = _left(before, after, found)
    if all(key.part is not None for key in (*before, *after)):
        return
    pairs = _in_order(tuple(before[n] for n in left), tuple(after[n] for n in right))
    for a, b in pairs:
        old, new = left[a], right[b]
        if before[old].part is None or after[new].part is None:
            found[new] = Pair(old, new)


def _add_moved(before: Keys, after: Keys, found: dict[int, Pair]) -> None:
    """Pair what stands elsewhere with what is equal or very like to it, the likest first."""
    left, right = _left(before, after, found)
    alike = sorted(
        (-passage_likeness(before[a].words, after[b].words), b, a)
        for b in right
        for a in left
        if same_kind(before[a], after[b])
    )
    taken: set[int] = set()
    for score, b, a in alike:
        if -score >= ELSEWHERE and a not in taken and b not in found:
            taken.add(a)
            found[b] = Pair(a, b, moved=None not in {before[a].part, after[b].part})


def _all_pairs(before: int, after: int, found: dict[int, Pair]) -> tuple[Pair, ...]:
    """Every passage once: those gone stand before what followed them."""
    pairs: list[Pair] = []
    kept = {pair.before for pair in found.values()}
    gone = [n for n in range(before) if n not in kept]
    for b in range(after):
        pair = found.get(b, Pair(None, b))
        if pair.before is not None and not pair.moved:
            pairs += [Pair(n, None) for n in gone if n < pair.before]
            gone = [n for n in gone if n > pair.before]
        pairs.append(pair)
    return (*pairs, *(Pair(n, None) for n in gone))


def _moved_parts(names: dict[str, str], before: Keys, after: Keys) -> tuple[tuple[str, str], ...]:
    """The fewest parts whose moving explains the new order; the later of two that swapped."""
    new_order = _parts(after)
    order = [name for name in _parts(before) if name in names]
    kept = longest_rising([new_order.index(names[name]) for name in order])
    return tuple((name, names[name]) for n, name in enumerate(order) if n not in kept)


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """Where the longest row of rising numbers stands among these."""
    rows: list[list[int]] = []
    for n, number in enumerate(numbers):
        before = [row for row in rows if numbers[row[-1]] < number]
        rows.append([*_longest(before), n])
    return set(_longest(rows))


def _longest(rows: list[list[int]]) -> list[int]:
    return max(rows, key=lambda row: len(row)) if rows else []
