"""The letters of a pair carry the same figures: in cells, in charts, in sentences."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.letter.letter import ComposedLetter
from generator.verification.pair_proof import unlike_figures
from tests.bilingual import A, loaded


@pytest.fixture
def pair(tmp_path: Path) -> tuple[ComposedLetter, ComposedLetter]:
    letters = loaded(tmp_path).letters
    return letters[A].letter, letters[f"{A}.cy"].letter


def test_a_pair_is_alike(pair: tuple[ComposedLetter, ComposedLetter]) -> None:
    assert list(unlike_figures(*pair)) == []


def test_a_table_that_one_lacks_is_named_cell_by_cell(
    pair: tuple[ComposedLetter, ComposedLetter],
) -> None:
    letter, other = pair
    without = tuple(b for b in other.blocks if not (b.table and b.table.name == "received"))

    found = list(unlike_figures(letter, replace(other, blocks=without)))

    assert len(found) == 5
    assert found[0] == (
        "received.housing in the table received is in the en-GB letter but not in the cy one"
    )


def test_a_sentence_that_one_lacks_is_named_by_its_figures(
    pair: tuple[ComposedLetter, ComposedLetter],
) -> None:
    letter, other = pair
    without = tuple(b for b in letter.blocks if b.address != "the-year/2")

    assert list(unlike_figures(replace(letter, blocks=without), other)) == [
        "authority.received.total appears 0 times in the text of the-year in en-GB, but 1 time in "
        "cy",
        "authority.facts.residents appears 0 times in the text of the-year in en-GB, but 1 time "
        "in cy",
    ]


@pytest.mark.parametrize("wrong", ["-{}", "{}0", "{}.0", ""])
def test_a_cell_that_says_another_number_is_named(
    wrong: str, pair: tuple[ComposedLetter, ComposedLetter]
) -> None:
    letter, other = pair
    (table,) = (b.table for b in other.blocks if b.table and b.table.name == "received")
    said = table.rows[0].cells[0].text
    spoilt = _with_first_cell(other, wrong.format(said))

    assert list(unlike_figures(letter, spoilt)) == [
        f'received.housing in the table received is "{said}" in en-GB, but '
        f'"{wrong.format(said)}" in cy'
    ]


def test_marks_between_digits_are_those_of_each_language(
    pair: tuple[ComposedLetter, ComposedLetter],
) -> None:
    letter, other = pair
    english = _with_first_cell(letter, "1,234.5")

    for said, is_told in (("1.234,5", False), ("1,234.5", True)):
        german = replace(_with_first_cell(other, said), language="de")
        found = [each.split()[0] for each in unlike_figures(english, german)]
        assert ("received.housing" in found) == is_told


def _with_first_cell(letter: ComposedLetter, text: str) -> ComposedLetter:
    (block,) = (b for b in letter.blocks if b.table and b.table.name == "received")
    assert block.table is not None
    row = block.table.rows[0]
    cells = (replace(row.cells[0], text=text), *row.cells[1:])
    spoilt = replace(block, table=replace(block.table, rows=(replace(row, cells=cells),)))
    return replace(letter, blocks=tuple(spoilt if b is block else b for b in letter.blocks))
