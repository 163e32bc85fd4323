"""The rows of a table: the authorities', the total, the notes; and what must not be overlooked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from generator.edition.edition import Edition
from generator.edition.yaml_tree import shown
from generator.plain_text import single_spaced
from generator.problems import Place, Problem, did_you_mean
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
from generator.spreadsheets.known_authorities import (
    NormalisedName,
    is_known,
    is_partial_total,
    is_total,
    looks_like_a_name,
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

    def cell(self, row: int, target: Target) -> tuple[SheetCell, Place] | None:
        """What a row says of this, and where; None where no column does."""
        column = self.columns.get(target)
        if column is None:
            return None
        return self.sheet.cell(row, column.number), self.sheet.place(row, column.number)


def has_copies(targets: Iterable[Target]) -> bool:
    """Whether columns tell to whom copies go."""
    return any(target.startswith(f"{COPIES}.") and target.endswith(".name") for target in targets)


def find_table(sheet: Sheet, terms: ColumnVocabulary) -> tuple[SheetTable | None, list[Problem]]:
    """The table of a sheet; None, without a problem, where it has none."""
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
        for column in group.given if group.id in table.groups else ():
            if f"{group.id}.{column.id}" not in table.columns:
                unknown = {key_of(c.label): c.label for c in table.others}
                hint = did_you_mean(column.label, unknown.values())
                hint = hint or f"; the heads are in row {table.header_row}"
                message = f'no column "{column.label}"{hint}'
                problems.append(Problem(place, message, f"{group.id}.{column.id}"))
    return problems


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


@dataclass
class Rows:
    """What the rows of a table are; they are taken one after the other, from above."""

    table: SheetTable
    authorities: list[TableRow] = field(default_factory=list)
    total: int | None = None
    """The number of the row that adds up all others."""
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
                message = f"a second total; the first is in row {self.total}. Delete one"
                self._say(number, message)
        elif not filled:
            self._take_words(number, name, known)
        elif not name.strip():
            message = (
                f"no authority in {cell_name(number, name_column)} for this; write its name, "
                'or "Total" if the row adds up the others'
            )
            self.problems.append(Problem(sheet.place(number, filled[0]), message))
        elif self.total is not None:
            message = f"below the total in row {self.total}; the total must be the last row"
            self._say(number, message)
            return False
        elif is_partial_total(name):
            message = f'"{shown(name)}" seems to add up some of the rows; delete the row'
            self._say(number, message)
        else:
            self.authorities.append(TableRow(self.table, number, single_spaced(name)))
        return True

    def _take_words(self, number: int, name: str, known: Collection[NormalisedName]) -> None:
        """A row of words alone: a note, unless it names an authority."""
        if name and is_known(name, known):
            self.authorities.append(TableRow(self.table, number, single_spaced(name)))
        elif name and looks_like_a_name(name):
            message = (
                f'nothing stands beside "{shown(name)}"; fill in its row, '
                "or delete the row if it is a note"
            )
            self._say(number, message)
        else:
            self.notes.append(number)

    def _say(self, number: int, message: str) -> None:
        place = self.table.sheet.place(number, self.table.columns[AUTHORITY].number)
        self.problems.append(Problem(place, message))

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
    rows.problems += [*_unseen(table, rows.used), *_merged(table, rows.used)]
    return rows


def _unseen(table: SheetTable, used: set[int]) -> list[Problem]:
    """The rows, columns and sheets that are hidden: nobody has looked at what they say."""
    sheet = table.sheet
    if sheet.hidden:
        message = "the sheet is hidden; show it and look at it, or delete it"
        return [Problem(sheet.place(), message)]
    problems = []
    for number in sorted(sheet.hidden_rows & used):
        how = "hidden by a filter; take it off" if sheet.filtered else "hidden; show it"
        message = f"the row is {how}, or delete the row if it does not belong to the table"
        column = table.columns[AUTHORITY].number
        problems.append(Problem(sheet.place(number, column), message))
    for header in table.columns.values():
        if header.number in sheet.hidden_columns:
            message = f'the column "{shown(header.label)}" is hidden; show it, or delete it'
            problems.append(Problem(sheet.place(table.header_row, header.number), message))
    return problems


def _merged(table: SheetTable, used: set[int]) -> list[Problem]:
    """Cells that were made one: a figure in them would be that of several authorities."""
    columns = {column.number for column in table.columns.values()}
    problems = []
    for area in table.sheet.merged:
        if area.max_row <= table.header_row:
            continue
        if not columns.isdisjoint(range(area.min_col, area.max_col + 1)) and not used.isdisjoint(
            range(area.min_row, area.max_row + 1)
        ):
            across = "authorities" if area.max_row > area.min_row else "columns"
            message = f"merged across {across}; unmerge the cells and fill in each"
            place = table.sheet.place(area.min_row, area.min_col, area.coord)
            problems.append(Problem(place, message))
    return problems
