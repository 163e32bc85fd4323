"""Folders that people keep files in: whatever lies there is read, or said not to be.

Nothing here raises: a folder that cannot be read is a problem like any other.
"""

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path

from generator.files.parts import PART
from generator.messages import system_message
from generator.problems import Place, Problem, warning

_LITTER = re.compile(rf"\.#.*|\..*\.sw[a-p]|.*~|~\$.*|\.DS_Store|{PART.pattern}")
"""What editors, file managers and we leave behind, and no person wrote."""


def names_in(folder: Path, *, optional: bool = False) -> tuple[list[str] | None, list[Problem]]:
    """The names in a folder, without the litter of editors; None, and why, if it cannot be read.

    A folder that is not there has none when it is `optional`; a link that leads nowhere is an error
    all the same.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        if optional and isinstance(error, FileNotFoundError) and not folder.is_symlink():
            return [], []
        return None, [Problem(Place(folder), _why(error, folder))]
    return [name for name in names if not _LITTER.fullmatch(name)], []


def _why(error: OSError, folder: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return (
            "a link to a folder that is not there; mend the link, or put the folder here"
            if folder.is_symlink()
            else "no such folder; make it, or bring it back"
        )
    if isinstance(error, NotADirectoryError):
        return "a file, not a folder; move it elsewhere and make a folder of this name"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself; remove it and put the folder here"
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
            message = f"a folder: nothing in it is read; move its files into {folder.name} itself"
            problems.append(Problem(Place(path), message))
        elif found:
            right = f"{found[1] or 'its-name'}{ending}"
            taken = f"{right} is there, too; keep one of them and move the other elsewhere"
            message = f"not read: {taken if right in names else f'rename it to {right}'}"
            problems.append(Problem(Place(path), message))
        else:
            message = f"not read: {what} ({ending}); move it elsewhere"
            problems.append(warning(Place(path), message, kind="not-read"))
    return dict(sorted(files.items())), problems
