"""What a check may look at: an edition as it was loaded and composed, and the one before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.checks.mentions import Mentions
from generator.composing.compose import Composed
from generator.composing.wording import Wording
from generator.loading.authority import Authority
from generator.loading.edition import Edition
from generator.loading.load import Data, load_data
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
    draft: bool = False

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

        What is wrong with that edition is for that edition to say.
        """
        year = self.folders.year - 1
        if year not in self.folders.workspace.years():
            return None
        return load_data(self.folders.workspace.edition(year))
