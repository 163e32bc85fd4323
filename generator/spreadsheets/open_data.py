"""The files that an export writes, as data: nothing is written here."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import cast
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from generator.edition.authority import Authority, totals
from generator.edition.edition import Edition
from generator.edition.figures import Figure, Figures
from generator.edition.groups import Column, Group
from generator.edition.load import Data
from generator.edition.operands import Address
from generator.edition.origins import EXPORTED
from generator.letter.figures_in_letters import typeset
from generator.problems import Problem, errors, first_of
from generator.rendering.record import FIGURES_FILE, figures_table, is_like_a_formula

_NAMES_WIDTH, _FIGURES_WIDTH = 46, 14
_LONGEST_TITLE = 31
"""Spreadsheet programs allow no longer name of a sheet."""


def figures_workbook(edition: Edition, authorities: Sequence[Authority]) -> bytes:
    """The workbook's bytes: sums and rates beside the counts, and a row of totals below them.

    Both are formulas, so that a figure can be corrected in it and the workbook imported.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    together = Figures(edition, totals(edition, authorities), {})
    cells: dict[Address, tuple[str, str]] = {}
    for number, group in enumerate(edition.groups, start=1):
        title = group.id.capitalize()
        if len(title) > _LONGEST_TITLE:
            title = f"{title[: _LONGEST_TITLE - 4]} {number}"
        book.create_sheet(title)
        for place, column in enumerate(group.columns, start=2):
            cells[column.address] = title, get_column_letter(place)
    stored: list[Stored] = []
    for sheet, group in zip(book.worksheets, edition.groups, strict=True):
        stored.append(_fill(sheet, group, authorities, together, cells))
    midnight = datetime.combine(edition.letter_date, time())
    book.properties.created = book.properties.modified = midnight
    book.properties.keywords = EXPORTED
    book.properties.creator = f"{edition.signatory}, {edition.signatory.offices[0]}"
    return finished_workbook(book, midnight, stored)


def values_workbook(
    sheets: Iterable[tuple[str, Iterable[Sequence[object]]]], at: datetime
) -> bytes:
    """A new workbook of values alone, a sheet for each title and its rows, headers first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title[:_LONGEST_TITLE] or "Cases")
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if isinstance(value, str):
                    write_text(sheet.cell(number, column), value)
                elif value is not None:
                    sheet.cell(number, column).value = cast(int, value)  # or what else a cell holds
    book.properties.created = book.properties.modified = at
    return finished_workbook(book, at)


Stored = dict[str, int | float | str]
"""The values of a sheet's formulas, by the names of their cells."""


def _of_group(figures: Figures, group: Group) -> list[Figure]:
    return [figures[column.address] for column in group.columns]


def _fill(
    sheet: Worksheet,
    group: Group,
    authorities: Sequence[Authority],
    together: Figures,
    cells: Mapping[Address, tuple[str, str]],
) -> Stored:
    for number, label in enumerate(["Authority", *(c.label for c in group.columns)], start=1):
        header = sheet.cell(1, number)
        write_text(header, label)
        header.font = Font(bold=True)
        header.alignment = Alignment(wrap_text=True, vertical="bottom")
    rows = [(each.name, _of_group(each.figures, group)) for each in authorities]
    rows += [("Total", _of_group(together, group))] if authorities else []
    stored: Stored = {}
    for row, (name, figures) in enumerate(rows, start=2):
        write_text(sheet.cell(row, 1), name)
        for number, figure in enumerate(figures, start=2):
            if figure.supplied:
                cell, formula = sheet.cell(row, number), _formula(figure.column, row, cells)
                if row > len(authorities) + 1 and figure.column.kind.is_given:
                    letter = get_column_letter(number)
                    formula = f"=SUM({letter}2:{letter}{row - 1})"
                _write_figure(cell, figure, formula, stored)
    for cell in sheet[len(rows) + 1] if authorities else ():
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for number in range(1, len(group.columns) + 2):
        width = _NAMES_WIDTH if number == 1 else _FIGURES_WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = width
    return stored


def _formula(column: Column, row: int, cells: Mapping[Address, tuple[str, str]]) -> str:
    """How a figure is worked out from the cells of its row, in whichever sheets they are."""
    own, _ = cells[column.address]

    def named(address: Address) -> str:
        title, letter = cells[address]
        return f"{letter}{row}" if title == own else f"{quote_sheetname(title)}!{letter}{row}"

    parts = [named(part) for part in column.parts]
    order = list(cells)
    at = [order.index(part) for part in column.parts]
    if len(at) > 1 and at == [*range(at[0], at[-1] + 1)] and not any("!" in p for p in parts):
        parts = [f"{parts[0]}:{parts[-1]}"]
    numerator = named(column.numerator) if column.numerator else ""
    return column.kind.workbook_formula(numerator, ",".join(parts), column.none)


def _write_figure(cell: Cell | MergedCell, figure: Figure, formula: str, stored: Stored) -> None:
    kind = figure.column.kind
    value: int | float | str
    value, shown_as = figure.column.none, kind.workbook_cell(0)[1]
    if figure.value is not None:
        value, shown_as = kind.workbook_cell(figure.value)
    if formula:
        cell.value = formula
        stored[cell.coordinate] = value
    elif isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value
    cell.number_format = shown_as


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text that stays one, also when it begins with "=" and somebody edits it later."""
    cell.value = text
    cell.data_type = "s"
    if is_like_a_formula(text):
        cell.quotePrefix = True  # as if an apostrophe had been typed before it


_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v(?: ?/>|></v>)</c>')


def _with_values(xml: str, stored: Stored) -> str:
    """A sheet with the values of its formulas, for who reads it without working them out."""

    def filled(found: re.Match[str]) -> str:
        name, attributes, formula = found.groups()
        value = stored[name]
        attributes += ' t="str"' if isinstance(value, str) else ""
        return f'<c r="{name}"{attributes}>{formula}<v>{escape(str(value))}</v></c>'

    return _FORMULA.sub(filled, xml)


def finished_workbook(book: Workbook, moment: datetime, stored: Sequence[Stored] = ()) -> bytes:
    """The workbook's file: each part dated with the same moment, the values of formulas in it."""
    of_sheet = {f"xl/worksheets/sheet{n}.xml": values for n, values in enumerate(stored, start=1)}
    written, fixed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with (
        zipfile.ZipFile(written) as archive,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in archive.infolist():
            dated = zipfile.ZipInfo(part.filename, moment.timetuple()[:6])
            dated.compress_type = zipfile.ZIP_DEFLATED
            content = archive.read(part)
            if part.filename in of_sheet:
                content = _with_values(content.decode(), of_sheet[part.filename]).encode()
            copy.writestr(dated, content)
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
            message = f"left out of the export; not yet supplied: {names}"
            problems.append(Problem(missing[0].place, message))
        else:
            whole.append(authority)
    return whole, problems


MOST_NAMED = 6
"""So many figures that are missing are named."""
