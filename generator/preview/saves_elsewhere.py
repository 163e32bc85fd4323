"""Which saves an edition need not be read again for: those of later years, which it never reads.

It may read its own files, what all editions share, and those of earlier years: of the year before,
of those that it compares with, and of those that the letters of then compare with. Whatever is not
certain concerns it.
"""

import os
import re
from collections.abc import Collection
from pathlib import Path

from generator.workspace import EditionFolders, UsageError


def years_there(folders: EditionFolders) -> list[int] | None:
    """The editions that there are, which its pages name; None where that cannot be seen."""
    try:
        return folders.workspace.years()
    except UsageError:
        return None


def are_of_later_years(folders: EditionFolders, paths: Collection[Path]) -> bool:
    """Whether these are files of later years alone.

    Not where a folder has links, or files of several names: what is saved under one name may then
    be read under another.
    """
    workspace = folders.workspace
    roots = (
        *(workspace.data, workspace.templates),
        *(folders.issued.parent, folders.approvals.parent),
    )
    are_later = (any(_is_later(path, root, folders.year) for root in roots) for path in paths)
    return all(are_later) and not any(_has_links(root) for root in roots if os.path.lexists(root))


def _is_later(path: Path, root: Path, year: int) -> bool:
    """Whether a file is in the folder of a later year."""
    below = path.relative_to(root).parts[:1] if path.is_relative_to(root) else ()
    return any(re.fullmatch("[0-9]{4}", name) and int(name) > year for name in below)


def _has_links(folder: Path) -> bool:
    """Whether anything in a folder has another name, or leads elsewhere, or cannot be seen."""
    try:
        with os.scandir(folder) as entries:
            return folder.is_symlink() or any(map(_is_link, entries))
    except OSError:
        return True


def _is_link(entry: os.DirEntry[str]) -> bool:
    if entry.is_dir(follow_symlinks=False):
        return _has_links(Path(entry.path))
    return entry.is_symlink() or entry.stat(follow_symlinks=False).st_nlink > 1
