"""Wording taken over from the year before: what names a year or a number waits to be confirmed.

The list is a text file with a sentence on each line. Rewording a sentence settles it, and so does
deleting its line; nothing else is kept about it (docs/decisions/0010).
"""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.loading.source_text import read_source
from generator.loading.yaml_tree import shown
from generator.problems import Problem, Severity
from generator.starting.passages import Passage, passages
from generator.workspace import EditionFolders

CARRIED_OVER = "carried-over.txt"


def carried_over_file(folders: EditionFolders) -> Path:
    """Where an edition keeps the list."""
    return folders.data / CARRIED_OVER


def list_to_confirm(found: Iterable[Passage], folders: EditionFolders, before: int) -> str:
    """The text of the list: of these passages, those that name a year or a number, each once.

    Blank where there are none.
    """
    by_path: dict[Path, list[str]] = {}
    said: set[str] = set()
    for passage in found:
        if passage.names and passage.words not in said:
            said.add(passage.words)
            by_path.setdefault(passage.place.path, []).append(passage.words)
    parts = [
        f"\n# {_from_workspace(path, folders)}\n" + "".join(f"{words}\n" for words in lines)
        for path, lines in by_path.items()
    ]
    return _ABOUT.format(year=folders.year, before=before) + "".join(parts) if parts else ""


_ABOUT = """\
# Wording that the letters of {year} took over from {before} as it was, and that names a year or a
# number. "letters check" warns of each sentence below until it is reworded where it stands, or
# until you confirm that it is still right: to confirm it, delete its line here.
"""


def still_to_confirm(folders: EditionFolders) -> list[Problem]:
    """A warning for each listed sentence that still stands in the wording, where it stands.

    It counts as touched as soon as another word, number or sign stands in it; new line ends do not
    touch it, nor does it help to move it. A list that cannot be read is one warning.
    """
    listed, problems = listed_passages(folders)
    asked = (
        Problem(passage.place, _ask(passage, line, folders), "", Severity.WARNING)
        for passage, line in listed
    )
    return [*problems, *asked]


def listed_passages(folders: EditionFolders) -> tuple[list[tuple[Passage, int]], list[Problem]]:
    """The sentences that wait to be confirmed, each with its line in the list."""
    path = carried_over_file(folders)
    if not os.path.lexists(path):
        return [], []
    text, problems = read_source(path)
    if text is None:
        return [], [replace(problem, severity=Severity.WARNING) for problem in problems]
    listed: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            listed.setdefault(" ".join(line.split()), number)
    return [(p, listed[p.words]) for p in passages(folders) if p.words in listed], []


def _ask(passage: Passage, line: int, folders: EditionFolders) -> str:
    names = [f'"{shown(name)}"' for name in dict.fromkeys(passage.names)]
    named = f" and names {_and(names)}" if names else ""
    where = _from_workspace(carried_over_file(folders), folders)
    return (
        f'"{shown(passage.words)}" is carried over unchanged{named}; reword it, or confirm it by '
        f"deleting line {line} of {where}"
    )


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _from_workspace(path: Path, folders: EditionFolders) -> str:
    return path.relative_to(folders.workspace.folder).as_posix()
