"""The notes stand beside the last table, whatever its columns, as long as both have room."""

from collections.abc import Callable

import pytest

from generator.batch.job import LetterRenderer
from generator.letter.letter import ComposedLetter
from generator.rendering.html import page_parts
from generator.verification.reading import read_letter
from tests.borsetshire import AMBRIDGE, EDITION
from tests.rendering.conftest import FILE, Changes

Ambridge = Callable[..., tuple[ComposedLetter, LetterRenderer]]

REMEDIED = "{by_us: by us, by_authority: by the authority}"
NOTES = "Remedies are counted by the day on which the authority told the office of them. " * 4


def remedied(columns: int) -> Changes:
    names = [f"way_{number}" for number in range(columns)]
    assert REMEDIED in EDITION
    labels = ", ".join(f"{name}: {name.replace('_', ' ')}" for name in names)
    figures = "".join(f"  {name}: 0\n" for name in names)
    felpersham = "data/2031/authorities/felpersham-city-council.yaml"
    return {
        "data/2031/edition.yaml": EDITION.replace(REMEDIED, f"{{{labels}}}"),
        FILE: AMBRIDGE.replace("remedied: {by_us: 2, by_authority: 1}\n", f"remedied:\n{figures}"),
        felpersham: None,
        "templates/2031/report/notes.md": f"{NOTES}\n",
    }


@pytest.mark.parametrize(
    ("columns", "beside", "width"),
    [
        (1, True, 20),
        (3, True, 60),
        (4, True, 60),
        (5, True, 60),
        (6, True, 60),
        (7, True, 70),
        (8, False, 80),
        (12, False, 100),
    ],
)
def test_a_last_table_leaves_room_for_the_notes_or_stands_below_them(
    ambridge: Ambridge, columns: int, beside: bool, width: int
) -> None:
    letter, renderer = ambridge(remedied(columns))

    table = page_parts(letter).report[-1].table

    assert table is not None
    assert (table.is_beside, table.width) == (beside, width)
    assert (b'class="side-by-side"' in renderer.html(letter)) is beside


@pytest.mark.parametrize("columns", [5, 9])
def test_the_statistics_stay_on_one_page(ambridge: Ambridge, columns: int) -> None:
    letter, renderer = ambridge(remedied(columns))

    pages = read_letter(renderer.pdf(letter)).pages

    assert len(pages) == 2
    words = " ".join(pages[-1].text.split())
    assert NOTES.strip() in words
    assert f"way {columns - 1}" in words
