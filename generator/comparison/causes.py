"""Why a change is there, as far as it can be told: known from the wording, or concluded."""

from generator.comparison.changes import Cause, Change, ChangeType
from generator.comparison.edition_context import EditionContext
from generator.letter.letter import Block
from generator.letter.markup import plain_wording

_FACTS_OF_THE_YEAR = {"date", "signatory", "office", "report_period"}
_FACTS_OF_ONE = {"address_line", "salutation", "report_title"}


def cause_of_value(name: str) -> Cause:
    """Why a value inside unchanged wording differs: all letters share the facts of the year."""
    return Cause.EDITION if name.startswith("edition.") else Cause.DATA


def cause_of_words(before: Block, after: Block, name: str = "") -> Cause:
    """Why words of a passage differ; `name` is the placeholder whose value they are, if any.

    Where a side has no wording this is what may be said without looking at the other letters.
    """
    if name:
        return cause_of_value(name)
    names = {name for name, _ in (*before.values, *after.values)}
    if names and is_known(before, after) and _same_wording(before, after):
        only_of_the_year = all(name.startswith("edition.") for name in names)
        return Cause.EDITION if only_of_the_year else Cause.DATA
    return cause_of_passage(after if after.wording is not None else before, before.insert)


def is_known(before: Block, after: Block) -> bool:
    """Whether both sides show their wording, so that nothing has to be concluded."""
    return before.wording is not None and after.wording is not None


def _same_wording(before: Block, after: Block) -> bool:
    return plain_wording(before.wording or "") == plain_wording(after.wording or "")


def cause_of_passage(passage: Block, insert: str | None = None) -> Cause:
    """Why a passage is new, gone, moved or reworded, by whose words they are."""
    if passage.insert or insert:
        return Cause.INSERT
    if passage.role in {"signatory", "office", "date"}:
        return Cause.EDITION
    return Cause.DATA if passage.origin == "authority" else Cause.WORDING


def is_by_rule(
    insert: str | None, slugs: set[str], old: EditionContext, new: EditionContext
) -> bool:
    """Whether an insert came or went because its condition came out the other way.

    Not where the insert itself is new or gone, nor where the authority names or declines it.
    """
    if insert is None or insert not in old.inserts or insert not in new.inserts:
        return False
    has_rule = insert in old.rules or insert in new.rules
    chosen = any((slug, insert) in side.choices for slug in slugs for side in (old, new))
    return has_rule and not chosen


def conclude(change: Change, letters: int, of: int, total: int) -> Cause:
    """The likeliest cause of a change whose old side has no wording.

    By how many `letters` share it, `of` those that have the passage, of `total` compared: what is
    new in most letters was reworded; what is new in one or few is likelier a value or an insert.
    """
    side = change.after if isinstance(change.after, Block) else change.before
    if not isinstance(side, Block) or side.insert is not None or change.whole_part:
        return change.cause
    if change.name.startswith("edition.") or side.role in _FACTS_OF_THE_YEAR:
        return Cause.EDITION
    if change.name:
        return Cause.WORDING if letters > 2 and letters > of / 2 else Cause.DATA
    if side.wording is not None:
        return change.cause
    if side.role in _FACTS_OF_ONE:
        return Cause.DATA
    if letters > total / 2:
        return Cause.WORDING
    return Cause.DATA if change.action is ChangeType.CHANGED else Cause.INSERT
