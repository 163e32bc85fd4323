"""What a passage, or a whole section, that is new, gone or moved amounts to."""

from collections.abc import Sequence
from dataclasses import replace

from generator.comparison.causes import cause_of_passage, is_by_rule
from generator.comparison.changes import Cause, Change, ChangeType
from generator.comparison.places import LetterPair
from generator.letter.letter import Block
from generator.letter.normalised_wording import plain, plain_wording
from generator.problems import Place

Places = tuple[Place | None, Place | None]
"""Where to look on last year's side, and on this year's."""

NEXT = "¶"
"""Stands between the passages of a section that came or went."""


def whole_passage(before: Block | None, after: Block | None, sides: LetterPair) -> Change:
    """The change of a passage that is new, gone, or, with both sides given, stands elsewhere."""
    before = sides.old.located(before) if before else None
    after = sides.new.located(after) if after else None
    passage = after or before
    assert passage is not None, "neither side given"
    action = _action(before, after)
    cause = cause_of_passage(passage)
    insert = passage.insert or ""
    asked = ""
    decided: Places = (None, None)
    rules: Places = (None, None)
    if insert and action is not ChangeType.MOVED:
        decided = sides.choice_places(insert)
        if cause is Cause.INSERT and is_by_rule(insert, sides.slugs, sides.old, sides.new):
            cause, asked = Cause.RULE, sides.asked(insert)
            rules = sides.rule_places(insert)
            decided = sides.value_places(asked) if asked else rules
    return Change(
        action,
        cause,
        removed=words_in(before) if before else "",
        added=words_in(after) if after else "",
        before=before,
        after=after,
        inferred=not _known(sides),
        triggering_value=asked,
        rule_before=rules[0],
        rule_after=rules[1],
        place_before=decided[0] or (before.place if before else None),
        place_after=decided[1] or (after.place if after else None),
    )


def _action(before: Block | None, after: Block | None) -> ChangeType:
    if before and after:
        return ChangeType.MOVED
    return ChangeType.ADDED if after else ChangeType.REMOVED


def _known(sides: LetterPair) -> bool:
    return sides.before.has_wording and sides.after.has_wording


def moved_section(before: Block, after: Block, sides: LetterPair) -> Change:
    """A whole section that stands elsewhere, by its first passage: the edition's list differs."""
    change = _whole_section(before, after, sides)
    return replace(change, removed=words_in(before), added=words_in(after))


def section_came_or_went(passages: Sequence[Block], sides: LetterPair, *, came: bool) -> Change:
    """A whole section that the edition's list has and had not, or had and has not."""
    first = passages[0]
    words = f" {NEXT} ".join(map(words_in, passages))
    if came:
        change = replace(_whole_section(None, first, sides), added=words)
    else:
        change = replace(_whole_section(first, None, sides), removed=words)
    return replace(change, passages=tuple(passages))


def _whole_section(before: Block | None, after: Block | None, sides: LetterPair) -> Change:
    old, new = (
        (background.sections.get(passage.part or "") if passage else background.section_list)
        for passage, background in ((before, sides.old), (after, sides.new))
    )
    return Change(
        _action(before, after),
        Cause.EDITION,
        before=before,
        after=after,
        inferred=not _known(sides),
        whole_part=True,
        place_before=old or (before.place if before else None),
        place_after=new or (after.place if after else None),
    )


def words_in(passage: Block) -> str:
    """The words of a passage: of its wording where that is known, else as printed."""
    return plain(passage.text) if passage.wording is None else plain_wording(passage.wording)
