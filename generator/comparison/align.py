"""Which passage of last year's letter became which of this year's: by likeness, never by number.

A new paragraph at the top shifts all others and changes none. Passages are sought within their
part first, in their order; what is left may have moved. Everything here works on keys, which most
letters share, so that what was found for one letter is remembered for the others.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.comparison.words import ELSEWHERE, Key, passage_likeness, same_kind, score_in_part

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
    """Align the passages of two versions."""
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
    return (
        [n for n in range(len(before)) if n not in taken],
        [n for n in range(len(after)) if n not in found],
    )


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
