"""The files that an export writes, as data: nothing is written here."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from generator.edition.authority import Authority, totals
from generator.edition.edition import Edition
from generator.edition.figures import Figure, work_out
from generator.edition.groups import Group
from generator.edition.load import Data
from generator.edition.origins import EXPORTED
from generator.letter.figures_in_letters import typeset
from generator.problems import Problem, errors, first_of
from generator.rendering.record import FIGURES_FILE, figures_table, is_like_a_formula

_NAMES_WIDTH, _FIGURES_WIDTH = 46, 14
_LONGEST_TITLE = 31
"""Spreadsheet programs allow no longer name of a sheet."""


def figures_workbook(edition: Edition, authorities: Sequence[Authority]) -> bytes:
    """The workbook's bytes: sums and rates beside the counts, and a row of totals below them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    together = work_out(edition, totals(edition, authorities), {})
    for number, group in enumerate(edition.groups, start=1):
        title = group.id.capitalize()
        if len(title) > _LONGEST_TITLE:
            title = f"{title[: _LONGEST_TITLE - 4]} {number}"
        _fill(book.create_sheet(title), group, authorities, together[group.id])
    midnight = datetime.combine(edition.letter_date, time())
    book.properties.created = book.properties.modified = midnight
    book.properties.keywords = EXPORTED
    book.properties.creator = f"{edition.signatory}, {edition.signatory.offices[0]}"
    return _with_fixed_times(book, midnight)


def _fill(
    sheet: Worksheet, group: Group, authorities: Sequence[Authority], together: Sequence[Figure]
) -> None:
    for number, label in enumerate(["Authority", *(c.label for c in group.columns)], start=1):
        header = sheet.cell(1, number)
        _write_text(header, label)
        header.font = Font(bold=True)
        header.alignment = Alignment(wrap_text=True, vertical="bottom")
    for authority in authorities:
        _append(sheet, authority.name, authority.figures[group.id])
    if authorities:
        _append(sheet, "Total", together)
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
        if figure.supplied:
            value: int | float | str
            value, shown_as = figure.column.none, ""
            if figure.value is not None:
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


WORKBOOK_FILE = "figures.xlsx"


def export_files(edition: Edition, authorities: Sequence[Authority]) -> dict[str, bytes]:
    """By name: all figures as one table, as each letter's PDF carries its own, and a workbook."""
    return {
        FIGURES_FILE: figures_table(_rows(authorities)),
        WORKBOOK_FILE: figures_workbook(edition, authorities),
    }


def _rows(
    authorities: Sequence[Authority],
) -> Iterator[tuple[str, str, str, str, str, int | str | None]]:
    for authority in authorities:
        for figure in authority.all_figures():
            column = figure.column
            names = (column.group, column.id, typeset(column.label), column.kind.name)
            yield authority.slug, *names, column.kind.csv_value(figure.value)


def complete(data: Data) -> tuple[list[Authority], list[Problem]]:
    """The authorities whose figures are all supplied, and an error for each that is left out.

    Figures that are not there must not be published as if there were no such authority, so what is
    left out is never left out without a word.
    """
    whole = []
    problems = errors(data.problems)
    for authority in data.authorities.values():
        missing = authority.missing()
        if missing:
            names = first_of([f"{f.column.group}.{f.column.id}" for f in missing], MOST_NAMED)
            message = f"left out of the export: not yet supplied are {names}"
            problems.append(Problem(missing[0].place, message))
        else:
            whole.append(authority)
    return whole, problems


MOST_NAMED = 6
"""So many figures that are missing are named."""
