"""The register: which letters were issued, with what approvals, to whom, and what came before.

Each issue of a letter is a folder of its own, `issued/2018/<letter>/<number>/`, which gets its name
when all is in it: the letter's files, the entry in the register, and a note on what is another than
before, which people may edit. Nothing there is ever written again; the highest number counts.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.files.bounded_read import Sort, read_bytes
from generator.files.recovery import adding_to
from generator.files.transaction import write_all
from generator.grouping import grouped
from generator.issuing.decisions import Digest
from generator.outputs.manifest import Inputs
from generator.problems import Place, Problem, system_message
from generator.verification.output_formats import output_formats
from generator.workspace import ISSUE_FILE, ISSUE_NOTE, EditionFolders, issue_folders


@dataclass(frozen=True)
class IssuedTo:
    """One to whom a letter goes: the role, and the digest of the address, never the address."""

    role: str
    address: Digest | None = None


@dataclass(frozen=True)
class Issue:
    """An entry of the register: one letter, as it was issued at one time."""

    slug: str
    number: int
    at: datetime.datetime
    by: str
    files: Mapping[str, Digest]
    """By their names, the SHA-256 of the letter's files."""
    approvals: tuple[Digest, ...]
    """The decisions by which it was approved."""
    recipients: tuple[IssuedTo, ...] = ()
    inputs: Inputs = field(default_factory=dict)
    """Digests of what it was made from, as in the manifest."""
    engine: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None
    reason: str | None = None
    schema_version: int = 1

    def called_for(self, slug: str) -> str:
        """What it is called where a letter is spoken of: `issue 2`, `issue 1 of ambridge`."""
        return f"issue {self.number}{f' of {self.slug}' if self.slug != slug else ''}"


_ISSUE = TypeAdapter(Issue)


@dataclass(frozen=True)
class Register:
    """All that was issued of an edition, by letter, and within it from the first to the last."""

    by_letter: Mapping[str, Sequence[Issue]]
    problems: tuple[Problem, ...] = ()

    def last(self, slug: str) -> Issue | None:
        """The issue of a letter that counts."""
        return next(reversed(self.by_letter.get(slug, ())), None)


def read_register(folders: EditionFolders) -> Register:
    """The register of an edition; what cannot be read of it is a problem at its file."""
    found, problems = list[Issue](), list[Problem]()
    for slug, number, folder in issue_folders(folders.issued):
        try:
            entry = _ISSUE.validate_json(read_bytes(folder / ISSUE_FILE, Sort.RECORD), strict=False)
        except OSError as error:
            said = f"cannot be read: {system_message(error)}"
        except (ValidationError, RecursionError):
            said = "is not a register entry in this program's format"
        else:
            if (entry.slug, entry.number) == (slug, number):
                found.append(entry)
                continue
            said = f"is the entry of issue {entry.number} of {entry.slug}, in the wrong folder"
        problems.append(Problem(Place(folder / ISSUE_FILE), said))
    return Register(grouped((issue.slug, issue) for issue in found), tuple(problems))


def issued_paths(folders: EditionFolders, issue: Issue) -> dict[str, Path]:
    """Where the files of an issue are, by format."""
    folder = folders.issued / issue.slug / str(issue.number)
    return {each.name: folder / each.file_name(issue.slug) for each in output_formats()}


def register_issue(
    folders: EditionFolders, issue: Issue, contents: Mapping[str, bytes], note: str
) -> None:
    """Put one issue in its place, whole; its files are read-only. Raises `OSError`.

    `FileExistsError` where another process has issued the same letter meanwhile.
    """
    folder = folders.issued / issue.slug / str(issue.number)
    entry = _ISSUE.dump_json(issue, indent=1) + b"\n"
    files = {**contents, ISSUE_FILE: entry, **({ISSUE_NOTE: note.encode()} if note else {})}
    with adding_to(folders.issued):
        write_all({folder: files})
    for name in (*contents, ISSUE_FILE):
        (folder / name).chmod(0o444)
