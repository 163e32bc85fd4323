"""Where things are: the folders and files of a workspace, and which edition is meant."""

import os
from dataclasses import dataclass
from pathlib import Path

from generator.problems import did_you_mean

CLONE_VARIABLE = "LETTERS_HOME"
"""Set by `./letters` to the clone it belongs to."""


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
        """The folder with the skeleton, the styles and one folder of wording per edition."""
        return self.folder / "templates"

    def years(self) -> list[int]:
        """The editions there are, oldest first: the folders of `data/` named by a year."""
        if not self.data.is_dir():
            return []
        names = [item.name for item in self.data.iterdir() if item.is_dir()]
        return sorted(int(name) for name in names if name.isascii() and name.isdigit())

    def edition(self, year: int | None = None) -> "EditionFolders":
        """The edition of a year, or the newest.

        Raises `UsageError` when there is no such edition.
        """
        years = self.years()
        if not years:
            raise UsageError(f"No edition in {self.data}; expected a folder such as data/2018.")
        if year is None:
            return EditionFolders(self, years[-1])
        if year not in years:
            hint = did_you_mean(str(year), map(str, years))
            known = ", ".join(map(str, years))
            raise UsageError(f"No edition {year} in {self.data}{hint or f'; there is {known}.'}")
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
    def authorities(self) -> Path:
        """The folder with one file per authority."""
        return self.data / "authorities"

    @property
    def templates(self) -> Path:
        """The edition's folder of wording; it may also override the skeleton and the styles."""
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

    def output(self, *, draft: bool = False) -> Path:
        """The folder for the letters made, or for the drafts."""
        folder = self.workspace.folder / "output" / str(self.year)
        return folder / "draft" if draft else folder

    def template(self, name: str) -> Path:
        """The skeleton's file of this name: the edition's own where it has one, else everyone's."""
        own = self.templates / name
        return own if own.exists() else self.workspace.templates / name


def find_workspace(given: Path | None, start: Path) -> Workspace:
    """The workspace that is given, or found from `start` upwards, or the clone's own.

    Raises `UsageError` when there is none.
    """
    if given is not None:
        if not _is_workspace(given):
            raise UsageError(f"{given} is no workspace: it has no folder data/ and templates/.")
        return Workspace(given.resolve())
    for folder in (start, *start.parents):
        if _is_workspace(folder):
            return Workspace(folder)
    clone = os.environ.get(CLONE_VARIABLE)
    if clone and _is_workspace(Path(clone)):
        return Workspace(Path(clone))
    raise UsageError(
        f"No workspace: neither {start} nor a folder above it has data/ and templates/. "
        "Go there, or name it with --workspace DIR."
    )


def _is_workspace(folder: Path) -> bool:
    return (folder / "data").is_dir() and (folder / "templates").is_dir()
