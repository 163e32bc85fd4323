"""To whom a letter goes, as the office's list says it: names, office, salutation, email."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from generator.edition.edition import Edition
from generator.edition.emails import check_email
from generator.edition.values import check_line
from generator.edition.yaml_tree import shown
from generator.problems import Place, Problem
from generator.spreadsheets.cells import is_blank
from generator.spreadsheets.labels import ADDRESSEE
from generator.spreadsheets.rows import TableRow


@dataclass(frozen=True)
class AddresseeReading:
    """What a row says of an addressee; what it leaves blank is missing."""

    row: TableRow
    names: tuple[str, ...]
    texts: Mapping[str, str]
    """Beside the name: `office`, `salutation`, `email`, `kind`."""
    places: Mapping[str, Place]
    problems: list[Problem] = field(default_factory=list)


def read_addressee(row: TableRow, edition: Edition) -> AddresseeReading:
    """The addressee in a row: two names in one cell, with a line end or ";" between, are two."""
    texts: dict[str, str] = {}
    places: dict[str, Place] = {}
    names: tuple[str, ...] = ()
    problems = []
    for part in ADDRESSEE:
        head = row.table.columns.get(f"addressee.{part}")
        if head is None:
            continue
        sheet = row.table.sheet
        cell = sheet.cells.get((row.number, head.number))
        places[part] = sheet.place(row.number, head.number)
        where = f"addressee.{part}" if part != "kind" else part
        if cell is None or is_blank(cell):
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
        doubts = [doubt for line in said if (doubt := _doubt(part, line, edition))]
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


def _doubt(part: str, text: str, edition: Edition) -> str:
    """Why a text cannot be printed or used as it stands; blank where it can."""
    try:
        check_line(text)
        if part == "email":
            check_email(text)
    except PydanticCustomError as error:
        return error.message()
    if part == "kind" and text not in edition.kinds:
        return f'found "{shown(text)}"; expected one of {", ".join(edition.kinds)}'
    return ""
