"""Letters in files, in folders however arranged: each letter once, from the best of its files."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.edition.values import slug_of
from generator.external_letters.issued_html import read_html
from generator.external_letters.issued_pdf import read_pdf
from generator.external_letters.issued_text import read_text
from generator.external_letters.parse_letter import NoLetterError
from generator.external_letters.reference_edition import ReferenceEdition
from generator.files.bounded_read import Sort, read_bytes
from generator.letter.letter import Letter, LetterSource, Reading
from generator.problems import system_message
from generator.processes.contained import TooMuchError, contained
from generator.rendering.record import RECORD_FILE, RecordError, read_record
from generator.verification.reading import UnreadableError, read_files
from generator.workspace import ISSUE_FILE, ISSUE_NOTE, UsageError, issue_folders

KINDS = {".pdf": "PDF", ".html": "HTML", ".htm": "HTML", ".txt": "text"}
"""The kinds of file that letters are read from, by the ending of their names."""


def read_version(path: Path, pattern: ReferenceEdition) -> Letter | str:
    """The letter in a file; a sentence about the file where none can be read from it."""
    content = content_of(path)
    if isinstance(content, str):
        return content
    pattern.prepare()
    try:
        return contained(partial(_version, content, path, pattern))
    except TooMuchError as error:
        return str(error)


def _version(content: bytes, path: Path, pattern: ReferenceEdition) -> Letter | str:
    try:
        match KINDS.get(path.suffix.lower()):
            case "PDF":
                return _from_pdf(content, path, pattern)
            case "HTML":
                return read_html(_decoded(content), path, pattern)
            case "text":
                return read_text(_decoded(content), path, pattern)
            case _:
                return "it is not a PDF, HTML or text file"
    except (NoLetterError, UnreadableError) as error:
        return str(error)


def read_recorded(path: Path) -> Letter | str | None:
    """The letter of a PDF by the record it carries, without a look at its text.

    None where it carries no record; a sentence where the file or the record cannot be read.
    """
    content = content_of(path)
    if isinstance(content, str):
        return content
    try:
        return contained(partial(_from_record, content, path))
    except (TooMuchError, UnreadableError, RecordError) as error:
        return str(error)


def content_of(path: Path) -> bytes | str:
    """What a file holds; a sentence where it cannot be read, or holds nothing."""
    try:
        content = read_bytes(path, Sort.LETTER)
    except OSError as error:
        return f"it cannot be read: {system_message(error)}"
    return content if content.strip() else "it is empty"


def _from_pdf(content: bytes, path: Path, pattern: ReferenceEdition) -> Letter:
    try:
        recorded = _from_record(content, path)
    except RecordError as error:
        version = read_pdf(content, path, pattern)
        unread = (f"{error}; its pages were read instead", *version.reading.unread)
        return replace(version, reading=replace(version.reading, unread=unread))
    return recorded or read_pdf(content, path, pattern)


def _from_record(content: bytes, path: Path) -> Letter | None:
    """Raises `UnreadableError`, `RecordError`."""
    files, pages = read_files(content)
    if RECORD_FILE not in files:
        return None
    letter = read_record(files[RECORD_FILE])
    unread = ("it is a draft",) if letter.draft else ()
    return replace(letter, reading=Reading(LetterSource.RECORD, path, pages, unread))


def _decoded(content: bytes) -> str:
    """The text of a file, as UTF-8, or else as the programs write it that do not know that."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


Patterns = Callable[[int | None], ReferenceEdition]
"""What the letters of a year look like, as well as is known; of None, where the year is not."""

_OURS = {"index.html", "manifest.json", ISSUE_FILE, ISSUE_NOTE}
"""What is written beside letters, when they are built and issued."""
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
    issues = {each: (slug, number) for slug, number, each in issue_folders(folder)}
    last = dict(issues.values())
    shown = [
        path
        for path in found
        if path.name not in _OURS
        and not _is_hidden(path, folder)
        and (path.parent not in issues or issues[path.parent] in last.items())
    ]
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
    by_name = defaultdict[str, list[Path]](list)
    for path in files:
        by_name[slug_of(path.stem) or path.stem].append(path)
    for named in by_name.values():
        paths = [path for path in named if "draft" not in path.parts] or named
        kinds = {KINDS.get(path.suffix.lower(), path.suffix) for path in paths}
        letters = defaultdict[Path | None, list[Path]](list)
        for path in paths:
            letters[None if len(kinds) == len(paths) else path.parent].append(path)
        yield from letters.values()


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
