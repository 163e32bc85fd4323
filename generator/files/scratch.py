"""A folder for what nobody keeps, which goes again: at the latest when the next one is made."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


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
        if os.path.isdir(folder):  # noqa: PTH112 - else it was swept before it was locked
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
