"""A cell as a figure: a whole number, or the reason why it is not taken for one.

Nothing is guessed: a cell that a reader could take for something else is refused, in words.
"""

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from openpyxl.utils import get_column_letter

from generator.edition.values import LARGEST_COUNT
from generator.edition.yaml_tree import shown
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


LARGEST_SUM = 999_999_999


class RefusedError(Exception):
    """A cell is no figure; the text says why, and what to do."""


_EXPECTED = "expected a whole number"
_BLANK = "blank; write 0 where there were none, or say --blank-is-zero if that is meant by it"


def whole_number(
    cell: SheetCell | None,
    *,
    typed: bool,
    blank_is_zero: bool = False,
    largest: int = LARGEST_COUNT,
) -> int:
    """The count in a cell, or a sum, which may be larger. Raises `RefusedError`."""
    if is_blank(cell):
        if blank_is_zero:
            return 0
        raise RefusedError(_BLANK)
    assert cell is not None, "only a blank cell is none"
    value = cell.value
    if value is None:
        raise RefusedError(_not_stored(cell))
    if cell.is_error:
        raise RefusedError(f"found {value}, the error of a formula; mend the formula")
    if isinstance(value, bool):
        raise RefusedError(f"found {str(value).upper()}; {_EXPECTED}")
    if isinstance(value, str):
        return _of_text(value, largest, typed=typed)
    if not isinstance(value, int | float):
        raise RefusedError(f"found {_moment(value)}; {_EXPECTED} (format the cell as a number)")
    if _is_percent(cell):
        raise RefusedError(f"found {_percent(value)}, a percentage; {_EXPECTED}")
    if re.search(r"[0#?],+(?![0#?])", cell.format):
        raise RefusedError(
            f"found {_digits(value)}, shown in thousands (format {shown(cell.format)}); "
            "format the cell as a plain number"
        )
    return _fitting(value, largest)


def is_blank(cell: SheetCell | None) -> bool:
    """Nothing to be seen in it: empty, or spaces alone."""
    return cell is None or (isinstance(cell.value, str) and not cell.value.strip())


def _of_text(text: str, largest: int, *, typed: bool) -> int:
    said = text.strip()
    if not typed and re.fullmatch(r"0|[1-9][0-9]*", said):
        return _fitting(int(said), largest)
    if re.fullmatch(r"[0-9.,]+ ?%", said):
        raise RefusedError(f"found {shown(said)}, a percentage; {_EXPECTED}")
    if re.fullmatch(r"[-−–][0-9]+", said):
        raise RefusedError(f"found {shown(said)}, which is negative; {_EXPECTED}")
    if re.fullmatch(r"[0-9]+\.[0-9]+", said):
        raise RefusedError(f"found {shown(said)}, which is not whole; {_EXPECTED}")
    if re.fullmatch(r"[0-9][0-9,.' \u00a0\u202f]*", said):
        if typed:
            raise RefusedError(f'found the text "{shown(said)}"; make it a number')
        raise RefusedError(f"found {shown(said)}; write the digits alone, such as 1234")
    raise RefusedError(f'found the text "{shown(said)}"; {_EXPECTED}')


def _fitting(value: float, largest: int) -> int:
    if value < 0:
        raise RefusedError(f"found {_digits(value)}, which is negative; {_EXPECTED}")
    if not math.isfinite(value) or value != int(value):
        raise RefusedError(f"found {_digits(value)}, which is not whole; {_EXPECTED}")
    if value > largest:
        raise RefusedError(f"found {_digits(value)}; expected no more than {largest}")
    return int(value)


@dataclass(frozen=True)
class CellReading:
    """A cell that states a figure, as figure kinds read it; one that holds none raises."""

    cell: SheetCell
    typed: bool
    """Whether its sheet tells numbers from texts."""

    def whole_number(self) -> int:
        """The whole number in it. Raises `RefusedError`."""
        return whole_number(self.cell, typed=self.typed, largest=LARGEST_SUM)

    def percents(self) -> set[int]:
        """The whole percents that it may state; a fraction may be of one or of a hundred."""
        return _percents(self.cell)

    def text(self) -> str:
        """What stands in it, as a text. Raises `RefusedError`."""
        if self.cell.value is None:
            raise RefusedError(_not_stored(self.cell))
        return str(self.cell.value).strip()

    def shown(self) -> str:
        """What stands in it, as a message names it."""
        value = self.cell.value
        return _percent(value) if _is_percent(self.cell) else shown(str(value))


def _not_stored(cell: SheetCell) -> str:
    return (
        f"the formula {shown(cell.formula)} has no stored value; open the workbook in a "
        "spreadsheet program and save it"
    )


def _percents(cell: SheetCell) -> set[int]:
    value, text = cell.value, str(cell.value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]+(\.[0-9]+)? ?%?", text):
        return set()
    number = Decimal(text.rstrip("% "))
    if _is_percent(cell):
        return {_rounded(number * 100)}
    found = {_rounded(number)}
    return found | {_rounded(number * 100)} if number <= 1 and not text.endswith("%") else found


def _rounded(number: Decimal) -> int:
    """Half up, as the program's own rates are."""
    return int(number + Decimal("0.5"))


def _is_percent(cell: SheetCell) -> bool:
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return is_number and "%" in re.sub(r'"[^"]*"|\\.', "", cell.format)


def _percent(value: object) -> str:
    number = (Decimal(str(value)) * 100).normalize()
    return f"{number:f}%"


def _digits(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e6 else str(value)


def _moment(value: object) -> str:
    if isinstance(value, datetime.datetime):
        value = value.date() if value.time() == datetime.time() else value
    is_date = isinstance(value, datetime.date)
    return f"{value}, a {'date' if is_date else 'time'}"
