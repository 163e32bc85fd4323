"""The files given to import: each read into sheets, with the digest by which it is known again."""

import codecs
import csv
import datetime
import hashlib
import io
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from generator.edition.origins import EXPORTED
from generator.files.bounded_read import Sort, TooLargeError, read_bytes
from generator.problems import Place, Problem, system_message
from generator.processes.contained import TooMuchError, contained
from generator.rendering.record import unguarded
from generator.spreadsheets.cells import Sheet, SheetCell, cell_name
from generator.spreadsheets.sheet_appearance import hidden_columns, hidden_rows, marks_of, repainted
from generator.spreadsheets.xlsx_safety import MOST_CELLS, ONLY_THE_TABLE, why_unsafe

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
            f"cannot be read: damaged, or not a workbook ({said}); open it in a spreadsheet "
            f"program and save it as .xlsx"
        )
        return [], [Problem(Place(path), message)]


def _read(path: Path, content: bytes) -> tuple[list[Sheet], list[Problem]]:
    book, lost = _opened(content, values=False)
    problems = [why for sheet in book.worksheets if (why := _too_far(path, sheet))]
    problems += [Problem(Place(path, sheet=name), _LOST) for name in lost]
    if problems:
        return [], problems
    has_formulas = any(map(_has_formula, book.worksheets))
    stored = _opened(content, values=True)[0] if has_formulas else book
    is_export = book.properties.keywords == EXPORTED
    return [_sheet(path, s, stored[s.title], is_export) for s in book.worksheets], []


def _opened(content: bytes, *, values: bool) -> tuple[Workbook, list[str]]:
    """The workbook, with its formulas or their stored values; and sheets listed but not in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out, such as drop-down lists
        reader = ExcelReader(io.BytesIO(content), data_only=values)
        reader.read()
    there = reader.wb.sheetnames
    return reader.wb, [sheet.name for sheet in reader.parser.sheets if sheet.name not in there]


_LOST = "the workbook lists this sheet but lacks it; ask for the complete workbook"


_MOST_COLUMNS = 16_384
"""As many as spreadsheet programs have."""


def _too_far(path: Path, sheet: Worksheet) -> Problem | None:
    """Why a sheet is no table; None where it reaches no farther than one."""
    rows, columns = sheet.max_row or 0, sheet.max_column or 0
    if rows * columns <= LARGEST_SHEET_CELLS and columns <= _MOST_COLUMNS:
        return None
    message = (
        f"reaches to {cell_name(rows, min(columns, _MOST_COLUMNS))}, which is too far to be a "
        "table; delete the rows and columns beyond it, or copy the table into a new workbook"
    )
    return Problem(Place(path, sheet=sheet.title), message)


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
                marks=tuple(marks_of(cell)),
            )
    return Sheet(
        path=path,
        name=sheet.title,
        cells=cells,
        hidden=sheet.sheet_state != "visible",
        filtered=bool(sheet.auto_filter.filterColumn),
        hides_zeros=sheet.sheet_view.showZeros is False,
        hidden_rows=frozenset(hidden_rows(sheet)),
        hidden_columns=frozenset(hidden_columns(sheet)),
        is_export=is_export,
        repainted=tuple(repainted(sheet)),
        merged=tuple(
            CellRange(area.coord)
            for area in sorted(sheet.merged_cells.ranges, key=lambda a: (a.min_row, a.min_col))
        ),
    )


def _plain(value: Any) -> Any:
    known = str | int | float | datetime.date | datetime.time | datetime.timedelta | None
    return value if isinstance(value, known) else str(value)


DELIMITERS = (",", ";", "\t")


def read_csv(path: Path, content: bytes) -> tuple[list[Sheet], list[Problem]]:
    """A CSV file as one sheet without a name; none, and why, where it cannot be read."""
    text = _decoded(content)
    if text is None or "\0" in text:
        message = "cannot be read: not a text file; save it as CSV in UTF-8, or as .xlsx"
        return [], [Problem(Place(path), message)]
    first, _, rest = text.partition("\n")
    said = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and said in DELIMITERS:  # a line that Excel writes and reads
        text = f"\n{rest}"
    rows, problems = _rows(path, text, DELIMITERS if not first.startswith("sep=") else (said,))
    cells = {
        (number, column): SheetCell(unguarded(value), typed=False)
        for number, row in enumerate(rows, start=1)
        for column, value in enumerate(row, start=1)
        if value.strip()
    }
    return ([] if problems else [Sheet(path, "", cells)]), problems


def _decoded(content: bytes) -> str | None:
    """The text, in UTF-8, UTF-16 or, where it is neither, as older versions of Windows write it."""
    if content.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif content.count(0) > len(content) // 4:
        big = content[0::2].count(0) > content[1::2].count(0)
        encodings = ["utf-16-be" if big else "utf-16-le"]
    else:
        encodings = ["utf-8", "cp1252"]
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return None


def _rows(
    path: Path, text: str, delimiters: tuple[str, ...]
) -> tuple[list[list[str]], list[Problem]]:
    """The cells, row by row, divided by the sign that divides the most of them."""
    best: list[list[str]] = []
    failed: list[Problem] = []
    for delimiter in delimiters:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows: list[list[str]] = []
        cells = 0
        try:
            for row in reader:
                rows.append(row)
                cells += len(row)
                if cells > MOST_CELLS:
                    message = f"has more than {MOST_CELLS:,} cells; copy the table into a new file"
                    return [], [Problem(Place(path), message)]
        except csv.Error as error:
            message = f"cannot be read as CSV: {error}; save it again from a spreadsheet program"
            failed.append(Problem(Place(path, reader.line_num), message))
            continue
        if not best or sum(map(len, rows)) > sum(map(len, best)):
            best = rows
    divided = any(len(row) > 1 for row in best)
    return best, ([] if divided or not failed else failed[:1])


_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"

Read = tuple[list[Sheet], list[Problem]]
"""The sheets of a file, and what keeps it from being read."""

READERS: Mapping[str, Callable[[Path, bytes], Read]] = {".xlsx": read_workbook, ".csv": read_csv}
"""The formats that are read, by how files' names end: from a path and its bytes to sheets."""


