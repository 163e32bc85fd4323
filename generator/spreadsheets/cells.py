"""A cell as a figure: a whole number, or the reason why it is not taken for one.

Nothing is guessed: a cell that a reader could take for something else is refused, in words.
"""

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from generator.edition.number_values import LARGEST_COUNT, LARGEST_SUM
from generator.edition.yaml_tree import shown
from generator.problems import Place
from generator.spreadsheets.number_formats import PLAIN, is_as_it_is, shown_number, shown_text

Number = TypeVar("Number", int, Decimal)
Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta


class RefusedError(Exception):
    """A cell is no figure; the text says why, and what to do."""

    def __init__(self, said: str, option: str = "") -> None:
        """`option`: what an option of the command does about it, at the end of the text."""
        super().__init__(f"{said}{option}")
        self.option = option


@dataclass(frozen=True)
class SheetCell:
    """A cell: its value, or that which was stored of its formula; and what it says as a figure."""

    value: Value | None
    """None for a formula whose value was not stored."""
    formula: str = ""
    format: str = "General"
    """The format of a number, as spreadsheet programs write it: `0%`."""
    is_error: bool = False
    """The value is one such as `#REF!`, which a formula gives that cannot be worked out."""
    typed: bool = True
    """Numbers are told from texts, as in a workbook; in a CSV file all is text."""
    marks: tuple[str, ...] = ()
    """What the cell has that a reader should look at: `struck through`, a comment."""

    @property
    def is_blank(self) -> bool:
        """Nothing to be seen in it: empty, or spaces alone."""
        return isinstance(self.value, str) and not self.value.strip()

    @property
    def states(self) -> bool:
        """Whether it says anything: it is not blank, nor a formula whose value was not stored."""
        return self.value is not None and not self.is_blank

    @property
    def is_percent(self) -> bool:
        """Whether it is a number that is shown as a percentage."""
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return is_number and "%" in re.sub(r'"[^"]*"|\\.', "", self.format)

    def whole_number(self, largest: int = LARGEST_SUM) -> int:
        """The whole number in it. Raises `RefusedError`."""
        value = self._plain(_BLANK, _EXPECTED)
        if isinstance(value, str):
            return _of_text(value, largest, typed=self.typed)
        return self._undisguised(_fitting(value, largest))

    def count(self) -> int:
        """The whole number in it, no larger than a count can be. Raises `RefusedError`."""
        return self.whole_number(LARGEST_COUNT)

    def decimal(self, places: int) -> Decimal:
        """The number in it, with so many decimal places at most. Raises `RefusedError`."""
        expected = f"expected a number with {places} decimal places at most"
        value = self._plain("blank; write the number", expected)
        if isinstance(value, str):
            return _decimal_of_text(value, places, expected, typed=self.typed)
        return self._undisguised(_with_places(_as_shown(value), places, expected))

    def number(self) -> Decimal | None:
        """The number in it, whatever its places; None where it holds, or shows, another thing."""
        text = str(self.value).strip()
        is_number = self._is_seen and not self.is_percent
        return Decimal(text) if is_number and re.fullmatch(_NUMBER, text) else None

    @property
    def _is_seen(self) -> bool:
        """Whether what it shows is a text, or a number and nothing else, rounded perhaps."""
        said = (self._shown_as or "").strip()
        is_number = is_as_it_is(said) and said.endswith("%") == self.is_percent
        return isinstance(self.value, str) or is_number

    @property
    def _shown_as(self) -> str | None:
        """What the cell shows; None where that is not known."""
        value = self.value
        if isinstance(value, str):
            return shown_text(value, self.format)
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            return shown_number(_as_shown(value), self.format)
        return None

    def disguise(self) -> str:
        """Why it is not what it shows, of a text or a number; blank where it is."""
        value, said = self.value, self._shown_as
        if self.format in PLAIN or isinstance(value, bool) or said == value:
            return ""
        if isinstance(value, str):
            return "" if (said or "").strip() == value.strip() else self._disguised(value, said)
        if not isinstance(value, int | float) or value < 0:
            return ""
        number = _as_shown(value)
        is_dash = not value and (said or "").strip() in _DASHES
        is_same = self._is_seen and Decimal(re.sub("[^0-9.]", "", said or "")) == number
        return "" if is_dash or is_same else self._disguised(f"{number:f}", said)

    def _disguised(self, stored: str, said: str | None) -> str:
        seen = "" if said is None else said.strip()
        how = f'as "{shown(seen)}"' if seen else "as nothing"
        how = "in a format that import cannot read" if said is None else how
        return (
            f"found {shown(stored)}, shown {how} (number format {shown(self.format)}); "
            "format the cell as General"
        )

    def _undisguised(self, number: Number) -> Number:
        """The number, if the cell shows it. Raises `RefusedError`."""
        if why := self.disguise():
            raise RefusedError(why)
        return number

    def _plain(self, blank: str, expected: str) -> str | int | float:
        """The text or the number in it, which stands for nothing else. Raises `RefusedError`."""
        value = self.value
        if self.is_blank:
            raise RefusedError(blank, _OR_NOUGHT if blank == _BLANK else "")
        if value is None:
            raise RefusedError(self._not_stored)
        if self.is_error:
            raise RefusedError(f"found {value}, a formula error; correct the formula")
        if isinstance(value, bool):
            raise RefusedError(f"found {str(value).upper()}; {expected}")
        if isinstance(value, str):
            return value
        if not isinstance(value, int | float):
            raise RefusedError(f"found {_moment(value)}; {expected} (format the cell as a number)")
        if self.is_percent:
            raise RefusedError(f"found {_percent(value)}, a percentage; {expected}")
        return value

    def percents(self) -> set[int]:
        """The whole percents that it may state; a fraction may be of one or of a hundred."""
        text = str(self.value).strip()
        if not self._is_seen or not re.fullmatch(r"[0-9]+(\.[0-9]+)? ?%?", text):
            return set()
        number = Decimal(text.rstrip("% "))
        if self.is_percent:
            return {_rounded(number * 100)}
        may_be_of_one = number <= 1 and not text.endswith("%")
        return {_rounded(number), *([_rounded(number * 100)] if may_be_of_one else [])}

    def text(self) -> str:
        """What stands in it, as a text. Raises `RefusedError`."""
        if self.value is None:
            raise RefusedError(self._not_stored)
        return str(self.value).strip()

    def shown(self) -> str:
        """What stands in it, as a message names it; and what is seen, where that is another."""
        if not self._is_seen:
            said = f' (shown as "{self._shown_as}")' if self._shown_as is not None else ""
            return f"{shown(str(self.value))}{said}"
        return _percent(self.value) if self.is_percent else shown(str(self.value))

    @property
    def _not_stored(self) -> str:
        return (
            f"the formula {shown(self.formula)} has no stored value; open and save the workbook "
            f"in a spreadsheet program"
        )


