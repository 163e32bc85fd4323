"""The rows of a table: the authorities', the total, the notes; and what must not be overlooked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.worksheet.cell_range import CellRange

from generator.edition.edition import Edition
from generator.edition.yaml_tree import shown
from generator.plain_text import single_spaced
from generator.problems import Problem, passing_warning
from generator.spreadsheets.cells import cell_name
from generator.spreadsheets.headers import (
    AUTHORITY,
    ColumnVocabulary,
    Target,
    key_of,
    texts_in,
)
from generator.spreadsheets.known_authorities import (
    NormalisedName,
    is_known,
    is_partial_total,
    is_total,
    looks_like_a_name,
)
from generator.spreadsheets.sheet_table import SECOND_TABLE, SheetTable, TableRow
from generator.spreadsheets.summary_rows import summaries_in


@dataclass
class Rows:
    """What the rows of a table are; they are taken one after the other, from above."""

    table: SheetTable
    authorities: list[TableRow] = field(default_factory=list)
    total: int | None = None
    """The number of the row that adds up all others."""
    summaries: dict[int, str] = field(default_factory=dict)
    """Other rows that sum others up, by number, and how: `"All", their sum`."""
    doubtful: list[tuple[TableRow, str]] = field(default_factory=list)
    """Rows that can but sum others up, and what is wrong where they do not."""
    notes: list[int] = field(default_factory=list)
    """Rows of words, from which nothing is taken."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def used(self) -> set[int]:
        """The numbers of the rows from which something is taken."""
        return {row.number for row in self.authorities} | ({self.total} if self.total else set())

    def take(self, number: int, known: Collection[NormalisedName], terms: ColumnVocabulary) -> bool:
        """Say of a row what it is; False where none below it can belong to the table."""
        sheet, name_column = self.table.sheet, self.table.columns[AUTHORITY].number
        name_cell = sheet.cell(number, name_column)
        name = name_cell.value
        columns = sorted(c.number for t, c in self.table.columns.items() if t != AUTHORITY)
        filled = [c for c in columns if not sheet.cell(number, c).is_blank]
        if self._is_another_header(number, terms):
            self._say(number, SECOND_TABLE)
            return False
        if not isinstance(name, str):
            found = f"the formula {shown(name_cell.formula)}" if name is None else name
            self._say(number, f"found {found}; expected the name of an authority")
        elif is_total(name):
            if self.total is None:
                self.total = number
            else:
                message = f"a second total (the first is in row {self.total}); delete one"
                self._say(number, message)
        elif not filled:
            self._take_words(number, name, known)
        elif not name.strip():
            message = (
                f"no authority in {cell_name(number, name_column)} for this row; add its name, "
                'or "Total" if the row adds up the others'
            )
            self.problems.append(Problem(sheet.place(number, filled[0]), message))
        else:
            row = TableRow(self.table, number, single_spaced(name))
            below = f"below the total in row {self.total}; the total must be the last row"
            if self.total is not None and is_known(name, known):
                self._say(number, below)
                return False
            if self.total is not None or is_partial_total(name):
                partial = f'"{shown(name)}" seems to be a subtotal; delete the row'
                self.doubtful.append((row, below if self.total is not None else partial))
            else:
                self.authorities.append(row)
        return True

    def _take_words(self, number: int, name: str, known: Collection[NormalisedName]) -> None:
        """A row of words alone: a note, unless it names an authority."""
        if name and is_known(name, known):
            self.authorities.append(TableRow(self.table, number, single_spaced(name)))
        elif name and looks_like_a_name(name):
            message = (
                f'nothing beside "{shown(name)}"; fill in its row, '
                "or delete the row if it is a note"
            )
            self._say(number, message)
        else:
            self.notes.append(number)

    def _say(self, number: int, message: str) -> None:
        place = self.table.sheet.place(number, self.table.columns[AUTHORITY].number)
        self.problems.append(Problem(place, message))

    def take_out_summaries(self, summaries: Mapping[int, str]) -> None:
        """Set aside the rows that sum others up; what seemed to do so and does not is wrong."""
        self.summaries.update(summaries)
        self.authorities = [row for row in self.authorities if row.number not in summaries]
        for row, message in self.doubtful:
            if row.number not in summaries:
                self._say(row.number, message)

    def _is_another_header(self, number: int, terms: ColumnVocabulary) -> bool:
        """The headers once more, or those of other figures."""
        texts = texts_in(self.table.sheet, number)
        headers = {column.number: key_of(column.label) for column in self.table.columns.values()}
        same = sum(headers.get(column) == key_of(label) for column, label in texts.items())
        return same > 1 or terms.are_headers(texts.values())


