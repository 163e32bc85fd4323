"""What a kill cut off is finished or undone, before anything else is written; leftovers are swept.

It acts only where every file of a journal is as the journal says it was before or was to be, and
only with parts and backups of the digests that it names. So it can bring no byte anywhere that the
command that was cut off had not put there itself. Anything else is told, and left alone.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.files.journal import (
    Journal,
    JournalEntry,
    JournalError,
    JournalKeeper,
    JournalScope,
    digest_at,
    journals_in,
    read_journal,
)
from generator.files.lock import BusyError, locked
from generator.files.parts import Content, backup_of, part_of, tidy
from generator.files.transaction import signals_held, sync_folder, write_all
from generator.messages import system_message
from generator.problems import Place, Problem, Severity

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
def open_store(scope: JournalScope) -> Iterator[Store]:
    """Have a scope to oneself, in order. Raises `BusyError`, and `OSError` if it is read-only."""
    with locked(scope.folder, WRITING, remove=True):
        yield Store(scope, _recover(scope))


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
        why = f"what was cut off here cannot be finished or undone: {system_message(error)}"
    return Recovered(problems=(_warning(journals[0][1], why),) if journals else ())


def _recover(scope: JournalScope) -> Recovered:
    recovered, unresolved = Recovered(), set()
    for token, path in journals_in(scope.folder):
        try:
            journal = read_journal(path)
            how = _settle(scope, token, journal)
            if how == _FINISHED:
                recovered = replace(recovered, finished=(*recovered.finished, journal))
            sentence = f"{journal.command} (edition {journal.year}) was cut off before; {how}."
            recovered = replace(recovered, said=(*recovered.said, sentence))
            tidy(path)
        except (JournalError, OSError) as error:
            unresolved.add(token)
            why = system_message(error) if isinstance(error, OSError) else error
            problem = _warning(path, f"{why}; {_LEFT_ALONE}")
            recovered = replace(recovered, problems=(*recovered.problems, problem))
    for part in scope.leftovers():
        if not any(f".{token}." in part.name for token in unresolved):
            tidy(part)
    return recovered


_FINISHED = "what it had begun to write is now written"
_UNDONE = "what it had begun to write is taken back"
_LEFT_ALONE = (
    "nothing was touched. See whether the files of the edition are as they should be, "
    "then delete this one"
)


def _warning(path: Path, message: str) -> Problem:
    return Problem(Place(path), message, severity=Severity.WARNING, kind="unfinished-write")


def _settle(scope: JournalScope, token: str, journal: Journal) -> str:
    """Finish what a journal speaks of, or undo it; how. Raises `JournalError` and `OSError`."""
    paths = {scope.path(journal.year, entry): entry for entry in journal.files}
    now = {path: digest_at(path) for path in paths}
    for path, entry in paths.items():
        if now[path] not in (entry.old, entry.new):
            raise JournalError(f"speaks of {_name(entry)}, which has been changed since")
    with signals_held():
        if _all_renamed(paths, now, token, to_new=True):
            return _FINISHED
        if _all_renamed(paths, now, token, to_new=False):
            return _UNDONE
    raise JournalError("speaks of files that are neither all old nor all new")


def _name(entry: JournalEntry) -> str:
    return f"{entry.slug or entry.sort}" if entry.slug else f"the file of {entry.sort}"


def _all_renamed(
    paths: dict[Path, JournalEntry], now: dict[Path, str | None], token: str, *, to_new: bool
) -> bool:
    """Bring all of them to their new content, or all to their old; nothing, if not all can be."""
    renames: dict[Path, Path] = {}
    for path, entry in paths.items():
        wanted = entry.new if to_new else entry.old
        if now[path] != wanted:
            source = part_of(path, token) if to_new else backup_of(path, token)
            if wanted is None or digest_at(source) != wanted:
                return False
            renames[path] = source
    for path, source in renames.items():
        source.rename(path)
    for folder in {path.parent for path in renames}:
        sync_folder(folder)
    return True