@dataclass(frozen=True)
class ReadFile:
    """A file that was read: what it is known by, and its sheets."""

    path: Path
    sha256: str
    sheets: tuple[Sheet, ...]

    @property
    def is_export(self) -> bool:
        """Written by `letters export`, and perhaps changed since."""
        return any(sheet.is_export for sheet in self.sheets)


def read_files(paths: Iterable[Path]) -> tuple[list[ReadFile], list[Problem]]:
    """Read these files, each once; the problems of all of them in one go."""
    files, problems = [], []
    for path in dict.fromkeys(paths):
        content, why = _content(path)
        if why:
            problems.append(Problem(Place(path), why))
            continue
        try:
            read = partial(READERS[path.suffix.lower()], path, content)
            sheets, more = contained(read)
        except TooMuchError as error:
            sheets, more = [], [Problem(Place(path), f"cannot be read: {error}; {ONLY_THE_TABLE}")]
        if not more and not any(sheet.cells for sheet in sheets):
            more = [Problem(Place(path), "its sheets are empty; save the tables in it, too")]
        problems += more
        files.append(ReadFile(path, hashlib.sha256(content).hexdigest(), tuple(sheets)))
    return files, problems


def _content(path: Path) -> tuple[bytes, str]:
    """The bytes of a file, and why they are no spreadsheet: blank where they may be one."""
    try:
        if path.is_dir():
            return b"", "a folder, not a file; name the files in it"
        if path.suffix.lower() not in READERS and path.exists():
            return b"", _SAVE_AS
        content = read_bytes(path, Sort.SPREADSHEET)
    except FileNotFoundError:
        return b"", "no such file"
    except TooLargeError as error:
        return b"", f"{system_message(error)}; copy the tables into a new workbook"
    except OSError as error:
        return b"", f"cannot be read: {system_message(error)}"
    return content, _why_not(path, content)


_SAVE_AS = "not a format that import reads; save it as .xlsx (preferably) or .csv"


def _why_not(path: Path, content: bytes) -> str:
    """Why a file is not what its name says; blank where it is."""
    is_csv = path.suffix.lower() == ".csv"
    if not content.strip():
        return "the file is empty"
    if content.startswith(_OLD_OFFICE):
        return (
            "password-protected, or an old workbook format (.xls); save it as .xlsx without a "
            "password"
        )
    if is_csv and content.startswith(_ZIP):
        return f"named .csv, but is a workbook; rename it to {path.stem}.xlsx"
    if not is_csv and not content.startswith(_ZIP):
        return "named .xlsx, but is not a workbook; open it and save it as .xlsx"
    return ""
