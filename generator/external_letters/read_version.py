"""Read a letter from a file of any kind: its record where it carries one, else its words."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.external_letters.issued_html import read_html
from generator.external_letters.issued_pdf import read_pdf
from generator.external_letters.issued_text import read_text
from generator.external_letters.parse_letter import NoLetterError
from generator.external_letters.reference_edition import ReferenceEdition
from generator.files.bounded_read import Sort, read_bytes
from generator.letter.letter import Letter, LetterSource, Reading
from generator.messages import system_message
from generator.processes.contained import TooMuchError, contained
from generator.rendering.record import RECORD_FILE, RecordError, read_record
from generator.verification.reading import UnreadableError, read_files

KINDS = {".pdf": "PDF", ".html": "HTML", ".htm": "HTML", ".txt": "text"}
"""The kinds of file that letters are read from, by the ending of their names."""


def read_version(path: Path, pattern: ReferenceEdition) -> Letter | str:
    """The letter in a file; a sentence about the file where none can be read from it."""
    content = content_of(path)
    if isinstance(content, str):
        return content
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
                return "it is neither a PDF nor an HTML or text file"
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
