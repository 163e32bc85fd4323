"""The journal of a transaction: what it was about to replace, for whoever comes after a kill.

It holds slugs, sorts of file and digests, and never a path: what a journal can speak of is decided
here and not by the journal, whoever wrote it.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from generator.files.bounded_read import Sort, read_bytes
from generator.files.parts import Content, parts_in
from generator.files.transaction import FileChange, atomic_write, sync_folder
from generator.messages import system_message

SCHEMA_VERSION = 1
JOURNAL = re.compile(r"\.letters\.([0-9a-f]{8})\.journal")
_MOST_BYTES = 10_000_000

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Word = Annotated[str, Field(pattern="^[a-z -]{1,30}$")]


@dataclass(frozen=True)
class JournalEntry:
    """A file or folder that was about to be put in place."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    sort: Word
    """What it is in the edition: `authority`, `origins`."""
    slug: Annotated[str, Field(pattern=r"^([^./\x00][^/\x00]*)?$", max_length=255)]
    """Of which authority; "" where an edition has only one of its sort."""
    old: Sha256 | None
    """The digest of what was there; None: nothing was."""
    new: Sha256


@dataclass(frozen=True)
class Journal:
    """All that one command was about to put in place."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    command: Word
    year: Annotated[int, Field(ge=1000, le=9999)]
    files: Annotated[tuple[JournalEntry, ...], Field(min_length=1)]
    schema_version: int = SCHEMA_VERSION


_JOURNAL = TypeAdapter(Journal)


class JournalError(Exception):
    """It cannot be acted upon; the text says why, in a sentence about it."""


@dataclass(frozen=True)
class JournalScope:
    """What a lock guards: the folder with lock and journals, and the files that these speak of."""

    folder: Path
    paths: Callable[[int, str], Mapping[str, Path]]
    """For a year and a slug, all files and folders there are to write, by their sort."""
    parts: Callable[[], Collection[Path]]
    """The parts that lie there: left behind, if the lock is free."""

    def leftovers(self) -> list[Path]:
        """All parts, those of journals included."""
        own = parts_in(self.folder, ["..letters.*.journal.*.part"])
        return list(dict.fromkeys([*self.parts(), *own]))

    def path(self, year: int, entry: JournalEntry) -> Path:
        """Where such a file is. Raises `JournalError`."""
        path = self.paths(year, entry.slug).get(entry.sort)
        if path is None:
            raise JournalError(f'speaks of a sort of file that there is not ("{entry.sort}")')
        return path

    def sort_and_slug(self, year: int, path: Path) -> tuple[str, str]:
        """What such a file is; what is not listed cannot be written."""
        for slug in ("", path.stem):
            for sort, known in self.paths(year, slug).items():
                if known == path:
                    return sort, slug
        raise ValueError(f"no sort of file that is written here: {path}")


@dataclass(frozen=True)
class JournalKeeper:
    """Sets down what one command is about to put in place."""

    scope: JournalScope
    command: str
    year: int

    def journal(self, token: str) -> Path:
        """The file in which that is set down."""
        return self.scope.folder / f".letters.{token}.journal"

    def record(self, token: str, changes: Sequence[FileChange]) -> None:
        """Set it down, so that it is on the disk. Raises `OSError`."""
        entries = []
        for change in changes:
            sort, slug = self.scope.sort_and_slug(self.year, change.path)
            entries.append(
                JournalEntry(sort, slug, digest_at(change.backup), _digest(change.content))
            )
        content = _JOURNAL.dump_json(Journal(self.command, self.year, tuple(entries)), indent=1)
        atomic_write(self.journal(token), content + b"\n")
        sync_folder(self.scope.folder)


def journals_in(folder: Path) -> list[tuple[str, Path]]:
    """The journals in a folder, by token; none where it cannot be read."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - the names are all that is wanted
    except OSError:
        return []
    return [(found[1], folder / name) for name in names if (found := JOURNAL.fullmatch(name))]


def read_journal(path: Path) -> Journal:
    """What a journal says. Raises `JournalError`."""
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST_BYTES:
            raise JournalError("is no journal of this program")
        journal = _JOURNAL.validate_json(read_bytes(path, Sort.RECORD), strict=False)
    except OSError as error:
        raise JournalError(f"cannot be read: {system_message(error)}") from error
    except (ValidationError, RecursionError) as error:
        raise JournalError("is no journal of this program, or only half of one") from error
    if journal.schema_version != SCHEMA_VERSION:
        raise JournalError("was written by another version of this program")
    return journal


def digest_at(path: Path) -> str | None:
    """The digest of a file or folder; None where there is none, "" for what is neither.

    Raises `OSError` where it cannot be read.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISREG(mode):
        return _digest(read_bytes(path, Sort.RECORD))
    if stat.S_ISLNK(mode):
        return _digest(b"link to " + os.fsencode(path.readlink()))
    if not stat.S_ISDIR(mode):
        return ""
    files: dict[str, bytes] = {}
    for where, _, names in os.walk(path):
        for name in names:
            one = Path(where) / name
            if not stat.S_ISREG(one.lstat().st_mode):
                return ""
            files[one.relative_to(path).as_posix()] = read_bytes(one, Sort.RECORD)
    return _digest(files)


def _digest(content: Content) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    lines = [f"{hashlib.sha256(file).hexdigest()} {name}\n" for name, file in content.items()]
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8", "surrogateescape")).hexdigest()
