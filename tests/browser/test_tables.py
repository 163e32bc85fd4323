"""Tables of several rows, and tables on their side, in every window."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.batch.job import renderer_for
from generator.letter.letter import ComposedLetter, Table
from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree
from tests.browser.conftest import Open
from tests.browser.test_widths import FIND_WHAT_STICKS_OUT, WIDTHS, at_every_width
from tests.tables import IN_SECTIONS

ROWS = ("Your council", "Similar councils", "Last year")

# The heads that a reader sees a figure under and beside: on its line to the left, over its middle.
LOOK_AT_CELLS = """() => [...document.querySelectorAll("[data-figure]")].map(cell => {
    const around = cell.getBoundingClientRect()
    const [x, y] = [(around.left + around.right) / 2, (around.top + around.bottom) / 2]
    const heads = [...cell.closest("table").querySelectorAll("th")]
        .filter(head => !head.scope.endsWith("group"))
        .filter(head => {
            const box = head.getBoundingClientRect()
            const isBeside = box.top < y && y < box.bottom && box.right <= around.left + 1
            const isOver = box.left < x && x < box.right && box.bottom <= around.top + 1
            return isBeside || isOver
        })
    return [cell.textContent, heads.map(head => head.textContent).sort()]
})"""


def _with_rows(table: Table) -> Table:
    """A table that labels its row, with two rows more."""
    if not table.has_row_labels:
        return table
    own = table.rows[0].cells
    rows = tuple(
        replace(
            table.rows[0],
            label=label,
            cells=tuple(replace(c, text=f"{n}{i}") for i, c in enumerate(own)),
        )
        for n, label in enumerate(ROWS, start=1)
    )
    return replace(table, rows=rows)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[ComposedLetter, str]:
    """A letter with such tables, and its page."""
    folder: Path = tmp_path_factory.mktemp("tables")
    loaded = load_edition(build_tree(folder, IN_SECTIONS))
    letter = loaded.letters["ambridge-district-council"].letter
    blocks = (replace(b, table=_with_rows(b.table)) if b.table else b for b in letter.blocks)
    letter = replace(letter, blocks=tuple(blocks))
    renderer = renderer_for(loaded)
    assert renderer is not None
    return letter, renderer.html(letter).decode()


def _expected(table: Table) -> list[Any]:
    """Each cell, as the page has them, with its labels."""
    found = []
    lines = zip(table.lines, table.lines_of_cells, strict=True)
    for line, cells in lines:
        for number, cell in enumerate(cells):
            over = table.headers[number] if table.headers else ""
            found.append([cell.text, sorted(filter(None, [line.label, over]))])
    return found


def test_each_figure_stands_where_its_labels_cross(
    shown: tuple[ComposedLetter, str], open_page: Open
) -> None:
    letter, page = shown
    tables = [block.table for block in letter.blocks if block.table]
    assert sorted(len(table.rows) for table in tables) == [1, 1, 1, 3, 3]

    expected = [cell for table in tables for cell in _expected(table)]

    found = at_every_width(LOOK_AT_CELLS, open_page(page, WIDTHS[0]))

    assert found == dict.fromkeys(WIDTHS, expected)


def test_nothing_sticks_out_sideways(shown: tuple[ComposedLetter, str], open_page: Open) -> None:
    _, page = shown

    found = at_every_width(FIND_WHAT_STICKS_OUT, open_page(page, WIDTHS[0]))

    assert found == {width: [] for width in WIDTHS}
