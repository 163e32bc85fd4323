"""What a command found out about an edition, kept for the next one in the user's cache folder.

An entry holds for the very bytes that it was made of: of all files of data and wording, with the
names of all folders and files, of this program, and of what it is run by. A part of it is of one
authority's file; where others of these files have changed, and nothing else, it still holds. What
is damaged, of another program or of other files is as if it were not there; so is a folder that
cannot be used.
"""

import hashlib
import json
import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from generator.files.bounded_read import Sort, read_bytes
from generator.files.parts import Pieces
from generator.files.transaction import write_all
from generator.workspace import EditionFolders

_MOST_BYTES = 300_000_000
"""In so large a workspace looking through all files takes longer than it saves."""

_KEPT_S = 90 * 24 * 60 * 60.0
"""So long an entry is kept that nobody has written anew: perhaps its workspace is gone."""


@dataclass(frozen=True)
class TreeState:
    """Folders as they are at a moment."""

    digest: str
    """Of the names and the contents of all that is in them; of parts, the names."""
    parts: Mapping[str, str]
    """By their names, the digests of the files that are told apart."""
    stamp: str
    """Of when each was changed: a file that is changed, and changed back, is told by it."""
    newest_ns: int
    """When the last of them was changed."""


def tree_state(
    folders: Iterable[Path], *, but: Collection[str] = (), parts: Path | None = None
) -> TreeState | None:
    """The state of some folders; None where there is something that cannot be told for certain.

    Such are links to folders, devices, and what cannot be read. `but` are names that do not count;
    the files of the folder `parts` are told apart.
    """
    digest, stamp, newest, size = hashlib.sha256(), hashlib.sha256(), 0, 0
    digests = {}
    try:
        for path in chain.from_iterable(_all_below(folder, but) for folder in folders):
            about, name = path.lstat(), os.fsencode(path)
            if stat.S_ISLNK(about.st_mode):
                about, name = path.stat(), name + b" to " + os.fsencode(path.readlink())
                is_known = stat.S_ISREG(about.st_mode)
            else:
                is_known = stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)
            size += about.st_size
            if not is_known or size > _MOST_BYTES:
                return None
            is_file = stat.S_ISREG(about.st_mode)
            content = read_bytes(path, Sort.RECORD) if is_file else b""
            if is_file and path.parent == parts:
                digests[path.name] = hashlib.sha256(content).hexdigest()
                content = b""
            digest.update(b"%d %s %d %d " % (len(name), name, is_file, len(content)) + content)
            when = (about.st_ino, about.st_mtime_ns, about.st_ctime_ns)
            stamp.update(b"%d %d %d " % when)
            newest = max(newest, about.st_mtime_ns)
    except OSError:
        return None
    return TreeState(digest.hexdigest(), digests, stamp.hexdigest(), newest)


def _all_below(folder: Path, but: Collection[str]) -> Iterator[Path]:
    """A folder, where it is there, and all that is in it, in a fixed order. Raises `OSError`."""
    if not os.path.lexists(folder):
        return
    yield folder
    for where, folders, files in os.walk(folder, onerror=_fail):
        folders[:] = sorted(set(folders).difference(but))
        yield from (Path(where, name) for name in (*folders, *sorted(files)))


def _fail(error: OSError) -> None:
    raise error


@cache
def _program() -> str:
    """The digest of this program; of the names and versions of all libraries, and of Python."""
    state = tree_state([Path(__file__).parents[1]], but=["__pycache__"])
    libraries = []
    for folder in filter(None, sys.path):
        libraries += [path.name for path in Path(folder).glob("*-info")]
    return _digest([state.digest if state else os.urandom(8).hex(), sorted(libraries), sys.version])


