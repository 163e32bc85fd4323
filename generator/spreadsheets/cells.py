"""A cell as a figure: a whole number, or the reason why it is not taken for one.

Nothing is guessed: a cell that a reader could take for something else is refused, in words.
"""

import datetime
import math
import re
from dataclasses import dataclass
from decimal import Decimal

from generator.edition.values import LARGEST_COUNT
from generator.edition.yaml_tree import shown
from generator.spreadsheets.sheets import SheetCell

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
