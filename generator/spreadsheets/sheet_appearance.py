"""What a reader sees of a workbook's sheet: what is hidden, and what cells look like."""

import re
from collections.abc import Iterator
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from generator.edition.yaml_tree import shown
from generator.plain_text import single_spaced
from generator.problems import shortened
from generator.spreadsheets.number_formats import is_as_it_is, shown_number

_LOWEST_POINTS, _NARROWEST_CHARACTERS = 2, 0.3
"""A row or a column with less than this cannot be seen."""
_SMALLEST_POINTS = 4
_BLACK, _WHITE = "000000", "FFFFFF"
_NEAR = 24
"""Two colours that differ by no more in red, green and blue (of 255) look the same."""


def hidden_rows(sheet: Worksheet) -> set[int]:
    """The rows that are hidden, or so low that they cannot be seen."""
    usual = sheet.sheet_format
    rows = sheet.row_dimensions
    own = {n: row.height for n, row in rows.items() if row.height is not None}
    hidden = {n for n, row in rows.items() if row.hidden}
    hidden |= {n for n, height in own.items() if height < _LOWEST_POINTS}
    if usual.zeroHeight or usual.defaultRowHeight < _LOWEST_POINTS:
        hidden |= set(range(1, (sheet.max_row or 0) + 1)) - own.keys()
    return hidden


def hidden_columns(sheet: Worksheet) -> set[int]:
    """The same of columns; the library tells neighbours by the first of them."""
    last = sheet.max_column or 0
    of = {True: set[int](), False: set[int]()}
    done = 0  # there may be as many of them as columns, each over all columns
    for column in sorted(sheet.column_dimensions.values(), key=lambda column: column.min or 0):
        is_hidden = column.hidden or column.width < _NARROWEST_CHARACTERS
        of[is_hidden] |= set(range(max(column.min or 0, done + 1), min(column.max or 0, last) + 1))
        done = max(done, min(column.max or 0, last))
    usual = sheet.sheet_format.defaultColWidth
    if usual is not None and usual < _NARROWEST_CHARACTERS:
        of[True] |= set(range(1, last + 1)) - of[False]
    return of[True]


def marks_of(cell: Cell) -> Iterator[str]:
    """What a reader should look at before what a cell says is taken, in words."""
    if cell.has_style:
        if cell.font.strike:
            yield "struck through"
        if (cell.font.sz or _SMALLEST_POINTS) < _SMALLEST_POINTS:
            yield "in letters too small to be read"
        if cell.alignment.horizontal == "fill":
            yield "filled with repetitions of what it says"
        fill = cell.fill
        is_solid = getattr(fill, "patternType", "") == "solid"  # a gradient has none
        background = fill.fgColor if is_solid else None
        if _same(_rgb(cell.font.color, _BLACK), _rgb(background, _WHITE)):
            yield "in the colour of its background, so that it cannot be seen"
    if cell.comment is not None:
        said = shortened(single_spaced(cell.comment.text))
        yield f'commented on: "{shown(said)}"'


def repainted(sheet: Worksheet) -> Iterator[tuple[CellRange, str]]:
    """The cells that a conditional format may show as another thing or as nothing, and how."""
    for areas in sheet.conditional_formatting:
        for rule in areas.rules:
            if how := _repaints(rule):
                yield from ((CellRange(area.coord), how) for area in areas.cells.ranges)


def _repaints(rule: Rule) -> str:
    pictures = [rule.dataBar, rule.iconSet]
    if any(each is not None and each.showValue is False for each in pictures):
        return "bars or icons instead of numbers"
    number = rule.dxf.numFmt if rule.dxf else None
    if number is not None and not is_as_it_is(shown_number(Decimal(1), number.formatCode)):
        return f"number format {shown(number.formatCode)}"
    font, fill = (rule.dxf.font, rule.dxf.fill) if rule.dxf else (None, None)
    background = fill.bgColor if isinstance(fill, PatternFill) else None
    if font is not None and font.color and _same(_rgb(font.color, ""), _rgb(background, _WHITE)):
        return "the colour of the background"
    return ""


def _rgb(colour: Color | None, usual: str) -> str:
    """A colour as six digits; one of a theme, beyond its black and white, by its number there."""
    if colour is None:
        return usual
    if colour.type == "theme":
        plain = {0: _WHITE, 1: _BLACK} if not colour.tint else {}
        return plain.get(colour.theme, f"theme {colour.theme} {colour.tint}")
    if colour.type == "indexed":
        known = colour.indexed < len(COLOR_INDEX)
        return COLOR_INDEX[colour.indexed][-6:] if known else usual
    return str(colour.rgb)[-6:] if colour.type == "rgb" else usual


def _same(one: str, other: str) -> bool:
    if not all(re.fullmatch("[0-9A-Fa-f]{6}", each) for each in (one, other)):
        return one == other
    parts = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return all(abs(a - b) <= _NEAR for a, b in parts)
