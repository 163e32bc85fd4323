"""The single cases behind the figures, divided among the authorities: each gets its own rows.

What is enclosed is a new workbook of values and headers, never a copy of the one that all cases
stand in: a comment, a hidden sheet or a name of another authority cannot travel along.
"""

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from openpyxl import load_workbook

from generator.checks.mentions import NameIndex
from generator.edition.authority import Authority
from generator.grouping import grouped
from generator.letter.figures_in_letters import typeset
from generator.letter.letter import Letter
from generator.plain_text import single_spaced
from generator.problems import Place, Problem, counted, first_of, listed, noting
from generator.project.load_edition import LoadedEdition
from generator.spreadsheets.cells import Sheet, Value
from generator.spreadsheets.open_data import values_workbook
from generator.spreadsheets.read_files import READERS, read_files
from generator.workspace import EditionFolders

_AUTHORITY_HEADERS = {"authority", "authority name", "council", "body", "local authority"}
_MOST_NAMED = 5


@dataclass(frozen=True)
class Enclosure:
    """A workbook of one authority's cases; without content where it has none."""

    name: str
    content: bytes
    rows: int
    file: str
    """Where all cases stand."""
    counted_by: str
    """The figure that is as many as its rows: `received.total`."""


@dataclass
class Divided:
    """What is enclosed for each authority, by slug, and what keeps all letters from being sent."""

    enclosures: dict[str, list[Enclosure]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    """What keeps all of them: a row that is nobody's might be anybody's."""


def enclosure_files(folders: EditionFolders) -> list[Path]:
    """The files whose rows are divided among the authorities."""
    found = (p for p in folders.enclosures.glob("*") if p.suffix.lower() in READERS)
    return sorted(path for path in found if not path.name.startswith((".", "~")))


def divide(loaded: LoadedEdition) -> Divided:
    """Divide the rows of all enclosures; where one is nobody's or too many, it is a problem."""
    divided = Divided()
    paths = enclosure_files(loaded.folders)
    edition = loaded.edition
    if edition is None or not paths:
        return divided
    files, divided.problems = read_files(paths)
    counted_by = loaded.mail_settings.enclosures
    authorities = loaded.data.authorities
    known = _known(authorities.values())
    moment = datetime.datetime.combine(edition.letter_date, datetime.time())
    for file in files:
        stem = file.path.stem
        if stem not in counted_by:
            message = (
                "edition.yaml must name the figure equal to its number of rows: "
                f"mail: {{enclosures: {{{stem}: group.figure}}}}"
            )
            divided.problems.append(Problem(Place(file.path), message))
        sheets = [
            (sheet.name, noting(divided.problems, _rows_of_each(sheet, known)))
            for sheet in file.sheets
            if not sheet.hidden and sheet.rows
        ]
        tables = grouped(
            (slug, (name, rows)) for name, theirs in sheets for slug, rows in theirs.items()
        )
        for slug in authorities:
            found = tables.get(slug, [])
            content = values_workbook(found, moment) if found else b""
            number = sum(len(rows) - 1 for _, rows in found)
            said = (number, file.path.name, counted_by.get(stem, ""))
            enclosure = Enclosure(f"{stem}-{slug}.xlsx", content, *said)
            divided.enclosures.setdefault(slug, []).append(enclosure)
    return divided


def doubts_of_enclosure(
    enclosure: Enclosure, authority: Authority, letter: Letter, names: NameIndex
) -> Iterator[str]:
    """Why a workbook, read back, may not go with an authority's letter."""
    counts = {f"{f.column.group}.{f.column.id}": f.value for f in authority.all_figures()}
    counts |= {f"{figure.group}.{figure.id}": figure.value for figure in letter.figures}
    figure, file = enclosure.counted_by, enclosure.file
    if figure not in counts:
        yield f"edition.yaml says that {figure} counts the rows of {file}; there is no such figure"
    elif counts[figure] != enclosure.rows:
        has = f"{file} has {counted(enclosure.rows, 'row')} of {authority.name}"
        yield f"{has}, but its letter says {counts[figure]} ({figure})"
    known = _known([authority])
    texts = []
    for sheet in load_workbook(io.BytesIO(enclosure.content)) if enclosure.content else ():
        headers, *rows_ = ([_as_text(each) for each in row] for row in sheet.values)
        at = [n for n, text in enumerate(headers) if text.casefold() in _AUTHORITY_HEADERS]
        if any(row[column].casefold() not in known for row in rows_ for column in at):
            yield f"{enclosure.name} has rows of another authority"
        texts += [text for row in (headers, *rows_) for text in row]
    others = dict.fromkeys(names.others(authority.name, "\n".join(texts), ""))
    if others:
        yield f"{enclosure.name} names another authority: {listed(others)}; correct it in {file}"


def _known(authorities: Iterable[Authority]) -> Mapping[str, str | None]:
    """The slugs by every name that a row may have; None for a name that two have."""
    slugs = grouped(
        (single_spaced(name).casefold(), each.slug)
        for each in authorities
        for name in (each.name, typeset(each.name), *each.aliases, each.slug)
    )
    return {name: those[0] if len({*those}) == 1 else None for name, those in slugs.items()}


def _rows_of_each(
    sheet: Sheet, known: Mapping[str, str | None]
) -> tuple[dict[str, list[list[Value | None]]], list[Problem]]:
    """The values of each authority's rows, headers first; rows that are nobody's."""
    header, *numbers = sheet.rows
    headers = {column: _as_text(sheet.cell(header, column).value) for column in sheet.columns}
    columns = [c for c, text in headers.items() if text.casefold() in _AUTHORITY_HEADERS]
    if len(columns) != 1:
        message = "expected one column headed Authority (or Council)"
        return {}, [Problem(sheet.place(header), message)]
    names = {number: _as_text(sheet.cell(number, columns[0]).value) for number in numbers}
    found = grouped((known.get(name.casefold()), number) for number, name in names.items())
    problems = list(_unreadable(sheet, numbers))
    if strange := found.pop(None, []):
        named = [f"row {number} ({names[number] or 'blank'})" for number in strange]
        message = (
            f"{counted(len(strange), 'row')} match no authority's exact name: "
            f"{first_of(named, _MOST_NAMED)}; correct it, or add it to that authority's aliases"
        )
        problems.append(Problem(sheet.place(strange[0], columns[0]), message))
    values = {n: [sheet.cell(n, column).value for column in sheet.columns] for n in sheet.rows}
    rows = {slug: [values[n] for n in (header, *theirs)] for slug, theirs in found.items() if slug}
    return rows, problems


def _unreadable(sheet: Sheet, numbers: Sequence[int]) -> Iterator[Problem]:
    message = "a formula without a value; open and save the file in a spreadsheet program"
    for at in product(numbers, sheet.columns):
        cell = sheet.cell(*at)
        if cell.is_error or (cell.formula and cell.value is None):
            yield Problem(sheet.place(*at), message)


def _as_text(value: object) -> str:
    return single_spaced(str(value)) if value is not None else ""
