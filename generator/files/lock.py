"""One run at a time in an output folder: the second is told of the first, and leaves."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK_FILE = ".building"


class BusyError(Exception):
    """Another run is at work in the folder; the text says which."""


@contextmanager
def locked(folder: Path, name: str = LOCK_FILE, *, remove: bool = False) -> Iterator[None]:
    """Have a folder to oneself. Raises `BusyError`, and `OSError` where it is read-only.

    The system lets go of the lock when the process ends, however it ends, so none is ever left
    behind. The file itself stays, unless it is to be removed: then who has locked a file that is
    no longer there tries again, since two could otherwise lock two files.
    """
    made = [f for f in (folder, *folder.parents) if not os.path.lexists(f)] if remove else []
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    handle = _lock(path)
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        with suppress(OSError):
            if remove:
                path.unlink()
            for empty in made:  # no longer so where something was written
                empty.rmdir()
        os.close(handle)


_OPEN = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def _lock(path: Path) -> int:
    """Open and lock a file, the one that has this name once it is locked. Raises `BusyError`."""
    while True:
        handle = os.open(path, _OPEN, 0o666)
        try:
            _require_own(handle, path)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(handle).st_nlink:
                return handle
        except BlockingIOError:
            who = _who(handle)
            os.close(handle)
            raise BusyError(who) from None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _require_own(handle: int, path: Path) -> None:
    """Raise `OSError` where writing here would write into somebody else's file, or into none."""
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode) or about.st_nlink > 1:
        why = "not the file by which runs know of each other; move it away"
        raise FileExistsError(errno.EEXIST, why, str(path))


def _who(handle: int) -> str:
    number = os.pread(handle, 20, 0).decode(errors="replace")
    return f"process {number}" if number.isdigit() else "another process"
