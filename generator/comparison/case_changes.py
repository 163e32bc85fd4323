"""Words that another case of a condition has: nobody reworded them, a rule came out otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from generator.comparison.changes import INSERT, RULE, WORDING, Change
from generator.comparison.edition_context import Condition, LetterPair
from generator.letter.letter import Block


def by_condition(change: Change, sides: LetterPair) -> Change:
    """A change with the condition that is why, where one is.

    That is so where both editions have the words that came and those that went, all of them under
    conditions: then only what these ask for can differ. Where nothing is known of last year's
    edition but its letters, this year's tells.
    """
    before, after = change.before, change.after
    if change.cause not in {WORDING, INSERT} or change.marking:
        return change
    passages = [side for side in (before, after) if side is not None]
    editions = [sides.new] if sides.old.section_list is None else [sides.old, sides.new]
    known = all(
        isinstance(passage, Block) and edition.case(passage)
        for passage in passages
        for edition in editions
    )
    if not known or change.whole_part:
        return change
    newest = passages[-1]
    assert isinstance(newest, Block), "a figure stands under no condition"
    conditions = sides.old.case(newest), sides.new.case(newest)
    return by_rule(change, *conditions, sides, new_tell=not conditions[0])


def by_rule(
    change: Change,
    old: Sequence[Condition],
    new: Sequence[Condition],
    sides: LetterPair,
    *,
    new_tell: bool = False,
) -> Change:
    """A change with the rule that is why, and the value for which it came out the other way.

    The first that these conditions ask for and that is another now, where they say the same as they
    did; `new_tell` where it is not known what they said. No value, and the last rule, otherwise.
    """
    rules = (old[-1].place if old else None, new[-1].place if new else None)
    asked = ""
    if new_tell or [condition.source for condition in old] == [each.source for each in new]:
        for was, condition in zip_longest(old, new):
            asked = next(filter(sides.differs, condition.names), "")
            if asked:
                rules = (was.place if was else None, condition.place)
                break
    values = sides.value_places(asked) if asked else (None, None)
    return replace(
        change,
        cause=RULE,
        triggering_value=asked,
        rule_before=rules[0],
        rule_after=rules[1],
        place_before=values[0] or rules[0] or change.place_before,
        place_after=values[1] or rules[1] or change.place_after,
    )
