"""The letter: a list of blocks that know where they came from; every rendering is made of these."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from generator.edition.edition import Column
from generator.edition.edition_file import Part
from generator.edition.figures import Figure
from generator.problems import Place


class Origin(StrEnum):
    """Whose words a block's are."""

    EDITION = "edition"
    AUTHORITY = "authority"
    SECTION = "section"
    INSERT = "insert"


class Role(StrEnum):
    """What a block is in the letter."""

    MASTHEAD = "masthead"
    DATE = "date"
    DELIVERY = "delivery"
    ADDRESS_LINE = "address_line"
    SALUTATION = "salutation"
    SUBJECT = "subject"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    CLOSING = "closing"
    SIGNATORY = "signatory"
    OFFICE = "office"
    REPORT_TITLE = "report_title"
    REPORT_PERIOD = "report_period"
    TABLE_TITLE = "table_title"
    TABLE = "table"
    NOTES_TITLE = "notes_title"


@dataclass(frozen=True)
class Run:
    """A stretch of a block's text that is set alike.

    `name` is the fact that the words came from (`authority.decided.upheld`), None for words typed
    into the wording.
    """

    text: str
    emphasis: bool = False
    strong: bool = False
    link: str | None = None
    name: str | None = None
    gap: bool = False


@dataclass(frozen=True)
class Cell:
    """A figure in a table, as printed."""

    figure: Figure
    text: str

    @property
    def column(self) -> Column:
        """The column it stands in."""
        return self.figure.column


@dataclass(frozen=True)
class Head:
    """A head over one or more neighbouring columns; without text where nothing stands over them."""

    text: str
    columns: int
    first: int
    """The number of the first column under it, from 1."""


@dataclass(frozen=True)
class Table:
    """One group of figures, in the order printed, with the heads that span several columns."""

    group: str
    spanning: tuple[Head, ...]
    """The upper row of heads; empty where no column stands under one."""
    labels: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """One piece of a letter. `part` and `number` are its address, not its identity.

    `wording` is the source with its placeholders, `runs` the words as printed, unescaped.
    """

    part: str
    number: int
    role: Role
    wording: str
    runs: tuple[Run, ...]
    origin: Origin
    place: Place
    insert: str | None = None
    table: Table | None = None

    @property
    def address(self) -> str:
        """Where it stands in this letter: `complaint-statistics/3`."""
        return f"{self.part}/{self.number}"

    @property
    def text(self) -> str:
        """Its words; for a table one line for each figure, label and figure divided by a tab."""
        if self.table is None:
            return "".join(run.text for run in self.runs)
        pairs = zip(self.table.labels, self.table.cells, strict=True)
        return "\n".join(f"{label}\t{cell.text}" for label, cell in pairs)


@dataclass(frozen=True)
class Letter:
    """One authority's letter, composed. Renderers read it and decide nothing about its words."""

    year: int
    slug: str
    language: str
    title: str
    author: str
    date: datetime.date
    authority: str
    blocks: tuple[Block, ...]
    draft: bool = False
    figures: tuple[Figure, ...] = field(default=())

    def part(self, name: str) -> tuple[Block, ...]:
        """The blocks of one part: `opening`, a section, `closing` or `report`."""
        return tuple(block for block in self.blocks if block.part == name)

    def sections(self) -> Iterator[tuple[Block, ...]]:
        """The blocks of each section, in order."""
        fixed = set(Part)
        names = dict.fromkeys(block.part for block in self.blocks if block.part not in fixed)
        for name in names:
            yield self.part(name)

    @property
    def text(self) -> str:
        """All its words, a block after the other, divided by blank lines."""
        return "\n\n".join(block.text for block in self.blocks)
