"""A letter read from a PDF without a record: by its structure, or else by its lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from generator.external_letters.known_words import KnownWords
from generator.external_letters.line_elements import elements_by_lines
from generator.external_letters.parse_letter import parse_letter
from generator.external_letters.pdf_lines import read_lines
from generator.external_letters.pdf_structure import ReadBlock, read_structure
from generator.external_letters.reference_edition import (
    Element,
    Grid,
    PartKind,
    ReferenceEdition,
    Words,
)
from generator.letter.letter import Letter, LetterSource
from generator.verification.reading import read_files


def read_pdf(content: bytes, path: Path, pattern: ReferenceEdition) -> Letter:
    """A letter from a PDF's content. Raises `NoLetterError`, or `UnreadableError`."""
    _, pages = read_files(content)

    def parsed(elements: Sequence[Element], *, unsegmented: bool) -> Letter:
        source = LetterSource.PDF
        return parse_letter(elements, path, pattern, source, unsegmented=unsegmented, pages=pages)

    blocks = read_structure(content)
    letter = None
    if blocks:
        words = pattern.words.with_own(line for block in blocks for line in block.lines)
        whole = _joined_over_pages(blocks, words)
        elements = [element for block in whole for element in _element(block, words)]
        letter = parsed(elements, unsegmented=False)
        if not letter.reading.unread:
            return letter
    by_lines = parsed([*elements_by_lines(read_lines(content), pattern)], unsegmented=True)
    return by_lines if letter is None or _lost(by_lines) < _lost(letter) else letter


def _lost(letter: Letter) -> tuple[int, int]:
    """How much of a letter could not be read: the fewer figures, the more sentences."""
    return -len(letter.figures), len(letter.reading.unread)


def _element(block: ReadBlock, words: KnownWords) -> Iterator[Element]:
    if block.kind == "Table":
        yield Grid(tuple(tuple(words.rejoin(c.split("\n")) for c in row) for row in block.rows))
    elif block.kind == "LI":
        kind = PartKind.NUMBERED if re.match(r"\w+[.)]", block.label) else PartKind.BULLET
        yield Words((words.rejoin(block.lines),), kind)
    else:
        kind = PartKind.HEADING if re.fullmatch("H[1-6]?|Title", block.kind) else PartKind.WORDS
        yield Words((words.rejoin(block.lines),), kind)


def _joined_over_pages(blocks: Sequence[ReadBlock], words: KnownWords) -> list[ReadBlock]:
    """The blocks with those made whole that go on over a page's end."""
    whole = [blocks[0]]
    for before, block in pairwise(blocks):
        if _is_rest_of_table(whole[-1], block):
            whole[-1] = replace(whole[-1], rows=whole[-1].rows + block.rows, page=block.page)
        elif block.page == before.page + 1 and _page_goes_on(whole[-1], before, block, words):
            lines = (*whole[-1].lines, *block.lines)
            last = whole[-1]
            whole[-1] = ReadBlock(last.kind, last.page, lines, last.label)
        else:
            whole.append(block)
    return whole


def _is_rest_of_table(table: ReadBlock, block: ReadBlock) -> bool:
    """Whether a table goes on with the figures whose heads end the page before."""
    if not (table.rows and block.rows and block.page == table.page + 1):
        return False
    return not any(cell.strip()[:1].isdigit() for cell in table.rows[-1])


_SENTENCE_END = re.compile("[.!?:;][\"'”’)]*$")


def _page_goes_on(whole: ReadBlock, before: ReadBlock, block: ReadBlock, words: KnownWords) -> bool:
    """Whether a block is the rest of the one that ends the page before.

    An item without its mark is. A paragraph is, unless the one before ends a sentence and left
    room on its line for another word; where one of the edition's letters has the same words, it
    is known.
    """
    if block.kind != before.kind or block.kind not in {"P", "LI"}:
        return False
    if block.kind == "LI":
        return not block.label
    text = words.rejoin(whole.lines)
    told = words.goes_on(text, words.rejoin(block.lines))
    if told is not None:
        return told
    if _SENTENCE_END.search(text):
        return before.room < block.first_word
    return len(before.lines) > 1 or before.room <= 100  # else a line of the signature, say
