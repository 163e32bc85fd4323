"""Tables turned on their side, as our text files have them: a line for each figure."""

import re
from collections.abc import Sequence

from generator.edition.edition import Edition
from generator.external_letters.printed_parts import Grid, is_figure
from generator.external_letters.reference_edition import likeness

_LINE = re.compile(r"^(\s*)(.*?\S)\s{2,}(\S+(?: \S+)*)$")


def upright(block: Sequence[str], edition: Edition) -> Grid | None:
    """The table that lines of a text are, set upright; None where they are no table.

    A line without a figure is a head over those that follow, or the beginning of a long label:
    whichever is liker to a label of the edition.
    """
    nones = {column.none for column in edition.columns()}
    labels = [column.label for column in edition.columns()]
    heads: list[str] = []
    row: list[str] = []
    figures: list[str] = []
    waiting: list[str] = []
    for line in block:
        found = _LINE.match(line)
        if found is None or not is_figure(found[3], nones):
            waiting.append(line.strip())
            continue
        over, label = _divide(waiting, found[2].strip(), labels)
        heads.append(over)
        row.append(label)
        figures.append(found[3])
        waiting = []
    if waiting or not figures:
        return None
    return Grid((tuple(heads), tuple(row), tuple(figures)))


def _divide(waiting: Sequence[str], last: str, labels: Sequence[str]) -> tuple[str, str]:
    """Lines over a figure, divided into a head and the label."""
    ways = [
        (" ".join(waiting[:number]), " ".join([*waiting[number:], last]))
        for number in range(len(waiting) + 1)
    ]
    return max(ways, key=lambda way: max(likeness(way[1], label) for label in labels))
