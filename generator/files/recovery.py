"""What a kill cut off is finished or undone, before anything else is written; leftovers are swept.

It acts only where every file of a journal is as the journal says it was before or was to be, and
only with parts and backups of the digests that it names. So it can bring no byte anywhere that the
command that was cut off had not put there itself. Anything else is told, and left alone.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from generator.files.bounded_read import Sort, read_bytes
from generator.files.parts import (
    BusyError,
    Content,
    Pieces,
    backup_of,
    locked,
    part_of,
    parts_in,
    tidy,
)
from generator.files.transaction import (
    FileChange,
    atomic_write,
    signals_held,
    sync_folder,
    write_all,
)
from generator.problems import Place, Problem, passing_warning, system_message

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
    new: Sha256 | None
    """The digest of what is to be there; None: nothing is."""


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
            raise JournalError(f'names an unknown kind of file ("{entry.sort}")')
        return path

    def sort_and_slug(self, year: int, path: Path) -> tuple[str, str]:
        """What such a file is; what is not listed cannot be written."""
        for slug in ("", path.stem):
            for sort, known in self.paths(year, slug).items():
                if known == path:
                    return sort, slug
        raise ValueError(f"not a kind of file written here: {path}")


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
            assert not isinstance(change.content, Pieces)
            sort, slug = self.scope.sort_and_slug(self.year, change.path)
            entries.append(
                JournalEntry(
                    sort,
                    slug,
                    old=digest_at(change.backup),
                    new=None if change.content is None else _digest(change.content),
                )
            )
        content = _JOURNAL.dump_json(Journal(self.command, self.year, tuple(entries)), indent=1)
        atomic_write(self.journal(token), content + b"\n")
        sync_folder(self.scope.folder)


def journals_in(folder: Path) -> list[tuple[str, Path]]:
    """The journals in a folder, by token; none where it cannot be read."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
    return [(found[1], folder / name) for name in names if (found := JOURNAL.fullmatch(name))]


def read_journal(path: Path) -> Journal:
    """What a journal says. Raises `JournalError`."""
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST_BYTES:
            raise JournalError("is not a journal of this program")
        journal = _JOURNAL.validate_json(read_bytes(path, Sort.RECORD), strict=False)
    except OSError as error:
        raise JournalError(f"cannot be read: {system_message(error)}") from error
    except (ValidationError, RecursionError) as error:
        raise JournalError("is not a complete journal of this program") from error
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


def _digest(content: bytes | Mapping[str, bytes]) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    lines = [f"{hashlib.sha256(file).hexdigest()} {name}\n" for name, file in content.items()]
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8", "surrogateescape")).hexdigest()


WRITING = ".writing"
"""The lock of those that write data; unlike that of a build, it goes again."""


@dataclass(frozen=True)
class Recovered:
    """What was found of those that came before, and what was done about it."""

    finished: tuple[Journal, ...] = ()
    said: tuple[str, ...] = ()
    """A sentence for each that was finished or undone."""
    problems: tuple[Problem, ...] = ()
    """A warning for each that was left alone."""


@dataclass(frozen=True)
class Store:
    """A scope whose lock one has, and which is in order."""

    scope: JournalScope
    recovered: Recovered = field(default_factory=Recovered)

    def write(self, command: str, year: int, contents: Mapping[Path, Content]) -> None:
        """Write these files and folders, all or none. Raises `OSError`, as `write_all` does."""
        write_all(contents, JournalKeeper(self.scope, command, year))


@contextmanager
def open_store(scope: JournalScope, *, patience_s: float = 0.0) -> Iterator[Store]:
    """Have a scope to oneself, in order. Raises `BusyError`, and `OSError` if it is read-only."""
    with locked(scope.folder, WRITING, remove=True, patience_s=patience_s):
        yield Store(scope, _recover(scope))


