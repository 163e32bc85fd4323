"""Where imported figures came from: file, digest, sheet and cell, kept in one file for an edition.

The authorities' files say what a figure is; this one says whence it came. A figure that was changed
by hand is told by its value, so nothing has to be kept up to date here by people.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from generator.edition.figure_kind import Quantity
from generator.edition.load import Data
from generator.edition.number_values import read_quantity
from generator.edition.predecessors import Named, Succession
from generator.files.bounded_read import Sort, read_bytes
from generator.problems import Place, Problem, passing_warning, system_message
from generator.workspace import EditionFolders

ORIGINS_FILE = "origins.json"
EXPORTED = "exported by letters"
"""Marks a workbook that was written from the authorities' files: it is no figure's origin."""
SCHEMA_VERSION = 1

Address = str
"""A figure, as `group.id`."""


@dataclass(frozen=True)
class ImportedFile:
    """A spreadsheet that figures were imported from, and when."""

    name: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    imported: datetime.date


@dataclass(frozen=True)
class CellOrigin:
    """The cell that a figure was imported from, and what it said."""

    value: Annotated[Quantity, BeforeValidator(read_quantity)]
    file: int
    """Which of the imported files, counted from 0."""
    cell: str
    """Its name, with that of the sheet in a workbook: `Received!F17`."""


@dataclass(frozen=True)
class Origins:
    """The origins of an edition's figures."""

    files: tuple[ImportedFile, ...] = ()
    figures: Mapping[str, Mapping[Address, CellOrigin]] = field(default_factory=dict)
    """Of each authority and figure; those written by hand from the beginning have none."""
    schema_version: int = SCHEMA_VERSION

    def of(self, slug: str, address: Address) -> tuple[CellOrigin, ImportedFile] | None:
        """The cell a figure was imported from, and its file; None where it was not imported."""
        origin = self.figures.get(slug, {}).get(address)
        return (origin, self.files[origin.file]) if origin else None


_ORIGINS = TypeAdapter(Origins)


def origins_file(folders: EditionFolders) -> Path:
    """Where an edition keeps the origins of its figures."""
    return folders.data / ORIGINS_FILE


def read_origins(folders: EditionFolders) -> tuple[Origins, list[Problem]]:
    """The origins of an edition's figures; none, with a warning, where they cannot be read."""
    path = origins_file(folders)
    try:
        origins = _ORIGINS.validate_json(read_bytes(path, Sort.RECORD))
    except FileNotFoundError:
        return Origins(), []
    except OSError as error:
        return Origins(), [_warning(path, f"cannot be read: {system_message(error)}")]
    except (ValidationError, RecursionError):
        return Origins(), [_warning(path, _DAMAGED)]
    cells = (cell for figures in origins.figures.values() for cell in figures.values())
    if origins.schema_version != SCHEMA_VERSION or any(
        not 0 <= cell.file < len(origins.files) for cell in cells
    ):
        return Origins(), [_warning(path, _DAMAGED)]
    return origins, []


def origins_of(folders: EditionFolders, data: Data) -> tuple[Origins, list[Problem]]:
    """The same, of the authorities as they are named now: their files may have been renamed."""
    origins, problems = read_origins(folders)
    figures = {
        slug: {".".join(f.column.address): f.value for f in authority.all_figures()}
        for slug, authority in data.authorities.items()
    }
    return following(origins, data.files, data.authorities.values(), figures), problems


_FEWEST_ALIKE = 3
"""Of fewer figures, two authorities may well have the same."""


def following(
    origins: Origins,
    files: Collection[str],
    authorities: Iterable[Named],
    figures: Mapping[str, Mapping[Address, Quantity | None]],
) -> Origins:
    """The origins, where a file was renamed, under the slug that it has now.

    It is the one file without origins that has the slug among its names, or else all of the
    figures that were imported; where several may be, none is. `files` are the slugs of them all.
    """
    succession = Succession(authorities)
    heirs: dict[str, list[str]] = {}
    for slug in origins.figures.keys() - set(files):
        said = {address: cell.value for address, cell in origins.figures[slug].items()}
        alike = [s for s, own in figures.items() if said.items() <= own.items()]
        by_name = succession.by_slug(slug)
        may_be = by_name or (alike if len(said) >= _FEWEST_ALIKE and any(said.values()) else ())
        new = [s for s in may_be if s not in origins.figures]
        if len(new) == 1:
            heirs.setdefault(new[0], []).append(slug)
    renamed = {old[0]: slug for slug, old in heirs.items() if len(old) == 1}
    moved = {renamed.get(slug, slug): cells for slug, cells in origins.figures.items()}
    return replace(origins, figures=moved) if renamed else origins


_DAMAGED = (
    "is damaged, or from another version of this program, so the origins of figures are "
    "not known; restore it from a copy, or delete it and import the spreadsheets again"
)


def _warning(path: Path, message: str) -> Problem:
    return passing_warning(Place(path), message, kind="damaged-origins")


def origins_json(origins: Origins) -> bytes:
    """The origins as the content of their file, a line for each figure."""
    files = [_ORIGIN_FILE.dump_json(file).decode() for file in origins.files]
    authorities = []
    for slug, figures in sorted(origins.figures.items()):
        lines = [
            f'   "{address}": {_CELL.dump_json(origin).decode()}'
            for address, origin in figures.items()
        ]
        authorities.append(f'  "{slug}": {{\n' + ",\n".join(lines) + "\n  }")
    return (
        f'{{\n "schema_version": {origins.schema_version},\n'
        ' "files": [\n' + ",\n".join(f"  {file}" for file in files) + "\n ],\n"
        ' "figures": {\n' + ",\n".join(authorities) + "\n }\n}\n"
    ).encode()


_ORIGIN_FILE = TypeAdapter(ImportedFile)
_CELL = TypeAdapter(CellOrigin)


def with_imported(
    old: Origins,
    figures: Mapping[str, Mapping[Address, tuple[Quantity, str, str, str]]],
    today: datetime.date,
) -> Origins:
    """The origins after an import: of each figure its value, file name, digest and cell.

    A figure that was imported before, and is the same, keeps its origin and its day: so a second
    import changes nothing, and of a new version of a file only what was corrected counts as its.
    Files of which no figure is left are dropped; one that was renamed has its name of now.
    """
    names = {sha256: name for cells in figures.values() for _, name, sha256, _ in cells.values()}
    named = [replace(file, name=names.get(file.sha256, file.name)) for file in old.files]
    old = replace(old, files=tuple(named))
    known = {(file.name, file.sha256): file for file in old.files}
    cells: dict[str, dict[Address, tuple[ImportedFile, Quantity, str]]] = {
        slug: {address: (old.files[o.file], o.value, o.cell) for address, o in of_one.items()}
        for slug, of_one in old.figures.items()
    }
    for slug, of_one in figures.items():
        for address, (value, name, sha256, cell) in of_one.items():
            before = old.of(slug, address)
            if before is not None and before[0].value == value:
                continue
            file = known.setdefault((name, sha256), ImportedFile(name, sha256, today))
            cells.setdefault(slug, {})[address] = (file, value, cell)
    used = {file for of_one in cells.values() for file, _, _ in of_one.values()}
    files = [file for file in known.values() if file in used]
    numbers = {file: number for number, file in enumerate(files)}
    return Origins(
        tuple(files),
        {
            slug: {
                address: CellOrigin(value, numbers[file], cell)
                for address, (file, value, cell) in of_one.items()
            }
            for slug, of_one in sorted(cells.items())
        },
    )
