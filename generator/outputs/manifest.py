"""The manifest: what was made, from what, and what became of it; kept beside the letters."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from generator.files.bounded_read import Sort, read_bytes
from generator.messages import system_message
from generator.outputs.fingerprint import Inputs
from generator.problems import Place, Problem, Severity

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
        message = f"{error}; {then}"
        return None, [Problem(place, message, "", Severity.WARNING, "damaged-manifest")]


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
