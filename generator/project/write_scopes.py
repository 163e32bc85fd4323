"""Where things are written, and under which lock: what a journal may speak of, folder by folder."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from generator.edition.origins import ORIGINS_FILE
from generator.files.parts import parts_below, parts_in
from generator.files.recovery import JournalScope
from generator.workspace import EditionFolders, Workspace

EXPORTED_FILES = {"csv": "figures.csv", "workbook": "figures.xlsx"}


def data_scope(workspace: Workspace) -> JournalScope:
    """All that is written in `data/` and `templates/`, under one lock."""

    def paths(year: int, slug: str) -> Mapping[str, Path]:
        folders = EditionFolders(workspace, year)
        return {
            "data": folders.data,
            "templates": folders.templates,
            "origins": folders.data / ORIGINS_FILE,
            "confirmed": folders.confirmed_file,
            "edition": folders.edition_file,
            "edition schema": workspace.schemas / "edition.schema.json",
            "authority schema": workspace.schemas / f"authority-{year}.schema.json",
            **(_named(folders, slug) if slug else {}),
        }

    def parts() -> list[Path]:
        return [*parts_below(workspace.data), *parts_below(workspace.templates)]

    return JournalScope(workspace.data, paths, parts)


def _named(folders: EditionFolders, name: str) -> Mapping[str, Path]:
    """The files of an edition that bear a name of their own."""
    return {
        "authority": folders.authorities / f"{name}.yaml",
        "section": folders.sections / f"{name}.md",
        "insert": folders.inserts / f"{name}.md",
        "report": folders.report / f"{name}.md",
        "mail": folders.templates / f"{name}.md",
    }


def export_scope(folder: Path) -> JournalScope:
    """The open data that is written into a folder, where other things may lie."""
    paths = {sort: folder / name for sort, name in EXPORTED_FILES.items()}
    patterns = [f".{name}.*.part" for name in EXPORTED_FILES.values()]
    return JournalScope(folder, lambda _year, _slug: paths, lambda: parts_in(folder, patterns))


def page_scope(path: Path) -> JournalScope:
    """A page that is written where the user wants it."""
    return JournalScope(
        path.parent, lambda _y, _s: {}, lambda: parts_in(path.parent, [f".{path.name}.*.part"])
    )


def decision_scopes(folders: EditionFolders) -> Iterator[JournalScope]:
    """What was approved and issued: each a file or folder of its own, so that none waits."""
    for folder in (folders.approvals, folders.issued):
        yield JournalScope(folder, lambda _y, _s: {}, partial(_parts_below, folder))


def _parts_below(folder: Path) -> list[Path]:
    return [*parts_below(folder)]
