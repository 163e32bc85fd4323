"""The letter: blocks that know where they came from; every rendering is made of these.

`Letter` is what its reader may see, whatever it was made of or read from. Beside it stand, each
there as a whole or not at all, how the words of a block came about (`Composition`) and how the
letter was read (`Reading`). A `ComposedLetter` is one of which all is known: it can be rendered.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainValidator

from generator.edition.edition import Part
from generator.edition.figures import Figure
from generator.edition.groups import Column
from generator.edition.letterhead import LetterheadPicture
from generator.letter.markup import values_in
from generator.letter.printed_table import (
    PrintedChart,
    PrintedColumn,
    PrintedRow,
    PrintedTable,
    PrintedValue,
)
from generator.letter.roles import Role
from generator.problems import Place

_HIDDEN = Field(exclude=True)
_NONE = PlainValidator(lambda _: None)
"""What never travels with a letter, and is never taken from a file that says it: places, paths."""


class LetterSource(StrEnum):
    """What a version of a letter was read from."""

    EDITION = "edition"
    """Composed afresh from data and wording."""
    RECORD = "record"
    """The record attached to its PDF."""
    PDF = "PDF"
    HTML = "HTML"
    TEXT = "text"


@dataclass(frozen=True)
class Reading:
    """How a letter was read, and what of it could not be."""

    source: LetterSource
    path: Path
    """What it was read from: a PDF, an issued text, an authority's file."""
    pages: int | None = None
    unread: tuple[str, ...] = ()
    """What could not be read from it, a sentence each."""
    lost: frozenset[tuple[str, str]] = frozenset()
    """Part and role of passages that could not be read, and so are not among its blocks.

    Where this year's letter has some that find no counterpart, that means nothing: not a change.
    """


NOT_READ = Reading(LetterSource.EDITION, Path())
"""That of a letter that was composed, or whose file is no matter."""


@dataclass(frozen=True)
class Composition:
    """How the words of a block came about: `wording` has its placeholders."""

    wording: str
    origin: str
    """Whose words they are."""
    insert: str | None = None


@dataclass(frozen=True)
class Block:
    """A block of a letter, as far as it is known: a paragraph, a heading, a line of an address.

    `part` is `opening`, a section's name, `closing` or `report`; None where it could not be told.
    """

    part: str | None
    role: str
    text: str
    """Its words; of a table a line for each figure, label and figure divided by a tab."""
    composition: Composition | None = None
    place: Annotated[Place | None, _HIDDEN, _NONE] = None
    """Where its words were written, where that is known."""
    number: int = 0
    """Its number in its part, from 1; 0 where it was not counted."""
    group: str | None = None
    """Of a table and of its title, the table's name: of a group of figures, the group's.

    Of a chart's title, the chart's name.
    """
    table: PrintedTable | None = None
    """Of a table, its rows and columns, where they are known."""
    chart: PrintedChart | None = None
    """Of a chart, what it draws, where that is known; its text are the words that stand for it."""

    @property
    def address(self) -> str:
        """Where it stands in this letter: `next-steps/3`. An address, no identity."""
        return f"{self.part}/{self.number}"

    @property
    def wording(self) -> str | None:
        """Its words with their placeholders; None where only the printed words are known."""
        return self.composition.wording if self.composition else None

    @property
    def origin(self) -> str | None:
        """Whose words they are, where that is known."""
        return self.composition.origin if self.composition else None

    @property
    def insert(self) -> str | None:
        """The insert that they are of, where that is known."""
        return self.composition.insert if self.composition else None

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The name of each placeholder of the wording and what was printed for it, in order.

        As far as the words tell: nothing where they do not fit the wording.
        """
        return values_in(self.wording, self.text) if self.wording is not None else ()


@dataclass(frozen=True)
class PrintedFigure(PrintedValue):
    """A figure as a table prints it."""

    header: Annotated[str, Field(alias="head")] = ""
    """The header that spans its column and others, where it is known and there is one."""
    place: Annotated[Place | None, _HIDDEN, _NONE] = None
    former_id: Annotated[str, _HIDDEN, PlainValidator(lambda _: "")] = ""
    """The id that it had, where last year's column of the same label had another."""