NOTHING = SheetCell("")
"""A cell with nothing in it."""
_EXPECTED = "expected a whole number"
_DASHES = frozenset({"-", "–", "—"})
"""How bookkeepers write a nought."""
_NUMBER = r"[0-9]+(\.[0-9]+)?"
_BLANK = "blank; enter 0 if there were none"
_OR_NOUGHT = ", or use --blank-is-zero"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or a CSV file."""

    path: Path
    name: str
    """Blank for a CSV file."""
    cells: Mapping[tuple[int, int], SheetCell]
    """By row and column, those with something in them."""
    hidden: bool = False
    filtered: bool = False
    """A filter is on."""
    hides_zeros: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[CellRange, ...] = ()
    repainted: tuple[tuple[CellRange, str], ...] = ()
    """Cells that a conditional format may show as another thing, and how."""
    is_export: bool = False
    """Of a workbook that `letters export` wrote."""

    @cached_property
    def rows(self) -> list[int]:
        """The numbers of the rows with something in them, from above."""
        return sorted({row for row, _ in self.cells})

    @cached_property
    def columns(self) -> list[int]:
        """The numbers of the columns with something in them, from the left."""
        return sorted({column for _, column in self.cells})

    def cell(self, row: int, column: int) -> SheetCell:
        """A cell, also one with nothing in it."""
        return self.cells.get((row, column), NOTHING)

    def place(self, row: int = 0, column: int = 0, cell: str = "") -> Place:
        """Where a cell is, for a problem; of the sheet itself without a row."""
        name = cell or (cell_name(row, column) if row and column else "")
        return Place(self.path, row, column, sheet=self.name, cell=name)

    def area_over(self, row: int, column: int) -> CellRange | None:
        """The merged cells that this one is a part of, if any."""
        for area in self.merged:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                return area
        return None


def cell_name(row: int, column: int) -> str:
    """A cell's name: `F17`."""
    return f"{get_column_letter(column)}{row}"


