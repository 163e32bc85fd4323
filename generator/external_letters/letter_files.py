"""Letters in files, in folders however arranged: each letter once, from the best of its files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.edition.slugs import slug_of
from generator.external_letters.read_version import KINDS, read_recorded, read_version
from generator.external_letters.reference_edition import ReferenceEdition
from generator.letter.letter import Letter, LetterSource
from generator.messages import system_message
from generator.workspace import UsageError

Patterns = Callable[[int | None], ReferenceEdition]
"""What the letters of a year look like, as well as is known; of None, where the year is not."""

_OURS = {"index.html", "manifest.json"}
"""What `build` writes beside letters."""
_PREFERRED = {".html": 0, ".htm": 0, ".pdf": 1, ".txt": 2}
"""The files of one letter where none carries a record: where most of its structure is kept."""


@dataclass(frozen=True)
class LetterFiles:
    """The letters read from files, and why the other files could not be read."""

    versions: tuple[Letter, ...]
    unread: tuple[tuple[Path, str], ...]


def files_below(folder: Path) -> list[Path]:
    """All files in a folder that may be letters, in the order of their names; drafts come last.

    Raises `UsageError` when the folder cannot be read.
    """
    try:
        found = [path for path in folder.rglob("*") if path.is_file()]
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {system_message(error)}.") from error
    shown = [path for path in found if path.name not in _OURS and not _is_hidden(path, folder)]
    return sorted(shown, key=lambda path: ("draft" in path.relative_to(folder).parts, path))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)


def read_letters(files: Iterable[Path], patterns: Patterns) -> LetterFiles:
    """Read each letter from the best of the files of its name: a PDF with a record before all."""
    versions = []
    unread: list[tuple[Path, str]] = []
    for paths in _by_letter(files):
        for found in _best(paths, patterns):
            if isinstance(found, Letter):
                versions.append(found)
            else:
                unread.append(found)
    return LetterFiles(tuple(versions), tuple(unread))


def _by_letter(files: Iterable[Path]) -> Iterator[list[Path]]:
    """The files of each letter: those of one name, of different kinds.

    Where several of one kind have that name, the folder they are in is part of it. A draft is
    passed over where the letter is there.
    """
    by_name: dict[str, list[Path]] = {}
    for path in files:
        by_name.setdefault(slug_of(path.stem) or path.stem, []).append(path)
    for named in by_name.values():
        paths = [path for path in named if "draft" not in path.parts] or named
        kinds = [KINDS.get(path.suffix.lower(), path.suffix) for path in paths]
        if len(set(kinds)) == len(kinds):
            yield paths
            continue
        by_folder: dict[Path, list[Path]] = {}
        for path in paths:
            by_folder.setdefault(path.parent, []).append(path)
        yield from by_folder.values()


def _best(paths: list[Path], patterns: Patterns) -> Iterator[Letter | tuple[Path, str]]:
    """The first of a letter's files that can be read; before it, those that could not be."""
    for path in (path for path in paths if path.suffix.lower() == ".pdf"):
        recorded = read_recorded(path)
        if isinstance(recorded, Letter):
            yield recorded
            return
    for path in sorted(paths, key=lambda path: _PREFERRED.get(path.suffix.lower(), 9)):
        version = _read(path, patterns)
        if isinstance(version, Letter):
            yield version
            return
        if path.suffix.lower() in KINDS or len(paths) == 1:
            yield path, version


def _read(path: Path, patterns: Patterns) -> Letter | str:
    """A letter as its own year's edition would have it, where that is there."""
    pattern = patterns(None)
    version = read_version(path, pattern)
    if isinstance(version, str) or version.reading.source is LetterSource.RECORD:
        return version
    own = patterns(version.year)
    return version if own is pattern else read_version(path, own)
