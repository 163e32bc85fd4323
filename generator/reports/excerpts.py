"""Changes as their words among those around them: what stays, what is gone, what is new."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.comparison.block_changes import NEXT
from generator.comparison.changes import Change, ChangeType
from generator.comparison.passages import fill
from generator.comparison.words import Span, WordMark, Words, wording_words, words_of
from generator.letter.letter import Block

CUT = "…"
"""Stands for words that are left out."""


def in_passage(changes: Sequence[Change], around: int, *, shared: bool = True) -> tuple[Span, ...]:
    """The words of changes of one passage in reading order, unchanged ones between and around them.

    Gone words stand before the new ones. What several letters share is shown in words of their
    wording, where each has values of its own; what one letter has, as printed.
    """
    if changes[0].action is ChangeType.MOVED:
        words = printed(changes[0])[1] if not shared else words_of(changes[0].added)
        return (Span(WordMark.SAME, _beginning(words, 2 * around)),)
    located = [_in_wording(c) if shared else _as_printed(c) for c in changes]
    found: list[Span] = []
    for words, readings in groupby(located, key=lambda each: each.words):
        found += _marked(words, sorted(readings, key=lambda each: each.start), around)
    return tuple(span for span in found if span.words)


@dataclass(frozen=True)
class _Located:
    """The words of a change, and where among all words of its passage they stand."""

    gone: Words
    new: Words
    words: Words = ()
    start: int = 0
    length: int = 0


def _marked(words: Words, changes: Sequence[_Located], around: int) -> Iterator[Span]:
    done = 0
    for number, change in enumerate(changes):
        between = words[done : change.start]
        yield Span(WordMark.SAME, _middle(between, around) if number else _end(between, around))
        yield Span(WordMark.GONE, change.gone)
        yield Span(WordMark.NEW, change.new)
        done = change.start + change.length
    yield Span(WordMark.SAME, _beginning(words[done:], around))


def printed(change: Change) -> tuple[Words, Words]:
    """The words that are gone and those that are new, as the letter prints them."""
    if change.printed is not None:
        return change.printed.gone, change.printed.new
    if change.action is ChangeType.CHANGED:
        return words_of(change.removed), words_of(change.added)
    before, after = (
        (change.passages or (side,)) if isinstance(side, Block) else ()
        for side in (change.before, change.after)
    )
    gone, new = (words_of(f" {NEXT} ".join(p.text for p in each)) for each in (before, after))
    return gone or words_of(change.removed), new or words_of(change.added)


def _as_printed(change: Change) -> _Located:
    edit, after = change.printed, change.after
    if edit is not None and isinstance(after, Block):
        words = words_of(after.text)
        return _Located(edit.gone, edit.new, words, edit.start, len(edit.new))
    return (
        _in_wording(change) if change.action is ChangeType.CHANGED else _Located(*printed(change))
    )


def _in_wording(change: Change) -> _Located:
    if change.action is not ChangeType.CHANGED:
        return _Located(words_of(change.removed), words_of(change.added))
    found = _at_its_edit(change) or _sought(change)
    if found is None and change.printed is not None:
        return _as_printed(change)
    return found or _Located(words_of(change.removed), words_of(change.added))


def _at_its_edit(change: Change) -> _Located | None:
    """Where the printed words of a change stand among those of its wording."""
    edit, after = change.printed, change.after
    filled = fill(after) if isinstance(after, Block) else None
    if edit is None or filled is None:
        return None
    numbers = {start: number for number, start in enumerate(filled.starts)}
    first, end = numbers.get(edit.start), numbers.get(edit.start + len(edit.new))
    if first is None or end is None:
        return None
    before = change.before
    of_wording = isinstance(before, Block) and before.wording is not None and not change.name
    gone, new = edit.gone, edit.new
    if of_wording:
        gone, new = wording_words(change.removed), wording_words(change.added)
    return _Located(gone, new, filled.words, first, end - first)


def _sought(change: Change) -> _Located | None:
    """Where words are that have no place among the printed ones: nearest to where they should."""
    side = change.after if change.added else change.before
    if not isinstance(side, Block):
        return None
    for split, passage_words in _readings(change, side):
        words = split(change.added or change.removed)
        starts = list(_starts(words, passage_words))
        if starts:
            start = min(starts, key=lambda start: abs(start - _near(change)))
            shown = words_of if change.marking else split
            gone, new = shown(change.removed), shown(change.added)
            return _Located(gone, new, passage_words, start, len(words))
    return None


def _near(change: Change) -> int:
    """About where its words begin: exactly, in the printed words of the side that has them."""
    if change.printed is None:
        return change.start
    return change.printed.start if change.added else change.printed.old_start


Reading = tuple[Callable[[str], Words], Words]


def _readings(change: Change, side: Block) -> Iterator[Reading]:
    """The ways to read the passage, the likelier first: its wording where that is what differs."""
    sides = [other for other in (change.before, change.after) if isinstance(other, Block)]
    wordings = {other.wording for other in sides}
    as_printed: Reading = (words_of, words_of(side.text))
    written: list[Reading] = []
    if side.wording is not None:
        written.append((wording_words, wording_words(side.wording)))
    if change.marking:
        yield from written
    elif None not in wordings and len(wordings) > 1:
        yield from (*written, as_printed)
    else:
        yield from (as_printed, *written)


def _starts(words: Words, among: Words) -> Iterator[int]:
    """Where these words begin among others."""
    for start in range(len(among) - len(words) + 1):
        if among[start : start + len(words)] == words:
            yield start


def _end(words: Words, number: int) -> Words:
    return words if len(words) <= number else (CUT, *words[len(words) - number :])


def _beginning(words: Words, number: int) -> Words:
    return words if len(words) <= number else (*words[:number], CUT)


def _middle(words: Words, number: int) -> Words:
    if len(words) <= 2 * number:
        return words
    return (*words[:number], *_end(words[number:], number))
