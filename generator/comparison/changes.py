"""Changes: what differs between two versions of a letter, each one thing with one reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from generator.comparison.edition_context import EditionContext, LetterPair
from generator.comparison.words import Edit
from generator.letter.letter import Block, Letter, PrintedFigure
from generator.letter.markup import plain_wording
from generator.problems import Place


@dataclass(frozen=True, eq=False)
class Cause:
    """Why a letter says something else than last year; all reports ask it what they say of it.

    Made and registered once (`generator.comparison.changes`), and the same as none but itself.
    """

    name: str
    """What it is called in reports, and in what programs read."""
    meaning: str
    """What reports say of it."""
    is_own: bool = False
    """Whether it says nothing about other letters: each has values, and pages, of its own."""
    is_shared_by_most: bool = False
    """Whether letters that have it have it by chance, unless they are more than half."""
    is_in_figures: bool = False
    """Whether it is told as a figure of its table, from one number to the other."""
    concerns: str = "the letter"
    """What has changed, where that is in no passage and no figure."""

    def explains(self, _change: "Change", _sides: LetterPair) -> bool:
        """Whether it is why, whatever else was found to be; one that is registered may know."""
        return False


class ChangeType(StrEnum):
    """What became of a passage."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    """Some of its words, those of this change."""
    MOVED = "moved"
    """The same words, elsewhere in the letter."""


@dataclass(frozen=True)
class Change:
    """One difference: a whole passage, a stretch of words in one, or a figure.

    `removed` and `added` are the words concerned (of wording, with placeholders, where both sides
    have it and the wording differs); `before` and `after` what they stand in.
    """

    action: ChangeType
    cause: Cause
    removed: str = ""
    added: str = ""
    before: Block | PrintedFigure | None = None
    after: Block | PrintedFigure | None = None
    inferred: bool = False
    """Whether the cause was concluded from how many letters share the change, not known."""
    start: int = 0
    """Where among the printed words of the new passage it stands (of the old, for a removal)."""
    printed: Edit | None = None
    """The same as printed: all of those of a passage, applied to its old words, give the new."""
    name: str = ""
    """The placeholder whose value it is (`authority.noun`), where only a value differs."""
    marking: str = ""
    """`link` or `emphasis`: the same words, set otherwise, as `removed` and `added` show."""
    table: str = ""
    """The table whose column it is of, where both letters have the figure itself."""
    whole_part: bool = False
    """Whether a whole section came, went or moved, with the passage: its first."""
    passages: tuple[Block, ...] = ()
    """All that came or went with a whole section."""
    triggering_value: str = ""
    """What a rule asks for that is another now, where the rule itself is the same."""
    rule_before: Place | None = None
    rule_after: Place | None = None
    """Where that rule stands; where the value is given is each letter's own place."""
    place_before: Place | None = None
    """Where the old side has what changed: a line of the wording, a value, a rule, a label."""
    place_after: Place | None = None
    """The same of the new side; the line that an editor wants to see."""

    @property
    def is_another_figure(self) -> bool:
        """Whether it is another figure in a column that both years have."""
        is_changed = self.action is ChangeType.CHANGED and isinstance(self.after, PrintedFigure)
        return is_changed and self.cause.is_in_figures

    @property
    def part(self) -> str | None:
        """The part of the letter it is in: a section's name, or the table's group."""
        side = self.after or self.before
        return side.group if isinstance(side, PrintedFigure) else side.part if side else None


@dataclass(frozen=True)
class Compared:
    """One letter of this year against one of last year's."""

    slug: str
    authority: str
    before: Letter
    after: Letter
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class SharedChange:
    """Equal changes of many letters, as one."""

    change: Change
    """The first of them; its passages are those of the first letter."""
    slugs: tuple[str, ...]
    """The letters that have it."""
    of: int
    """How many letters could have it: those compared that have the passage."""
    exceptions: tuple[str, ...] = ()
    """Those that could and have not."""


@dataclass(frozen=True)
class FigureRow:
    """A figure of one authority over the two years, for the table of figures."""

    slug: str
    authority: str
    group: str
    id: str
    label: str
    before: PrintedFigure | None
    after: PrintedFigure | None
    against: str = ""
    """Whose figure last year's is, where the authority is compared with several."""


@dataclass(frozen=True)
class SideNames:
    """What reports call the two sides of a comparison."""

    before: str = "last year"
    after: str = "this year"
    old_letters: str = "last year's letters"
    no_old_letter: str = "no letter of last year found"
    no_new_letter: str = "no letter this year"


YEARS = SideNames()
AS_BUILT = SideNames(
    "built", "now", "the letters built", "not built yet", "no longer in the edition"
)


@dataclass(frozen=True)
class Comparison:
    """All letters of an edition against last year's."""

    year: int
    against: str
    """What this year's letters were held against, in words: `the letters made for 2017`."""
    letters: tuple[Compared, ...]
    shared: tuple[SharedChange, ...]
    """Every change of every letter, once, with all letters it is in; most widely shared first."""
    figures: tuple[FigureRow, ...]
    added: tuple[str, ...] = ()
    """Slugs of letters that have no counterpart last year."""
    removed: tuple[str, ...] = ()
    """Names of last year's letters that have none this year."""
    without_letter: Mapping[str, str] = field(default_factory=dict)
    """By slug, why authorities that are still there get no letter this year."""
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What could not be read from last year's letters, by slug."""
    sides: SideNames = YEARS


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
RULE = register_cause(Cause("rule", "a condition of an insert or of words came out the other way"))
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
