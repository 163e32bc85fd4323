"""The manifest: what was made, from what, and what became of it; kept beside the letters."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from generator.files.bounded_read import Sort, read_bytes
from generator.messages import system_message
from generator.outputs.fingerprint import Inputs
from generator.problems import Place, Problem, passing_warning
from generator.verification.output_formats import output_formats

MANIFEST_FILE = "manifest.json"
SCHEMA_VERSION = 1

Slug = Annotated[str, Field(pattern="^[a-z0-9-]+$")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True)
class MadeFile:
    """One file of a letter, as it was written."""

    sha256: Sha256
    bytes: int


@dataclass(frozen=True)
class ManifestEntry:
    """One letter: the files made last, and what they were made of.

    A letter that failed keeps those of the time before. While `unfinished`, its files may be the
    old ones or the new: it was to be made, and the run has not got to it, or was cut off.
    """

    inputs: Inputs = field(default_factory=dict)
    pages: int | None = None
    files: Mapping[str, MadeFile] = field(default_factory=dict)
    """By their paths from the manifest: `pdf/luton-borough-council.pdf`."""
    unfinished: bool = False
    failed: str | None = None
    """Why it could not be made the last time it was tried."""
    conformance: str | None = None
    """The digest of what it was proven for that it is PDF/UA-1 and PDF/A-3a, by it or by another
    made of the same; None where no validator was installed."""


@dataclass(frozen=True)
class Manifest:
    """All letters of one output folder, by slug, and the engine that made the last of them."""

    year: int
    draft: bool = False
    engine: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[Slug, ManifestEntry] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION


_MANIFEST = TypeAdapter(Manifest)


class ManifestError(Exception):
    """A manifest cannot be used; the text says why, in a sentence about it."""


def manifest_or_warning(folder: Path, then: str) -> tuple["Manifest | None", list[Problem]]:
    """The manifest, and a warning where it cannot be read, which says what happens then."""
    try:
        return read_manifest(folder), []
    except ManifestError as error:
        place = Place(folder / MANIFEST_FILE)
        return None, [passing_warning(place, f"{error}; {then}", kind="damaged-manifest")]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of an output folder; None where there is none. Raises `ManifestError`."""
    try:
        content = read_bytes(folder / MANIFEST_FILE, Sort.RECORD)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ManifestError(f"cannot be read: {system_message(error)}") from error
    try:
        manifest = _MANIFEST.validate_json(content, strict=False)
    except (ValidationError, RecursionError) as error:
        raise ManifestError("is damaged") from error
    if manifest.schema_version != SCHEMA_VERSION:
        raise ManifestError("was written by another version of this program")
    return manifest


def manifest_json(manifest: Manifest) -> bytes:
    """The manifest as the content of its file; its form is told in docs/manifest.md."""
    return _MANIFEST.dump_json(manifest, indent=1, exclude_defaults=False) + b"\n"


def made_file(content: bytes) -> MadeFile:
    """What the manifest says of a file with this content."""
    return MadeFile(hashlib.sha256(content).hexdigest(), len(content))


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
