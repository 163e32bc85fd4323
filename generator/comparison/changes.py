"""Changes: what differs between two versions of a letter, each one thing with one reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.comparison.edition_context import LetterPair
from generator.comparison.words import Edit
from generator.letter.letter import Block, Letter, PrintedFigure
from generator.problems import Place


@dataclass(frozen=True, eq=False)
class Cause:
    """Why a letter says something else than last year; all reports ask it what they say of it.

    Made and registered once (`generator.comparison.causes`), and the same as none but itself.
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
AS_BUILT = SideNames("built", "now", "the letters built", "not built yet", "no such authority now")


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
    new: tuple[str, ...] = ()
    """Slugs of letters that have no counterpart last year."""
    gone: tuple[str, ...] = ()
    """Names of last year's letters that have none this year."""
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What could not be read from last year's letters, by slug."""
    sides: SideNames = YEARS
