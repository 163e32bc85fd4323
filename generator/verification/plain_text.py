"""A letter's plain text, read back: its words and figures, in the order in which it has them."""

import re
from collections.abc import Iterator
from itertools import groupby

from generator.letter.letter import Letter, PrintedFigure
from generator.verification.word_proof import differences, expected_words

_ADDRESS = re.compile(r"\s*\((?:https?://|mailto:)(?:[^\s()]|\([^\s()]*\))*\)")
"""Behind the words of a link; it is no word of the letter."""


def check_text(text: str, letter: Letter) -> list[str]:
    """What is wrong with a text, a sentence each; none where it says its letter and no more."""
    tables = {b.address: _table(letter, b.group) for b in letter.blocks if b.role == "table"}
    expected = [
        (address, _ADDRESS.sub("", tables.get(address, words)))
        for address, words in expected_words(letter, bullet="-")
    ]
    if letter.draft:
        text = text.removeprefix("DRAFT")
    return list(differences(_ADDRESS.sub("", text), expected, "text"))


def _table(letter: Letter, group: str | None) -> str:
    """A table's words: a line for each figure, and before the first under a head the head."""

    def lines() -> Iterator[str]:
        figures = (figure for figure in letter.figures if figure.group == group)
        for head, under in groupby(figures, key=_head):
            yield head
            yield from (f"{figure.label} {figure.text}" for figure in under)

    return " ".join(lines())


def _head(figure: PrintedFigure) -> str:
    return figure.head
