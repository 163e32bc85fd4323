"""The record of a letter: what it says, as data, attached to its PDF and read back from it.

A council opens `figures.csv` from its PDF reader; our own tools read `letter.json` and guess
nothing. Both hold only what the reader of the letter may see, and the wording: no paths, no email
address. What travels is what `Letter` says does; this is the only place that writes it.
"""

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import shorten
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, to_json

from generator.edition.figure_kinds import kind_named
from generator.edition.languages import whose
from generator.letter.letter import Block, ComposedLetter, Letter
from generator.letter.printed_table import PrintedTable
from generator.plain_text import visible

_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"  # the last four are as wide as Chinese characters
_FORMULA = re.compile(rf"'*\s*[{_SIGNS}]")
_GUARDED = re.compile(rf"'+\s*[{_SIGNS}]")


def csv_table(rows: Iterable[Sequence[object]], *, line_end: str = "\r\n") -> str:
    """The rows as CSV; texts are made harmless, and nothing in them is unseen."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet program may take a text for a formula, or for one that was guarded."""
    return _FORMULA.match(text) is not None


def unguarded(text: str) -> str:
    """A cell as it was before `csv_table` made it harmless."""
    return text[1:] if _GUARDED.match(text) else text


def _harmless(text: str) -> str:
    text = visible(text).replace("\n", "\\n").replace("\t", "\\t")
    return f"'{text}" if is_like_a_formula(text) else text


SCHEMA_VERSION = 2
FIGURES_FILE = "figures.csv"
RECORD_FILE = "letter.json"

FIGURES_HEAD = ("authority", "group", "id", "label", "kind", "value")


class RecordError(Exception):
    """An attached record cannot be read; the text says why."""

    def __str__(self) -> str:
        return f"its record ({RECORD_FILE}) {super().__str__()}"


def words_of(letter: Letter) -> Iterator[tuple[Block, str]]:
    """Each block with its words as they stand on a page; of a table headers, labels and figures."""
    for block in letter.blocks:
        if block.role == "page_number":  # of pages, which only paper has
            continue
        yield block, block.table.words if block.table else block.text


@dataclass(frozen=True)
class Attached:
    """A file that a letter's PDF carries, declared as its data."""

    name: str
    description: str
    content: bytes
    day: datetime.date
    """The day it is said to be from: the letter's, since no clock goes into a PDF."""


def attached_files(letter: ComposedLetter) -> tuple[Attached, ...]:
    """The files that a letter's PDF carries."""
    return (
        Attached(FIGURES_FILE, "The figures of this letter", figures_csv(letter), letter.date),
        Attached(RECORD_FILE, "This letter as data", record_json(letter), letter.date),
    )


def figures_csv(letter: Letter) -> bytes:
    """The figures of a letter as a table, a row for each."""
    return figures_table(
        (whose(letter.slug), f.group, f.id, f.label, f.kind, kind_named(f.kind).csv_value(f.value))
        for f in letter.figures
    )


def figures_table(rows: Iterable[tuple[str, str, str, str, str, int | str | None]]) -> bytes:
    """Figures as CSV: `authority,group,id,label,kind,value`.

    With a byte order mark, without which spreadsheets garble an apostrophe. The value is a whole
    number, for a rate its percent; empty where there is no rate.
    """
    cells = ((*names, "" if value is None else value) for *names, value in rows)
    return csv_table([FIGURES_HEAD, *cells]).encode("utf-8-sig")


_LETTER = TypeAdapter(Letter)


def record_of(letter: Letter) -> Letter:
    """A letter as its record tells it, without all that does not travel."""
    return _LETTER.validate_python(_LETTER.dump_python(letter, by_alias=True))


def record_json(letter: Letter) -> bytes:
    """The record of a letter as JSON; its form is told in docs/letter-record.md."""
    data = {"schema_version": SCHEMA_VERSION, **_LETTER.dump_python(letter, by_alias=True)}
    return to_json(data, indent=1) + b"\n"


@dataclass(frozen=True)
class _Version:
    schema_version: int


_VERSION = TypeAdapter(_Version)


def read_record(content: bytes) -> Letter:
    """A record read back from JSON. Raises `RecordError`.

    What later versions add is passed over; what this version needs must be there.
    """
    try:
        data = json.loads(content)
        text = json.dumps(data)
    except (ValueError, RecursionError) as error:
        raise RecordError("is damaged: it is not JSON") from error
    try:
        if _VERSION.validate_json(text, strict=True).schema_version == 1:
            data = _of_version_1(data)
        text = json.dumps(_with_tables(data))
        letter = _LETTER.validate_json(text, strict=True)
    except ValidationError as error:
        raise RecordError(_complaint(error.errors()[0])) from error
    except KeyError as error:
        raise RecordError(f'lacks "{error.args[0]}"') from error
    except (AttributeError, TypeError, ValueError) as error:
        raise RecordError("is damaged: it does not fit its schema version") from error
    _check_whole(letter)
    return letter


