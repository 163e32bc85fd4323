"""The files of a new edition, made from those of the edition before; none is written here.

Texts are taken over as they stand, with their comments and line ends; only values are changed.
"""

from collections.abc import Callable
from pathlib import Path

from generator.edition.edit_yaml import SpliceError
from generator.edition.edition import Edition
from generator.edition.folder import names_in
from generator.edition.load import Data
from generator.files.bounded_read import Sort, read_bytes
from generator.lineage.next_year import authority_text, edition_text
from generator.problems import Place, Problem
from generator.workspace import EditionFolders

Files = dict[str, bytes]
"""By path from a folder, with slashes."""


def data_files(data: Data, before: Edition, year: int) -> tuple[Files, list[Problem]]:
    """What `data/<year>` will hold, and which files of the edition before cannot be changed.

    Raises `OSError` where one cannot be read.
    """
    files: Files = {}
    problems = []
    todo = {"edition.yaml": (before.path, edition_text)}
    todo |= {f"authorities/{p.name}": (p, authority_text) for p in data.files.values()}
    for name, (path, change) in todo.items():
        try:
            files[name] = _changed(read_bytes(path, Sort.TEXT), change, before, year)
        except SpliceError:
            message = (
                "written in such a way that its values cannot be replaced one by one; "
                'write each as a plain "key: value"'
            )
            problems.append(Problem(Place(path), message))
    return files, problems


def _changed(
    raw: bytes, change: Callable[[str, Edition, int], str], before: Edition, year: int
) -> bytes:
    """A file's bytes with its text changed; a byte order mark stays, and so do its line ends."""
    text = raw.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return (mark + change(text.removeprefix(mark), before, year)).encode()


def wording_files(source: EditionFolders, by_rule: set[str]) -> Files:
    """What `templates/<year>` will hold: all of the edition before but inserts no rule places.

    Raises `OSError` where a file cannot be read.
    """
    files = {}
    for name in _files_below(source.templates):
        path = Path(name)
        is_insert = path.parent.name == source.inserts.name and path.suffix == ".md"
        if not is_insert or path.stem in by_rule:
            files[name] = read_bytes(source.templates / name, Sort.PICTURE)
    return files


def _files_below(folder: Path, before: str = "") -> list[str]:
    """The files in a folder and in those within it, without the litter of editors."""
    found = []
    for name in names_in(folder)[0] or []:
        if (folder / name).is_dir():
            found += _files_below(folder / name, f"{before}{name}/")
        elif (folder / name).is_file():
            found.append(f"{before}{name}")
    return found
