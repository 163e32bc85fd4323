"""A letter as one side of a comparison, whatever it was read from; what is not known is None."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from generator.problems import Place


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
class TextBlock:
    """A block of a letter, as far as it is known: a paragraph, a heading, a line of an address.

    `part` is `opening`, a section's name, `closing` or `report`; None where it could not be told.
    `wording` has its placeholders; None where only the printed words are known.
    """

    part: str | None
    role: str
    text: str
    wording: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    """The name of each placeholder of the wording and what was printed for it, in their order."""
    origin: str | None = None
    insert: str | None = None
    place: Place | None = None


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as printed; its value is None for a rate of nothing, a gap, or an unreadable one."""

    group: str
    id: str
    label: str
    text: str
    value: int | None
    kind: str = "count"
    place: Place | None = None
    head: str = ""
    """The head that spans its column and others, where it is known and there is one."""
    former_id: str = ""
    """The id that it had, where last year's column of the same label had another."""


@dataclass(frozen=True)
class LetterText:
    """One letter as it is or was: its passages in reading order (tables apart), its figures."""

    slug: str
    authority: str
    source: LetterSource
    path: Path
    """What it was read from: a PDF, an issued text, an authority's file."""
    year: int | None
    passages: tuple[TextBlock, ...]
    figures: tuple[PrintedFigure, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    """The title of each table, by group; only those that are known."""
    pages: int | None = None
    unread: tuple[str, ...] = ()
    """What could not be read from it, a sentence each."""
    lost: frozenset[tuple[str, str]] = frozenset()
    """Part and role of passages that could not be read, and so are not among `passages`.

    Where this year's letter has some that find no counterpart, that means nothing: not a change.
    """

    @property
    def has_wording(self) -> bool:
        """Whether it is known what was wording and what was filled in."""
        return self.source in {LetterSource.EDITION, LetterSource.RECORD}
