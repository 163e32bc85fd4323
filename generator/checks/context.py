"""What a check may look at: an edition, loaded and composed; an output folder; a PDF read back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.checks.mentions import Mentions, NameIndex
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.load import Data, load_data
from generator.edition.predecessors import possible_slugs, predecessors_of
from generator.edition.typeface import Typeface
from generator.letter.compose import Composed
from generator.letter.letter import Letter
from generator.letter.wording import Wording
from generator.verification.read_back import ReadLetter
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class CheckContext:
    """An edition whose `edition.yaml` could be read; what else of it could not is left out."""

    folders: EditionFolders
    edition: Edition
    data: Data
    wording: Wording
    letters: Mapping[str, Composed]
    """By slug."""
    only: Collection[str] | None = None
    """The slugs of those that were loaded, where somebody waits for these; None for all."""

    @property
    def authorities(self) -> Mapping[str, Authority]:
        """By slug, those whose file could be read."""
        return self.data.authorities

    @cached_property
    def mentions(self) -> Mentions:
        """The authorities' names, to be found in texts."""
        return Mentions(self.authorities)

    @cached_property
    def last_year(self) -> Data | None:
        """What the workspace holds of the year before; None where it has no such edition.

        What is wrong with that edition is for that edition to say. Where not all authorities were
        loaded, only what these may have been then is.
        """
        year = self.folders.year - 1
        if year not in self.folders.workspace.years():
            return None
        only = None if self.only is None else possible_slugs(self.authorities.values())
        return load_data(self.folders.workspace.edition(year), only)

    @cached_property
    def predecessors(self) -> Mapping[str, list[Authority]]:
        """Last year's authorities that each of this year's was, by its slug now."""
        then = self.last_year.authorities if self.last_year else {}
        return predecessors_of(self.authorities.values(), then)


@dataclass(frozen=True)
class OutputContext:
    """What lies in an output folder that no authority of the edition has, as paths from it."""

    folder: Path
    stale: Mapping[str, list[str]]
    """By slug, of letters that we made and that are no longer in the edition."""
    stale_drafts: Mapping[str, list[str]]
    """The same of drafts."""
    foreign_files: Mapping[str, list[str]]
    """Those that look like letters, and were not made here."""


@dataclass(frozen=True)
class PdfContext:
    """A letter's PDF as it was read back, and the letter that it shall be."""

    read: ReadLetter
    letter: Letter
    names: NameIndex
    """Those of the edition's authorities: none but the letter's own may be in it."""
    typeface: Typeface = Typeface.LIBERATION_SANS
    """What it is set in."""
