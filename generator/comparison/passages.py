"""What differs in a passage that both years have: its words, its values, how they are set."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from generator.comparison.changes import (
    EDITION,
    Change,
    ChangeType,
    cause_of_passage,
    cause_of_words,
    is_known,
)
from generator.comparison.edition_context import NOUN, LetterPair, place_of_word
from generator.comparison.words import (
    Edit,
    Words,
    edits_between,
    same_words,
    wording_words,
    words_of,
)
from generator.letter.letter import Block
from generator.letter.markup import (
    PLACEHOLDER,
    PieceOfWording,
    marked_words,
    names_in,
    plain,
    with_marks,
)

ROLE = "role"
"""The marking of a passage that is another kind of block now."""

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filled:
    """The words of a wording, and for each the words printed and the values among them."""

    words: Words
    printed: tuple[Words, ...]
    values: tuple[Values, ...]
    starts: tuple[int, ...]
    """Where the printed words of each begin among all; one more, for the end."""

    def between(self, first: int, end: int) -> Words:
        """What was printed for the words from one number to another."""
        return tuple(word for printed in self.printed[first:end] for word in printed)

    def ranges(self) -> Iterator[tuple[int, int, str]]:
        """Where the words that hold a value begin and end among all printed, and its name."""
        for number, values in enumerate(self.values):
            if values:
                yield self.starts[number], self.starts[number + 1], values[0][0]


def fill(passage: Block) -> Filled | None:
    """The words of a passage's wording with what was printed for each.

    None where its wording is not known, or its words cannot be told from its values.
    """
    if passage.wording is None:
        return None
    words, placed = _shape(passage.wording)
    if tuple(name for each in placed for name in each.names) != tuple(n for n, _ in passage.values):
        return None
    given = iter(passage.values)
    printed: list[Words] = [(word,) for word in words]
    values: list[Values] = [()] * len(words)
    for each in placed:
        pairs = tuple(next(given) for _ in each.names)
        printed[each.number] = each.filled([plain(value) for _, value in pairs])
        values[each.number] = pairs
    if tuple(chain.from_iterable(printed)) != words_of(passage.text):
        return None
    starts = accumulate(map(len, printed), initial=0)
    return Filled(words, tuple(printed), tuple(values), tuple(starts))


@dataclass(frozen=True)
class _Placed:
    """A word of a wording that holds placeholders: their names, and what is around them."""

    number: int
    names: tuple[str, ...]
    around: tuple[str, ...]

    def filled(self, values: list[str]) -> Words:
        """What is printed for the word with these values."""
        pieces = zip(self.around, [*values, ""], strict=True)
        return tuple("".join(chain.from_iterable(pieces)).split())


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def _shape(wording: str) -> tuple[Words, tuple[_Placed, ...]]:
    """The words of a wording, and those among them that are not the same in every letter."""
    words = wording_words(wording)
    placed = tuple(
        _Placed(number, names_in(word), tuple(PLACEHOLDER.split(word)))
        for number, word in enumerate(words)
        if "{{" in word and names_in(word)
    )
    return words, placed


class SetOtherwise(NamedTuple):
    """A stretch of words of two wordings, each with its marks."""

    removed: str
    added: str
    old_start: int
    """Where it stands among the words of the old wording, from 0."""
    start: int
    """The same of the new wording."""
    marking: str
    """What differs: `link`, or `emphasis` alone; `role` where it is all of the passage."""


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


def changes_in_passage(before: Block, after: Block, sides: LetterPair) -> list[Change]:
    """Each stretch of words that differs as printed, in their order.

    Told in words of the wording where that differs, so that it is one change for all letters.
    """
    same = before.text == after.text or plain(before.text) == plain(after.text)
    markings = [*set_otherwise(before, after), *_of_another_role(before, after)]
    if same and not markings:
        return []
    before, after = sides.old.located(before), sides.new.located(after)
    changes = [] if same else _changed_words(before, after, sides)
    return changes + [_set_otherwise(marking, before, after) for marking in markings]


def _of_another_role(before: Block, after: Block) -> Iterator[SetOtherwise]:
    """That a paragraph was made an item of a list, say; all of its words, and none in particular.

    Only where both wordings are known: in what was read from pages, the marks may be lost.
    """
    if before.role != after.role and is_known(before, after):
        yield SetOtherwise("", "", 0, 0, ROLE)


def _changed_words(before: Block, after: Block, sides: LetterPair) -> list[Change]:
    old, new = fill(before), fill(after)
    if old is None or new is None:
        return _as_printed(before, after, sides, new)
    found: list[tuple[int, Change]] = []
    edits = _wording_edits(old.words, new.words)
    for edit in edits:
        printed = _printed(edit, old, new)
        if printed.removed != printed.added:
            change = _change(before, after, " ".join(edit.removed), " ".join(edit.added), printed)
            change = _with_lines(change, edit.old_start, edit.start)
            found.append((edit.start, change))
    for a, b in same_words(edits, len(old.words), len(new.words)):
        if old.printed[a] != new.printed[b]:
            found.append((b, _value_change(before, after, sides, (old, a), (new, b))))
    return [change for _, change in sorted(found, key=lambda each: each[0])]


def _set_otherwise(marking: SetOtherwise, before: Block, after: Block) -> Change:
    """The same words, set otherwise: nothing of what is printed, so it has no edit of that."""
    change = Change(
        ChangeType.CHANGED,
        cause_of_passage(after, before.insert),
        removed=marking.removed,
        added=marking.added,
        before=before,
        after=after,
        start=marking.start,
        marking=marking.marking,
    )
    return _with_lines(change, marking.old_start, marking.start)


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def _wording_edits(old: Words, new: Words) -> tuple[Edit, ...]:
    return edits_between(old, new)


def _printed(edit: Edit, old: Filled, new: Filled) -> Edit:
    """What was printed for the words of two wordings that differ."""
    gone = old.between(edit.old_start, edit.old_start + len(edit.removed))
    came = new.between(edit.start, edit.start + len(edit.added))
    return Edit(gone, came, new.starts[edit.start], old.starts[edit.old_start])


def _change(
    before: Block, after: Block, gone: str, new: str, printed: Edit, name: str = ""
) -> Change:
    return Change(
        ChangeType.CHANGED,
        cause_of_words(before, after, name),
        removed=gone,
        added=new,
        before=before,
        after=after,
        inferred=not is_known(before, after),
        start=printed.start if printed.added else printed.old_start,
        printed=printed,
        name=name,
        place_before=before.place,
        place_after=after.place,
    )


def _with_lines(change: Change, old_start: int, start: int) -> Change:
    """The change with the lines of the wording on which its words stand."""
    before, after = change.before, change.after
    assert isinstance(before, Block), "a figure has no wording"
    assert isinstance(after, Block), "a figure has no wording"
    return replace(
        change,
        place_before=place_of_word(before, old_start),
        place_after=place_of_word(after, start),
    )


def _value_change(
    before: Block,
    after: Block,
    sides: LetterPair,
    old: tuple[Filled, int],
    new: tuple[Filled, int],
) -> Change:
    """Another value, or several, inside a word of a wording that is the same."""
    (was, a), (is_, b) = old, new
    printed = Edit(was.printed[a], is_.printed[b], is_.starts[b], was.starts[a])
    values = [
        (name, plain(gone), plain(came))
        for (name, gone), (_, came) in zip(was.values[a], is_.values[b], strict=True)
        if plain(gone) != plain(came)
    ]
    name, gone, came = values[0]
    if len(values) > 1:
        gone, came = " ".join(printed.removed), " ".join(printed.added)
    change = _change(before, after, gone, came, printed, name)
    return _from_value(change, sides)


def _from_value(change: Change, sides: LetterPair) -> Change:
    """The change with the places where its value is given; where unknown, those of its passage."""
    before, after = sides.value_places(change.name)
    of_the_edition = change.name == NOUN and sides.same_kind
    return replace(
        change,
        cause=EDITION if of_the_edition else change.cause,
        place_before=before or change.place_before,
        place_after=after or change.place_after,
    )


def _as_printed(before: Block, after: Block, sides: LetterPair, new: Filled | None) -> list[Change]:
    """The changes of a passage whose wording one side lacks, in printed words."""
    spaces_count = sides.before.has_wording and sides.after.has_wording
    old_words, new_words = words_of(before.text), words_of(after.text)
    edits = list(edits_between(old_words, new_words))
    names: dict[int, str] = {}
    for start, end, name in new.ranges() if new else ():
        edits = _whole_value(edits, start, end, old_words, new_words)
        names[start] = name
    changes = []
    for edit in edits:
        if not spaces_count and "".join(edit.removed) == "".join(edit.added):
            continue
        name = names.get(edit.start, "")
        change = _change(before, after, " ".join(edit.removed), " ".join(edit.added), edit, name)
        changes.append(_from_value(change, sides) if name else change)
    return changes


def _whole_value(edits: list[Edit], start: int, end: int, old: Words, new: Words) -> list[Edit]:
    """The edits, with those inside a value as one that is all of it: from one name to the other."""
    inside = [e for e in edits if start <= e.start and e.start + len(e.added) <= end]
    if (start, end) != (0, len(new)):  # words gone at its edge may have been the wording's
        inside = [e for e in inside if e.added or start < e.start < end]
    reaching = [e for e in edits if e.start < end and e.start + len(e.added) > start]
    if not inside or any(e not in inside for e in reaching):
        return edits
    first, last = inside[0], inside[-1]
    old_start = first.old_start - (first.start - start)
    old_end = last.old_start + len(last.removed) + (end - last.start - len(last.added))
    whole = Edit(old[old_start:old_end], new[start:end], start, old_start)
    kept = [e for e in edits if e not in inside]
    return sorted([*kept, whole], key=lambda edit: edit.start)
