"""CSV files to sheets: their encoding and what divides their cells are told from their content."""

import codecs
import csv
import io
from pathlib import Path

from generator.problems import Place, Problem
from generator.rendering.csv_table import unguarded
from generator.spreadsheets.sheets import Sheet, SheetCell
from generator.spreadsheets.xlsx_safety import MOST_CELLS

DELIMITERS = (",", ";", "\t")


def read_csv(path: Path, content: bytes) -> tuple[list[Sheet], list[Problem]]:
    """A CSV file as one sheet without a name; none, and why, where it cannot be read."""
    text = _decoded(content)
    if text is None or "\0" in text:
        message = "cannot be read: it is no text; save it as CSV in UTF-8, or as .xlsx"
        return [], [Problem(Place(path), message)]
    first, _, rest = text.partition("\n")
    said = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and said in DELIMITERS:  # a line that Excel writes and reads
        text = f"\n{rest}"
    rows, problems = _rows(path, text, DELIMITERS if not first.startswith("sep=") else (said,))
    cells = {
        (number, column): SheetCell(unguarded(value))
        for number, row in enumerate(rows, start=1)
        for column, value in enumerate(row, start=1)
        if value.strip()
    }
    return ([] if problems else [Sheet(path, "", cells, typed=False)]), problems


def _decoded(content: bytes) -> str | None:
    """The text, in UTF-8, UTF-16 or, where it is neither, as older versions of Windows write it."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return _try(content[len(mark) :], encoding)
    if content.count(0) > len(content) // 4:
        big = content[0::2].count(0) > content[1::2].count(0)
        return _try(content, "utf-16-be" if big else "utf-16-le")
    text = _try(content, "utf-8")
    return text if text is not None else _try(content, "cp1252")


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
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
            message = f"cannot be read as CSV: {error}; save it anew from a spreadsheet program"
            failed.append(Problem(Place(path, reader.line_num), message))
            continue
        if not best or sum(map(len, rows)) > sum(map(len, best)):
            best = rows
    divided = any(len(row) > 1 for row in best)
    return best, ([] if divided or not failed else failed[:1])
