"""Parts: files of our own beside those to be written, with what they hold next or held before.

Their names begin with a dot and end in `.part`, so nobody takes them for their own. They bear a
token, too, the same for all parts of a transaction: a journal that names it finds them again.
"""

import errno
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path

from generator.files.bounded_read import Sort, read_bytes

Content = bytes | Mapping[str, bytes]
"""Of a file; or of a folder that is to be, by path from it, with slashes."""

PART = re.compile(r"\..+\.part")
"""Every part's name: what anyone who looks through a folder passes over."""
_ANY = ".*.*.part"


def part_of(path: Path, token: str) -> Path:
    """Where the new content of a file or folder waits for its name."""
    return path.with_name(f".{path.name}.{token}.part")


def backup_of(path: Path, token: str) -> Path:
    """The second name of a file that is replaced, to bring it back by."""
    return path.with_name(f".{path.name}.{token}.old.part")


def stage(content: Content, part: Path) -> None:
    """Write a part; it has reached the disk when this returns. Raises `OSError`."""
    if isinstance(content, bytes):
        _write(content, part)
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


def _write(content: bytes, path: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.write(content)
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
