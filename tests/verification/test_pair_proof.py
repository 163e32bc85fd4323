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
        "received.housing in the table received is in the letter in en-GB, and not in cy"
    )


def test_a_sentence_that_one_lacks_is_named_by_its_figures(
    pair: tuple[ComposedLetter, ComposedLetter],
) -> None:
    letter, other = pair
    without = tuple(b for b in letter.blocks if b.address != "the-year/2")

    assert list(unlike_figures(replace(letter, blocks=without), other)) == [
        "authority.received.total stands 0 times in the words of the-year in en-GB, and 1 time in "
        "cy",
        "authority.facts.residents stands 0 times in the words of the-year in en-GB, and 1 time "
        "in cy",
    ]
