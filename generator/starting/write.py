"""Write a new edition, whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.batch.files import write_all_whole
from generator.loading.schemas import schema_files
from generator.starting.files import Files
from generator.starting.plan import NewEdition
from generator.workspace import UsageError


def write_edition(new: NewEdition) -> None:
    """Write the edition's two folders beside their places, then give them their names.

    The data come last, since an edition is there once its data are. Raises `OSError` where
    something cannot be written and `UsageError` where another was quicker; then neither is there.
    """
    contents = {new.folders.templates: new.templates, new.folders.data: new.data}
    parts: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for folder, files in contents.items():
            parts[folder] = _empty_beside(folder)
            _fill(parts[folder], files)
        for folder, part in parts.items():
            if os.path.lexists(folder):
                raise UsageError(f"{folder.name} is there already in {folder.parent.name}.")
            part.rename(folder)
            placed.append(folder)
    except BaseException:
        for folder in placed:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        for part in parts.values():
            shutil.rmtree(part, ignore_errors=True)


def write_edition_schemas(new: NewEdition) -> None:
    """Write the schemas that editors read for the new edition's files. Raises `OSError`."""
    edition = replace(new.before, year=new.folders.year)
    files: Mapping[Path, str] = schema_files(new.folders.workspace, edition)
    write_all_whole({path: text.encode() for path, text in files.items()})


def _empty_beside(folder: Path) -> Path:
    """An empty folder that no one takes for an edition, with the access that its parent gives."""
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    part.chmod(folder.parent.stat().st_mode & 0o777)
    return part


def _fill(folder: Path, files: Files) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
