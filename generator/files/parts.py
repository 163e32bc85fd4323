"""Parts: files of our own beside those to be written, with what they hold next or held before.

Their names begin with a dot and end in `.part`, so nobody takes them for their own. They bear a
token, too, the same for all parts of a transaction: a journal that names it finds them again.
"""

import errno
import fcntl
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from generator.files.bounded_read import Sort, read_bytes


@contextmanager
def scratch_folder() -> Iterator[str]:
    """A folder of one's own in that for temporary files, as long as it is wanted.

    It is locked while it is in use, so that one whose process was killed can be told from others.
    """
    _sweep(Path(tempfile.gettempdir()))
    while True:
        folder = tempfile.mkdtemp(prefix=".letters-", suffix=".part")
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        with suppress(OSError):  # where there are no locks, nothing is swept either
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if Path(folder).is_dir():  # else it was swept before it was locked
            break
        os.close(handle)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove the scratch folders of ours that nobody uses. Never raises."""
    with suppress(OSError):
        for left in folder.glob(".letters-*.part"):
            with suppress(OSError):
                _remove_if_free(left)


def _remove_if_free(left: Path) -> None:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(left, flags)
    try:
        if os.fstat(handle).st_uid == os.geteuid():
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(handle)


LOCK_FILE = ".building"


class BusyError(Exception):
    """Another run is at work in the folder; the text says which."""


@contextmanager
def locked(
    folder: Path,
    name: str = LOCK_FILE,
    *,
    remove: bool = False,
    shared: bool = False,
    patience_s: float = 0.0,
) -> Iterator[None]:
    """Have a folder to oneself, or `shared` with others that say so, too.

    Raises `BusyError` where it is another's for so long, and `OSError` where it is read-only.

    The system lets go of the lock when the process ends, however it ends, so none is ever left
    behind. The file itself stays, unless it is to be removed: then who has locked a file that is
    no longer there tries again, since two could otherwise lock two files. Of those that share it,
    the last removes it.
    """
    made = [f for f in (folder, *folder.parents) if not os.path.lexists(f)] if remove else []
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    handle = _lock(path, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, patience_s)
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        with suppress(OSError):
            if remove:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            for empty in made:  # no longer so where something was written
                empty.rmdir()
        os.close(handle)


_AGAIN_S = 0.02
_OPEN = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def _lock(path: Path, how: int, patience_s: float) -> int:
    """Open and lock a file, the one that has this name once it is locked. Raises `BusyError`."""
    end_s = time.monotonic() + patience_s
    while True:
        handle = os.open(path, _OPEN, 0o666)
        try:
            _require_own(handle, path)
            fcntl.flock(handle, how | fcntl.LOCK_NB)
            if os.fstat(handle).st_nlink:
                return handle
        except BlockingIOError:
            who = _who(handle)
            os.close(handle)
            if time.monotonic() >= end_s:
                raise BusyError(who) from None
            time.sleep(_AGAIN_S)
            continue
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _require_own(handle: int, path: Path) -> None:
    """Raise `OSError` where writing here would write into somebody else's file, or into none."""
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode) or about.st_nlink > 1:
        why = "not this program's lock file; move it away"
        raise FileExistsError(errno.EEXIST, why, str(path))


def _who(handle: int) -> str:
    number = os.pread(handle, 20, 0).decode(errors="replace")
    return f"process {number}" if number.isdigit() else "another process"


Content = bytes | Mapping[str, bytes] | None
"""Of a file; or of a folder that is to be, by path from it, with slashes; None: a file is to go."""


@dataclass(frozen=True)
class Pieces:
    """The content of a file that is written alone, and too large to be held as a whole."""

    make: Callable[[], Iterable[bytes]]


PART = re.compile(r"\..+\.part")
"""Every part's name: what anyone who looks through a folder passes over."""
_ANY = ".*.*.part"


def part_of(path: Path, token: str) -> Path:
    """Where the new content of a file or folder waits for its name."""
    return path.with_name(f".{path.name}.{token}.part")


def backup_of(path: Path, token: str) -> Path:
    """The second name of a file that is replaced, to bring it back by."""
    return path.with_name(f".{path.name}.{token}.old.part")


def stage(content: Content | Pieces, part: Path) -> None:
    """Write a part; it has reached the disk when this returns. Raises `OSError`."""
    if isinstance(content, bytes | Pieces):
        _write(content, part)
        return
    if content is None:
        return
    part.mkdir()
    part.chmod(part.parent.stat().st_mode & 0o777)
    for name, file in content.items():
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        _write(file, part / name)


def keep(path: Path, backup: Path) -> None:
    """Give a file a second name; a copy where its file system knows none. Raises `OSError`."""
    try:
        os.link(path, backup, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_SECOND_NAMES:
            raise
        _write(read_bytes(path, Sort.RECORD), backup)


_NO_SECOND_NAMES = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


def _write(content: bytes | Pieces, path: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.writelines(content.make() if isinstance(content, Pieces) else [content])
        file.flush()
        os.fsync(file.fileno())


def tidy(path: Path) -> None:
    """Remove a part, if it is there. Never raises: what is left is swept another time."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def parts_in(folder: Path, names: Collection[str] = (_ANY,)) -> list[Path]:
    """The parts that lie in a folder, of files with such names; none where it cannot be read."""
    try:
        found = [entry.name for entry in os.scandir(folder)]
    except OSError:
        return []
    return [folder / n for n in sorted(found) if any(fnmatchcase(n, name) for name in names)]


def parts_below(folder: Path) -> Iterator[Path]:
    """The parts in a folder and in those within it; what lies in a part belongs to it."""
    for where, folders, files in os.walk(folder):
        yield from (Path(where) / n for n in (*folders, *files) if fnmatchcase(n, _ANY))
        folders[:] = [name for name in folders if not fnmatchcase(name, _ANY)]
