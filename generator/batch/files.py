"""Files written whole or not at all, so that a reader never meets half a letter."""

import errno
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file by way of a temporary one beside it. Raises `OSError`, leaving the old one."""
    write_all_whole({path: content})


def write_all_whole(contents: Mapping[Path, bytes]) -> None:
    """Write files that belong together: all of their contents first, then all of their names.

    So a full disk or a folder that cannot be written leaves all old files as they were. The
    contents reach the disk before the names do: a power cut leaves an old file or a new one, never
    half of one. Where one cannot be put in place (another program may hold it), those before it are
    taken back. Raises `OSError`, with the file it concerns as its `filename`.
    """
    temporary: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            try:
                temporary[path] = _write_beside(path, content)
            except OSError as error:
                error.filename = str(path)
                raise
        for path in contents:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        _put_in_place(temporary)
    finally:
        for left in temporary.values():
            left.unlink(missing_ok=True)


def _put_in_place(temporary: dict[Path, Path]) -> None:
    """Give these files their names; all of them, or none."""
    old = {path: new.with_suffix(f".old{_PART}") for path, new in temporary.items()}
    placed: list[Path] = []
    try:
        for path, new in temporary.items():
            if len(temporary) > 1:
                with suppress(OSError):  # there is none, or its file system knows no second names
                    old[path].hardlink_to(path)
            try:
                new.replace(path)
            except OSError as error:
                error.filename = str(path)
                raise
            placed.append(path)
    except BaseException:
        for path in placed:
            with suppress(FileNotFoundError):
                old[path].replace(path)
        raise
    finally:
        for left in old.values():
            left.unlink(missing_ok=True)


def sweep(folders: Iterable[Path]) -> None:
    """Remove what a write that was cut off has left in these folders. Raises `OSError`."""
    for folder in folders:
        for left in folder.glob(f".*.*{_PART}"):
            left.unlink(missing_ok=True)


_PART = ".part"


def _write_beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_PART, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_UMASK)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_UMASK = _umask()
