"""A letter as one side of a comparison, whatever it was read from; what is not known is None."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from generator.composing.letter import Block, Letter
from generator.loading.figures import Figure
from generator.problems import Place
from generator.rendering.record import Record, record_of


class Source(StrEnum):
    """What a version of a letter was read from."""

    EDITION = "edition"
    """Composed afresh from data and wording."""
    RECORD = "record"
    """The record attached to its PDF."""
    PDF = "PDF"
    HTML = "HTML"
    TEXT = "text"


@dataclass(frozen=True)
class Passage:
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


@dataclass(frozen=True)
class Version:
    """One letter as it is or was: its passages in reading order (tables apart), its figures."""

    slug: str
    authority: str
    source: Source
    path: Path
    """What it was read from: a PDF, an issued text, an authority's file."""
    year: int | None
    passages: tuple[Passage, ...]
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
        return self.source in {Source.EDITION, Source.RECORD}


def version_of_letter(letter: Letter, path: Path, pages: int | None = None) -> Version:
    """A letter that was composed; `path` is its authority's file."""
    figures = {(f.column.group, f.column.id): f for f in letter.figures}
    return _version(record_of(letter), Source.EDITION, path, pages, letter.blocks, figures)


def version_of_record(record: Record, path: Path, pages: int | None = None) -> Version:
    """A letter that was made, by the record it carries; `path` is its PDF."""
    return _version(record, Source.RECORD, path, pages, (), {})


def _version(
    record: Record,
    source: Source,
    path: Path,
    pages: int | None,
    blocks: tuple[Block, ...],
    figures: Mapping[tuple[str, str], Figure],
) -> Version:
    passages = []
    for number, recorded in enumerate(record.blocks):
        if recorded.group is not None or recorded.role == "table_title":
            continue
        block = blocks[number] if blocks else None
        passages.append(
            Passage(
                part=recorded.address.rpartition("/")[0],
                role=recorded.role,
                text=recorded.text,
                wording=recorded.wording,
                values=_values(block) if block else values_in(recorded.wording, recorded.text),
                origin=recorded.origin,
                insert=recorded.insert,
                place=block.place if block else None,
            )
        )
    printed = tuple(
        PrintedFigure(
            group=figure.group,
            id=figure.id,
            label=figure.label,
            text=figure.text,
            value=figure.value,
            kind=figure.kind,
            place=figures[figure.group, figure.id].place if figures else None,
            head=figure.head,
        )
        for figure in record.figures
    )
    groups = list(dict.fromkeys(figure.group for figure in record.figures))
    titles = [block.text for block in record.blocks if block.role == "table_title"]
    return Version(
        slug=record.slug,
        authority=record.authority,
        source=source,
        path=path,
        year=record.year,
        passages=tuple(passages),
        figures=printed,
        titles=dict(zip(groups, titles, strict=False)),
        pages=pages,
    )


def _values(block: Block) -> tuple[tuple[str, str], ...]:
    return tuple((run.name, run.text) for run in block.runs if run.name)


def values_in(wording: str, text: str) -> tuple[tuple[str, str], ...]:
    """What was printed for each placeholder of a wording, found by the words around them.

    Nothing where the words do not fit the wording: then what is a value cannot be told.
    """
    if "{{" not in wording:
        return ()
    found = _pattern(wording).fullmatch(plain(text))
    return tuple(zip(names_in(wording), found.groups(), strict=True)) if found else ()


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def _pattern(wording: str) -> re.Pattern[str]:
    pieces = PLACEHOLDER.split(plain_wording(wording))
    return re.compile("(.+?)".join(re.escape(piece) for piece in pieces), re.DOTALL)


def names_in(wording: str) -> tuple[str, ...]:
    """The name in each placeholder of a wording: `authority.noun`."""
    return tuple(found[2:-2].partition("|")[0].strip() for found in PLACEHOLDER.findall(wording))


PLACEHOLDER = re.compile(r"{{.*?}}", re.DOTALL)


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def plain_wording(wording: str) -> str:
    """A wording without the marks of Markdown, as its words are printed; placeholders as written.

    What stands inside a placeholder is no Markdown: the `_` in a name marks nothing.
    """
    inside = iter(PLACEHOLDER.findall(wording))
    held = PLACEHOLDER.sub(_HELD, wording)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)|<(https?://[^>]*)>", r"\1\2", held)
    text = re.sub(r"(?<!\\)(\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w))", "", text)
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    return plain(re.sub(_HELD, lambda _: " ".join(next(inside).split()), text))


_HELD = "\ue000"
"""Stands for a placeholder while the marks around it are taken away; in no wording."""


def plain(text: str) -> str:
    """A text blind to quote style and white space: what is left is what it says."""
    return " ".join(text.translate(_QUOTES).split())


_QUOTES = str.maketrans({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "})
