"""Where things are: the folders and files of a workspace, and which edition is meant."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.problems import did_you_mean, shortened, system_message

CLONE_VARIABLE = "LETTERS_HOME"
"""Set by `./letters` to the clone it belongs to."""
BASE_TEMPLATES = Path(__file__).parent / "assets" / "base"
"""The letter template and the styles that come with the program, for who has none of their own."""
EXAMPLES = Path(__file__).parent / "assets" / "examples"
"""The workspaces that `letters init --example` can begin with."""
DRAFTS = "draft"
"""The folder for drafts, inside that for the letters."""


ISSUE_FILE = "issue.json"
"""The entry of the register that makes a folder in `issued/` that of one issue of a letter."""
ISSUE_NOTE = "note.md"
"""Beside it, what is another than in the issue before."""


def issue_folders(issued: Path) -> Iterator[tuple[str, int, Path]]:
    """The folders of single issues, by letter and number: those of each letter in order."""
    folders = [path.parent for path in issued.glob(f"*/*/{ISSUE_FILE}")]
    numbered = [each for each in folders if each.name.isdigit()]
    for folder in sorted(numbered, key=lambda each: (each.parent.name, int(each.name))):
        yield folder.parent.name, int(folder.name), folder


class UsageError(Exception):
    """The command was used wrongly, so nothing was done; the text says what to do instead."""


@dataclass(frozen=True)
class Workspace:
    """A folder with `data/` and `templates/`; every path of the product is worked out here."""

    folder: Path

    @property
    def data(self) -> Path:
        """The folder with one folder per edition."""
        return self.folder / "data"

    @property
    def schemas(self) -> Path:
        """The folder with the JSON Schemas that editors read."""
        return self.data / "schemas"

    @property
    def templates(self) -> Path:
        """The folder with one folder of wording per edition, and any letter template of its own."""
        return self.folder / "templates"

    def shown_path(self, path: Path) -> str:
        """A path as it is told of this workspace: from its folder; one elsewhere as it is.

        So it is the same from whatever folder the program was started.
        """
        full, folder = path.absolute(), self.folder.absolute()
        return full.relative_to(folder).as_posix() if full.is_relative_to(folder) else str(path)

    def years(self) -> list[int]:
        """The editions there are, oldest first: the folders of `data/` named by a year.

        Raises `UsageError` when the folder cannot be read.
        """
        names = _folders_in(self.data)
        return sorted(int(name) for name in names if re.fullmatch("[0-9]{4}", name))

    def edition(self, year: int | None = None) -> "EditionFolders":
        """The edition of a year, or the newest.

        Raises `UsageError` when there is no such edition, or it cannot be looked for.
        """
        years = self.years()
        _folders_in(self.templates)  # said here where it cannot be read, not of every file in it
        if not years:
            raise UsageError(f"No edition in {self.data}; expected a folder such as data/2018.")
        if year is None:
            return EditionFolders(self, years[-1])
        if year not in years:
            hint = did_you_mean(str(year), map(str, years))
            known = ", ".join(map(str, years))
            raise UsageError(f"No edition {year} in {self.data}{hint or f'; available: {known}.'}")
        return EditionFolders(self, year)


@dataclass(frozen=True)
class EditionFolders:
    """The files and folders of one edition."""

    workspace: Workspace
    year: int

    @property
    def data(self) -> Path:
        """The edition's folder of data."""
        return self.workspace.data / str(self.year)

    @property
    def edition_file(self) -> Path:
        """The facts of the year."""
        return self.data / "edition.yaml"

    @property
    def confirmed_file(self) -> Path:
        """The problems that people have accepted."""
        return self.data / "confirmed.yaml"

    @property
    def authorities(self) -> Path:
        """The folder with one file per authority."""
        return self.data / "authorities"

    @property
    def templates(self) -> Path:
        """The edition's folder of wording; it may also override the letter template and styles."""
        return self.workspace.templates / str(self.year)

    @property
    def sections(self) -> Path:
        """The folder with the shared wording, one file per section."""
        return self.templates / "sections"

    @property
    def report(self) -> Path:
        """The folder with the words on the statistics page."""
        return self.templates / "report"

    @property
    def inserts(self) -> Path:
        """The folder with the paragraphs for one authority or a few."""
        return self.templates / "inserts"

    @property
    def pictures(self) -> Path:
        """The folder with the pictures of the letterhead."""
        return self.templates / "pictures"

    @property
    def approvals(self) -> Path:
        """The folder with one file per decision on what was reviewed."""
        return self.workspace.folder / "approvals" / str(self.year)

    @property
    def enclosures(self) -> Path:
        """The folder with the single cases, whose rows are divided among the authorities."""
        return self.workspace.folder / "enclosures" / str(self.year)

    @property
    def mail(self) -> Path:
        """The folder for the messages to be sent."""
        return self.workspace.folder / "mail" / str(self.year)

    @property
    def public(self) -> Path:
        """The folder for the website."""
        return self.workspace.folder / "public" / str(self.year)

    @property
    def issued(self) -> Path:
        """The folder with what was really sent: never touched by a build."""
        return self.workspace.folder / "issued" / str(self.year)

    def output(self, *, draft: bool = False) -> Path:
        """The folder for the letters made, or for the drafts."""
        folder = self.workspace.folder / "output" / str(self.year)
        return folder / DRAFTS if draft else folder

    def template(self, name: str) -> Path:
        """A file of the letter template: the edition's, the workspace's, or else the program's."""
        for folder in (self.templates, self.workspace.templates):
            path = folder / name
            try:
                if path.exists() or path.is_symlink():
                    return path
            except OSError:  # who reads it will say why it cannot be
                return path
        return BASE_TEMPLATES / name


def find_workspace(given: Path | None, start: Path | None) -> Workspace:
    """The workspace that is given, or found from `start` upwards, or the clone's own.

    `start` is None where there is no current folder. Raises `UsageError` when there is none.
    """
    if given is not None:
        return _given_workspace(given)
    clone = os.environ.get(CLONE_VARIABLE)
    candidates = [start, *start.parents] if start else []
    for folder in [*candidates, Path(clone)] if clone else candidates:
        with suppress(OSError):  # a folder that cannot be looked into is not where we are
            if _is_workspace(folder):
                return Workspace(folder)
    searched = (
        f"neither {start} nor a folder above it has data/ and templates/. Go to one that has"
        if start
        else "the current folder no longer exists. Go to one with data/ and templates/"
    )
    raise UsageError(f"No workspace: {searched}, or name it with --workspace FOLDER.")


def _given_workspace(folder: Path) -> Workspace:
    try:
        if _is_workspace(folder):
            return Workspace(folder.resolve())
    except OSError as error:
        shown = shortened(str(folder), 199, 50)
        raise UsageError(f"{shown} cannot be read: {system_message(error)}.") from error
    raise UsageError(f"{folder} is not a workspace: it lacks data/ or templates/.")


def _folders_in(folder: Path) -> list[str]:
    try:
        return [item.name for item in folder.iterdir() if item.is_dir()]
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {system_message(error)}.") from error


def _is_workspace(folder: Path) -> bool:
    """True for a folder with data/ and templates/. Raises `OSError` where that cannot be seen."""
    return (folder / "data").is_dir() and (folder / "templates").is_dir()


def example_names() -> list[str]:
    """The examples there are, each a workspace."""
    return sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())
