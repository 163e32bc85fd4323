"""A change as its words among those around them: what stays, what is gone, what is new."""

from collections.abc import Callable, Iterator

from generator.comparing.changes import Action, Change
from generator.comparing.filled import fill
from generator.comparing.version import Passage
from generator.comparing.whole import NEXT
from generator.comparing.words import Mark, Span, Words, wording_words, words_of

AROUND = 12
"""How many words are shown on either side of a change: enough to know the sentence again."""
CUT = "…"
"""Stands for words that are left out."""


def in_context(change: Change, around: int = AROUND, *, shared: bool = True) -> tuple[Span, ...]:
    """The words of a change in reading order, with up to so many unchanged ones on either side.

    Gone words stand before the new ones. What several letters share is shown in words of their
    wording, where each has values of its own; what one letter has, as printed.
    """
    if change.action is Action.MOVED:
        gone, new = (words_of(change.gone), words_of(change.new)) if shared else printed(change)
        return (Span(Mark.SAME, _beginning(new or gone, 2 * around)),)
    left, gone, new, right = _in_wording(change) if shared else _as_printed(change)
    found = (
        Span(Mark.SAME, _end(left, around)),
        Span(Mark.GONE, gone),
        Span(Mark.NEW, new),
        Span(Mark.SAME, _beginning(right, around)),
    )
    return tuple(span for span in found if span.words)


def printed(change: Change) -> tuple[Words, Words]:
    """The words that are gone and those that are new, as the letter prints them."""
    if change.printed is not None:
        return change.printed.gone, change.printed.new
    if change.action is Action.CHANGED:
        return words_of(change.gone), words_of(change.new)
    before, after = (
        (change.passages or (side,)) if isinstance(side, Passage) else ()
        for side in (change.before, change.after)
    )
    gone, new = (words_of(f" {NEXT} ".join(p.text for p in each)) for each in (before, after))
    return gone or words_of(change.gone), new or words_of(change.new)


Parts = tuple[Words, Words, Words, Words]
"""The words before a change, those gone, those new, and the words after it."""


def _as_printed(change: Change) -> Parts:
    edit, after = change.printed, change.after
    if edit is None or not isinstance(after, Passage):
        whole = change.action is not Action.CHANGED
        return ((), *printed(change), ()) if whole else _in_wording(change)
    words = words_of(after.text)
    return words[: edit.start], edit.gone, edit.new, words[edit.start + len(edit.new) :]


def _in_wording(change: Change) -> Parts:
    after = change.after
    if change.name and change.printed is not None and isinstance(after, Passage):
        return _value_in_wording(change, after) or _as_printed(change)
    side = after if change.new else change.before
    words_in = change.new or change.gone
    if change.action is Action.CHANGED and words_in and isinstance(side, Passage):
        for split, passage_words in _readings(change, side):
            words = split(words_in)
            starts = list(_starts(words, passage_words))
            if starts:
                start = min(starts, key=lambda start: abs(start - _near(change)))
                left, right = passage_words[:start], passage_words[start + len(words) :]
                gone, new = (_words(text, split, change) for text in (change.gone, change.new))
                return left, gone, new, right
    if change.printed is not None:
        return _as_printed(change)
    return (), words_of(change.gone), words_of(change.new), ()


def _value_in_wording(change: Change, after: Passage) -> Parts | None:
    """A value that differs among the words of its wording, as every letter has them."""
    filled, edit = fill(after), change.printed
    if filled is None or edit is None or edit.start not in filled.starts[:-1]:
        return None
    number = max(n for n, start in enumerate(filled.starts[:-1]) if start == edit.start)
    if filled.printed[number] != edit.new:
        return None
    return filled.words[:number], edit.gone, edit.new, filled.words[number + 1 :]


def _words(text: str, split: Callable[[str], Words], change: Change) -> Words:
    """The words of a change; where only their marks differ, with these."""
    return words_of(text) if change.marking else split(text)


def _near(change: Change) -> int:
    """About where its words begin: exactly, in the printed words of the side that has them."""
    if change.printed is None:
        return change.start
    return change.printed.start if change.new else change.printed.old_start


Reading = tuple[Callable[[str], Words], Words]


def _readings(change: Change, side: Passage) -> Iterator[Reading]:
    """The ways to read the passage, the likelier first: its wording where that is what differs."""
    sides = [other for other in (change.before, change.after) if isinstance(other, Passage)]
    wordings = {other.wording for other in sides}
    printed: Reading = (words_of, words_of(side.text))
    written: list[Reading] = []
    if side.wording is not None:
        written.append((wording_words, wording_words(side.wording)))
    if change.marking:
        yield from written
    elif None not in wordings and len(wordings) > 1:
        yield from (*written, printed)
    else:
        yield from (printed, *written)


def _starts(words: Words, among: Words) -> Iterator[int]:
    """Where these words begin among others."""
    for start in range(len(among) - len(words) + 1):
        if among[start : start + len(words)] == words:
            yield start


def _end(words: Words, number: int) -> Words:
    return words if len(words) <= number else (CUT, *words[len(words) - number :])


def _beginning(words: Words, number: int) -> Words:
    return words if len(words) <= number else (*words[:number], CUT)
