"""The letter: a list of blocks that know where they came from; every rendering is made of these."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from generator.edition.edition import Column
from generator.edition.edition_file import Part
from generator.edition.figures import Figure
from generator.letter.letter_text import Composition, LetterText, PrintedFigure, TextBlock
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


@dataclass(frozen=True, kw_only=True)
class Cell(PrintedFigure):
    """A figure in a table, as printed, and the figure that it is."""

    figure: Figure

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
    """One group of figures, in the order printed."""

    group: str
    cells: tuple[Cell, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of each column."""
        return tuple(cell.label for cell in self.cells)

    @property
    def spanning(self) -> tuple[Head, ...]:
        """The upper row of heads: neighbours under the same head share one.

        Empty where no column stands under one.
        """
        if not any(cell.head for cell in self.cells):
            return ()
        heads: list[Head] = []
        first = 1
        for text, same in groupby(cell.head for cell in self.cells):
            columns = len(list(same))
            heads.append(Head(text, columns, first))
            first += columns
        return tuple(heads)

    @property
    def text(self) -> str:
        """A line for each figure, label and figure divided by a tab."""
        return "\n".join(f"{cell.label}\t{cell.text}" for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Block(TextBlock):
    """One piece of a letter that was composed, `runs` its words as printed, unescaped.

    All is known of it, so that renderers need not ask what is there.
    """

    part: str
    number: int
    role: Role
    text: str = field(init=False, default="")
    composition: Composition
    place: Place
    runs: tuple[Run, ...] = ()
    table: Table | None = None

    def __post_init__(self) -> None:
        words = self.table.text if self.table else "".join(run.text for run in self.runs)
        object.__setattr__(self, "text", words)

    @property
    def wording(self) -> str:
        """The source of its words, with the placeholders."""
        return self.composition.wording

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The name of each placeholder of the wording and what was printed for it, in order."""
        return tuple((run.name, run.text) for run in self.runs if run.name)


@dataclass(frozen=True, kw_only=True)
class Letter(LetterText):
    """One authority's letter, composed. Renderers read it and decide nothing about its words.

    Address, salutation and figures are those of its blocks.
    """

    year: int
    author: str
    date: datetime.date
    blocks: tuple[Block, ...]
    draft: bool = False
    addressee: tuple[str, ...] = field(init=False, default=())
    salutation: str = field(init=False, default="")
    figures: tuple[Cell, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        lines = (block.text for block in self.blocks if block.role is Role.ADDRESS_LINE)
        greetings = (block.text for block in self.blocks if block.role is Role.SALUTATION)
        cells = (cell for block in self.blocks if block.table for cell in block.table.cells)
        object.__setattr__(self, "addressee", tuple(lines))
        object.__setattr__(self, "salutation", next(greetings, ""))
        object.__setattr__(self, "figures", tuple(cells))

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
