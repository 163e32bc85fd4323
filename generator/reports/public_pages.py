"""The folder for the website: letters as they were issued, a page for each authority, open data.

Pages and data name no person; a letter names its addressee, as printed. All figures are those that
the issued PDFs carry: what is on a page is read back and held against them before it is done.
"""

import datetime
import json
import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from html import unescape
from importlib import resources
from pathlib import Path

from generator.assets.page_templates import page_template
from generator.edition.formats import locale_of
from generator.edition.languages import whose
from generator.files.bounded_read import Sort, read_bytes
from generator.grouping import grouped
from generator.issuing.issued_letters import IssuedLetter, unlike, unlike_table, value_as_data
from generator.letter.letter import PrintedFigure
from generator.letter.roles import Role
from generator.rendering.record import csv_table
from generator.spreadsheets.open_data import values_workbook
from generator.verification.output_formats import HTML, PDF

_PACKAGE = json.loads(
    resources.files("generator.reports").joinpath("figures_package.json").read_bytes()
)
"""What is in the data, in the form of a Frictionless data package."""
_SCHEMA = _PACKAGE["resources"][0]["schema"]
HEADERS = tuple(field["name"] for field in _SCHEMA["fields"])
_KEY = tuple(_SCHEMA["primaryKey"])


def public_files(
    year: int, letters: Sequence[IssuedLetter], midnight: datetime.datetime
) -> tuple[dict[str, bytes], list[str]]:
    """All files of the folder by their paths in it, and what is wrong with them."""
    now = [each for each in letters if each.year == year]
    if not now:
        return {}, []
    firsts = _firsts(letters)
    rows = [_row(each, figure) for each in firsts for figure in each.letter.figures]
    files = {
        f"letters/{name}": content
        for each in now
        for name, content in each.files.items()
        if name.endswith((PDF.suffix, HTML.suffix))
    }
    files["data/figures.csv"] = csv_table([HEADERS, *rows]).encode("utf-8-sig")
    files["data/figures.json"] = _json([dict(zip(HEADERS, row, strict=True)) for row in rows])
    files["data/figures.xlsx"] = values_workbook([("Figures", [HEADERS, *rows])], midnight)
    files[_DESCRIPTION] = _json({"name": f"annual-letters-{year}", **_PACKAGE})
    findings = [*unlike_data(files["data/figures.csv"], firsts)]
    template = page_template("generator.reports", "public.html.jinja")
    render = partial(template.render, year=year, named=_named)
    of_each = grouped((whose(each.slug), each) for each in now)
    for authority, theirs in of_each.items():
        of_all_years = [each for each in firsts if whose(each.slug) == authority]
        page = render(letters=theirs, tables=_tables(of_all_years), listed=())
        findings += _unlike(page, of_all_years[-1])
        files[f"authorities/{authority}.html"] = page.encode()
    listed = sorted(of_each.items(), key=lambda each: each[1][0].letter.authority)
    office = next((b for b in now[0].letter.blocks if b.role == Role.MASTHEAD), None)
    files["index.html"] = render(letters=(), tables=(), listed=listed, office=office).encode()
    return files, findings


def _named(language: str) -> str:
    return locale_of(language).get_language_name("en_GB") or language


def is_public_folder(folder: Path) -> bool:
    """Whether it can be written anew: it is empty, or has all such a folder has, as written."""
    with suppress(OSError, ValueError):
        if not folder.exists() or not any(folder.iterdir()):
            return True
        said = json.loads(read_bytes(folder / _DESCRIPTION, Sort.RECORD))
        return isinstance(said, dict) and re.fullmatch(_NAME, str(said.get("name"))) is not None
    return False


_DESCRIPTION = "data/datapackage.json"
_NAME = r"annual-letters-[0-9]{4}"


def _firsts(letters: Iterable[IssuedLetter]) -> list[IssuedLetter]:
    """Of each authority and year the letter in the first language; the others say as much."""
    found = grouped(((each.year, whose(each.slug)), each) for each in letters)
    return [min(theirs, key=lambda each: len(each.slug)) for theirs in found.values()]


def _row(each: IssuedLetter, figure: PrintedFigure) -> tuple[object, ...]:
    name, authority = each.letter.authority, whose(each.slug)
    said = (figure.group, figure.id, figure.label, figure.kind)
    return (each.year, authority, name, *said, value_as_data(figure.value))


Table = tuple[str, Sequence[int], Sequence[tuple[str, Sequence[tuple[str, str]]]]]
"""Its title, its years, and its rows: a label, then of each year the figure's name and text."""


def _tables(letters: Sequence[IssuedLetter]) -> list[Table]:
    """The figures of an authority by group, a row for each figure, a column for each year.

    In the order of the group's own table; a figure that stands in others first is no first one.
    """
    years, letter = [each.year for each in letters], letters[-1].letter
    texts = {(e.year, f.group, f.id): f.text for e in letters for f in e.letter.figures}
    found: list[Table] = []
    for group, figures in grouped((f.group, f) for f in letter.figures).items():
        own = letter.tables.get(group)
        order = {c.id: n for n, c in enumerate(own.table.columns)} if own and own.table else {}
        rows = []
        for f in sorted(figures, key=lambda each: order.get(each.id, len(order))):
            cells = [(f"{y}.{group}.{f.id}", texts.get((y, group, f.id), "")) for y in years]
            rows.append((f"{f.header}: {f.label}" if f.header else f.label, cells))
        found.append((letter.titles.get(group, group.capitalize()), years, rows))
    return found


_CELL = re.compile(r'<td class="number" data-figure="([^"]+)">([^<]*)</td>')


def _unlike(page: str, each: IssuedLetter) -> Iterator[str]:
    """How the figures of this year on a page, read back, differ from those of the letter."""
    found = ((tuple(name.split(".")), unescape(text)) for name, text in _CELL.findall(page))
    said = {key: text for key, text in found if key[0] == str(each.year)}
    due: dict[tuple[str, ...], str] = {
        (str(each.year), f.group, f.id): f.text for f in each.letter.figures
    }
    return unlike(said, due, f"the page of {each.slug}")


def unlike_data(content: bytes, letters: Iterable[IssuedLetter]) -> Iterator[str]:
    """How the table of all figures, read back, differs from the letters."""
    values = (each.values(str(each.year), whose(each.slug)) for each in letters)
    return unlike_table(content, _KEY, dict(ChainMap(*values)), "figures.csv")


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
