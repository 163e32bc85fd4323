"""Why a change is there: the causes there are, and which it is, known or concluded."""

from dataclasses import replace

from generator.comparison.changes import Cause, Change, ChangeType
from generator.comparison.edition_context import EditionContext, LetterPair
from generator.letter.letter import Block
from generator.letter.markup import plain_wording

CAUSES: dict[str, Cause] = {}
"""All causes that are known, by name, in the order in which reports count them."""


def register_cause(cause: Cause) -> Cause:
    """Make a cause known by its name. Raises `ValueError` where another has it."""
    if cause.name in CAUSES or not cause.name:
        raise ValueError(f"{cause.name}: its name is that of another cause")
    CAUSES[cause.name] = cause
    return cause


def unregister_cause(cause: Cause) -> None:
    """Forget a cause, as tests do that have made one."""
    del CAUSES[cause.name]


EDITION = register_cause(
    Cause("edition", "a fact of the year that all letters share: the date, the signatory")
)
WORDING = register_cause(Cause("wording", "shared text or a label was reworded"))
INSERT = register_cause(
    Cause("insert", "a paragraph for one authority or a few was added, dropped or reworded")
)
RULE = register_cause(Cause("rule", "the condition of an insert came out the other way"))
DATA = register_cause(
    Cause(
        "data",
        "another value inside unchanged wording: a name, a count in a sentence",
        is_own=True,
        is_shared_by_most=True,
    )
)
FIGURES = register_cause(Cause("figures", "a figure in the tables", is_in_figures=True))
LAYOUT = register_cause(
    Cause("layout", "the number of pages", is_own=True, concerns="number of pages")
)


def explained(change: Change, sides: LetterPair) -> Change:
    """A change with the cause that knows that it is why, if one does."""
    found = (cause for cause in CAUSES.values() if cause.explains(change, sides))
    cause = next(found, None)
    return replace(change, cause=cause, inferred=False) if cause else change


_FACTS_OF_THE_YEAR = {"date", "signatory", "office", "report_period"}
_FACTS_OF_ONE = {"address_line", "salutation", "report_title"}


def cause_of_value(name: str) -> Cause:
    """Why a value inside unchanged wording differs: all letters share the facts of the year."""
    return EDITION if name.startswith("edition.") else DATA


def cause_of_words(before: Block, after: Block, name: str = "") -> Cause:
    """Why words of a passage differ; `name` is the placeholder whose value they are, if any.

    Where a side has no wording this is what may be said without looking at the other letters.
    """
    if name:
        return cause_of_value(name)
    names = {name for name, _ in (*before.values, *after.values)}
    if names and is_known(before, after) and _same_wording(before, after):
        only_of_the_year = all(name.startswith("edition.") for name in names)
        return EDITION if only_of_the_year else DATA
    return cause_of_passage(after if after.wording is not None else before, before.insert)


def is_known(before: Block, after: Block) -> bool:
    """Whether both sides show their wording, so that nothing has to be concluded."""
    return before.wording is not None and after.wording is not None


def _same_wording(before: Block, after: Block) -> bool:
    return plain_wording(before.wording or "") == plain_wording(after.wording or "")


def cause_of_passage(passage: Block, insert: str | None = None) -> Cause:
    """Why a passage is new, gone, moved or reworded, by whose words they are."""
    if passage.insert or insert:
        return INSERT
    if passage.role in {"signatory", "office", "date"}:
        return EDITION
    return DATA if passage.origin == "authority" else WORDING


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
        return EDITION
    if change.name:
        return WORDING if letters > 2 and letters > of / 2 else DATA
    if side.wording is not None:
        return change.cause
    if side.role in _FACTS_OF_ONE:
        return DATA
    if letters > total / 2:
        return WORDING
    return DATA if change.action is ChangeType.CHANGED else INSERT
