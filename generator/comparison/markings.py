"""Words that say the same and are set otherwise: a link that leads elsewhere, another emphasis."""

from functools import lru_cache
from typing import NamedTuple

from generator.comparison.words import edits_between, same_words, wording_words
from generator.letter.letter import Block
from generator.letter.normalised_wording import PieceOfWording, marked_words, plain, with_marks


class SetOtherwise(NamedTuple):
    """A stretch of words of two wordings, each with its marks."""

    gone: str
    new: str
    old_start: int
    """Where it stands among the words of the old wording, from 0."""
    start: int
    """The same of the new wording."""
    marking: str
    """What differs: `link`, or `emphasis` alone."""


def set_otherwise(before: Block, after: Block) -> tuple[SetOtherwise, ...]:
    """The words of a passage that both years have, and that are set otherwise now.

    Only where both wordings are known, and are Markdown: fixed words are printed as typed.
    """
    old, new = before.wording, after.wording
    if old is None or new is None or old == new:
        return ()
    if not {before.origin, after.origin} <= {"section", "insert"}:
        return ()
    return _between(old, new)


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def _between(old: str, new: str) -> tuple[SetOtherwise, ...]:
    was, is_ = marked_words(old), marked_words(new)
    edits = edits_between(wording_words(old), wording_words(new))
    stretches: list[list[tuple[int, int]]] = []
    for a, b in same_words(edits, len(was), len(is_)):
        if _marks(was[a]) == _marks(is_[b]):
            continue
        if stretches and stretches[-1][-1] == (a - 1, b - 1):
            stretches[-1].append((a, b))
        else:
            stretches.append([(a, b)])
    return tuple(
        _stretch([was[a] for a, _ in pairs], [is_[b] for _, b in pairs], *pairs[0])
        for pairs in stretches
    )


def _marks(word: tuple[PieceOfWording, ...]) -> list[PieceOfWording]:
    return [piece._replace(text=plain(piece.text)) for piece in word]


def _stretch(
    was: list[tuple[PieceOfWording, ...]],
    is_: list[tuple[PieceOfWording, ...]],
    old_start: int,
    start: int,
) -> SetOtherwise:
    links = ([piece.marks.link for word in words for piece in word] for words in (was, is_))
    marking = "emphasis" if next(links) == next(links) else "link"
    return SetOtherwise(with_marks(was), with_marks(is_), old_start, start, marking)
