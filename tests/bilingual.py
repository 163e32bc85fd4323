"""The example in two languages, as data: what tests change in it, and what is said then."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.project.load_edition import LoadedEdition, load_edition
from generator.workspace import EditionFolders, Workspace
from tests.borsetshire import ROOT

EXAMPLE = ROOT / "generator/assets/examples/bilingual"
BILINGUAL = {
    path.relative_to(EXAMPLE).as_posix(): path.read_text()
    for path in sorted(EXAMPLE.rglob("*"))
    if path.is_file()
}
EDITION = "data/2025/edition.yaml"
AUTHORITIES = "data/2025/authorities"
SECTIONS, INSERTS = "templates/2025/sections", "templates/2025/inserts"
PAGE = "templates/2025/report/page"
A, G = "aberwen-council", "glanmor-council"
P, Y = "porthwyll-harbour-authority", "ynys-fach-council"

Changes = Mapping[str, tuple[str, str] | str | None]
"""By file what stands instead of what, or a new text; None for a file that goes."""


def bilingual(folder: Path, changes: Changes | None = None) -> EditionFolders:
    """The example with some files changed, written into a folder instead of what is there."""
    files = dict(BILINGUAL)
    for name, change in (changes or {}).items():
        if change is None:
            del files[name]
        elif isinstance(change, str):
            files[name] = change
        else:
            assert change[0] in files[name]
            files[name] = files[name].replace(*change, 1)
    for each in ("data", "templates"):
        shutil.rmtree(folder / each, ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Workspace(folder).edition(2025)


def loaded(folder: Path, changes: Changes | None = None) -> LoadedEdition:
    return load_edition(bilingual(folder, changes))


def said(edition: LoadedEdition) -> list[str]:
    """Its problems, a line each, files by their names."""
    return [problem.line(problem.place.path.name) for problem in edition.problems]
