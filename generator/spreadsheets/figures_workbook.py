"""The figures of an edition as a workbook: a sheet for each group, a row for each authority.

It is the layout that `letters import` reads. The same figures give the same bytes: what a workbook
would otherwise say of the day and the hour is that of the letters.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from generator.edition.authority import Authority
from generator.edition.edition import Edition, Group
from generator.edition.figures import Figure, work_out
from generator.edition.origins import EXPORTED
from generator.rendering.csv_table import is_like_a_formula

_NAMES_WIDTH, _FIGURES_WIDTH = 46, 14
_LONGEST_TITLE = 31
"""Spreadsheet programs allow no longer name of a sheet."""


def figures_workbook(edition: Edition, authorities: Sequence[Authority]) -> bytes:
    """The workbook's bytes: sums and rates beside the counts, and a row of totals below them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, group in enumerate(edition.groups, start=1):
        title = group.id.capitalize()
        if len(title) > _LONGEST_TITLE:
            title = f"{title[: _LONGEST_TITLE - 4]} {number}"
        _fill(book.create_sheet(title), group, authorities)
    midnight = datetime.combine(edition.letter_date, time())
    book.properties.created = book.properties.modified = midnight
    book.properties.keywords = EXPORTED
    book.properties.creator = f"{edition.signatory}, {edition.offices[0]}"
    return _with_fixed_times(book, midnight)


def _fill(sheet: Worksheet, group: Group, authorities: Sequence[Authority]) -> None:
    for number, label in enumerate(["Authority", *(c.label for c in group.columns)], start=1):
        head = sheet.cell(1, number)
        _write_text(head, label)
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="bottom")
    for authority in authorities:
        _append(sheet, authority.name, authority.figures[group.id])
    if authorities:
        _append(sheet, "Total", _totals(group, authorities))
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for number in range(1, len(group.columns) + 2):
        width = _NAMES_WIDTH if number == 1 else _FIGURES_WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = width


def _append(sheet: Worksheet, name: str, figures: Sequence[Figure]) -> None:
    row = (sheet.max_row or 0) + 1
    _write_text(sheet.cell(row, 1), name)
    for number, figure in enumerate(figures, start=2):
        if figure.value is None:
            _write_text(sheet.cell(row, number), figure.column.none)
            continue
        value, shown_as = figure.column.kind.workbook_cell(figure.value)
        if isinstance(value, str):
            _write_text(sheet.cell(row, number), value)
        else:
            sheet.cell(row, number, value).number_format = shown_as


def _write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text that stays one, also when it begins with "=" and somebody edits it later."""
    cell.value = text
    cell.data_type = "s"
    if is_like_a_formula(text):
        cell.quotePrefix = True  # as if an apostrophe had been typed before it


def _totals(group: Group, authorities: Sequence[Authority]) -> Sequence[Figure]:
    counts = {
        column.id: sum(a.figure(group.id, column.id).value or 0 for a in authorities)
        for column in group.counts
    }
    return work_out(group, counts, {})


def _with_fixed_times(book: Workbook, moment: datetime) -> bytes:
    """The workbook's file, each of its parts dated with the same moment."""
    written, fixed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with (
        zipfile.ZipFile(written) as archive,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in archive.infolist():
            dated = zipfile.ZipInfo(part.filename, moment.timetuple()[:6])
            dated.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(dated, archive.read(part))
    return fixed.getvalue()
