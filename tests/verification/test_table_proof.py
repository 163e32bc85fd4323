"""A printed table against its figures, also where words stand in a cell for a rate of nothing."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from generator.checks.mentions import NameIndex
from generator.checks.registry import PdfContext, check_pdf
from generator.letter.printed_table import PrintedRow, PrintedTable
from generator.rendering.record import record_of
from generator.verification.reading import read_letter
from generator.verification.table_proof import table_by_position
from tests.hard_letters import hard_letter

WORDS = {
    "two words for a rate of nothing": "no investigations",
    "four words for a rate of nothing": "none decided this year",
    "three lines for a rate of nothing": "nobody’s case was decided in this year",
}


def decided(name: str) -> PrintedTable:
    blocks = record_of(hard_letter(name).letter).blocks
    return next(block.table for block in blocks if block.table and block.group == "decided")


def texts_of(table: PrintedTable) -> tuple[str, ...]:
    (row,) = table.rows
    return row.texts


def with_texts(table: PrintedTable, texts: Iterable[str]) -> PrintedTable:
    return replace(table, rows=(PrintedRow("", tuple(texts)),))


@pytest.mark.parametrize("name", WORDS)
def test_words_for_a_rate_of_nothing_are_proven_in_their_cell(name: str) -> None:
    hard = hard_letter(name)
    read = read_letter(hard.pdf)

    assert check_pdf(PdfContext(read, record_of(hard.letter), NameIndex())) == []
    assert WORDS[name] in texts_of(decided(name))
    assert WORDS[name] not in {piece.text for piece in read.pages[-1].pieces}, "or it has one line"


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("other", ["decided no investigations", "no", "0", "no investigation"])
def test_other_words_in_the_cell_are_told(name: str, other: str) -> None:
    pages = read_letter(hard_letter(name).pdf).pages
    table = decided(name)
    wrong = with_texts(table, [other if t == WORDS[name] else t for t in texts_of(table)])

    assert table_by_position(pages, decided(name)) == ""
    assert table_by_position(pages, wrong).startswith("no row of figures reads 0 0 0 0 0 2 0 0 ")


def test_words_under_another_head_are_told() -> None:
    name = "two words for a rate of nothing"
    table = decided(name)
    *others, upheld, rate, total = table.columns
    exchanged = (replace(upheld, label="Uphold Rate"), replace(rate, label="Upheld"))
    wrong = replace(table, columns=(*others, *exchanged, total))

    assert table_by_position(read_letter(hard_letter(name).pdf).pages, wrong) == (
        'found "Investigations Upheld" above 0; expected "Uphold Rate"'
    )
