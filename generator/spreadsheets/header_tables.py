"""The table in a sheet: the row of its heads, wherever that is, and what each column holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.edition.edition import Edition
from generator.edition.yaml_tree import shown
from generator.problems import Problem, did_you_mean
from generator.spreadsheets.headers import ColumnVocabulary, groups_of, heads_in, meant_by, texts_in
from generator.spreadsheets.labels import AUTHORITY, IGNORE, Target, key_of
from generator.spreadsheets.mapping import MappedLabel
from generator.spreadsheets.sheets import Sheet, cell_name

FEWEST_LABELS = 2
"""So many known labels must stand in a row for it to be one of heads."""


@dataclass(frozen=True)
class TableColumn:
    """A column of a sheet that holds something known."""

    number: int
    label: str
    target: Target


@dataclass(frozen=True)
class SheetTable:
    """A sheet's table: where its heads are, and its columns by what they hold."""

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
    def has_addressees(self) -> bool:
        """Whether it tells to whom the letters go."""
        return "addressee.name" in self.columns


def find_table(sheet: Sheet, terms: ColumnVocabulary) -> tuple[SheetTable | None, list[Problem]]:
    """The table of a sheet; None, without a problem, where it has none."""
    header_row, most = 0, FEWEST_LABELS - 1
    for row in sheet.rows:
        hits = sum(bool(terms.may_be(label, sheet)) for label in texts_in(sheet, row).values())
        if hits > most:
            header_row, most = row, hits
    if not header_row:
        return None, []
    heads = heads_in(sheet, header_row)
    meant, problems = meant_by(sheet, header_row, heads, terms)
    for row in sheet.rows[: sheet.rows.index(header_row)]:
        if terms.are_heads(texts_in(sheet, row).values()):
            place = sheet.place(row, min(texts_in(sheet, row)))
            problems.append(Problem(place, SECOND_TABLE))
    groups = groups_of(set(meant.values()), terms)
    columns: dict[Target, TableColumn] = {}
    for number, target in meant.items():
        column = TableColumn(number, heads[number], target)
        first = columns.setdefault(target, column)
        if first is not column and target != IGNORE:
            problems.append(_twice(sheet, header_row, first, column))
    columns.pop(IGNORE, None)
    if not {"addressee.name", "addressee.office"} <= columns.keys():
        if not groups:
            return None, []
        columns = {t: c for t, c in columns.items() if not t.startswith("addressee.")}
    others = tuple(
        TableColumn(number, label, IGNORE)
        for number, label in heads.items()
        if number not in {column.number for column in columns.values()}
        and meant.get(number) != IGNORE
        and any(row > header_row and column == number for row, column in sheet.cells)
    )
    used = (terms.said.of(label, sheet) for label in heads.values())
    table = SheetTable(sheet, header_row, columns, groups, others, tuple(m for m in used if m))
    return table, [*problems, *_missing(table, terms.edition)]


SECOND_TABLE = (
    "a second table begins in this row; give it a sheet of its own "
    "(or delete the row, if it repeats the heads)"
)


def _twice(sheet: Sheet, row: int, first: TableColumn, second: TableColumn) -> Problem:
    message = (
        f'"{shown(second.label)}" and "{shown(first.label)}" ({cell_name(row, first.number)}) '
        f"are both {first.target}; delete one of the columns, or map it to ignore (--mapping)"
    )
    return Problem(sheet.place(row, second.number), message)


def _missing(table: SheetTable, edition: Edition) -> list[Problem]:
    """What a table lacks: the names of the authorities, or a column of a group that it has."""
    problems = []
    place = table.sheet.place(table.header_row, min(c.number for c in table.columns.values()))
    if AUTHORITY not in table.columns:
        message = (
            "no column with the authorities' names; write Authority over them, "
            "or map their label (--mapping)"
        )
        problems.append(Problem(place, message))
    for group in edition.groups:
        for column in group.counts if group.id in table.groups else ():
            if f"{group.id}.{column.id}" not in table.columns:
                unknown = {key_of(c.label): c.label for c in table.others}
                hint = did_you_mean(column.label, unknown.values())
                hint = hint or f"; the heads are in row {table.header_row}"
                message = f'no column "{column.label}"{hint}'
                problems.append(Problem(place, message, f"{group.id}.{column.id}"))
    return problems
