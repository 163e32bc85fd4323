"""Spreadsheets as offices make them: titles above, notes below, a total, and what goes wrong.

`figures_workbook` makes a whole workbook from rows as data; the tests change single cells of it.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[Any]

RECEIVED = ("Authority", "Roads", "Ponds and Ducks", "Total")
DECIDED = ("Authority", "Advice Given", "Not Upheld", "Upheld", "Uphold Rate", "Total")
REMEDIED = ("Authority", "by us", "by the authority")
ADDRESSEES = ("Authority", "Name", "Office", "Email")

AMBRIDGE = "Ambridge District Council"
FELPERSHAM = "Felpersham City Council"

BORSETSHIRE: dict[str, list[Row]] = {
    "Received": [RECEIVED, (AMBRIDGE, 3, 14, 17), (FELPERSHAM, 20, 0, 20)],
    "Decided": [DECIDED, (AMBRIDGE, 1, 5, 3, 0.38, 9), (FELPERSHAM, 2, 0, 0, "N/A", 2)],
    "Remedied": [REMEDIED, (AMBRIDGE, 2, 1), (FELPERSHAM, 0, 0)],
}
"""The figures that the invented county has already."""


def put(sheet: Worksheet, rows: Sequence[Row], first_row: int = 1) -> None:
    """Write rows into a sheet; rates, which are fractions, as percentages."""
    for number, row in enumerate(rows, start=first_row):
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(number, column, value)
            if isinstance(value, float) and value <= 1:
                cell.number_format = "0%"


def workbook(sheets: Mapping[str, Sequence[Row]]) -> Workbook:
    """A plain workbook: heads in the first row of each sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        put(book.create_sheet(name), rows)
    return book


def save(book: Workbook, path: Path) -> Path:
    """Save a workbook, and say where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def csv_bytes(
    rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8", line_end: str = "\r\n"
) -> bytes:
    """Rows as a CSV file's content."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue().encode(encoding)
