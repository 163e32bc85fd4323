"""Spreadsheets to import: a good workbook and good CSV files, and one thing wrong in each other."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import Workbook

AMBRIDGE, FELPERSHAM, PARKS = (
    "Ambridge District Council",
    "Felpersham City Council",
    "Penny Hassett & St. Mary's Parks Authority",
)
_SHEETS: dict[str, list[list[Any]]] = {
    "Received": [
        ["Complaints received 2030-31"],
        ["Local authority", "Roads", "Ducks", "Total"],
        [AMBRIDGE, 4, 14, 18],
        [FELPERSHAM, 20, 1, 21],
        ["Penny Hassett Parks", 25, 31, 56],
        ["Total", 49, 46, 95],
    ],
    "Decided": [
        ["Authority", "Advice Given", "Not Upheld", "Upheld", "Uphold Rate", "Total"],
        [AMBRIDGE, 1, 5, 3, 0.375, 9],
        [FELPERSHAM, 2, 0, 0, "N/A", 2],
        [PARKS, 10, 21, 13, 0.38, 44],
    ],
    "Remedied": [
        ["Authority", "by us", "by the authority", "Region"],
        [AMBRIDGE, 2, 1, "South"],
        [FELPERSHAM, 0, 0, "North"],
        [PARKS, 9, 2, "North"],
    ],
    "To whom": [
        ["Authority", "Name", "Job title", "Salutation", "Email"],
        [AMBRIDGE, "Walter Gabriel", "Chief Executive", None, None],
        [FELPERSHAM, "Usha Franks", "Managing Director", None, "usha@felpersham.example"],
    ],
}
_CELLS: dict[str, tuple[str, str, Any]] = {
    "text": ("Received", "B3", "n/a"),
    "digits as text": ("Received", "B3", "4"),
    "formula without value": ("Received", "B3", "=1+3"),
    "error": ("Received", "B3", "#REF!"),
    "fraction": ("Received", "B3", 4.5),
    "negative": ("Received", "B3", -4),
    "day": ("Received", "B3", date(2031, 4, 1)),
    "true": ("Received", "B3", True),
    "blank": ("Received", "B3", None),
    "percentage of a count": ("Received", "B3", 0.12),
    "total wrong": ("Received", "D3", 19),
    "rate wrong": ("Decided", "E2", 0.5),
    "row of totals wrong": ("Received", "B6", 50),
    "row below the total": ("Received", "A7", "Lakey Hill Parish Council"),
    "row twice": ("Received", "A4", AMBRIDGE),
    "row without name": ("Received", "A4", None),
    "name nearly known": ("Received", "A3", "Ambrigde District Council"),
    "name new": ("Received", "A3", "Lakey Hill Parish Council"),
    "name short": ("Received", "A3", "Ambridge DC"),
    "label unknown": ("Received", "B2", "Streets"),
    "label nearly known": ("Received", "B2", "Road"),
    "label twice": ("Received", "C2", "Roads"),
    "label of names unknown": ("Received", "A2", "Who"),
    "heads again": ("Received", "A4", "Local authority"),
    "two names": ("To whom", "B2", "Walter Gabriel; Ida Gabriel"),
    "name blank": ("To whom", "B2", None),
    "addressee of nobody": ("To whom", "A2", "Lakey Hill Parish Council"),
}
_SHAPES: dict[str, Callable[[Workbook], Any]] = {
    "good": lambda _: None,
    "sheet hidden": lambda book: setattr(book["Decided"], "sheet_state", "hidden"),
    "row hidden": lambda book: setattr(book["Received"].row_dimensions[3], "hidden", True),
    "column hidden": lambda book: setattr(book["Received"].column_dimensions["B"], "hidden", True),
    "merged": lambda book: book["Received"].merge_cells("A3:A4"),
    "thousands": lambda book: setattr(book["Received"]["B3"], "number_format", "0,"),
    "sheet gone": lambda book: book.remove(book["Remedied"]),
    "sheet twice": lambda book: book.copy_worksheet(book["Remedied"]),
    "far": lambda book: book["Received"].cell(2_000, 900, 1),
}
WORKBOOKS = (*_SHAPES, *_CELLS)
CSVS: dict[str, bytes] = {
    "good": b"Authority,Roads,Ponds and Ducks\nAmbridge District Council,5,14\n",
    "semicolons": "Authority;Roads;Ducks\nAmbridge District Council;5;14\n".encode("cp1252"),
    "tabs UTF-16": "Authority\tRoads\tDucks\nFelpersham City Council\t5\t4\n".encode("utf-16"),
    "quotes": b'"Authority","Roads","Ducks"\n"Felpersham\nCity Council","5","4"\n',
    "bare rows": b"Ambridge District Council,5,14\n",
    "ragged": b"Authority,Roads,Ducks\nAmbridge District Council,5\nFelpersham City Council,1,2,3",
    "thousands": b'Authority,Roads,Ducks\nAmbridge District Council,"1,005",14\n',
    "percent": b"Authority,Roads,Ducks\nAmbridge District Council,12%,14\n",
    "empty": b"",
    "binary": b"\0\1\2\xff" * 40,
    "damaged quotes": b'Authority,"Roads\nAmbridge District Council,5,14\n',
}
MAPPING = 'Who: authority\nStreets: received.roads\n"Remedied!Region": ignore\n'
MAPPINGS = {
    "good": MAPPING,
    "unknown target": "Who: authorities\nStreets: received.rods\n",
    "unknown label": "Lanes: received.roads\n",
    "no mapping": "- Streets\n",
    "YAML": "Streets: received.roads: x\n",
}


def workbooks() -> dict[str, bytes]:
    """Each workbook's content by what is to be seen of it."""
    made = {}
    for name in WORKBOOKS:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in _SHEETS.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        for row in book["Decided"]["E2:E4"]:
            row[0].number_format = "0%"
        if name in _CELLS:
            title, cell, value = _CELLS[name]
            book[title][cell].value = value
        else:
            _SHAPES[name](book)
        made[name] = _without_clock(book)
    return made


def _without_clock(book: Workbook) -> bytes:
    """A workbook's file, the same whenever it is made."""
    written, again = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            content = re.sub(rb"20\d\d-\d\d-\d\dT[\d:]+Z", b"2031-05-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return again.getvalue()
