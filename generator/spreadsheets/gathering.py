"""All that the spreadsheets say, before it is known whose it is: tables, rows and figures."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Place, Problem
from generator.spreadsheets.addressees import AddresseeReading, read_addressee
from generator.spreadsheets.header_tables import find_table
from generator.spreadsheets.headers import ColumnVocabulary
from generator.spreadsheets.normalised_names import NormalisedName
from generator.spreadsheets.read_files import ReadFile
from generator.spreadsheets.readings import GroupReading, check_total, read_group
from generator.spreadsheets.rows import Rows, TableRow, read_rows


@dataclass(frozen=True)
class CollectedRows:
    """What was found in the files."""

    files: tuple[ReadFile, ...]
    tables: tuple[Rows, ...]
    without_table: tuple[Place, ...]
    """Sheets in which no table was found; nothing is taken from them."""
    groups: tuple[GroupReading, ...]
    addressees: tuple[AddresseeReading, ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> list[TableRow]:
        """The authorities' rows of all tables."""
        return [row for table in self.tables for row in table.authorities]

    def file(self, path: Path) -> ReadFile:
        """One of the files, by its path."""
        return next(file for file in self.files if file.path == path)


def gather(
    files: Iterable[ReadFile],
    known: Collection[NormalisedName],
    terms: ColumnVocabulary,
    *,
    blank_is_zero: bool,
) -> CollectedRows:
    """What these files say; `known` are the forms of the authorities' names."""
    files = tuple(files)
    problems: list[Problem] = []
    tables: list[Rows] = []
    without: list[Place] = []
    groups: list[GroupReading] = []
    addressees: list[AddresseeReading] = []
    for file in files:
        found = 0
        for sheet in file.sheets:
            table, more = find_table(sheet, terms)
            problems += more
            found += table is not None
            if table is None:
                without.append(sheet.place())
            elif not more:
                tables.append(read_rows(table, known, terms))
        if file.sheets and not found:
            problems.append(Problem(Place(file.path), _NO_TABLE))
    for rows in tables:
        problems += rows.problems
        own = [
            read_group(row, group, blank_is_zero=blank_is_zero)
            for row in rows.authorities
            for group in terms.edition.groups
            if group.id in rows.table.groups
        ]
        groups += own
        problems += [problem for reading in own for problem in reading.problems]
        problems += check_total(rows, terms.edition, own)
        if rows.table.has_addressees:
            people = [read_addressee(row, terms.edition) for row in rows.authorities]
            addressees += people
            problems += [problem for reading in people for problem in reading.problems]
    return CollectedRows(
        files,
        tuple(tables),
        tuple(without),
        tuple(groups),
        tuple(addressees),
        tuple(problems),
    )


_NO_TABLE = (
    "no table found: no row has the labels of two figures or more, or of an addressee's name and "
    "office; the labels are those of edition.yaml, and others can be mapped (--mapping)"
)