def _digest(content: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


class EditionCache:
    """What is kept of one edition, by those who load all of it; of its drafts apart.

    To be made, or renewed, before anything of the edition is read.
    """

    def __init__(self, folders: EditionFolders, *, draft: bool, is_used: bool = True) -> None:
        self._name = _digest([os.fspath(folders.data), draft])
        self._folders = folders
        folder = _cache_folder() if is_used else None
        self._path = folder / f"{self._name[:32]}.json" if folder else None
        self.renew()

    def renew(self) -> None:
        """Look at all files anew, since some may have been changed."""
        self._kept = _read(self._path) if self._path else _Kept()
        self._state = self._look()
        state = self._state.digest if self._path and self._state else ""
        self._key = _digest([self._name, state, _program()]) if state else ""

    def _look(self) -> TreeState | None:
        return tree_state(self._looked_at(), parts=self._folders.authorities)

    def _looked_at(self) -> Iterator[Path]:
        """All that an edition is read from: those of other years and, if need be, their letters."""
        workspace = self._folders.workspace
        yield from (workspace.data, workspace.templates)
        for year in self._kept.years:
            yield EditionFolders(workspace, year).output()
            yield workspace.folder / "issued" / str(year)

    @property
    def _is_of_these(self) -> bool:
        """Whether what was kept is of this edition, but perhaps for authorities' files."""
        return self._key != "" and self._kept.key == self._key

    @property
    def holds(self) -> bool:
        """Whether something was kept of the edition as it is now."""
        return self._is_of_these and self._state is not None and self._kept.of == self._state.parts

    def recall(self) -> str | None:
        """What was kept of the edition as it is now; None where nothing was."""
        return self._kept.entry if self.holds else None

    def recall_parts(self) -> Mapping[str, str]:
        """What was kept of authorities' files that are as they were, by their names.

        Nothing unless all else is as it was: which files there are, the edition, the wording.
        """
        if not self._is_of_these or self._state is None:
            return {}
        now, then = self._state.parts, self._kept.of
        parts = self._kept.parts.items()
        return {name: part for name, part in parts if now.get(name) == then.get(name, "")}

    def keep(
        self,
        entry: str,
        years: Sequence[int],
        parts: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Keep what was found since this was made, of an edition that compares with these years.

        `parts` gives what was found of each authority's file, after its name. Nothing is kept if
        anything was changed meanwhile. Where those years were not looked at, they will be the next
        time. Never raises.
        """
        if self._path is None or not self._key or self._state is None:
            return
        kept = _Kept(years=years)
        if years == self._kept.years:
            if self._look() != self._state:
                return
            kept = _Kept(self._key, entry, years, self._state.parts)
        else:
            parts = ()
        with suppress(OSError, ValueError):  # the name of a file may be no text
            write_all({self._path: Pieces(lambda: _signed(_pieces(kept, parts)))})
            old = self._path.stat().st_mtime - _KEPT_S
            for other in self._path.parent.iterdir():
                if other.stat().st_mtime < old:
                    other.unlink()

    def is_newer_than(self, path: Path) -> bool:
        """Whether something of the edition was changed after a file was, as far as can be told."""
        try:
            return self._state is None or self._state.newest_ns > path.stat().st_mtime_ns
        except OSError:
            return True


def _pieces(kept: "_Kept", parts: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """What is kept, as JSON: so much of it that it is never held as a whole."""
    yield f"[{json.dumps(kept.key)}, ".encode()
    yield b'"'
    for start in range(0, len(kept.entry), _PIECE):
        yield json.dumps(kept.entry[start : start + _PIECE])[1:-1].encode()
    yield f'", {json.dumps(kept.years)}, {json.dumps(dict(kept.of))}, {{'.encode()
    for number, (name, part) in enumerate(parts):
        yield f"{', ' if number else ''}{json.dumps(name)}: {json.dumps(part)}".encode()
    yield b"}]"


_PIECE = 1 << 16


def _signed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A content, and then its digest."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    yield digest.hexdigest().encode()


@dataclass(frozen=True)
class _Kept:
    """What a file keeps, in this order."""

    key: str = ""
    entry: str = ""
    years: Sequence[int] = field(default_factory=list)
    of: Mapping[str, str] = field(default_factory=dict)
    """The digests of the authorities' files, by their names."""
    parts: Mapping[str, str] = field(default_factory=dict)


def _read(path: Path) -> _Kept:
    """What a file keeps; nothing where it is not as it was written."""
    try:
        whole = read_bytes(path, Sort.RECORD)
        content, digest = memoryview(whole)[:-_DIGITS], whole[-_DIGITS:]
        if digest != hashlib.sha256(content).hexdigest().encode():
            return _Kept()
        return _Kept(*json.loads(bytes(content)))
    except (OSError, ValueError, TypeError, RecursionError):
        return _Kept()


_DIGITS = 64
"""Of the digest after the content."""


def _cache_folder() -> Path | None:
    """Our folder in that for the user's caches; None unless it is there for this user alone."""
    said = os.environ.get("XDG_CACHE_HOME", "")
    try:
        home = Path.home()
        usual = home / ("Library/Caches" if sys.platform == "darwin" else ".cache")
        folder = (Path(said) if Path(said).is_absolute() else usual) / "annual-letters"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = os.lstat(folder)
    except (OSError, RuntimeError):
        return None
    is_ours = about.st_uid == os.geteuid() and stat.S_IMODE(about.st_mode) == 0o700
    return folder if is_ours and stat.S_ISDIR(about.st_mode) else None
