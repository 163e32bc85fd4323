"""One run at a time in an output folder: the second is told of the first, and leaves."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_FILE = ".building"


class BusyError(Exception):
    """Another run is at work in the folder; the text says which."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Have an output folder to oneself. Raises `BusyError`, and `OSError` where it is read-only.

    The system lets go of the lock when the process ends, however it ends, so none is ever left
    behind; the file itself stays, since removing it would let two runs lock two files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK_FILE, _OPEN, 0o666)
    try:
        _require_own(handle, folder / LOCK_FILE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(_who(handle)) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


_OPEN = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def _require_own(handle: int, path: Path) -> None:
    """Raise `OSError` where writing here would write into somebody else's file, or into none."""
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode) or about.st_nlink > 1:
        why = "not the file by which runs know of each other; move it away"
        raise FileExistsError(errno.EEXIST, why, str(path))


def _who(handle: int) -> str:
    number = os.pread(handle, 20, 0).decode(errors="replace")
    return f"process {number}" if number.isdigit() else "another process"
