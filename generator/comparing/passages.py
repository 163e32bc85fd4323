"""What differs in a passage, and what a passage that is new, gone or moved amounts to."""

from dataclasses import replace
from functools import lru_cache

from generator.comparing.causes import cause_of_passage, cause_of_words, is_by_rule, is_known
from generator.comparing.changes import Action, Cause, Change
from generator.comparing.filled import Filled, fill
from generator.comparing.places import Sides, place_of_word
from generator.comparing.version import Passage
from generator.comparing.wording import plain, plain_wording
from generator.comparing.words import Edit, Words, edits_between, words_of


def changes_in_passage(before: Passage, after: Passage, sides: Sides) -> list[Change]:
    """Each stretch of words that differs as printed, in their order.

    Told in words of the wording where that differs, so that it is one change for all letters.
    """
    if before.text == after.text or plain(before.text) == plain(after.text):
        return []
    old, new = fill(before), fill(after)
    if old is None or new is None:
        return _as_printed(before, after, sides, new)
    found: list[tuple[int, Change]] = []
    same: list[tuple[int, int]] = []
    first = second = 0
    for edit in _wording_edits(old.words, new.words):
        same += zip(range(first, edit.old_start), range(second, edit.start), strict=True)
        first, second = edit.old_start + len(edit.gone), edit.start + len(edit.new)
        printed = _printed(edit, old, new)
        if printed.gone != printed.new:
            change = _change(before, after, " ".join(edit.gone), " ".join(edit.new), printed)
            found.append((edit.start, _with_lines(change, edit, before, after)))
    same += zip(range(first, len(old.words)), range(second, len(new.words)), strict=True)
    for a, b in same:
        if old.printed[a] != new.printed[b]:
            found.append((b, _value_change(before, after, sides, (old, a), (new, b))))
    return [change for _, change in sorted(found, key=lambda each: each[0])]


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def _wording_edits(old: Words, new: Words) -> tuple[Edit, ...]:
    return edits_between(old, new)


def _printed(edit: Edit, old: Filled, new: Filled) -> Edit:
    """What was printed for the words of two wordings that differ."""
    gone = old.between(edit.old_start, edit.old_start + len(edit.gone))
    came = new.between(edit.start, edit.start + len(edit.new))
    return Edit(gone, came, new.starts[edit.start], old.starts[edit.old_start])


def _change(
    before: Passage, after: Passage, gone: str, new: str, printed: Edit, name: str = ""
) -> Change:
    return Change(
        Action.CHANGED,
        cause_of_words(before, after, name),
        gone=gone,
        new=new,
        before=before,
        after=after,
        inferred=not is_known(before, after),
        start=printed.start if printed.new else printed.old_start,
        printed=printed,
        name=name,
        place_before=before.place,
        place_after=after.place,
    )


def _with_lines(change: Change, edit: Edit, before: Passage, after: Passage) -> Change:
    """The change with the lines of the wording on which its words stand."""
    return replace(
        change,
        place_before=place_of_word(before, edit.old_start),
        place_after=place_of_word(after, edit.start),
    )


def _value_change(
    before: Passage, after: Passage, sides: Sides, old: tuple[Filled, int], new: tuple[Filled, int]
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


def _from_value(change: Change, sides: Sides) -> Change:
    """The change with the places where its value is given; where unknown, those of its passage."""
    before, after = sides.value_places(change.name)
    return replace(
        change,
        place_before=before or change.place_before,
        place_after=after or change.place_after,
    )


def _as_printed(before: Passage, after: Passage, sides: Sides, new: Filled | None) -> list[Change]:
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


def whole_passage(before: Passage | None, after: Passage | None, sides: Sides) -> Change:
    """The change of a passage that is new, gone, or, with both sides given, stands elsewhere."""
    passage = after or before
    assert passage is not None, "neither side given"
    action = Action.MOVED if before and after else Action.ADDED if after else Action.REMOVED
    cause = cause_of_passage(passage)
    by_rule = cause is Cause.INSERT and action is not Action.MOVED
    by_rule = by_rule and is_by_rule(passage.insert, sides.slugs, sides.old, sides.new)
    decided = sides.insert_places(passage, by_rule=by_rule) if passage.insert else (None, None)
    if action is Action.MOVED:
        decided = (None, None)
    return Change(
        action,
        Cause.RULE if by_rule else cause,
        gone=words_in(before) if before else "",
        new=words_in(after) if after else "",
        before=before,
        after=after,
        inferred=not (sides.before.has_wording and sides.after.has_wording),
        place_before=decided[0] or (before.place if before else None),
        place_after=decided[1] or (after.place if after else None),
    )


def words_in(passage: Passage) -> str:
    """The words of a passage: of its wording where that is known, else as printed."""
    return plain(passage.text) if passage.wording is None else plain_wording(passage.wording)
