"""`confirmed.yaml`: the problems that a person has accepted, for good or until they change.

An entry holds as long as what was confirmed is as it was then: its digest is of the kind, the place
and the subject of the problem, never of a line number.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from generator.edition.data_files import FileModel, place_of, validate
from generator.edition.edit_yaml import quote_scalar
from generator.edition.values import Date, Reads, SingleLineText, reads_word, reject
from generator.edition.yaml_tree import YamlScalar, read_yaml, shown
from generator.problems import Problem, noting
from generator.workspace import EditionFolders

_EXPECTED = "expected a digest of 64 characters, 0-9 and a-f"


def _read_digest(value: Any) -> str:
    text = value.text if isinstance(value, YamlScalar) else ""
    if not re.fullmatch("[0-9a-f]{64}", text):
        reject(f'found "{shown(text)}"; {_EXPECTED}')
    return text


_Text = Annotated[str, reads_word("expected a text")]


class Confirmation(FileModel):
    """One problem that a person has accepted."""

    kind: _Text
    where: _Text
    what: _Text
    digest: Annotated[str, Reads(_EXPECTED, _read_digest, {})]
    by: SingleLineText
    on: Date
    reason: SingleLineText | None = None


class _ConfirmedFile(FileModel):
    confirmed: list[Confirmation] = Field()


def read_confirmed(folders: EditionFolders) -> tuple[list[Confirmation], list[Problem]]:
    """All that was confirmed; nothing, and why, where the file cannot be read as what it is."""
    path = folders.confirmed_file
    if not os.path.lexists(path):
        return [], []
    tree, problems = read_yaml(path)
    if tree is None:
        return [], problems
    file = noting(problems, validate(_ConfirmedFile, tree, path))
    if file is None or problems:
        return [], problems
    for number, entry in enumerate(file.confirmed):
        first = next(e for e in file.confirmed if e.digest == entry.digest)
        if (first.kind, first.where) != (entry.kind, entry.where):
            place = place_of(tree, path, "confirmed", number, "digest")
            message = f"this digest is that of {shown(first.where)}; remove the entry that is wrong"
            problems.append(Problem(place, message, f"confirmed.{number + 1}.digest"))
    return ([] if problems else file.confirmed), problems


def where_of(problem: Problem, folders: EditionFolders) -> str:
    """The place of a problem that stays when lines move: its file, and the thing inside it."""
    said = folders.workspace.shown_path(problem.place.path)
    return f"{said}: {problem.where}" if problem.where else said


def digest_of(problem: Problem, folders: EditionFolders) -> str:
    """What tells a problem that can be confirmed from every other, and from itself once changed."""
    said = json.dumps([problem.kind, where_of(problem, folders), problem.subject])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def confirmed_text(entries: Iterable[Confirmation]) -> str:
    """The text of the file: sorted, so that what two people add rarely meets."""
    ordered = {e.digest: e for e in sorted(entries, key=lambda e: (e.kind, e.where, e.digest))}
    parts = []
    for entry in ordered.values():
        said = entry.model_dump(mode="json", exclude_none=True)
        lines = [f"{key}: {quote_scalar(value)}" for key, value in said.items()]
        parts.append("  - " + "\n    ".join(lines) + "\n")
    return _ABOUT + ("confirmed:\n" + "\n".join(parts) if parts else "confirmed: []\n")


_ABOUT = """\
# What people have looked at and accepted (letters confirm). An entry is void once what it is about
# has changed; delete one to have the problem told again.
"""
