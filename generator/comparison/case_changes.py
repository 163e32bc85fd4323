"""Words that another case of a condition has: nobody reworded them, a rule came out otherwise."""

from dataclasses import replace

from generator.comparison.changes import INSERT, RULE, WORDING, Change
from generator.comparison.edition_context import LetterPair
from generator.letter.letter import Block
from generator.problems import Place


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
    asked, old, new = _asked(newest, sides)
    was, is_ = sides.value_places(asked) if asked else (old, new)
    return replace(
        change,
        cause=RULE,
        triggering_value=asked,
        rule_before=old,
        rule_after=new,
        place_before=was or old,
        place_after=is_ or new,
    )


def _asked(passage: Block, sides: LetterPair) -> tuple[str, Place | None, Place | None]:
    """The first value that its conditions ask for and that is another now, and where its rule is.

    No value, and the last rule, where the rules differ or no value is known to.
    """
    old, new = sides.old.case(passage), sides.new.case(passage)
    if not old or [condition.source for condition in old] == [each.source for each in new]:
        for number, condition in enumerate(new):
            for name in condition.names:
                if sides.differs(name):
                    return name, old[number].place if old else None, condition.place
    return "", old[-1].place if old else None, new[-1].place
