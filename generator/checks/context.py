"""What a check may look at: an edition as it was loaded and composed, and the one before it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.checks.mentions import Mentions
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.load import Data, load_data
from generator.edition.predecessors import possible_slugs, predecessors_of
from generator.letter.compose import Composed
from generator.letter.wording import Wording
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
