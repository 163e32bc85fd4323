"""What differs in a passage that both years have: its words, its values, how they are set."""

from dataclasses import replace
from functools import lru_cache

from generator.comparison.causes import cause_of_passage, cause_of_words, is_known
from generator.comparison.changes import Cause, Change, ChangeType
from generator.comparison.filled import Filled, fill
from generator.comparison.markings import SetOtherwise, set_otherwise
from generator.comparison.places import NOUN, LetterPair, place_of_word
from generator.comparison.words import Edit, Words, edits_between, same_words, words_of
from generator.letter.letter import Block
from generator.letter.normalised_wording import plain


def changes_in_passage(before: Block, after: Block, sides: LetterPair) -> list[Change]:
    """Each stretch of words that differs as printed, in their order.

    Told in words of the wording where that differs, so that it is one change for all letters.
    """
    same = before.text == after.text or plain(before.text) == plain(after.text)
    markings = set_otherwise(before, after)
    if same and not markings:
        return []
    before, after = sides.old.located(before), sides.new.located(after)
    changes = [] if same else _changed_words(before, after, sides)
    return changes + [_set_otherwise(marking, before, after) for marking in markings]


def _changed_words(before: Block, after: Block, sides: LetterPair) -> list[Change]:
    old, new = fill(before), fill(after)
    if old is None or new is None:
        return _as_printed(before, after, sides, new)
    found: list[tuple[int, Change]] = []
    edits = _wording_edits(old.words, new.words)
    for edit in edits:
        printed = _printed(edit, old, new)
        if printed.gone != printed.new:
            change = _change(before, after, " ".join(edit.gone), " ".join(edit.new), printed)
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
        removed=marking.gone,
        added=marking.new,
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
    gone = old.between(edit.old_start, edit.old_start + len(edit.gone))
    came = new.between(edit.start, edit.start + len(edit.new))
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
        start=printed.start if printed.new else printed.old_start,
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
        gone, came = " ".join(printed.gone), " ".join(printed.new)
    change = _change(before, after, gone, came, printed, name)
    return _from_value(change, sides)


def _from_value(change: Change, sides: LetterPair) -> Change:
    """The change with the places where its value is given; where unknown, those of its passage."""
    before, after = sides.value_places(change.name)
    of_the_edition = change.name == NOUN and sides.same_kind
    return replace(
        change,
        cause=Cause.EDITION if of_the_edition else change.cause,
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
        if not spaces_count and "".join(edit.gone) == "".join(edit.new):
            continue
        name = names.get(edit.start, "")
        change = _change(before, after, " ".join(edit.gone), " ".join(edit.new), edit, name)
        changes.append(_from_value(change, sides) if name else change)
    return changes


def _whole_value(edits: list[Edit], start: int, end: int, old: Words, new: Words) -> list[Edit]:
    """The edits, with those inside a value as one that is all of it: from one name to the other."""
    inside = [e for e in edits if start <= e.start and e.start + len(e.new) <= end]
    if (start, end) != (0, len(new)):  # words gone at its edge may have been the wording's
        inside = [e for e in inside if e.new or start < e.start < end]
    reaching = [e for e in edits if e.start < end and e.start + len(e.new) > start]
    if not inside or any(e not in inside for e in reaching):
        return edits
    first, last = inside[0], inside[-1]
    old_start = first.old_start - (first.start - start)
    old_end = last.old_start + len(last.gone) + (end - last.start - len(last.new))
    whole = Edit(old[old_start:old_end], new[start:end], start, old_start)
    kept = [e for e in edits if e not in inside]
    return sorted([*kept, whole], key=lambda edit: edit.start)
