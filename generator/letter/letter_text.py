"""A letter as its reader may see it, whatever it was made of or read from; it is known by this.

Beside it stand, each there as a whole or not at all, how its words came about (`Composition`) and
how it was read (`Reading`). A letter that was composed (`Letter`) is one of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainValidator

from generator.letter.normalised_wording import values_in
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
    values: Annotated[tuple[tuple[str, str], ...] | None, _HIDDEN, _NONE] = None
    """The name of each placeholder and what was printed for it; None where only words tell."""


@dataclass(frozen=True)
class TextBlock:
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
    """Of a table and of its title, the group of its figures."""

    @property
    def address(self) -> str:
        """Where it stands in this letter: `complaint-statistics/3`. An address, no identity."""
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
        """The name of each placeholder of the wording and what was printed for it, in order."""
        if self.composition is None:
            return ()
        known = self.composition.values
        return values_in(self.composition.wording, self.text) if known is None else known


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as printed: its address in the tables, its value and its text.

    The value is a count or a sum, or a rate in percent; None for a rate of nothing, a gap in a
    draft, or an unreadable one.
    """

    group: str
    id: str
    label: str
    text: str
    value: int | None
    kind: str
    head: str = ""
    """The head that spans its column and others, where it is known and there is one."""
    place: Annotated[Place | None, _HIDDEN, _NONE] = None
    former_id: Annotated[str, _HIDDEN, PlainValidator(lambda _: "")] = ""
    """The id that it had, where last year's column of the same label had another."""


@dataclass(frozen=True)
class LetterText:
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
    blocks: tuple[TextBlock, ...]
    reading: Annotated[Reading, _HIDDEN, PlainValidator(lambda _: NOT_READ)] = NOT_READ

    @cached_property
    def passages(self) -> tuple[TextBlock, ...]:
        """Its blocks but for the tables and their titles."""
        return tuple(block for block in self.blocks if block.group is None)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each table, by group; only those that are known."""
        titles = (block for block in self.blocks if block.role == "table_title")
        return {block.group: block.text for block in titles if block.group is not None}

    @property
    def has_wording(self) -> bool:
        """Whether it is known what was wording and what was filled in."""
        return self.reading.source in {LetterSource.EDITION, LetterSource.RECORD}
