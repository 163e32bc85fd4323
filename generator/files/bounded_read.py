"""Every file that is read here comes through this: a regular file, and no more of it than expected.

What lies under a name may be anything: a pipe that nobody writes to, `/dev/zero`, a page of
`/proc`, a disk image. None of these may hold a command up or fill the memory.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Event


class Sort(Enum):
    """The sorts of file there are, and how many bytes one may have: many times what is usual."""

    TEXT = 1_000_000
    """Data, wording, templates, styles, mapping files."""
    PICTURE = 5_000_000
    SPREADSHEET = 20_000_000
    LETTER = 30_000_000
    """A letter made, issued or received: PDF, HTML or text, with its pictures and typefaces."""
    RECORD = 50_000_000
    """What the program keeps for itself: manifest, origins, schemas, the overview page."""


class TooLargeError(OSError):
    """The file has more bytes than its sort may have."""

    def __init__(self, path: Path, size: int, sort: Sort) -> None:
        larger = "" if size > sort.value else "more than "
        said = f"the file is too large ({larger}{size / 1e6:.1f} MB); expected less than "
        super().__init__(errno.EFBIG, f"{said}{sort.value / 1e6:.0f} MB", str(path))


class NotAFileError(OSError):
    """What lies under the name is no file: a pipe, a device, a socket, a page of `/proc`."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "not a file", str(path))


class DroppedError(Exception):
    """Nobody waits any more for what comes of a draft."""


@dataclass(frozen=True)
class _Drafts:
    contents: Mapping[Path, bytes]
    dropped: Event


_drafts: ContextVar[_Drafts | None] = ContextVar("drafts", default=None)


@contextmanager
def drafted(contents: Mapping[Path, bytes], dropped: Event | None = None) -> Iterator[None]:
    """While inside, these files read as if they had been saved so; the disk is not touched.

    For the thread that is inside alone: so the same steps that read an edition show what would
    come of a save. Once it is `dropped`, reading raises `DroppedError`.
    """
    token = _drafts.set(_Drafts(contents, dropped or Event()))
    try:
        yield
    finally:
        _drafts.reset(token)


def drafted_names(folder: Path) -> list[str]:
    """The names of the files in a folder that are there as drafts."""
    draft = _drafts.get()
    return [path.name for path in (draft.contents if draft else ()) if path.parent == folder]


_FOR_READING = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def read_bytes(path: Path, sort: Sort) -> bytes:
    """All of a file's bytes; links are followed. Raises `OSError`, whose `strerror` says why.

    Looked at before it is opened, since opening alone may do something (rewind a tape), and after,
    since it may have become another. It may grow while it is read: more than its sort allows is
    never taken. A page of `/proc` says that it is a file, and empty, whatever comes out of it.
    """
    draft = _drafts.get()
    if draft is not None:
        if draft.dropped.is_set():
            raise DroppedError
        if (content := draft.contents.get(path)) is not None:
            return content
    _require_regular(path.stat().st_mode, path)
    handle = os.open(path, _FOR_READING)
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        _require_regular(about.st_mode, path)
        if about.st_size > sort.value:
            raise TooLargeError(path, about.st_size, sort)
        content = file.read(about.st_size + 1)
        if len(content) > about.st_size:  # it grows, or does not say how much it holds
            content += file.read(sort.value + 1 - len(content))
        if len(content) > sort.value:
            raise TooLargeError(path, sort.value, sort)
        if content and os.fstat(handle).st_size == 0:
            raise NotAFileError(path)
    return content


def _require_regular(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "a folder, not a file", str(path))
    if not stat.S_ISREG(mode):
        raise NotAFileError(path)


def holds(path: Path, pieces: Iterable[bytes]) -> bool:
    """Whether a file, and no link to one, has just this content: then it need not be written."""
    try:
        _require_regular(path.lstat().st_mode, path)
        with os.fdopen(os.open(path, _FOR_READING | os.O_NOFOLLOW), "rb") as file:
            return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)
    except OSError:
        return False
