"""A letter read from plain text: one that was issued, or one that was made here.

Its lines are read like those of a page: by where they stand, and by how far they reach.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.external_letters.line_elements import elements_by_lines
from generator.external_letters.parse_letter import parse_letter
from generator.external_letters.printed_lines import ReadLine
from generator.external_letters.reference_edition import ADDRESS, ReferenceEdition, is_figure
from generator.letter.letter import Letter, LetterSource
from generator.rendering.text import COLUMNS
from generator.verification.read_back import PieceOfText

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
    text = re.sub(r"\r\n?", "\n", text.lstrip("\ufeff"))
    text = re.sub("\N{SOFT HYPHEN}(?!\n)", "", text)
    lines = (line.strip() for line in re.split("[\n\f]", text))
    prose = [len(line) for line in lines if " " in line and not _APART.search(line)]
    unsegmented = 2 * sum(each for each in prose if each > _WRAPPED) > sum(prose)
    width = max((each for each in prose if unsegmented or each <= _WRAPPED), default=0)
    if max(prose, default=0) <= COLUMNS:
        text = _without_addresses(text, pattern)
    read = [*_lines(text, max(width, COLUMNS), pattern)]
    elements = [*elements_by_lines(read, pattern, line_is_paragraph=unsegmented)]
    return parse_letter(elements, path, pattern, LetterSource.TEXT, unsegmented=unsegmented)


_WRAPPED = 120
"""Most of a file that was wrapped is in lines that are no longer."""
_APART = re.compile(r"\t|\s{2,}")
"""What divides cells of a line."""
_WIDTH, _PITCH, _HEIGHT = 6.0, 12.0, 9.0
"""Of a letter, from line to line, and of a line's letters, in points, as if it were printed."""


def _lines(text: str, width: int, pattern: ReferenceEdition) -> Iterator[ReadLine]:
    """The lines of a text that are not blank, each with its cells."""
    for number, page in enumerate(text.split("\f")):
        lines = page.expandtabs(1).rstrip().split("\n")
        blank = next((n for n, line in enumerate(lines) if line.strip()), 0)
        height = (len(lines) - blank + 1) * _PITCH
        for n, (line, given) in enumerate(zip(lines, page.split("\n"), strict=False)):
            if not line.strip() and "\t" not in given:
                continue
            bottom = height - (n - blank + 1) * _PITCH
            cells = tuple(
                PieceOfText(
                    found[0],
                    found.start() * _WIDTH,
                    bottom,
                    found.end() * _WIDTH,
                    bottom + _HEIGHT,
                    "",
                )
                for found in _cells(line, pattern)
            )
            row = tuple(given.split("\t")) if "\t" in given.strip() else ()
            yield ReadLine(number, width * _WIDTH, height, cells, row)


def _cells(line: str, pattern: ReferenceEdition) -> Sequence[re.Match[str]]:
    """The cells of a line: what stands far apart, and each figure of a row of them."""
    words = [*re.finditer(r"\S+", line)]
    if len(words) > 1 and all(is_figure(word[0], pattern.nones) for word in words):
        return words
    return [*re.finditer(r"\S+(?: \S+)*", line)]


def _without_addresses(text: str, pattern: ReferenceEdition) -> str:
    """A text of ours without the addresses that it writes behind the words of a link."""
    for link in pattern.links - {address[1:-1] for address in pattern.bracketed}:
        text = re.sub(r"(?<=\S)\s+\(" + re.escape(link) + r"\)", "", text)

    def behind_words(found: re.Match[str]) -> str:
        return found[0] if found[0].strip() in pattern.bracketed else ""

    return re.sub(rf"(?<=\S)\s+{ADDRESS.pattern}", behind_words, text)
