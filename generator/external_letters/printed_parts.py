"""What stands in an issued letter before its parts are known: words in their order, and rows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.edition.figure_kinds import kind_printed
from generator.letter.normalised_wording import plain


class PartKind(StrEnum):
    """What a stretch of words is, as far as its file says so."""

    WORDS = "words"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"


@dataclass(frozen=True)
class Words:
    """Words that belong together: a paragraph, a heading, the lines of an address."""

    lines: tuple[str, ...]
    kind: PartKind = PartKind.WORDS
    part: str | None = None
    """The part of the letter they are in, where the file says so."""

    @property
    def text(self) -> str:
        """All of them on one line."""
        return rejoin(self.lines)


@dataclass(frozen=True)
class Grid:
    """Rows of cells, each cell under the one with its number in the row above; empty ones too."""

    rows: tuple[tuple[str, ...], ...]


Element = Words | Grid


def squeezed(text: str) -> str:
    """A text without white space, blind to quote style: equal for equal words, however broken."""
    return "".join(plain(text).split())


def short(text: str) -> str:
    """A text to be named in a sentence, its middle left out where it is long."""
    return text if len(text) <= 60 else f"{text[:30]} … {text[-25:]}"


_BROKEN_HYPHEN = re.compile("[\ufffe\x02]$")
"""What PDFium gives for a hyphen at which a line was broken."""
_CUT_AFTER = re.compile(r"(?<=\w)-$|(?<=\S)[–—/]$")
_HANGING = {"and", "or", "to"}
"""After "pre- and post-", a hyphen at a line's end belongs to its own word alone."""


def rejoin(lines: Iterable[str]) -> str:
    """Lines as one, also where a line was broken after a hyphen, a dash or a slash."""
    text = ""
    for line in lines:
        words = " ".join(line.split())
        if not words:
            continue
        mended = _BROKEN_HYPHEN.sub("-", text)
        hangs = mended.endswith("-") and words.split()[0] in _HANGING
        cut = _CUT_AFTER.search(mended) and not hangs
        text = words if not text else f"{mended}{'' if cut else ' '}{words}"
    return re.sub("[\ufffe\x02]\\s*", "-", text)


def is_figure(text: str, others: Iterable[str]) -> bool:
    """Whether a cell holds a figure: a number, a rate, or a word that stands for one."""
    if kind_printed(text):
        return True
    return squeezed(text) in {squeezed(other) for other in (*others, "[?]")}


def value_of(text: str) -> int | None:
    """The number that a figure says; None where it says none."""
    kind = kind_printed(text)
    return kind.read_printed(text) if kind else None


def filled(row: Sequence[str]) -> list[tuple[int, str]]:
    """The cells of a row that hold something, each with its number."""
    return [(number, cell.strip()) for number, cell in enumerate(row) if cell.strip()]
