"""Files that people write: those of a folder; bytes to text, with the places of what is unseen."""

import codecs
import errno
import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import yaml

from generator.files.bounded_read import (
    NotAFileError,
    Sort,
    TooLargeError,
    drafted_names,
    read_bytes,
)
from generator.files.parts import PART
from generator.problems import Place, Problem, system_message, warning

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


_LITTER = re.compile(rf"\.#.*|\..*\.sw[a-p]|.*~|~\$.*|\.DS_Store|{PART.pattern}")
"""What editors, file managers and we leave behind, and no person wrote."""


def names_in(folder: Path, *, optional: bool = False) -> tuple[list[str] | None, list[Problem]]:
    """The names in a folder, without the litter of editors; None, and why, if it cannot be read.

    A folder that is not there has none when it is `optional`; a link that leads nowhere is an error
    all the same.
    """
    try:
        names = sorted({*(path.name for path in folder.iterdir()), *drafted_names(folder)})
    except OSError as error:
        if optional and isinstance(error, FileNotFoundError) and not folder.is_symlink():
            return [], []
        return None, [Problem(Place(folder), _why(error, folder))]
    return [name for name in names if not _LITTER.fullmatch(name)], []


def _why(error: OSError, folder: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return (
            "a link to a missing folder; correct the link, or put the folder here"
            if folder.is_symlink()
            else "no such folder; create it, or restore it"
        )
    if isinstance(error, NotADirectoryError):
        return "a file, not a folder; move it and create a folder of this name"
    if error.errno == errno.ELOOP:
        return "a link to itself; remove it and put the folder here"
    return f"the folder cannot be read: {system_message(error)}"


def files_in(
    folder: Path, endings: Sequence[str], what: str, *, optional: bool = False
) -> tuple[dict[str, Path] | None, list[Problem]]:
    """The files with the first of these endings, by name without it, in alphabetical order.

    None where the folder cannot be read. A file whose name holds any of the endings was probably
    meant to be read, and a folder may hold such files: both are errors. Anything else is a warning.
    `what` says what such a file is not.
    """
    names, problems = names_in(folder, optional=optional)
    if names is None:
        return None, problems
    ending = endings[0]
    meant = re.compile(f"[.~]*(.*?)({'|'.join(map(re.escape, endings))}).*", re.IGNORECASE)
    files: dict[str, Path] = {}
    for name in names:
        path = folder / name
        found = meant.fullmatch(name)
        if name.endswith(ending) and not name.startswith((".", "~")):
            files[name.removesuffix(ending)] = path
        elif os.path.isdir(path):  # noqa: PTH112 - it never raises, whatever it may not see
            message = f"a folder, whose files are not read; move them into {folder.name} itself"
            problems.append(Problem(Place(path), message))
        elif found:
            right = f"{found[1] or 'its-name'}{ending}"
            taken = f"{right} also exists; keep one of them and move the other elsewhere"
            message = f"not read: {taken if right in names else f'rename it to {right}'}"
            problems.append(Problem(Place(path), message))
        else:
            message = f"not read: {what} ({ending}); move it elsewhere"
            problems.append(warning(Place(path), message, kind="not-read"))
    return dict(sorted(files.items())), problems


def read_source(path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a file of data or wording, or the problems that keep it from being read.

    Line ends of Windows and a byte order mark at the start are accepted and dropped. Decoding and
    the search for unseen characters come before any parser, which would report them without a line.
    """
    try:
        raw = read_bytes(path, Sort.TEXT)
    except FileNotFoundError:
        what = "a link to a missing file" if path.is_symlink() else "no such file"
        return None, [Problem(Place(path), what)]
    except (IsADirectoryError, NotAFileError, TooLargeError) as error:
        return None, [Problem(Place(path), error.strerror or "not a file")]
    except OSError as error:
        what = f"cannot be read: {system_message(error)}"
        if error.errno == errno.ELOOP:
            what = "a link to itself; remove it and put the file here"
        return None, [Problem(Place(path), what)]
    if raw.count(0) > len(raw) * 3 // 4:
        message = "the file is damaged (zeros instead of text); restore it from a backup"
        return None, [Problem(Place(path), message)]
    if raw.startswith(_UTF16_MARKS) or raw.count(0) > len(raw) // 4:
        message = "the file is UTF-16 text; save it as UTF-8"
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
    message = f"the byte 0x{raw[error.start]:02X} is not UTF-8 text; save the file as UTF-8"
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
            message = f"an unusual line ending{more}; save the file with LF line endings"
        else:
            name = unicodedata.name(character, "control character").lower()
            message = f"an invisible {name} (U+{ord(character):04X}){more}; delete it"
        problems.append(Problem(Place(path, line, column), message))
    return problems


NEEDS_QUOTES = "a value that begins with {{ needs quotes around it"
_OPENED = ("quoted scalar", "block scalar", "parsing a flow", "simple key")
_MISFIT = "this line does not fit the lines above it; check its indentation"
_NO_SPACE = "a space is missing after the colon"
_KEY_WITHOUT_SPACE = re.compile(r" *[a-z0-9_-]+(:)[^ :]")


def explain_syntax(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, int, str]:
    """Line, column (from 1) and what is wrong and to be done there.

    The parser reports where it could not go on. What was opened and never closed is found at its
    beginning, and a key without a space after its colon is found on its own line.
    """
    said = f"{error.problem or ''} {error.context or ''}"
    opened = any(words in said for words in _OPENED)
    mark = (opened and error.context_mark) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    for number in (line, line - 1):
        without_space = 0 <= number < len(lines) and _KEY_WITHOUT_SPACE.match(lines[number])
        if without_space and ("mapping values" in said or "simple key" in said):
            return number + 1, without_space.end(1), _NO_SPACE
    if line >= len(lines):  # the parser counts a line after the last
        line, column = len(lines) - 1, len(lines[-1])
    before = lines[line][:column].strip()
    return line + 1, column + 1, _in_plain_words(said, before)


def _in_plain_words(said: str, before: str) -> str:
    if "did not find expected key" in said and before:
        return NEEDS_QUOTES if "{{" in before else _AFTER_VALUE
    if "mapping values are not allowed" in said and ": " not in before:
        return _MISFIT
    return next((plain for words, plain in _PLAIN_WORDS if words in said), f"not YAML: {said}")


_AFTER_VALUE = (
    "text after the end of a value; remove it, put the whole value in quotes, "
    "or close the open quotation mark"
)
_QUOTE = "a quotation mark is never closed"
_BAD_START = "a value cannot begin with this character; put the value in quotes"
_DIRECTIVE = "a line cannot begin with %; remove it"
_TAG = "a value cannot begin with !; put the value in quotes"
_ESCAPE = "an unknown escape after a backslash; use 'single quotes' around the text"
_PLAIN_WORDS = [
    ("mapping values are not allowed", "a second colon in this line; put the value in quotes"),
    ("unexpected end of stream", _QUOTE),
    ("unexpected document indicator", _QUOTE),
    ("could not find expected ':'", "expected a key, a colon and a space here"),
    ("did not find expected key", _MISFIT),
    (
        "did not find expected '-'",
        "this line does not fit the list above it; check its indentation",
    ),
    ("while parsing a flow", "a bracket is never closed, or a comma is missing"),
    ("cannot start any token", _BAD_START),
    ("block sequence entries", _BAD_START),
    ("mapping keys are not allowed", _BAD_START),
    ("while scanning a block scalar", _BAD_START),
    ("did not find expected node content", "expected a value here"),
    ("unexpected ':'", "a colon inside a value; put the value in quotes"),
    ("while scanning an alias", "a value cannot begin with *; put the value in quotes"),
    ("while scanning an anchor", "a value cannot begin with &; put the value in quotes"),
    ("a tag", _TAG),
    ("directive", _DIRECTIVE),
    ("incompatible YAML document", _DIRECTIVE),
    ("<document start>", "nothing may follow here; delete everything from this line on"),
    ("escape", _ESCAPE),
    ("hexdecimal", _ESCAPE),
]
