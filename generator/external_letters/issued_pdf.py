"""A letter read from a PDF without a record: by its structure, or else by its lines."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median, mode

from generator.external_letters.parse_letter import parse_letter
from generator.external_letters.pdf_lines import ReadLine, read_lines, table_over, without_furniture
from generator.external_letters.pdf_structure import ReadBlock, read_structure
from generator.external_letters.reference_edition import (
    Element,
    Grid,
    PartKind,
    ReferenceEdition,
    Words,
    is_figure,
    rejoin,
)
from generator.letter.figures_in_letters import typeset
from generator.letter.letter import Letter, LetterSource
from generator.letter.markup import plain_letters
from generator.verification.reading import read_files
from generator.verification.table_proof import side_by_side, whole_cells

_MARK = re.compile(r"([•–▪·-]|\d+[.)])\s+(?=\S)")


def elements_by_lines(lines: Sequence[ReadLine], pattern: ReferenceEdition) -> Iterator[Element]:
    """Paragraphs, divided where a line ends before its room does; rows of figures with heads."""
    waiting: list[ReadLine] = []
    usual = _pitch(lines, _WIDEST_PITCH)
    for line in without_furniture([*_whole_rows(lines, pattern.nones)]):
        texts = [cell.text for cell in line.cells]
        if len(texts) > 1 and all(is_figure(text, pattern.nones) for text in texts):
            before, grid = table_over(line, waiting, pattern.edition)
            yield from _paragraphs(before, usual)
            yield grid
            waiting = []
        else:
            waiting.append(line)
    yield from _paragraphs(waiting, usual)


def _whole_rows(lines: Sequence[ReadLine], nones: Collection[str]) -> Iterator[ReadLine]:
    """The lines; those of a row of figures in which words stand in several lines, as one."""
    broken = [text for none in nones if " " in none for text in (none, typeset(none))]
    at = 0
    while at < len(lines):
        most = _MOST_LINES if broken else 1
        number, line = _row_at(lines[at : at + most], nones, broken)
        yield line
        at += number


_MOST_LINES = 7
"""Of a row of figures: those of its words, and one before and after them."""


def _row_at(
    lines: Sequence[ReadLine], nones: Collection[str], broken: Sequence[str]
) -> tuple[int, ReadLine]:
    """The row that begins here, and of how many lines it is; the first line where there is none."""
    for number in range(len(lines), 1, -1):
        cells = [cell for line in lines[:number] for cell in line.cells]
        whole = sorted(whole_cells(cells, broken), key=lambda cell: cell.left)
        tallest = max(whole, key=lambda cell: cell.top - cell.bottom)
        one_row = all(is_figure(c.text, nones) and side_by_side(c, tallest) for c in whole)
        if one_row and len(whole) < len(cells) and lines[0].page == lines[number - 1].page:
            return number, replace(lines[0], cells=tuple(whole))
    return 1, lines[0]


_WIDEST_PITCH = 1.5
"""In heights of a line's letters; where more is usual, most paragraphs have one line."""


_FEW = 10
"""Lines from which alone it cannot be told how far apart those of a paragraph are."""


def _paragraphs(lines: Sequence[ReadLine], usual: float) -> Iterator[Words]:
    """The lines as paragraphs. Those of a column stand closely, and most fill its width.

    Where they are few, it counts how far apart those of the letter usually are, in their heights.
    """
    widest = usual if 0 < usual < _WIDEST_PITCH and len(lines) <= _FEW else _WIDEST_PITCH
    pitch = _pitch(lines, widest) * _height(lines)
    widths = {line.page: max(x.right for x in lines if x.page == line.page) for line in lines}
    columns: list[list[ReadLine]] = []
    for line in lines:
        if columns and _is_next(columns[-1][-1], line, pitch, widths):
            columns[-1].append(line)
        else:
            columns.append([line])
    paragraphs: list[list[ReadLine]] = []
    for column in columns:
        right = max(line.right for line in column)
        for number, line in enumerate(column):
            if number > 0:
                goes_on = _goes_on(column[number - 1], line, right)
            else:
                goes_on = bool(paragraphs) and _goes_over(paragraphs[-1], line, widths)
            if not goes_on:
                paragraphs.append([])
            paragraphs[-1].append(line)
    yield from map(_words, paragraphs)


def _pitch(lines: Sequence[ReadLine], widest: float) -> float:
    """How far apart the lines of a paragraph are, in heights of their letters: as most lines."""
    steps = [
        one.height - other.height
        for one, other in pairwise(lines)
        if one.page == other.page and abs(one.left - other.left) < 1 and one.height > other.height
    ]
    if not steps:
        return 0.0
    usual = mode(round(2 * step) / 2 for step in steps)  # in half points
    return min(usual / _height(lines), widest)