@contextmanager
def adding_to(folder: Path) -> Iterator[None]:
    """Add files to a scope's folder, in which none is ever changed: so nobody waits for another.

    Only who puts it in order has it alone, for a moment: else the parts of those that write would
    be swept as left behind. Raises `OSError` where that lasts, or the folder is read-only.
    """
    lock = locked(folder, WRITING, remove=True, shared=True, patience_s=_PATIENCE_S)
    with ExitStack() as stack:
        try:
            stack.enter_context(lock)
        except BusyError as error:
            why = f"{error} is writing here; wait until it ends, or stop it"
            raise TimeoutError(errno.ETIMEDOUT, why, str(folder)) from error
        yield


_PATIENCE_S = 30.0


def recover(scope: JournalScope) -> Recovered:
    """Put a scope in order where there is anything to put in order. Never raises.

    For commands that only read what is there: they go on whatever comes of it.
    """
    journals = journals_in(scope.folder)
    if not journals and not scope.leftovers() and not (scope.folder / WRITING).is_file():
        return Recovered()
    try:
        with open_store(scope) as store:
            return store.recovered
    except BusyError as error:
        why = f"{error} is writing here, and some files may be new and others still old"
    except OSError as error:
        why = f"an interrupted command cannot be finished or undone here: {system_message(error)}"
    return Recovered(problems=(_warning(journals[0][1], why),) if journals else ())


def _recover(scope: JournalScope) -> Recovered:
    finished: list[Journal] = []
    said: list[str] = []
    problems: list[Problem] = []
    unresolved = set()
    for token, path in journals_in(scope.folder):
        try:
            journal = read_journal(path)
            how = _settle(scope, token, journal)
            finished += [journal] if how == _FINISHED else []
            said.append(f"{journal.command} (edition {journal.year}) was interrupted; {how}.")
            tidy(path)
        except (JournalError, OSError) as error:
            unresolved.add(token)
            why = system_message(error) if isinstance(error, OSError) else error
            problems.append(_warning(path, f"{why}; {_LEFT_ALONE}"))
    for part in scope.leftovers():
        if not any(f".{token}." in part.name for token in unresolved):
            tidy(part)
    return Recovered(tuple(finished), tuple(said), tuple(problems))


_FINISHED = "its changes are now written"
_UNDONE = "its changes are undone"
_LEFT_ALONE = "nothing was touched. Check the edition's files, then delete this one"


def _warning(path: Path, message: str) -> Problem:
    return passing_warning(Place(path), message, kind="unfinished-write")


def _settle(scope: JournalScope, token: str, journal: Journal) -> str:
    """Finish what a journal speaks of, or undo it; how. Raises `JournalError` and `OSError`."""
    paths = {scope.path(journal.year, entry): entry for entry in journal.files}
    now = {path: digest_at(path) for path in paths}
    for path, entry in paths.items():
        if now[path] not in (entry.old, entry.new):
            raise JournalError(f"names {_name(entry)}, which has changed since")
    with signals_held():
        if _all_renamed(paths, now, token, to_new=True):
            return _FINISHED
        if _all_renamed(paths, now, token, to_new=False):
            return _UNDONE
    raise JournalError("names files that are neither all old nor all new")


def _name(entry: JournalEntry) -> str:
    return f"{entry.slug or entry.sort}" if entry.slug else f"the file of {entry.sort}"


def _all_renamed(
    paths: dict[Path, JournalEntry], now: dict[Path, str | None], token: str, *, to_new: bool
) -> bool:
    """Bring all of them to their new content, or all to their old; nothing, if not all can be."""
    renames: dict[Path, Path] = {}
    removed = []
    for path, entry in paths.items():
        wanted = entry.new if to_new else entry.old
        if now[path] != wanted:
            source = part_of(path, token) if to_new else backup_of(path, token)
            if to_new and wanted is None and digest_at(backup_of(path, token)) == now[path]:
                removed.append(path)
                continue
            if wanted is None or digest_at(source) != wanted:
                return False
            renames[path] = source
    for path, source in renames.items():
        source.rename(path)
    for path in removed:
        path.unlink()
    for folder in {path.parent for path in (*renames, *removed)}:
        sync_folder(folder)
    return True
