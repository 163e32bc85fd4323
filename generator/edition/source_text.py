"""Files that people write: bytes to text, with the places of what an editor cannot see."""

import codecs
import errno
import re
import unicodedata
from pathlib import Path

from generator.files.bounded_read import NotAFileError, Sort, TooLargeError, read_bytes
from generator.messages import system_message
from generator.problems import Place, Problem

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_source(path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a file of data or wording, or the problems that keep it from being read.

    Line ends of Windows and a byte order mark at the start are accepted and dropped. Decoding and
    the search for unseen characters come before any parser, which would report them without a line.
    """
    try:
        raw = read_bytes(path, Sort.TEXT)
    except FileNotFoundError:
        what = "a link to a file that is not there" if path.is_symlink() else "no such file"
        return None, [Problem(Place(path), what)]
    except (IsADirectoryError, NotAFileError, TooLargeError) as error:
        return None, [Problem(Place(path), error.strerror or "not a file")]
    except OSError as error:
        what = f"cannot be read: {system_message(error)}"
        if error.errno == errno.ELOOP:
            what = "a link that leads back to itself; remove it and put the file here"
        return None, [Problem(Place(path), what)]
    if raw.count(0) > len(raw) * 3 // 4:
        message = "the file is damaged: it holds zeros in place of text; restore it from a copy"
        return None, [Problem(Place(path), message)]
    if raw.startswith(_UTF16_MARKS) or raw.count(0) > len(raw) // 4:
        message = "the file is UTF-16 text; save it with the encoding UTF-8"
        return None, [Problem(Place(path, 1, 1), message)]
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(path, raw, error)]
    problems = _unseen_characters(path, text)
    return (None if problems else text), problems


def _not_utf8(path: Path, raw: bytes, error: UnicodeDecodeError) -> Problem:
    before = raw[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    message = (
        f"the byte 0x{raw[error.start]:02X} is not UTF-8 text; "
        "save the file with the encoding UTF-8"
    )
    return Problem(Place(path, line, column), message)


def _unseen_characters(path: Path, text: str) -> list[Problem]:
    """One problem for each kind of character, at its first place, with the number of the others."""
    found: dict[str, list[int]] = {}
    for match in _UNSEEN.finditer(text):
        found.setdefault(match.group(), []).append(match.start())
    problems = []
    for character, offsets in found.items():
        start = offsets[0]
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        more = f" (and {len(offsets) - 1} more in this file)" if len(offsets) > 1 else ""
        if character == "\t":
            message = f"a tab{more}; use spaces"
        elif character == "\r":
            message = f"a line end of an unusual kind{more}; save the file with the line ends LF"
        else:
            name = unicodedata.name(character, "control character").lower()
            message = f"an unseen {name} (U+{ord(character):04X}){more}; delete it"
        problems.append(Problem(Place(path, line, column), message))
    return problems
