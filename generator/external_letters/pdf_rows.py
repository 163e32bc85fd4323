"""The heads over a row of figures on a page without structure, by where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.edition.edition import Edition, Group
from generator.external_letters.pdf_text_lines import ReadLine
from generator.external_letters.printed_parts import Grid, rejoin, squeezed
from generator.external_letters.reference_edition import likeness
from generator.verification.reading import PieceOfText

_HEADS_POINTS = 130.0
"""How far above its figures the heads of a table may reach."""


def table_over(
    figures: ReadLine, lines: Sequence[ReadLine], edition: Edition
) -> tuple[list[ReadLine], Grid]:
    """The lines before a table, and the table: its heads are the nearest texts over each figure.

    How many of these belong to a head, and how many to what stands over it, the edition's labels
    tell.
    """
    over = _lines_over(figures, lines)
    stacks = _stacks(figures, over)
    texts = tuple(cell.text for cell in figures.cells)
    fitting = [g for g in edition.groups if len(g.columns) == len(texts)] or [*edition.groups]
    found = max((_heads(stacks, group) for group in fitting), key=lambda heads: heads.likeness)
    used = {id(cell) for cell in found.cells}
    left = [_without(line, used) for line in over]
    unders = {squeezed(column.header_group) for column in edition.columns() if column.header_group}
    spans = [cell for line in left for cell in line if squeezed(cell.text) in unders]
    kept = [line for line in left if line and not all(cell in spans for cell in line)]
    title = kept or [line for line in left if line][:1]  # the title may say what a head says
    before = [*lines[: len(lines) - len(over)], *(replace(figures, cells=line) for line in title)]
    spanning = tuple(cell.text for cell in spans)
    rows = [row for row in (spanning, found.texts) if row]
    return before, Grid((*rows, texts))


def _lines_over(figures: ReadLine, lines: Sequence[ReadLine]) -> Sequence[ReadLine]:
    """The last lines before a row of figures that stand over it and end no sentence."""
    first = len(lines)
    while first > 0:
        line = lines[first - 1]
        above = line.height - figures.height
        if line.page != figures.page or not 0 < above < _HEADS_POINTS:
            break
        if re.search("[.:;,]$", line.text):
            break
        first -= 1
    return lines[first:]


def _stacks(figures: ReadLine, over: Sequence[ReadLine]) -> list[list[PieceOfText]]:
    """The texts over each figure, from top down: each text stands over the figure nearest to it."""
    stacks: list[list[PieceOfText]] = [[] for _ in figures.cells]
    for cell in (cell for line in over for cell in line.cells):
        distances = [abs(cell.middle - figure.middle) for figure in figures.cells]
        stacks[distances.index(min(distances))].append(cell)
    return [sorted(stack, key=lambda cell: -cell.height) for stack in stacks]


@dataclass(frozen=True)
class _Heads:
    texts: tuple[str, ...]
    cells: tuple[PieceOfText, ...]
    likeness: float


def _heads(stacks: Sequence[Sequence[PieceOfText]], group: Group) -> _Heads:
    """Of each stack as much as is likest to the label of its column."""
    texts = []
    cells: list[PieceOfText] = []
    total = 0.0
    for number, stack in enumerate(stacks):
        label = group.columns[number].label if number < len(group.columns) else ""
        ends = range(len(stack) + 1)
        ways = [stack[first:last] for last in reversed(ends) for first in range(last + 1)]
        best = max(ways, key=lambda way: likeness(_text(way), label), default=())
        texts.append(_text(best))
        cells += best
        total += likeness(_text(best), label)
    return _Heads(tuple(texts), tuple(cells), total)


def _text(stack: Sequence[PieceOfText]) -> str:
    return rejoin(cell.text for cell in stack)


def _without(line: ReadLine, used: set[int]) -> tuple[PieceOfText, ...]:
    return tuple(cell for cell in line.cells if id(cell) not in used)
