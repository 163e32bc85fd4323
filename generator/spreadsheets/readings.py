"""The figures of a row, read and checked: counts, and the sums and rates that the sheet states."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.edition.edition import Edition
from generator.edition.figure_kind import Exact, Quantity
from generator.edition.figures import Figures, check_parts
from generator.edition.groups import Column, Group
from generator.edition.operands import Address
from generator.edition.yaml_tree import shown
from generator.problems import Place, Problem, passing_warning
from generator.spreadsheets.cells import RefusedError, SheetCell
from generator.spreadsheets.rows import Rows
from generator.spreadsheets.sheet_table import SheetTable, TableRow


@dataclass(frozen=True)
class RowReading:
    """A given figure, and the cell that states it."""

    value: Quantity
    place: Place


@dataclass(frozen=True)
class GroupReading:
    """What a row says of one group of figures."""

    row: TableRow
    group: str
    counts: Mapping[str, RowReading]
    """By id; those that could not be read are missing, and a problem says why."""
    stated: Mapping[str, tuple[SheetCell, Place]]
    """By id the cells that state sums and rates."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def values(self) -> dict[Address, Quantity]:
        """The figures alone, by their addresses."""
        return {(self.group, id_): read.value for id_, read in self.counts.items()}


def read_group(row: TableRow, group: Group, *, blank_is_zero: bool) -> GroupReading:
    """The figures of a group in one row, and what it states besides."""
    counts: dict[str, RowReading] = {}
    problems = []
    for column in group.given:
        found = row.table.cell(row.number, _where(column))
        if found is None:
            continue
        cell, place = found
        is_zero = blank_is_zero and cell.is_blank and column.kind.adds_up
        try:
            value = 0 if is_zero else column.kind.read_cell(cell)
            counts[column.id] = RowReading(value, place)
        except RefusedError as error:
            problems.append(Problem(place, str(error), _where(column), option=error.option))
    return GroupReading(row, group.id, counts, _stated(row.table, row.number, group), problems)


def _stated(table: SheetTable, row: int, group: Group) -> Mapping[str, tuple[SheetCell, Place]]:
    """The cells that state sums and rates; a formula whose value was not stored states nothing."""
    cells = {c.id: table.cell(row, _where(c)) for c in group.columns if not c.kind.is_given}
    return {id_: found for id_, found in cells.items() if found and found[0].states}


def unchecked_formulas(rows: Rows, edition: Edition) -> Iterator[Problem]:
    """A warning for each column of sums or rates with formulas whose values were not stored.

    Nothing is taken from them, so that a sheet can be read that no spreadsheet program has saved.
    """
    numbers = sorted(rows.used)
    for column in edition.columns():
        cells = (rows.table.cell(number, _where(column)) for number in numbers)
        open_ = [found for found in cells if found and found[0].formula and not found[0].states]
        if open_ and not column.kind.is_given and not rows.table.sheet.is_export:
            cell, place = open_[0]
            message = f"the formula {shown(cell.formula)} has no stored value, so it is not checked"
            yield passing_warning(place, message, _where(column), kind="not-checked")


def check_stated_cells(edition: Edition, of_row: Sequence[GroupReading]) -> list[GroupReading]:
    """The readings of one row, with the sums and rates that its own figures do not bear out."""
    given = {a: value for reading in of_row for a, value in reading.values.items()}
    exact = known_values(edition, given)
    return [
        replace(reading, problems=[*reading.problems, *_unlike(edition, reading, exact)])
        for reading in of_row
    ]


def check_across_rows(
    edition: Edition, readings: Sequence[GroupReading], given: Mapping[Address, Quantity | None]
) -> list[Problem]:
    """What rows of one authority state of figures that stand in other rows, or in its file.

    `given` has those of all of them; what is made of the figures of one row was checked with it.
    """
    exact = known_values(edition, given)
    problems = []
    for reading in readings:
        of_row = {a for other in readings if other.row == reading.row for a in other.values}
        elsewhere = {
            id_: found
            for id_, found in reading.stated.items()
            if not set(edition.column((reading.group, id_)).sources) <= of_row
        }
        problems += _unlike(edition, replace(reading, stated=elsewhere), exact)
    return [*problems, *_above_their_wholes(edition, readings, given)]


def _above_their_wholes(
    edition: Edition, readings: Sequence[GroupReading], given: Mapping[Address, Quantity | None]
) -> list[Problem]:
    """The parts that would be more than their wholes, where a row says one of them."""
    cells = {(r.group, id_): read.place for r in readings for id_, read in r.counts.items()}
    touched = [column for column in edition.columns() if cells.keys() & set(column.sources)]
    row = next(iter(cells.values()), Place(edition.path))
    places = dict.fromkeys(given, row) | cells
    return list(check_parts(Figures(edition, given, places), touched))


def _unlike(
    edition: Edition, reading: GroupReading, exact: Mapping[Address, Exact]
) -> list[Problem]:
    """The stated sums and rates that these values do not bear out, as far as they tell."""
    return [
        problem
        for id_, (cell, place) in reading.stated.items()
        for problem in _check_cell(edition.column((reading.group, id_)), exact, cell, place)
    ]


def known_values(
    edition: Edition, given: Mapping[Address, Quantity | None]
) -> dict[Address, Exact]:
    """The values, before they are rounded, of all figures that these give."""
    figures = Figures(edition, given, {})
    return {a: f.exact for a, f in figures.items() if f.exact is not None}


def _check_cell(
    column: Column, values: Mapping[Address, Exact], cell: SheetCell, place: Place
) -> list[Problem]:
    if not set(column.needs) <= values.keys():
        return []
    try:
        finding = column.kind.check_cell(cell, *column.operands(values), column.none)
    except RefusedError as error:
        finding = str(error)
    return [Problem(place, finding, _where(column))] if finding else []


def check_total(rows: Rows, edition: Edition, readings: Iterable[GroupReading]) -> list[Problem]:
    """What is wrong with the row that adds up all others, if the sheet has one.

    A column in which a figure could not be read is not checked: that figure is a problem itself.
    """
    if rows.total is None:
        return []
    by_group = defaultdict[str, list[GroupReading]](list)
    for reading in readings:
        by_group[reading.group].append(reading)
    sums: dict[Address, Quantity] = {
        column.address: sum(reading.counts[column.id].value for reading in of_group)
        for id_, of_group in by_group.items()
        for column in edition.figures[id_].counts
        if all(column.id in reading.counts for reading in of_group)
    }
    exact = known_values(edition, sums)
    problems = []
    for group in edition.groups:
        for column in group.counts:
            problems += _check_sum(rows, column, sums)
        for id_, (cell, place) in _stated(rows.table, rows.total, group).items():
            problems += _check_cell(edition.column((group.id, id_)), exact, cell, place)
    return problems


def _check_sum(rows: Rows, column: Column, sums: Mapping[Address, Quantity]) -> list[Problem]:
    found = rows.table.cell(rows.total or 0, _where(column))
    if found is None or column.address not in sums or not found[0].states:
        return []
    cell, place = found
    try:
        stated = cell.whole_number()
    except RefusedError as error:
        return [Problem(place, str(error), _where(column))]
    if stated == sums[column.address]:
        return []
    message = f"{stated} is stated, but the rows above add up to {sums[column.address]}"
    return [
        Problem(place, f"{message}; a row is missing, or there is one too many", _where(column))
    ]


def _where(column: Column) -> str:
    return f"{column.group}.{column.id}"