def _of_text(text: str, largest: int, *, typed: bool) -> int:
    said = text.strip()
    if not typed and re.fullmatch(r"0|[1-9][0-9]*", said):
        return _fitting(int(said), largest)
    for form, what in (
        (r"[0-9.,]+ ?%", "a percentage"),
        (r"[-−–][0-9]+", "which is negative"),
        (r"[0-9]+\.[0-9]+", "which is not whole"),
    ):
        if re.fullmatch(form, said):
            raise RefusedError(f"found {shown(said)}, {what}; {_EXPECTED}")
    if re.fullmatch(r"[0-9][0-9,.' \u00a0\u202f]*", said):
        if typed:
            raise RefusedError(f'found the text "{shown(said)}"; make it a number')
        raise RefusedError(f"found {shown(said)}; write only digits, such as 1234")
    raise RefusedError(f'found the text "{shown(said)}"; {_EXPECTED}')


def _fitting(value: float, largest: int) -> int:
    if value < 0:
        raise RefusedError(f"found {_digits(value)}, which is negative; {_EXPECTED}")
    if not math.isfinite(value) or value != int(value):
        raise RefusedError(f"found {_digits(value)}, which is not whole; {_EXPECTED}")
    if value > largest:
        raise RefusedError(f"found {_digits(value)}; expected at most {largest}")
    return int(value)


def _as_shown(value: float) -> Decimal:
    """A number as a spreadsheet program shows it: 32.6, though what is stored is 32.6000000001."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.14g}")


def _decimal_of_text(text: str, places: int, expected: str, *, typed: bool) -> Decimal:
    said = text.strip()
    if re.fullmatch(_NUMBER, said):
        if typed:
            raise RefusedError(f'found the text "{shown(said)}"; make it a number')
        return _with_places(Decimal(said), places, expected)
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", said):
        right = said.replace(",", ".")
        raise RefusedError(f"found {shown(said)}; write {right}, with a decimal point")
    if re.fullmatch(r"[0-9][0-9,' \u00a0\u202f]*(\.[0-9]+)?", said):
        raise RefusedError(f"found {shown(said)}; write only digits, such as 1234.5")
    raise RefusedError(f'found the text "{shown(said)}"; {expected}')


def _with_places(number: Decimal, places: int, expected: str) -> Decimal:
    if number.is_signed() and number:
        raise RefusedError(f"found {number}, which is negative; {expected}")
    if not number.is_finite() or number > LARGEST_COUNT:
        raise RefusedError(f"found {number}; expected at most {LARGEST_COUNT}")
    kept = number.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    if kept != number:
        raise RefusedError(f"found {number}; {expected}, so round it in the sheet")
    return kept


def _rounded(number: Decimal) -> int:
    """Half up, as the program's own rates are."""
    return int(number + Decimal("0.5"))


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
