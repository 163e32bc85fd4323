"""The figures of a row, read and checked: counts, and the sums and rates that the sheet states."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from generator.edition.edition import Column, Edition, Group
from generator.edition.emails import check_email
from generator.edition.values import LARGEST_COUNT, check_line
from generator.problems import Place, Problem
from generator.spreadsheets.cells import RefusedError, SheetCell
from generator.spreadsheets.headers import ADDRESSEE
from generator.spreadsheets.rows import Rows, SheetTable, TableRow


@dataclass(frozen=True)
class RowReading:
    """A count, and the cell that states it."""

    value: int
    place: Place


@dataclass(frozen=True)
class GroupReading:
    """What a row says of one group of figures."""

    row: TableRow
    group: str
    counts: Mapping[str, RowReading]
    """By id; those that could not be read are missing, and a problem says why."""
    stated: frozenset[str]
    """The ids of the sums and rates that the row states."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def values(self) -> dict[str, int]:
        """The counts alone, by id."""
        return {id_: read.value for id_, read in self.counts.items()}


def read_group(row: TableRow, group: Group, *, blank_is_zero: bool) -> GroupReading:
    """The figures of a group in one row; what it states besides is held against them."""
    counts: dict[str, RowReading] = {}
    problems = []
    for column in group.counts:
        found = row.table.cell(row.number, _where(column))
        if found is None:
            continue
        cell, place = found
        try:
            value = 0 if blank_is_zero and cell.is_blank else cell.whole_number(LARGEST_COUNT)
            counts[column.id] = RowReading(value, place)
        except RefusedError as error:
            problems.append(Problem(place, str(error), _where(column)))
    values = {id_: reading.value for id_, reading in counts.items()}
    stated, more = _check_stated(row.table, row.number, group, values)
    return GroupReading(row, group.id, counts, stated, [*problems, *more])


def _check_stated(
    table: SheetTable, row: int, group: Group, values: Mapping[str, int]
) -> tuple[frozenset[str], list[Problem]]:
    """The sums and rates that a row states, and those that its counts do not bear out."""
    stated, problems = set(), []
    for column in group.columns:
        found = table.cell(row, _where(column))
        if found is None or column.kind.is_given or found[0].is_blank:
            continue
        stated.add(column.id)
        doubt = _doubt(found[0], column, values) if set(column.needs) <= values.keys() else ""
        if doubt:
            problems.append(Problem(found[1], doubt, _where(column)))
    return frozenset(stated), problems


def _doubt(cell: SheetCell, column: Column, values: Mapping[str, int]) -> str:
    """Why a stated sum or rate is not what the counts give; blank where it is."""
    numerator = values[column.numerator] if column.numerator else None
    parts = [values[part] for part in column.parts]
    try:
        return column.kind.check_cell(cell, numerator, parts, column.none)
    except RefusedError as error:
        return str(error)


def check_total(rows: Rows, edition: Edition, readings: Iterable[GroupReading]) -> list[Problem]:
    """What is wrong with the row that adds up all others, if the sheet has one.

    A column in which a figure could not be read is not checked: that figure is a problem itself.
    """
    if rows.total is None:
        return []
    problems = []
    by_group: dict[str, list[GroupReading]] = {}
    for reading in readings:
        by_group.setdefault(reading.group, []).append(reading)
    for group in edition.groups:
        in_group = by_group.get(group.id, [])
        sums = _sums(group, in_group)
        for column in group.counts:
            problems += _check_sum(rows, column, sums)
        problems += _check_stated(rows.table, rows.total, group, sums)[1]
    return problems


def _sums(group: Group, readings: Sequence[GroupReading]) -> dict[str, int]:
    return {
        column.id: sum(reading.counts[column.id].value for reading in readings)
        for column in group.counts
        if all(column.id in reading.counts for reading in readings)
    }


def _check_sum(rows: Rows, column: Column, sums: Mapping[str, int]) -> list[Problem]:
    found = rows.table.cell(rows.total or 0, _where(column))
    if found is None or column.id not in sums or found[0].is_blank:
        return []
    cell, place = found
    try:
        stated = cell.whole_number()
    except RefusedError as error:
        return [Problem(place, str(error), _where(column))]
    if stated == sums[column.id]:
        return []
    message = f"{stated} is stated, but the rows above add up to {sums[column.id]}"
    return [Problem(place, f"{message}; a row is missing, or one too many", _where(column))]


def _where(column: Column) -> str:
    return f"{column.group}.{column.id}"


@dataclass(frozen=True)
class AddresseeReading:
    """What a row says of an addressee; what it leaves blank is missing."""

    row: TableRow
    names: tuple[str, ...]
    texts: Mapping[str, str]
    """Beside the name: `office`, `salutation`, `email`."""
    places: Mapping[str, Place]
    problems: list[Problem] = field(default_factory=list)


def read_addressee(row: TableRow) -> AddresseeReading:
    """The addressee in a row: two names in one cell, with a line end or ";" between, are two."""
    texts: dict[str, str] = {}
    places: dict[str, Place] = {}
    names: tuple[str, ...] = ()
    problems = []
    for part in ADDRESSEE:
        found = row.table.cell(row.number, f"addressee.{part}")
        if found is None:
            continue
        cell, places[part] = found
        where = f"addressee.{part}"
        if cell.is_blank:
            if part in ("name", "office"):
                message = "blank; write it, or leave this authority out of the list"
                problems.append(Problem(places[part], message, where))
            continue
        if not isinstance(cell.value, str) or cell.is_error:
            message = f"found {cell.value}; expected a text"
            problems.append(Problem(places[part], message, where))
            continue
        lines = re.split(r"[\n;]", cell.value.strip()) if part == "name" else [cell.value.strip()]
        said = [line.strip() for line in lines if line.strip()]
        doubts = [doubt for line in said if (doubt := _doubt_about_name(part, line))]
        problems += [Problem(places[part], doubt, where) for doubt in doubts]
        if part == "name":
            names = tuple(said)
        else:
            texts[part] = said[0]
    if len(names) > 1 and "salutation" not in texts:
        message = (
            "two names; say how the letter greets them both, in a column Salutation "
            f"({' and '.join(names)}, for instance)"
        )
        problems.append(Problem(places["name"], message, "addressee.salutation"))
    return AddresseeReading(row, names, texts, places, problems)


def _doubt_about_name(part: str, text: str) -> str:
    """Why a text cannot be printed or used as it stands; blank where it can."""
    try:
        check_line(text)
        if part == "email":
            check_email(text)
    except PydanticCustomError as error:
        return error.message()
    return ""
