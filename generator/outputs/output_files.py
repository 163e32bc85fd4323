"""Where a letter's files are, and what is there now."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.files.bounded_read import Sort, read_bytes
from generator.verification.output_formats import output_formats


def output_names(slug: str) -> dict[str, str]:
    """A letter's files by format, as paths from the output folder; each format has a folder."""
    return {each.name: f"{each.name}/{each.file_name(slug)}" for each in output_formats()}


def output_paths(folder: Path, slug: str) -> dict[str, Path]:
    """Where a letter's files are, by format."""
    return {kind: folder / name for kind, name in output_names(slug).items()}


def sums_of(folder: Path, slugs: Iterable[str]) -> Mapping[str, str]:
    """The SHA-256 of each file of these letters that is there, by its path from the folder.

    All are read, every time: a file that was damaged may look untouched from outside.
    """
    names = [name for slug in slugs for name in output_names(slug).values()]
    with ThreadPoolExecutor() as readers:
        sums = readers.map(lambda name: _sum(folder / name), names)
        return {name: found for name, found in zip(names, sums, strict=True) if found}


def _sum(path: Path) -> str | None:
    try:
        return hashlib.sha256(read_bytes(path, Sort.LETTER)).hexdigest()
    except OSError:  # not there, or not to be read: it will be made again
        return None


def letters_in(folder: Path) -> dict[str, list[str]]:
    """All letters' files that lie in an output folder, by slug, as paths from it."""
    found: dict[str, list[str]] = {}
    for each in output_formats():
        for path in sorted((folder / each.name).glob(f"*{each.suffix}")):
            if re.fullmatch("[a-z0-9-]+", path.stem):
                found.setdefault(path.stem, []).append(f"{each.name}/{path.name}")
    return found
