"""Tables proven cell by cell: whatever stands in them, wherever and whichever way round."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.mentions import NameIndex
from generator.checks.registry import PdfContext, check_pdf
from generator.letter.letter import Cell, ComposedLetter, ComposedRow, Table
from generator.letter.roles import Role
from generator.project.load_edition import load_edition
from generator.rendering.html import FilledLetter, check_page, render_for_print
from generator.rendering.letter_template import LetterTemplate
from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.rendering.record import attached_files, record_of
from generator.rendering.text import render_text
from generator.verification.read_back import check_text
from generator.verification.reading import read_letter
from generator.verification.table_proof import find_table, page_of_table, table_by_position
from tests.borsetshire import build_tree
from tests.examples import few
from tests.hard_letters import hard_letter
from tests.tables import IN_SECTIONS

ROWS = ("Ambridge", "Similar councils", "All councils of the county", "Last year")


@cache
def made() -> tuple[ComposedLetter, LetterTemplate, PdfEngine]:
    with TemporaryDirectory() as folder:
        loaded = load_edition(build_tree(Path(folder), IN_SECTIONS))
        assert loaded.letter_template is not None
        letter = loaded.letters["ambridge-district-council"].letter
        engine = PdfEngine(loaded.letter_template.styles)
        return letter, loaded.letter_template, engine


def printed(letter: ComposedLetter) -> bytes:
    _, letter_template, engine = made()
    page = render_for_print(FilledLetter(letter, letter_template))
    return engine.print(page, attached_files(letter))


def findings(pdf: bytes, letter: ComposedLetter) -> list[str]:
    return check_pdf(PdfContext(read_letter(pdf), record_of(letter), NameIndex()))


def with_tables(letter: ComposedLetter, change: Callable[[Table], Table]) -> ComposedLetter:
    blocks = (replace(b, table=change(b.table)) if b.table else b for b in letter.blocks)
    return replace(letter, blocks=tuple(blocks))


@st.composite
def tables(draw: st.DrawFn, table: Table) -> Table:
    """A table with any figures in one to four rows, either way round."""
    number = draw(st.integers(1, 4))
    figures = st.one_of(st.integers(0, 9), st.integers(0, 99_999)).map(lambda n: f"{n:,}")
    rows = tuple(
        ComposedRow(
            label=ROWS[n] if number > 1 or table.has_row_labels else "",
            cells=tuple(replace(cell, text=draw(figures)) for cell in table.rows[0].cells),
            row="last_year" if n else "",
        )
        for n in range(number)
    )
    is_beside = table.beside and number == 1
    turned = table.name in {"outcomes", "in_short"} or draw(st.booleans())
    return replace(table, rows=rows, turned=turned, beside=is_beside)


@st.composite
def letters(draw: st.DrawFn) -> ComposedLetter:
    """A letter with such tables; those of the page in any order."""
    letter, _, _ = made()
    letter = with_tables(letter, lambda table: draw(tables(table)))
    places = [n for n, b in enumerate(letter.blocks) if b.table and b.part == "report"]
    blocks = list(letter.blocks)
    untitled = [n for n in places if blocks[n - 1].role is not Role.TABLE_TITLE]
    titled = [n for n in places if n not in untitled]
    for place, other in zip(titled, draw(st.permutations(titled)), strict=True):
        for step in (-1, 0):
            number = letter.blocks[place + step].number
            blocks[place + step] = replace(letter.blocks[other + step], number=number)
    return replace(letter, blocks=tuple(blocks))


@given(letters())
@settings(max_examples=few())
def test_what_is_printed_is_proven_whatever_it_is(letter: ComposedLetter) -> None:
    _, letter_template, _ = made()

    assert findings(printed(letter), letter) == []
    assert check_page(FilledLetter(letter, letter_template).page, record_of(letter)) == []
    assert check_text(render_text(letter), record_of(letter)) == []


@st.composite
def swaps(draw: st.DrawFn) -> tuple[ComposedLetter, str, Sequence[tuple[int, int]]]:
    """A letter, one of its tables, and two of its cells that say different figures."""
    letter = draw(letters())
    several = {
        name: block.table
        for name, block in letter.tables.items()
        if isinstance(block.table, Table) and len({c.text for c in block.table.cells}) > 1
    }
    if not several:
        return letter, "", ()
    name = draw(st.sampled_from(sorted(several)))
    rows = several[name].rows
    places = [(r, c) for r, row in enumerate(rows) for c in range(len(row.cells))]
    first = draw(st.sampled_from(places))
    text = rows[first[0]].cells[first[1]].text
    others = [(r, c) for r, c in places if rows[r].cells[c].text != text]
    return letter, name, (first, draw(st.sampled_from(others)))


def swapped(table: Table, places: Sequence[tuple[int, int]]) -> Table:
    """The table with the figures of two cells exchanged."""
    cells = [list(row.cells) for row in table.rows]
    (a, b), (c, d) = places
    one, other = cells[a][b], cells[c][d]
    cells[a][b], cells[c][d] = replace(one, text=other.text), replace(other, text=one.text)
    rows = zip(table.rows, cells, strict=True)
    return replace(table, rows=tuple(replace(row, cells=tuple(own)) for row, own in rows))


@given(swaps())
@settings(max_examples=few())
def test_two_figures_in_each_others_places_are_told(
    case: tuple[ComposedLetter, str, Sequence[tuple[int, int]]],
) -> None:
    letter, name, places = case
    if not places:
        return
    wrong = with_tables(letter, lambda t: swapped(t, places) if t.name == name else t)
    read = read_letter(printed(wrong))
    told = findings(printed(wrong), letter)
    title = letter.titles.get(name, name)
    table = letter.tables[name].table
    assert table is not None

    assert table_by_position(read.pages, table) != ""
    assert any(f.startswith(f'table "{title}", on the page: ') for f in told)
    assert any(f.startswith(f'table "{title}", for screen readers: ') for f in told)


# Labels and headers


def outcomes(change: Callable[[tuple[Cell, ...]], tuple[Cell, ...]]) -> ComposedLetter:
    def changed(table: Table) -> Table:
        if table.name != "outcomes":
            return table
        (row,) = table.rows
        return replace(table, rows=(replace(row, cells=change(row.cells)),))

    return with_tables(made()[0], changed)


def labels_swapped(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    first, second, third, *others = cells
    labels = (replace(second, label=third.label), replace(third, label=second.label))
    return (first, *labels, *others)


WRONG: dict[str, tuple[Callable[[tuple[Cell, ...]], tuple[Cell, ...]], list[str]]] = {
    "two labels swapped": (
        labels_swapped,
        [
            'table "What came of it", on the page: no row reads Not Upheld 5',
            'table "What came of it", for screen readers: row 4 has "Upheld", not "Not Upheld"',
        ],
    ),
    "another header over some lines": (
        lambda cells: tuple(replace(c, header=c.header.replace("Early", "Late")) for c in cells),
        [
            'table "What came of it", on the page: found "Late decisions" above '
            '"Advice Given"; expected "Early decisions"',
            'table "What came of it", for screen readers: row 1 has "Late decisions", '
            'not "Early decisions"',
        ],
    ),
    "a header that is not there": (
        lambda cells: tuple(replace(c, header="") for c in cells),
        [
            'table "What came of it", on the page: found "What came of it" above '
            '"Advice Given"; expected "Early decisions"',
            'table "What came of it", for screen readers: row 1 has 2 cells, not 1',
        ],
    ),
    "a line too few": (
        lambda cells: cells[:-1],
        [
            'table "What came of it", on the page: no row reads Total 9',
            'table "What came of it", for screen readers: it has 6 rows, not 7',
        ],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_table_on_its_side_is_told(case: str) -> None:
    change, expected = WRONG[case]

    told = findings(printed(outcomes(change)), made()[0])

    assert [f for f in told if f.startswith('table "What came of it"')] == expected


def test_a_label_of_a_row_under_another_is_told() -> None:
    letter = with_tables(
        made()[0],
        lambda t: replace(t, rows=tuple(replace(row, label=row.label and "Our") for row in t.rows)),
    )

    told = [f for f in findings(printed(letter), made()[0]) if f.startswith("table")]

    assert told == [
        'table "In short", on the page: '
        'found "In short: In short Our" above 14; expected "Your council and its ducks"',
        'table "In short", for screen readers: row 1 has "Our", not "Your council and its ducks"',
        'table "labelled", on the page: no row of figures reads Your council 3 1 5 3 38% 9',
        'table "labelled", for screen readers: row 3 has "Our", not "Your council"',
    ]


def test_a_table_over_a_pages_end_is_found_on_all_of_its_pages() -> None:
    made_of = hard_letter("a table over a page's end")
    table = made_of.letter.tables["long"].table
    assert table is not None
    pages = read_letter(made_of.pdf).pages

    assert find_table(pages, table).pages == (2, 3, 4)
    assert page_of_table(pages, table) == 2
    assert (
        check_pdf(PdfContext(read_letter(made_of.pdf), record_of(made_of.letter), NameIndex()))
        == []
    )


def test_without_its_header_on_the_next_page_a_table_is_not_right() -> None:
    made_of = hard_letter("a table over a page's end")
    table = made_of.letter.tables["long"].table
    assert table is not None
    pages = list(read_letter(made_of.pdf).pages)
    pieces = tuple(piece for piece in pages[2].pieces if piece.text.strip() != "Your council")
    assert len(pieces) == len(pages[2].pieces) - 1
    pages[2] = replace(pages[2], pieces=pieces)

    assert table_by_position(pages, table) == 'found "" above 7; expected "Your council"'
