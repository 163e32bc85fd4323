"""The files given to import: each read into sheets, with the digest by which it is known again."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.files.bounded_read import Sort, TooLargeError, read_bytes
from generator.messages import system_message
from generator.problems import Place, Problem
from generator.processes.contained import TooMuchError, contained
from generator.spreadsheets.csv_file import read_csv
from generator.spreadsheets.sheets import Sheet
from generator.spreadsheets.workbook import read_workbook
from generator.spreadsheets.xlsx_safety import ONLY_THE_TABLE

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"

Read = tuple[list[Sheet], list[Problem]]
"""The sheets of a file, and what keeps it from being read."""

READERS: Mapping[str, Callable[[Path, bytes], Read]] = {".xlsx": read_workbook, ".csv": read_csv}
"""The formats that are read, by how files' names end: from a path and its bytes to sheets."""


@dataclass(frozen=True)
class ReadFile:
    """A file that was read: what it is known by, and its sheets."""

    path: Path
    sha256: str
    sheets: tuple[Sheet, ...]

    @property
    def is_export(self) -> bool:
        """Written by `letters export`, and perhaps changed since."""
        return any(sheet.is_export for sheet in self.sheets)


def read_files(paths: Iterable[Path]) -> tuple[list[ReadFile], list[Problem]]:
    """Read these files, each once; the problems of all of them in one go."""
    files, problems = [], []
    for path in dict.fromkeys(paths):
        content, more = _content(path)
        problems += more
        if content is None:
            continue
        sheets, more = _contained(READERS[path.suffix.lower()], path, content)
        problems += more
        files.append(ReadFile(path, hashlib.sha256(content).hexdigest(), tuple(sheets)))
    return files, problems


def _contained(read: Callable[[Path, bytes], Read], path: Path, content: bytes) -> Read:
    try:
        return contained(partial(read, path, content))
    except TooMuchError as error:
        return [], [Problem(Place(path), f"cannot be read: {error}; {ONLY_THE_TABLE}")]


def _content(path: Path) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file that may be a spreadsheet; None, and why, where it is not."""
    try:
        if path.is_dir():
            return None, [Problem(Place(path), "a folder, not a file; name the files in it")]
        if path.suffix.lower() not in READERS:
            if not path.exists():
                return None, [Problem(Place(path), "no such file")]
            return None, [Problem(Place(path), _SAVE_AS)]
        content = read_bytes(path, Sort.SPREADSHEET)
    except FileNotFoundError:
        return None, [Problem(Place(path), "no such file")]
    except TooLargeError as error:
        message = f"{error.strerror}; copy the tables into a new workbook"
        return None, [Problem(Place(path), message)]
    except OSError as error:
        return None, [Problem(Place(path), f"cannot be read: {system_message(error)}")]
    why = _why_not(path, content)
    return (None, [Problem(Place(path), why)]) if why else (content, [])


_SAVE_AS = (
    "not a file that import reads; save it as .xlsx, which keeps what must be checked (or as .csv)"
)


def _why_not(path: Path, content: bytes) -> str:
    """Why a file is not what its name says; blank where it is."""
    is_csv = path.suffix.lower() == ".csv"
    if not content.strip():
        return "the file is empty"
    if content.startswith(_OLD_OFFICE):
        return (
            "protected by a password, or a workbook of the old kind; "
            "save it as .xlsx, without a password"
        )
    if is_csv and content.startswith(_ZIP):
        return f"named .csv, but it is a workbook; rename it to {path.stem}.xlsx"
    if not is_csv and not content.startswith(_ZIP):
        return "named .xlsx, but it is no workbook; open it and save it as .xlsx"
    return ""