def read_rows(
    table: SheetTable, known: Collection[NormalisedName], terms: ColumnVocabulary
) -> Rows:
    """Say of each row below the headers what it is; `known` are the authorities' names."""
    rows = Rows(table)
    for number in table.sheet.rows:
        if number > table.header_row and not rows.take(number, known, terms):
            break
    rows.take_out_summaries(_summaries(rows, known, terms.edition))
    for look in (_unseen, _looks, _repainted, _merged):
        rows.problems += look(table, rows.used)
    return rows


def _summaries(rows: Rows, known: Collection[NormalisedName], edition: Edition) -> dict[int, str]:
    targets = [
        f"{group.id}.{column.id}"
        for group in edition.groups
        for column in (group.counts if group.id in rows.table.groups else ())
    ]
    all_rows = sorted([*rows.authorities, *(row for row, _ in rows.doubtful)], key=_number)
    values = {row.number: _values(row, targets) for row in all_rows}
    names = {row.number: row.name for row in all_rows}
    of_authorities = {number for number, name in names.items() if is_known(name, known)}
    return summaries_in(names, values, of_authorities)


def _number(row: TableRow) -> int:
    return row.number


def _values(row: TableRow, targets: Sequence[Target]) -> list[Decimal | None]:
    cells = (row.table.cell(row.number, target) for target in targets)
    return [found[0].number() for found in cells if found]


def _unseen(table: SheetTable, used: set[int]) -> list[Problem]:
    """The rows, columns and sheets that are hidden: nobody has looked at what they say."""
    sheet = table.sheet
    if sheet.hidden:
        message = "the sheet is hidden; unhide and check it, or delete it"
        return [Problem(sheet.place(), message)]
    problems = []
    name_column = table.columns[AUTHORITY].number
    for number in sorted(sheet.hidden_rows & {table.header_row, *used}):
        how = "hidden by a filter; clear the filter" if sheet.filtered else "hidden; unhide it"
        message = f"the row is {how}, or delete the row if it does not belong to the table"
        problems.append(Problem(sheet.place(number, name_column), message))
    for header in table.columns.values():
        if header.number in sheet.hidden_columns:
            message = f'the column "{shown(header.label)}" is hidden; unhide it, or delete it'
            problems.append(Problem(sheet.place(table.header_row, header.number), message))
    return problems


def _looks(table: SheetTable, used: set[int]) -> Iterator[Problem]:
    """What cells show that they do not hold, and marks on them that a person should look at."""
    sheet, zeros = table.sheet, False
    for row, column in sorted(sheet.cells):
        if (row not in used and row != table.header_row) or column not in table.numbers:
            continue
        cell, place = sheet.cells[row, column], sheet.place(row, column)
        zeros |= cell.value == 0 and not isinstance(cell.value, bool)
        if isinstance(cell.value, str) and (why := cell.disguise()):
            yield Problem(place, why)
        for mark in cell.marks:
            yield passing_warning(place, f"the cell is {mark}", kind="marked-cell")
    if sheet.hides_zeros and zeros:
        message = "zeros are hidden in this sheet; show them (Options, Advanced) and check"
        yield Problem(sheet.place(), message)


def _repainted(table: SheetTable, used: set[int]) -> Iterator[Problem]:
    """Cells that a conditional format may show as another thing."""
    for area, how in table.sheet.repainted:
        if _covers(area, table, used):
            place = table.sheet.place(area.min_row, area.min_col, area.coord)
            message = (
                f"conditional formatting may hide or change what is seen ({how}); "
                "remove it and check"
            )
            yield passing_warning(place, message, kind="marked-cell")


def _covers(area: CellRange, table: SheetTable, used: set[int]) -> bool:
    """Whether an area has cells of the table's rows and columns."""
    columns = range(area.min_col, area.max_col + 1)
    return not table.numbers.isdisjoint(columns) and not used.isdisjoint(
        range(area.min_row, area.max_row + 1)
    )


def _merged(table: SheetTable, used: set[int]) -> list[Problem]:
    """Cells that were made one: a figure in them would be that of several authorities."""
    problems = []
    for area in table.sheet.merged:
        if area.max_row > table.header_row and _covers(area, table, used):
            across = "authorities" if area.max_row > area.min_row else "columns"
            message = f"merged across {across}; unmerge the cells and fill in each"
            place = table.sheet.place(area.min_row, area.min_col, area.coord)
            problems.append(Problem(place, message))
    return problems