def _height(lines: Sequence[ReadLine]) -> float:
    return median(cell.top - cell.bottom for line in lines for cell in line.cells) if lines else 0.0


def _is_next(before: ReadLine, line: ReadLine, pitch: float, widths: Mapping[int, float]) -> bool:
    """Whether a line stands directly under another, in type of the same kind."""
    step = before.height - line.height
    near = before.page == line.page and 0 < step < pitch * 1.25
    return near and (before.left - line.left < 20) and not _is_turn(before, line, widths)


def _is_turn(before: ReadLine, line: ReadLine, widths: Mapping[int, float]) -> bool:
    """Whether type changes between two lines, as it does after a heading; not within a sentence."""
    changes = before.cells[-1].font != line.cells[0].font
    return changes and before.right - before.left < 0.8 * (widths[before.page] - before.left)


def _goes_on(before: ReadLine, line: ReadLine, right: float) -> bool:
    """Whether a line of a column is of the same paragraph as the one before it."""
    if _MARK.match(line.text) or right < line.page_width / 2:
        return False
    if re.fullmatch(r"https?://\S+", line.text):  # an address on a line of its own
        return False
    return before.right + line.room_for(" " + line.text.split()[0]) > right - 1


def _goes_over(paragraph: Sequence[ReadLine], line: ReadLine, widths: Mapping[int, float]) -> bool:
    """Whether the first line of a page is the rest of a paragraph of the page before."""
    before = paragraph[-1]
    if before.page == line.page or _is_turn(before, line, widths) or _MARK.match(line.text):
        return False
    full = before.right + line.room_for(" " + line.text.split()[0]) > widths[before.page] - 1
    return full or (len(paragraph) > 1 and before.text[-1:] not in ".!?:;,")


def _words(lines: Sequence[ReadLine]) -> Words:
    text = rejoin(line.text for line in lines)
    mark = _MARK.match(text)
    if mark is None:
        return Words((text,))
    kind = PartKind.NUMBERED if mark[1][0].isdigit() else PartKind.BULLET
    return Words((text[mark.end() :],), kind)


def read_pdf(content: bytes, path: Path, pattern: ReferenceEdition) -> Letter:
    """A letter from a PDF's content. Raises `NoLetterError`, or `UnreadableError`."""
    blocks = read_structure(content)
    if blocks:
        whole = _joined_over_pages(blocks, pattern)
        elements = [element for block in whole for element in _element(block)]
    else:
        elements = list(elements_by_lines(read_lines(content), pattern))
    _, pages = read_files(content)
    unsegmented = not blocks
    return parse_letter(
        elements, path, pattern, LetterSource.PDF, unsegmented=unsegmented, pages=pages
    )


def _element(block: ReadBlock) -> Iterator[Element]:
    if block.kind == "Table":
        yield Grid(tuple(tuple(rejoin(c.split("\n")) for c in row) for row in block.rows))
    elif block.kind == "LI":
        kind = PartKind.NUMBERED if re.match(r"\w+[.)]", block.label) else PartKind.BULLET
        yield Words((rejoin(block.lines),), kind)
    else:
        kind = PartKind.HEADING if re.fullmatch("H[1-6]?|Title", block.kind) else PartKind.WORDS
        yield Words((rejoin(block.lines),), kind)


def _joined_over_pages(blocks: Sequence[ReadBlock], pattern: ReferenceEdition) -> list[ReadBlock]:
    """The blocks with those made whole that go on over a page's end."""
    whole = [blocks[0]]
    for before, block in pairwise(blocks):
        if block.page == before.page + 1 and _page_goes_on(whole[-1], before, block, pattern):
            lines = (*whole[-1].lines, *block.lines)
            last = whole[-1]
            whole[-1] = ReadBlock(last.kind, last.page, lines, last.label)
        else:
            whole.append(block)
    return whole


_SENTENCE_END = re.compile("[.!?:;][\"'”’)]*$")


def _page_goes_on(
    whole: ReadBlock, before: ReadBlock, block: ReadBlock, pattern: ReferenceEdition
) -> bool:
    """Whether a block is the rest of the one that ends the page before.

    An item without its mark is. A paragraph is, unless the one before ends a sentence and left
    room on its line for another word; where one of the edition's letters has the same words, it
    is known.
    """
    if block.kind != before.kind or block.kind not in {"P", "LI"}:
        return False
    if block.kind == "LI":
        return not block.label
    text, rest = rejoin(whole.lines), rejoin(block.lines)
    if plain_letters(f"{text}{rest}") in pattern.known:
        return True
    if plain_letters(text) in pattern.known or plain_letters(rest) in pattern.known:
        return False
    if _SENTENCE_END.search(text):
        return before.room < block.first_word
    return len(before.lines) > 1 or before.room <= 100  # else a line of the signature, say
