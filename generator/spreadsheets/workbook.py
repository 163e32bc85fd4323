"""Workbooks (`.xlsx`) to sheets: all that is stored, also what a reader would not see."""

import datetime
import io
import warnings
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from generator.edition.origins import EXPORTED
from generator.problems import Place, Problem
from generator.spreadsheets.sheets import Area, Sheet, SheetCell, cell_name
from generator.spreadsheets.xlsx_safety import why_unsafe

LARGEST_SHEET_CELLS = 400_000
"""From the first cell to the farthest, empty ones included."""


def read_workbook(path: Path, content: bytes) -> tuple[list[Sheet], list[Problem]]:
    """The sheets of a workbook, in its order; none, and why, where it cannot be read."""
    why = why_unsafe(content)
    if why:
        return [], [Problem(Place(path), f"cannot be read: {why}")]
    try:
        return _read(path, content)
    except Exception as error:  # the library raises whatever a damaged file makes it stumble over
        said = str(error).split("\n")[0] or type(error).__name__
        message = (
            f"cannot be read: it is damaged, or no workbook ({said}); "
            "open it in a spreadsheet program and save it anew as .xlsx"
        )
        return [], [Problem(Place(path), message)]


def _read(path: Path, content: bytes) -> tuple[list[Sheet], list[Problem]]:
    book = _opened(content, values=False)
    problems = [_too_far(path, sheet) for sheet in book.worksheets if _reach(sheet) is None]
    if problems:
        return [], problems
    stored = _opened(content, values=True) if any(map(_has_formula, book.worksheets)) else book
    is_export = book.properties.keywords == EXPORTED
    return [_sheet(path, s, stored[s.title], is_export) for s in book.worksheets], []


def _opened(content: bytes, *, values: bool) -> Any:
    """The workbook, with its formulas or with the values stored of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out, such as drop-down lists
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def _reach(sheet: Worksheet) -> tuple[int, int] | None:
    """The farthest row and column of a sheet; None where that is too far to be a table."""
    rows, columns = sheet.max_row or 0, sheet.max_column or 0
    is_near = rows * columns <= LARGEST_SHEET_CELLS and columns <= _MOST_COLUMNS
    return (rows, columns) if is_near else None


_MOST_COLUMNS = 16_384
"""As many as spreadsheet programs have."""


def _too_far(path: Path, sheet: Worksheet) -> Problem:
    far = cell_name(sheet.max_row, min(sheet.max_column, _MOST_COLUMNS))
    place = Place(path, sheet=sheet.title)
    message = (
        f"reaches to {far}, which is too far to be a table; delete the rows and columns "
        "beyond it, or copy the table into a new workbook"
    )
    return Problem(place, message)


def _has_formula(sheet: Worksheet) -> bool:
    return any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def _sheet(path: Path, sheet: Worksheet, stored: Worksheet, is_export: bool) -> Sheet:
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or isinstance(cell, MergedCell):
                continue
            is_formula = cell.data_type == "f"
            value = stored.cell(cell.row, cell.column) if is_formula else cell
            cells[cell.row, cell.column] = SheetCell(
                value=_plain(value.value),
                formula=str(getattr(cell.value, "text", cell.value)) if is_formula else "",
                format=str(cell.number_format),
                is_error=value.data_type == "e",
            )
    return Sheet(
        path=path,
        name=sheet.title,
        cells=cells,
        hidden=sheet.sheet_state != "visible",
        filtered=bool(sheet.auto_filter.filterColumn),
        hidden_rows=frozenset(_hidden_rows(sheet)),
        hidden_columns=frozenset(_hidden_columns(sheet)),
        is_export=is_export,
        merged=tuple(Area(r.min_row, r.min_col, r.max_row, r.max_col) for r in _merged(sheet)),
    )


def _plain(value: Any) -> Any:
    known = str | int | float | datetime.date | datetime.time | datetime.timedelta | None
    return value if isinstance(value, known) else str(value)


def _merged(sheet: Worksheet) -> list[Any]:
    return sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))


def _hidden_rows(sheet: Worksheet) -> list[int]:
    """Rows that are hidden, by hand, by a filter or by having no height."""
    return [number for number, row in sheet.row_dimensions.items() if row.hidden]


def _hidden_columns(sheet: Worksheet) -> list[int]:
    """Columns that are hidden; the library tells neighbours by the first of them."""
    hidden: list[int] = []
    done = 0  # there may be as many of them as columns, each over all columns
    columns = (column for column in sheet.column_dimensions.values() if column.hidden)
    for column in sorted(columns, key=lambda column: column.min or 0):
        last = min(column.max or 0, sheet.max_column)
        hidden += range(max(column.min or 0, done + 1), last + 1)
        done = max(done, last)
    return hidden
