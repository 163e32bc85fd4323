"""The record of a letter: what it says, as data, attached to its PDF and read back from it.

A council opens `figures.csv` from its PDF reader; our own tools read `letter.json` and guess
nothing. Both hold only what the reader of the letter may see: no paths, no email address.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten
from typing import Any, TypeVar

from generator.edition.figure_kinds import kind_named
from generator.letter.letter import Block, Letter
from generator.rendering.csv_table import csv_table

SCHEMA_VERSION = 1
FIGURES_FILE = "figures.csv"
RECORD_FILE = "letter.json"
Value = TypeVar("Value")
Keys = dict[str, Any]

FIGURES_HEAD = ("authority", "group", "id", "label", "kind", "value")


class RecordError(Exception):
    """An attached record cannot be read; the text says why."""


@dataclass(frozen=True)
class RecordedFigure:
    """A figure as printed: its address in the tables, its value and its text."""

    group: str
    id: str
    label: str
    kind: str
    value: int | None
    """A count or a sum, or a rate in percent; None for a rate of nothing, or a gap in a draft."""
    text: str
    head: str = ""
    """The head that spans its column and others, if any."""


@dataclass(frozen=True)
class RecordedBlock:
    """A block of the letter."""

    address: str
    role: str
    origin: str
    wording: str
    text: str
    insert: str | None = None
    group: str | None = None
    """For a table, the group of its figures."""


@dataclass(frozen=True)
class Record:
    """A letter as it was made."""

    year: int
    language: str
    slug: str
    authority: str
    addressee: tuple[str, ...]
    """The lines of the address: name, office, authority."""
    salutation: str
    title: str
    draft: bool
    figures: tuple[RecordedFigure, ...]
    blocks: tuple[RecordedBlock, ...]


def record_of(letter: Letter) -> Record:
    """The record of a letter that was composed."""
    return Record(
        year=letter.year,
        language=letter.language,
        slug=letter.slug,
        authority=letter.authority,
        addressee=tuple(b.text for b in letter.part("opening") if b.role == "address_line"),
        salutation=next(b.text for b in letter.blocks if b.role == "salutation"),
        title=letter.title,
        draft=letter.draft,
        figures=tuple(_figures(letter)),
        blocks=tuple(_block(block) for block in letter.blocks),
    )


def _figures(letter: Letter) -> Iterator[RecordedFigure]:
    for table in (block.table for block in letter.blocks if block.table):
        heads = [head.text for head in table.spanning for _ in range(head.columns)]
        for number, (label, cell) in enumerate(zip(table.labels, table.cells, strict=True)):
            yield RecordedFigure(
                group=cell.column.group,
                id=cell.column.id,
                label=label,
                kind=cell.column.kind.name,
                value=cell.figure.value,
                text=cell.text,
                head=heads[number] if heads else "",
            )


def _block(block: Block) -> RecordedBlock:
    return RecordedBlock(
        address=block.address,
        role=block.role.value,
        origin=block.origin.value,
        wording=block.wording,
        text=block.text,
        insert=block.insert,
        group=block.table.group if block.table else None,
    )


def words_of(record: Record) -> Iterator[tuple[RecordedBlock, str]]:
    """Each block with its words as they stand on a page; of a table heads, labels and figures."""
    for block in record.blocks:
        if block.group is None:
            yield block, block.text
            continue
        figures = [figure for figure in record.figures if figure.group == block.group]
        heads = [head for head, _ in groupby(figure.head for figure in figures)]
        labels = [figure.label for figure in figures]
        yield block, " ".join([*heads, *labels, *(figure.text for figure in figures)])


@dataclass(frozen=True)
class Attached:
    """A file that a letter's PDF carries, declared as its data."""

    name: str
    description: str
    content: bytes
    day: datetime.date
    """The day it is said to be from: the letter's, since no clock goes into a PDF."""


def attached_files(letter: Letter) -> tuple[Attached, ...]:
    """The files that a letter's PDF carries."""
    return files_of(record_of(letter), letter.date)


def files_of(record: Record, day: datetime.date) -> tuple[Attached, ...]:
    """The same, of the record of a letter of this day: who has made the record need not again."""
    return (
        Attached(FIGURES_FILE, "The figures of this letter", figures_csv(record), day),
        Attached(RECORD_FILE, "This letter as data", record_json(record), day),
    )


def figures_csv(record: Record) -> bytes:
    """The figures of a letter as a table, a row for each."""
    return figures_table(
        (record.slug, f.group, f.id, f.label, f.kind, kind_named(f.kind).csv_value(f.value))
        for f in record.figures
    )


