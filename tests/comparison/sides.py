"""Small letters, written out in a test: a passage or two, a figure or two."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.comparison.changes import Change
from generator.letter.letter import (
    NOT_READ,
    Block,
    Composition,
    Letter,
    LetterSource,
    PrintedFigure,
    Reading,
)
from generator.letter.markup import names_in


def words(
    wording: str, *values: str, part: str | None = "ponds", role: str = "paragraph", **more: str
) -> Block:
    """A passage of this wording, with these values for its placeholders."""
    names = names_in(wording)
    text = wording
    for name, value in zip(names, values, strict=True):
        text = text.replace(f"{{{{ {name} }}}}", value, 1)
    insert = more.get("insert")
    origin = more.get("origin", "insert" if insert else "section")
    return Block(part, role, text, Composition(wording, origin, insert))


def read(text: str, part: str | None = "ponds", role: str = "paragraph") -> Block:
    """A passage of which only the printed words are known."""
    return Block(part, role, text)


def figure(
    id_: str, value: int | None, label: str = "", group: str = "received", kind: str = "count"
) -> PrintedFigure:
    """A figure in a table; without a value it is a rate of nothing."""
    text = "N/A" if value is None else f"{value}%" if kind == "percent" else str(value)
    return PrintedFigure(group, id_, label or id_.capitalize(), text, value, kind)


def letter_of(
    slug: str,
    authority: str,
    year: int | None,
    blocks: Iterable[Block] = (),
    figures: Iterable[PrintedFigure] = (),
    reading: Reading = NOT_READ,
) -> Letter:
    """A letter of which a comparison knows this much."""
    return Letter(
        year, "", slug, authority, "", False, (), "", tuple(figures), tuple(blocks), reading
    )


def letter(
    *sides: Block | PrintedFigure,
    slug: str = "ambridge",
    year: int = 2031,
    titles: Mapping[str, str] | None = None,
    source: LetterSource | None = None,
    **more: Any,
) -> Letter:
    """A version of a letter of these; known with its wording, if it has any."""
    blocks = [side for side in sides if isinstance(side, Block)]
    bare = bool(blocks) and all(block.wording is None for block in blocks)
    source = source or (LetterSource.TEXT if bare else LetterSource.RECORD)
    blocks += [title(group, text) for group, text in (titles or {}).items()]
    figures = [side for side in sides if isinstance(side, PrintedFigure)]
    reading = Reading(source, Path(f"{slug}.pdf"), **more)
    return letter_of(slug, slug.title(), year, blocks, figures, reading)


def title(group: str, text: str) -> Block:
    """The title of a table."""
    return Block("report", "table_title", text, group=group)


def told(change: Change) -> tuple[str, str, str, str]:
    """A change in short: what became of it, why, and the words."""
    return (change.action.value, change.cause.name, change.removed, change.added)
