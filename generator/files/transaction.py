"""Files that belong together, written all or none: whatever fails, and whenever it is broken off.

First all contents are written beside their places, then all get their names. Where one cannot, the
others are taken back, and what was made for them goes again.
"""

import errno
import os
import secrets
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Protocol

from generator.files.bounded_read import holds
from generator.files.parts import Content, Pieces, backup_of, keep, part_of, stage, tidy
from generator.problems import Place, Problem, system_message


@dataclass(frozen=True)
class FileChange:
    """A file or folder to be put in place."""

    path: Path
    content: Content | Pieces
    part: Path
    """Where the new content is, until it is in place."""
    backup: Path
    """Where the old content is, if there is any, until all is done."""


class Recorder(Protocol):
    """Sets down what is about to be put in place, for whoever comes after a kill."""

    def journal(self, token: str) -> Path:
        """The file in which that is set down."""

    def record(self, token: str, changes: Sequence[FileChange]) -> None:
        """Set it down, so that it is on the disk. Raises `OSError`."""


class HalfWrittenError(OSError):
    """Some files are new and others old: one could not be written, others not be taken back."""


def atomic_write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises `OSError`, leaving the old one."""
    write_all({path: content})


def write_unless_there(path: Path, pieces: Callable[[], Iterable[bytes]]) -> None:
    """Write a file of many pieces, whole or not at all, unless it is there. Raises `OSError`."""
    if not holds(path, pieces()):
        write_all({path: Pieces(pieces)})


def write_all(
    contents: Mapping[Path, Content] | Mapping[Path, Pieces], recorder: Recorder | None = None
) -> None:
    """Write files, and folders that are not there yet, and remove files: all of them or none.

    The contents reach the disk before the names do: a power cut leaves an old file or a new one,
    never half of one. After a kill, some may have got their names; with a recorder, the next
    command can finish or undo that. Raises `OSError`, with the file it concerns as its `filename`;
    `HalfWrittenError` where what was done could not be undone.
    """
    token = secrets.token_hex(4)
    changes = [
        FileChange(path, content, part_of(path, token), backup_of(path, token))
        for path, content in contents.items()
    ]
    if len(changes) == 1 and isinstance(changes[0].content, bytes):
        recorder = None  # one name changes at once: there is nothing to finish
    folders: list[Path] = []
    tidying = True
    try:
        for change in changes:
            with _concerning(change.path):
                _prepare(change, folders, alone=len(changes) == 1)
        with signals_held():
            if recorder is not None:
                _sync_folders(changes)
                recorder.record(token, changes)
            _place(changes, sync=recorder is not None)
        folders.clear()
    except HalfWrittenError:
        tidying = recorder is None  # what a journal needs must stay
        raise
    finally:
        if tidying:
            with signals_held():
                _tidy_up(changes, folders, recorder.journal(token) if recorder else None)


def _prepare(change: FileChange, folders: list[Path], *, alone: bool) -> None:
    """Write the new content beside its place, and give the old one a second name."""
    _make_folder(change.path.parent, folders)
    is_file = isinstance(change.content, bytes | Pieces | None)
    if not is_file and os.path.lexists(change.path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    stage(change.content, change.part)
    if change.path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if is_file and not alone and os.path.lexists(change.path):
        keep(change.path, change.backup)


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those it lies in; those that were made are added to the list."""
    missing = [f for f in (folder, *folder.parents) if not os.path.lexists(f)]
    for one in reversed(missing):
        made.append(one)
        one.mkdir(exist_ok=True)
    if not folder.is_dir():
        folder.mkdir()  # for its error: there is something else of that name


def _place(changes: Sequence[FileChange], *, sync: bool) -> None:
    """Give all of them their names, or take back those that have theirs."""
    try:
        for change in changes:
            with _concerning(change.path):
                if change.content is None:
                    change.path.unlink()
                else:
                    change.part.rename(change.path)
        if sync:
            _sync_folders(changes)
    except BaseException as error:
        _take_back(changes, error)
        raise


def _take_back(changes: Sequence[FileChange], why: BaseException) -> None:
    """Bring back what was there: what has lost its part has got its name.

    First what is new there, so that nothing ever has to be deleted on the word of a journal: at
    each moment its transaction can either be finished from parts or be undone from backups.
    """
    is_new = {c.path: not os.path.lexists(c.backup) for c in changes}
    half = None
    for change in sorted(changes, key=lambda c: not is_new[c.path]):
        if not os.path.lexists(change.part):
            try:
                if is_new[change.path]:
                    change.path.rename(change.part)
                else:
                    change.backup.rename(change.path)
            except FileNotFoundError:
                pass  # somebody took it away: there is nothing to bring back
            except OSError as error:
                half = half or error
    if half is not None:
        number = why.errno if isinstance(why, OSError) else half.errno
        path = why.filename if isinstance(why, OSError) else half.filename
        raise HalfWrittenError(number, os.strerror(number or errno.EIO), path) from why


def _tidy_up(changes: Sequence[FileChange], folders: list[Path], journal: Path | None) -> None:
    """Remove what has served; it never raises, since it must hide no error."""
    if journal is not None:
        tidy(journal)
    for change in changes:
        tidy(change.part)
        tidy(change.backup)
    for folder in reversed(folders):
        with suppress(OSError):  # somebody has put something into it
            folder.rmdir()


def _sync_folders(changes: Sequence[FileChange]) -> None:
    for folder in dict.fromkeys(change.path.parent for change in changes):
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that does so by itself
            error.filename = str(folder)
            raise
    finally:
        os.close(handle)


@contextmanager
def _concerning(path: Path) -> Iterator[None]:
    """Let an error of the system name the file it concerns, whichever part of it was at fault."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


@contextmanager
def signals_held() -> Iterator[None]:
    """Hear of Ctrl-C and `kill` only afterwards: while inside, nothing is broken off half done."""
    if threading.current_thread() is not threading.main_thread():  # which alone hears of them
        yield
        return
    heard: list[int] = []
    before = {}

    def hear(number: int, _frame: FrameType | None) -> None:
        heard.append(number)

    failed = True
    try:
        for sort in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if callable(signal.getsignal(sort)):
                before[sort] = signal.signal(sort, hear)
        yield
        failed = False
    finally:
        for sort, handler in before.items():
            signal.signal(sort, handler)
        # After an error it is that which is told; who asked to stop is heard all the same.
        with suppress(*[KeyboardInterrupt] if failed else []):
            for number in dict.fromkeys(heard):
                signal.raise_signal(number)


def not_written(error: OSError, path: Path, unless_half: str = "") -> Problem:
    """Why files could not be written, and what has become of them."""
    what_now = _HALF if isinstance(error, HalfWrittenError) else unless_half
    message = f"cannot be written: {system_message(error)}{'; ' if what_now else ''}{what_now}"
    return Problem(Place(Path(error.filename or path)), message)


_HALF = (
    "other files were already written and could not be restored, so old and new files are mixed; "
    "repeat the command once the disk is in order"
)