def figures_table(rows: Iterable[tuple[str, str, str, str, str, int | str | None]]) -> bytes:
    """Figures as CSV: `authority,group,id,label,kind,value`.

    With a byte order mark, without which spreadsheets garble an apostrophe. The value is a whole
    number, for a rate its percent; empty where there is no rate.
    """
    cells = ((*names, "" if value is None else value) for *names, value in rows)
    return csv_table([FIGURES_HEAD, *cells]).encode("utf-8-sig")


def record_json(record: Record) -> bytes:
    """The record as JSON; its form is told in docs/letter-record.md."""
    return (json.dumps(_as_data(record), ensure_ascii=False, indent=1) + "\n").encode()


def _as_data(record: Record) -> Keys:
    return {
        "schema_version": SCHEMA_VERSION,
        "edition": {"year": record.year, "language": record.language},
        "authority": {"slug": record.slug, "name": record.authority},
        "addressee": list(record.addressee),
        "salutation": record.salutation,
        "title": record.title,
        "draft": record.draft,
        "figures": [vars(figure) for figure in record.figures],
        "blocks": [
            {key: value for key, value in vars(block).items() if value is not None}
            for block in record.blocks
        ],
    }


def read_record(content: bytes) -> Record:
    """A record read back from JSON. Raises `RecordError`.

    What later versions add is passed over; what this version needs must be there.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"its record ({RECORD_FILE}) is spoiled: it is no JSON") from error
    data = _expect(data, dict, "everything")
    _take(data, "schema_version", int)
    edition = _take(data, "edition", dict)
    authority = _take(data, "authority", dict)
    record = Record(
        year=_take(edition, "year", int),
        language=_take(edition, "language", str),
        slug=_take(authority, "slug", str),
        authority=_take(authority, "name", str),
        addressee=tuple(_take_all(data, "addressee", str)),
        salutation=_take(data, "salutation", str),
        title=_take(data, "title", str),
        draft=_take(data, "draft", bool),
        figures=tuple(map(_read_figure, _take_all(data, "figures", dict))),
        blocks=tuple(map(_read_block, _take_all(data, "blocks", dict))),
    )
    _check_whole(record)
    return record


def _check_whole(record: Record) -> None:
    """A record is one letter: its parts agree with each other. Raises `RecordError`."""
    by_role: dict[str, list[str]] = {}
    for block in record.blocks:
        by_role.setdefault(block.role, []).append(block.text)
    groups = [block.group for block in record.blocks if block.group is not None]
    agree = {
        "the addressee": list(record.addressee) == by_role.get("address_line"),
        "the salutation": [record.salutation] == by_role.get("salutation"),
        "the title": record.title.endswith(f": {record.authority}"),
        "the closing": len(by_role.get("closing", [])) == 1,
        "the tables": groups == list(dict.fromkeys(figure.group for figure in record.figures)),
        "the order of the blocks": bool(groups) and record.blocks[0].group is None,
    }
    for what, so in agree.items():
        if not so:
            raise RecordError(f"its record ({RECORD_FILE}) contradicts itself about {what}")
    try:
        json.dumps(_as_data(record), ensure_ascii=False).encode()  # a line each takes longer
    except UnicodeEncodeError as error:
        raise RecordError(f"its record ({RECORD_FILE}) holds what is no text") from error


def _read_figure(data: Keys) -> RecordedFigure:
    return RecordedFigure(
        group=_take(data, "group", str),
        id=_take(data, "id", str),
        label=_take(data, "label", str),
        kind=_take(data, "kind", str),
        value=None if data.get("value", 0) is None else _take(data, "value", int),
        text=_take(data, "text", str),
        head=_take(data, "head", str),
    )


def _read_block(data: Keys) -> RecordedBlock:
    return RecordedBlock(
        address=_take(data, "address", str),
        role=_take(data, "role", str),
        origin=_take(data, "origin", str),
        wording=_take(data, "wording", str),
        text=_take(data, "text", str),
        insert=_take(data, "insert", str) if "insert" in data else None,
        group=_take(data, "group", str) if "group" in data else None,
    )


def _take(data: Keys, key: str, kind: type[Value]) -> Value:
    """The value of a key. Raises `RecordError` where it is missing or of another kind."""
    if key not in data:
        raise RecordError(f'its record ({RECORD_FILE}) has no "{key}" where one belongs')
    return _expect(data[key], kind, f'"{key}"')


def _take_all(data: Keys, key: str, kind: type[Value]) -> list[Value]:
    """The values in the list of a key."""
    return [_expect(each, kind, f'one of "{key}"') for each in _take(data, key, list)]


_KINDS: dict[type[object], str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    int: "a whole number",
    bool: "true or false",
}


def _expect(value: Any, kind: type[Value], what: str) -> Value:
    if type(value) is not kind:
        found = shorten(json.dumps(value, ensure_ascii=False), 40, placeholder=" …")
        raise RecordError(
            f"its record ({RECORD_FILE}) has {found} as {what}, expected {_KINDS[kind]}"
        )
    return value
