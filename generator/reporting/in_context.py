"""A change as its words among those around them: what stays, what is gone, what is new."""

from collections.abc import Callable, Iterator

from generator.comparing.changes import Action, Change
from generator.comparing.version import Passage
from generator.comparing.words import Mark, Span, Words, wording_words, words_of

AROUND = 12
"""How many words are shown on either side of a change: enough to know the sentence again."""
CUT = "…"
"""Stands for words that are left out."""


def in_context(change: Change, around: int = AROUND) -> tuple[Span, ...]:
    """The words of a change in reading order, with up to so many unchanged ones on either side.

    Gone words stand before the new ones. Without its surroundings where these are not known.
    """
    if change.action is Action.MOVED:
        return (Span(Mark.SAME, _beginning(words_of(change.new or change.gone), 2 * around)),)
    left, gone, new, right = _in_passage(change)
    found = (
        Span(Mark.SAME, _end(left, around)),
        Span(Mark.GONE, gone),
        Span(Mark.NEW, new),
        Span(Mark.SAME, _beginning(right, around)),
    )
    return tuple(span for span in found if span.words)


def _in_passage(change: Change) -> tuple[Words, Words, Words, Words]:
    """The words before a change, those gone, those new, and the words after it."""
    side = change.after if change.new else change.before
    words_in = change.new or change.gone
    if change.action is Action.CHANGED and words_in and isinstance(side, Passage):
        for split, passage_words in _readings(change, side):
            words = split(words_in)
            starts = list(_starts(words, passage_words))
            if starts:
                start = min(starts, key=lambda start: abs(start - _near(change)))
                left, right = passage_words[:start], passage_words[start + len(words) :]
                return left, split(change.gone), split(change.new), right
    return _as_printed(change)


def _as_printed(change: Change) -> tuple[Words, Words, Words, Words]:
    """The same of the printed words, where a value is not found for the comma that follows it."""
    edit, after = change.printed, change.after
    if edit is None or not isinstance(after, Passage):
        return (), words_of(change.gone), words_of(change.new), ()
    words = words_of(after.text)
    return words[: edit.start], edit.gone, edit.new, words[edit.start + len(edit.new) :]


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
    if None not in wordings and len(wordings) > 1:
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