@dataclass(frozen=True)
class Letter:
    """One letter as it is or was: its blocks in reading order, its figures."""

    year: int | None
    language: str
    """Blank where it is not known."""
    slug: str
    authority: str
    title: str
    draft: bool
    addressee: tuple[str, ...]
    """The lines of the address: name, office, authority."""
    salutation: str
    figures: tuple[PrintedFigure, ...]
    blocks: tuple[Block, ...]
    reading: Annotated[Reading, _HIDDEN, PlainValidator(lambda _: NOT_READ)] = NOT_READ

    @cached_property
    def passages(self) -> tuple[Block, ...]:
        """All but tables, titles of tables and charts, the mark of a draft, what has no words."""
        return tuple(b for b in self.blocks if b.group is None and b.text and b.role != Role.DRAFT)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each table, by its name; only those that are known."""
        return self._by_group(Role.TABLE_TITLE)

    @cached_property
    def tables(self) -> Mapping[str, Block]:
        """The block of each table, by its name; only those that are known."""
        return {block.group: block for block in self.blocks if block.table and block.group}

    @cached_property
    def chart_titles(self) -> Mapping[str, str]:
        """The title of each chart that has one, by its name."""
        return self._by_group(Role.CHART_TITLE)

    def _by_group(self, role: Role) -> Mapping[str, str]:
        titles = (block for block in self.blocks if block.role == role)
        return {block.group: block.text for block in titles if block.group is not None}

    @cached_property
    def charts(self) -> Mapping[str, Block]:
        """The block of each chart, by its name."""
        return {block.chart.name: block for block in self.blocks if block.chart}

    @property
    def has_wording(self) -> bool:
        """Whether it is known what was wording and what was filled in."""
        return self.reading.source in {LetterSource.EDITION, LetterSource.RECORD}


@dataclass(frozen=True)
class Run:
    """A stretch of a block's text that is set alike.

    `name` is the variable that the words came from (`authority.decided.upheld`), None for words
    typed into the wording.
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


@dataclass(frozen=True, kw_only=True)
class ComposedRow(PrintedRow):
    """A row of a table that was composed, and the figure in each of its cells."""

    texts: tuple[str, ...] = field(init=False, default=())
    cells: tuple[Cell, ...]
    row: str = ""
    """The comparator whose figures they are; blank of the authority's own."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", tuple(cell.text for cell in self.cells))

    @property
    def is_own(self) -> bool:
        """Whether they are the authority's own figures."""
        return not self.row


@dataclass(frozen=True, kw_only=True)
class Table(PrintedTable):
    """A table that was composed: rows of figures, in the order printed."""

    name: str
    columns: tuple[PrintedColumn, ...] = field(init=False, default=())
    rows: tuple[ComposedRow, ...]
    beside: bool = False
    """Whether it stands beside the words before it, on a page that has the room."""

    def __post_init__(self) -> None:
        columns = (PrintedColumn(c.group, c.id, c.label, c.header) for c in self.rows[0].cells)
        object.__setattr__(self, "columns", tuple(columns))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All its cells, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def lines_of_cells(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells of each of its lines, as it is set."""
        rows = tuple(row.cells for row in self.rows)
        return tuple(zip(*rows, strict=True)) if self.turned else rows


@dataclass(frozen=True, kw_only=True)
class ComposedBlock(Block):
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
    picture: LetterheadPicture | None = None
    """Of a picture, whose words are those that stand for it; none where it says nothing."""

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
class ComposedLetter(Letter):
    """One authority's letter, composed. Renderers read it and decide nothing about its words.

    Address, salutation and figures are those of its blocks.
    """

    year: int
    author: str
    date: datetime.date
    blocks: tuple[ComposedBlock, ...]
    draft: bool = False
    addressee: tuple[str, ...] = field(init=False, default=())
    salutation: str = field(init=False, default="")
    figures: tuple[Cell, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        lines = (block.text for block in self.blocks if block.role is Role.ADDRESS_LINE)
        greetings = (block.text for block in self.blocks if block.role is Role.SALUTATION)
        tables = (block.table for block in self.blocks if block.table)
        rows = (row for table in tables for row in table.rows if row.is_own)
        cells = {(cell.group, cell.id): cell for row in rows for cell in row.cells}
        object.__setattr__(self, "addressee", tuple(lines))
        object.__setattr__(self, "salutation", next(greetings, ""))
        object.__setattr__(self, "figures", tuple(cells.values()))

    def part(self, name: str) -> tuple[ComposedBlock, ...]:
        """The blocks of one part: `opening`, a section, `closing` or `report`."""
        return tuple(block for block in self.blocks if block.part == name)

    def sections(self) -> Iterator[tuple[ComposedBlock, ...]]:
        """The blocks of each section, in order."""
        fixed = set(Part)
        names = dict.fromkeys(block.part for block in self.blocks if block.part not in fixed)
        for name in names:
            yield self.part(name)

    @property
    def text(self) -> str:
        """All its words, a block after the other, divided by blank lines."""
        return "\n\n".join(block.text for block in self.blocks)
