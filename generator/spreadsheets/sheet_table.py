"""A sheet's table: where its headers are, and what its columns hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter

from generator.edition.edition import Edition
from generator.edition.yaml_tree import shown
from generator.problems import Place, Problem, did_you_mean, with_option
from generator.spreadsheets.cells import Sheet, SheetCell, cell_name
from generator.spreadsheets.headers import (
    AUTHORITY,
    COPIES,
    IGNORE,
    ColumnVocabulary,
    MappedLabel,
    Target,
    groups_of,
    headers_in,
    key_of,
    meant_by,
    texts_in,
)

FEWEST_LABELS = 2
"""So many known labels must stand in a row for it to be one of headers."""


@dataclass(frozen=True)
class TableColumn:
    """A column of a sheet that holds something known."""

    number: int
    label: str
    target: Target


@dataclass(frozen=True)
class SheetTable:
    """A sheet's table: where its headers are, and its columns by what they hold."""

    sheet: Sheet
    header_row: int
    columns: Mapping[Target, TableColumn]
    groups: tuple[str, ...]
    """The groups of figures it holds."""
    others: tuple[TableColumn, ...] = ()
    """Columns of labels that are not known; nothing is taken from them."""
    mapped: tuple[MappedLabel, ...] = ()
    """The lines of the mapping file that were made use of."""

    @property
    def parts(self) -> list[str]:
        """The parts of an authority's file that it tells of: groups of figures, the addressee."""
        people = {"addressee": self.has_addressees, COPIES: self.has_copies}
        return [*self.groups, *(part for part, is_there in people.items() if is_there)]

    @property
    def has_addressees(self) -> bool:
        """Whether it tells to whom the letters go."""
        return "addressee.name" in self.columns

    @property
    def has_copies(self) -> bool:
        """Whether it tells to whom copies of the letters go."""
        return has_copies(self.columns)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its columns."""
        return frozenset(column.number for column in self.columns.values())

    def cell(self, row: int, target: Target) -> tuple[SheetCell, Place] | None:
        """What a row says of this, and where; None where no column does."""
        column = self.columns.get(target)
        if column is None:
            return None
        return self.sheet.cell(row, column.number), self.sheet.place(row, column.number)


def has_copies(targets: Iterable[Target]) -> bool:
    """Whether columns tell to whom copies go."""
    return any(target.startswith(f"{COPIES}.") and target.endswith(".name") for target in targets)


def find_table(
    sheet: Sheet, terms: ColumnVocabulary, *, whole: bool = True
) -> tuple[SheetTable | None, list[Problem]]:
    """The table of a sheet; None, without a problem, where it has none.

    One that need not be `whole` may have some of a group's columns.
    """
    labels = {row: texts_in(sheet, row).values() for row in sheet.rows}
    hits = {row: sum(bool(terms.may_be(label, sheet)) for label in labels[row]) for row in labels}
    header_row = max(hits, key=hits.__getitem__, default=0)
    if hits.get(header_row, 0) < FEWEST_LABELS:
        return None, []
    headers = headers_in(sheet, header_row)
    meant, problems = meant_by(sheet, header_row, headers, terms)
    for row in sheet.rows[: sheet.rows.index(header_row)]:
        if terms.are_headers(labels[row]):
            place = sheet.place(row, min(texts_in(sheet, row)))
            problems.append(Problem(place, SECOND_TABLE))
    groups = groups_of(set(meant.values()), terms)
    columns: dict[Target, TableColumn] = {}
    for number, target in meant.items():
        column = TableColumn(number, headers[number], target)
        first = columns.setdefault(target, column)
        if first is not column and target != IGNORE:
            problems.append(_twice(sheet, header_row, first, column))
    columns.pop(IGNORE, None)
    if not {"addressee.name", "addressee.office"} <= columns.keys():
        if not groups and not has_copies(columns):
            return None, []
        columns = {t: c for t, c in columns.items() if not t.startswith("addressee.")}
    others = tuple(
        TableColumn(number, label, IGNORE)
        for number, label in headers.items()
        if number not in {column.number for column in columns.values()}
        and meant.get(number) != IGNORE
        and any(row > header_row and column == number for row, column in sheet.cells)
    )
    used = (terms.said_of(label, sheet) for label in headers.values())
    table = SheetTable(sheet, header_row, columns, groups, others, tuple(m for m in used if m))
    return table, [*problems, *_missing(table, terms.edition if whole else None)]


SECOND_TABLE = (
    "a second table begins in this row; put it on its own sheet (or delete the row, if it "
    "repeats the headings)"
)


def _twice(sheet: Sheet, row: int, first: TableColumn, second: TableColumn) -> Problem:
    message = (
        f'"{shown(second.label)}" and "{shown(first.label)}" ({cell_name(row, first.number)}) '
        f"are both {first.target}; delete one of the columns"
    )
    place = sheet.place(row, second.number)
    return with_option(place, message, ", or map it to ignore (--mapping)")


def is_worked_out(sheet: Sheet, terms: ColumnVocabulary) -> bool:
    """Whether a sheet of an export has only sums and rates, of which nothing is to be imported."""
    first = [*texts_in(sheet, sheet.rows[0]).values()] if sheet.is_export else []
    return any(AUTHORITY in terms.known(label) for label in first)


def why_no_table(sheet: Sheet, terms: ColumnVocabulary) -> Problem:
    """What a sheet is instead of a table with a row for each authority, and what to do."""
    for column in sheet.columns:
        cells = (sheet.cell(row, column).value for row in sheet.rows)
        labels = [text for text in cells if isinstance(text, str) and text]
        if terms.are_headers(labels):
            named = [label for label in labels if terms.names_figure(label)]
            is_long = len(set(named)) < len(named) or any(
                AUTHORITY in terms.known(cell.value)
                for (_, other), cell in sheet.cells.items()
                if other != column and isinstance(cell.value, str)
            )
            said = (_LONG if is_long else _ON_ITS_SIDE).format(get_column_letter(column))
            return Problem(sheet.place(), said)
    return with_option(sheet.place(), _NO_TABLE, _OR_MAPPED)


_LONG = (
    "a row for each figure (labels repeat in column {}); a pivot table makes it a row for each "
    "authority and a column for each figure (from an export, import figures.xlsx)"
)
_ON_ITS_SIDE = (
    "the table is transposed (labels run down column {}); copy it, and paste it into a new sheet "
    "with Paste Special, Transpose"
)
_NO_TABLE = (
    "no table found: no row has the labels of two figures or more, or of an addressee's name and "
    "office; use the labels of edition.yaml"
)
_OR_MAPPED = (
    ', map others (--mapping), or there ignore a sheet that has no table ("Notes!: ignore")'
)


def _missing(table: SheetTable, edition: Edition | None) -> list[Problem]:
    """What a table lacks: the names of the authorities, or a column of a group that it has.

    Without an edition, its groups may be there in part.
    """
    problems = []
    place = table.sheet.place(table.header_row, min(c.number for c in table.columns.values()))
    if AUTHORITY not in table.columns:
        message = "no column with the authorities' names; head it Authority"
        problems.append(with_option(place, message, ", or map its label (--mapping)"))
    for group in edition.groups if edition else ():
        for column in group.given if group.id in table.groups else ():
            if f"{group.id}.{column.id}" not in table.columns:
                unknown = {key_of(c.label): c.label for c in table.others}
                hint = did_you_mean(column.label, unknown.values())
                option = "" if hint else _IN_PART
                hint = hint or f"; the headings are in row {table.header_row}"
                message, where = f'no column "{column.label}"{hint}', f"{group.id}.{column.id}"
                problems.append(with_option(place, message, option, where))
    return problems


_IN_PART = " (for corrections only, use --corrections)"


@dataclass(frozen=True)
class TableRow:
    """One authority's row."""

    table: SheetTable
    number: int
    name: str

    @property
    def place(self) -> Place:
        """Where its name stands."""
        return self.table.sheet.place(self.number, self.table.columns[AUTHORITY].number)