def _of_version_1(data: dict[str, Any]) -> dict[str, Any]:
    """What a record of version 1 says, in the form of this one."""
    blocks = [
        {
            **block,
            "part": block["address"].rpartition("/")[0],
            "number": int(block["address"].rpartition("/")[2]),
            "composition": block,
        }
        for block in data["blocks"]
    ]
    for title, table in pairwise(blocks):
        if title["role"] == "table_title" and "group" in table:
            title["group"] = table["group"]
    authority = {"slug": data["authority"]["slug"], "authority": data["authority"]["name"]}
    return {**data, **data["edition"], **authority, "blocks": blocks}


def _with_tables(data: dict[str, Any]) -> dict[str, Any]:
    """A record with its tables: earlier ones leave to the figures what each table says."""
    if not isinstance(data["blocks"], list):
        return data
    blocks = [
        {**block, "table": _table_of(block["group"], data["figures"])}
        if block["role"] == "table" and "table" not in block
        else block
        for block in data["blocks"]
    ]
    return {**data, "blocks": blocks}


def _table_of(group: str, figures: list[dict[str, Any]]) -> dict[str, Any]:
    """A table of one row: the figures of one group."""
    own = [figure for figure in figures if figure["group"] == group]
    columns = [{key: figure[key] for key in ("group", "id", "label", "head")} for figure in own]
    row = {"label": "", "texts": [figure["text"] for figure in own]}
    return {"columns": columns, "rows": [row], "turned": False}


def _check_whole(letter: Letter) -> None:
    """A record is one letter: its parts agree with each other. Raises `RecordError`."""
    by_role: dict[str, list[str]] = {}
    for block in letter.blocks:
        by_role.setdefault(block.role, []).append(block.text)
    tables = [block for block in letter.blocks if block.role == "table"]
    names = [block.group for block in tables]
    columns = [column for block in tables if block.table for column in block.table.columns]
    figures = dict.fromkeys((figure.group, figure.id) for figure in letter.figures)
    agree = {
        "the addressee": list(letter.addressee) == by_role.get("address_line"),
        "the salutation": [letter.salutation] == by_role.get("salutation"),
        "the title": letter.title.endswith(f": {letter.authority}"),
        "the closing": len(by_role.get("closing", [])) == 1,
        "the tables": None not in names
        and len(set(names)) == len(names)
        and all(block.table and _is_whole(block.table) for block in tables),
        "the figures": list(figures) == list(dict.fromkeys((c.group, c.id) for c in columns))
        and len(figures) == len(letter.figures),
        "the titles of the tables": all(
            (table.role, table.group) == ("table", title.group)
            for title, table in pairwise((*letter.blocks, letter.blocks[0]))
            if title.role == "table_title"
        ),
        "the order of the blocks": bool(letter.blocks) and letter.blocks[0].role != "table",
        "the wording": all(block.composition for block in letter.blocks),
    }
    for what, so in agree.items():
        if not so:
            raise RecordError(f"contradicts itself about {what}")


def _is_whole(table: PrintedTable) -> bool:
    """Whether each row of a table has a figure for each of its columns, and there are some."""
    rows = {len(row.texts) for row in table.rows}
    return rows == {len(table.columns)} and rows != {0}


def _complaint(error: ErrorDetails) -> str:
    """What is wrong with a record, in words."""
    where = error["loc"]
    if error["type"] == "missing":
        return f'lacks "{where[-1]}"'
    if error["type"] == "json_invalid":
        return "is damaged: it is not text"
    kind = next((said for kind, said in _KINDS.items() if error["type"].startswith(kind)), "a text")
    found = shorten(json.dumps(error["input"], ensure_ascii=False), 40, placeholder=" …")
    what = (
        f'one of "{where[-2]}"'
        if where and isinstance(where[-1], int)
        else f'"{where[-1]}"'
        if where
        else "everything"
    )
    return f"has {found} as {what}; expected {kind}"


_KINDS = {
    "dataclass": "an object",
    "tuple": "a list",
    "string": "a text",
    "int": "a whole number",
    "bool": "true or false",
}
"""By the beginning of what the complaint is called."""
