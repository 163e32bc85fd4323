"""A sheet as data: what stands in its cells, and what a reader of it would not see.

Workbooks and CSV files are both read into this; nothing behind it knows which of them it was.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import get_column_letter

from generator.problems import Place

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta


@dataclass(frozen=True)
class SheetCell:
    """A cell with something in it: its value, or that which was stored of its formula."""

    value: Value | None
    """None for a formula whose value was not stored."""
    formula: str = ""
    format: str = "General"
    """The format of a number, as spreadsheet programs write it: `0%`."""
    is_error: bool = False
    """The value is one such as `#REF!`, which a formula gives that cannot be worked out."""


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, by its first and last row and column, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def cells(self) -> int:
        """How many cells it has."""
        rows = self.last_row - self.first_row + 1
        return rows * (self.last_column - self.first_column + 1)

    @property
    def name(self) -> str:
        """As spreadsheet programs name it: `F17:F18`."""
        first = cell_name(self.first_row, self.first_column)
        return first if self.cells == 1 else f"{first}:{cell_name(self.last_row, self.last_column)}"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or a CSV file."""

    path: Path
    name: str
    """Blank for a CSV file."""
    cells: Mapping[tuple[int, int], SheetCell]
    """By row and column, those with something in them."""
    typed: bool = True
    """Numbers are told from texts, as in a workbook; in a CSV file all is text."""
    hidden: bool = False
    filtered: bool = False
    """A filter is on."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()
    is_export: bool = False
    """Of a workbook that `letters export` wrote."""
    rows: tuple[int, ...] = field(init=False)
    """The numbers of the rows with something in them, from above."""
    columns: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(sorted({row for row, _ in self.cells})))
        object.__setattr__(self, "columns", tuple(sorted({column for _, column in self.cells})))

    def place(self, row: int = 0, column: int = 0, cell: str = "") -> Place:
        """Where a cell is, for a problem; of the sheet itself without a row."""
        name = cell or (cell_name(row, column) if row and column else "")
        return Place(self.path, row, column, sheet=self.name, cell=name)

    def area_over(self, row: int, column: int) -> Area | None:
        """The merged cells that this one is a part of, if any."""
        for area in self.merged:
            in_rows = area.first_row <= row <= area.last_row
            if in_rows and area.first_column <= column <= area.last_column:
                return area
        return None


def cell_name(row: int, column: int) -> str:
    """A cell's name: `F17`."""
    return f"{get_column_letter(column)}{row}"
