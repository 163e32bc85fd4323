"""A letter read from a PDF without a record: by its structure, or else by its lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from generator.external_letters.parse_letter import parse_letter
from generator.external_letters.pdf_paragraphs import elements_by_lines
from generator.external_letters.pdf_structure import ReadBlock, read_structure
from generator.external_letters.pdf_text_lines import read_lines
from generator.external_letters.printed_parts import (
    Element,
    Grid,
    PartKind,
    Words,
    rejoin,
    squeezed,
)
from generator.external_letters.reference_edition import ReferenceEdition
from generator.letter.letter import Letter, LetterSource
from generator.verification.reading import read_files


def read_pdf(content: bytes, path: Path, pattern: ReferenceEdition) -> Letter:
    """A letter from a PDF's content. Raises `NoLetterError`, or `UnreadableError`."""
    blocks = read_structure(content)
    if blocks:
        whole = _joined_over_pages(blocks, pattern)
        elements = [element for block in whole for element in _element(block)]
    else:
        elements = list(elements_by_lines(read_lines(content), pattern.edition))
    _, pages = read_files(content)
    loose = not blocks
    return parse_letter(elements, path, pattern, LetterSource.PDF, loose=loose, pages=pages)


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
        if block.page == before.page + 1 and _goes_on(whole[-1], before, block, pattern):
            lines = (*whole[-1].lines, *block.lines)
            last = whole[-1]
            whole[-1] = ReadBlock(last.kind, last.page, lines, last.label)
        else:
            whole.append(block)
    return whole


_SENTENCE_END = re.compile("[.!?:;][\"'”’)]*$")


def _goes_on(
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
    if squeezed(f"{text}{rest}") in pattern.known:
        return True
    if squeezed(text) in pattern.known or squeezed(rest) in pattern.known:
        return False
    ends = bool(_SENTENCE_END.search(text))
    return not (ends or _stands_alone(before)) or (ends and before.room < block.first_word)


def _stands_alone(block: ReadBlock) -> bool:
    """Whether a block is one short line, such as a line of the signature."""
    return len(block.lines) == 1 and block.room > 100
