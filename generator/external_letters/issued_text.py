"""A letter read from plain text: one that was issued, or one that was made here."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.external_letters.parse_letter import parse_letter
from generator.external_letters.reference_edition import (
    ADDRESS,
    Element,
    Grid,
    PartKind,
    ReferenceEdition,
    Words,
    is_figure,
)
from generator.letter.letter import Letter, LetterSource
from generator.letter.markup import likeness
from generator.rendering.text import COLUMNS

_LINE = re.compile(r"^(\s*)(.*?\S)\s{2,}(\S+(?: \S+)*)$")


def _upright(block: Sequence[str], pattern: ReferenceEdition) -> Grid | None:
    """The table that lines of a text are, set upright; None where they are no table.

    A line without a figure is a head over those that follow, or the beginning of a long label:
    whichever is liker to a label of the edition.
    """
    labels = [column.label for column in pattern.edition.columns()]
    columns: list[tuple[str, str, str]] = []
    waiting: list[str] = []
    for line in block:
        found = _LINE.match(line)
        if found is None or not is_figure(found[3], pattern.nones):
            waiting.append(line.strip())
            continue
        columns.append((*_divide(waiting, found[2].strip(), labels), found[3]))
        waiting = []
    return None if waiting or not columns else Grid(tuple(zip(*columns, strict=True)))


def _divide(waiting: Sequence[str], last: str, labels: Sequence[str]) -> tuple[str, str]:
    """Lines over a figure, divided into a head and the label."""
    ways = [
        (" ".join(waiting[:number]), " ".join([*waiting[number:], last]))
        for number in range(len(waiting) + 1)
    ]
    return max(ways, key=lambda way: max(likeness(way[1], label) for label in labels))


_MARKS = (
    (re.compile(r"</?[ub]>"), ""),
    (re.compile(r"<((https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"\[([^]\n]+)\]\([^)\s]*\)"), r"\1"),
)
"""Marks of links and stress that some programs leave when they read a PDF."""


def read_text(text: str, path: Path, pattern: ReferenceEdition) -> Letter:
    """A letter from a text file's content. Raises `NoLetterError` where it is none."""
    for mark, instead in _MARKS:
        text = mark.sub(instead, text)
    lines = [line.rstrip("\f ") for line in re.split(r"\r\n|[\n\r]", text.lstrip("\ufeff"))]
    words = [line for line in lines if " " in line.strip() and "\t" not in line]
    width = max(map(len, words), default=0)
    if width <= COLUMNS:
        lines = _without_addresses("\n".join(lines), pattern).split("\n")
    elements = [each for block in _blocks(lines) for each in _elements(block, pattern, width)]
    return parse_letter(elements, path, pattern, LetterSource.TEXT, unsegmented=width > _WRAPPED)


_WRAPPED = 120
"""The lines of a file that was wrapped are no longer; only addresses are, which have no spaces."""


def _without_addresses(text: str, pattern: ReferenceEdition) -> str:
    """A text of ours without the addresses that it writes behind the words of a link."""
    for link in pattern.links - {address[1:-1] for address in pattern.bracketed}:
        text = re.sub(r"(?<=\S)\s+\(" + re.escape(link) + r"\)", "", text)

    def behind_words(found: re.Match[str]) -> str:
        return found[0] if found[0].strip() in pattern.bracketed else ""

    return re.sub(rf"(?<=\S)\s+{ADDRESS.pattern}", behind_words, text)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines between blank lines; rows of cells stay together, apart from other lines."""
    block: list[str] = []
    for line in lines:
        apart = block and (not line.strip() or ("\t" in line) != ("\t" in block[-1]))
        if apart:
            yield block
            block = []
        if line.strip() or "\t" in line:
            block.append(line)
    if block:
        yield block


def _elements(block: list[str], pattern: ReferenceEdition, width: int) -> Iterator[Element]:
    """In a file that was wrapped, a block is one paragraph; in any other each line is one."""
    if "\t" in block[0]:
        yield Grid(tuple(tuple(line.split("\t")) for line in block))
    elif (table := _upright(block, pattern)) is not None:
        yield table
    elif re.match(r"[-•*] ", block[0]):
        yield from _items(block, r"[-•*] ", PartKind.BULLET)
    elif re.match(r"\d+[.)] ", block[0]):
        yield from _items(block, r"\d+[.)] ", PartKind.NUMBERED)
    elif width <= _WRAPPED:
        yield Words(tuple(_unwrapped(block, max(width, COLUMNS))))
    else:
        for line in block:
            cells = re.split(r"\s+", line.strip())
            if len(cells) > 1 and all(is_figure(cell, pattern.nones) for cell in cells):
                yield Grid((tuple(cells),))
            else:
                yield Words((line.strip(),))


def _items(block: Sequence[str], mark: str, kind: PartKind) -> Iterator[Words]:
    """The items of a list: each begins with its mark, its other lines are indented."""
    items: list[list[str]] = []
    for line in block:
        if found := re.match(mark, line):
            items.append([line[found.end() :]])
        else:
            items[-1].append(line.strip())
    return (Words(tuple(item), kind) for item in items)


def _unwrapped(block: Sequence[str], width: int) -> list[str]:
    """Lines as they were meant: one whose first word had no room on the line before goes on it."""
    whole: list[str] = []
    last = ""
    for line in block:
        if last and len(last) + 1 + len(line.split()[0]) > width:
            whole[-1] += f" {line.strip()}"
        else:
            whole.append(line.strip())
        last = line
    return whole
