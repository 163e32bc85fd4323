"""What is known of an edition beyond the words of its letters: rules, choices, and where they are.

A comparison needs it to name the line that a change comes from, and to tell an insert that a rule
placed from one that somebody chose. Of an edition that is known by its letters alone, little is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.edition.edition_file import OutliersFile
from generator.letter.letter import Block, Letter
from generator.problems import Place


def _nowhere(_slug: str, _name: str) -> Place | None:
    return None


@dataclass(frozen=True)
class Condition:
    """The rule of an insert: where it stands, what it says, the values that it asks for."""

    place: Place
    source: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionContext:
    """One side's edition; without all of this, causes are less sure and places are missing."""

    inserts: frozenset[str] = frozenset()
    """The inserts that it had, whether or not a letter has them."""
    rules: Mapping[str, Condition] = field(default_factory=dict)
    """The condition of each insert that has one."""
    choices: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """By slug and insert: where an authority names it, or declines it, whatever a rule says."""
    sections: Mapping[str, Place] = field(default_factory=dict)
    """Where each section stands in the list of them."""
    section_list: Place | None = None
    """Where that list is: the line to look at for a section that is not in it."""
    wordings: Mapping[tuple[str | None, str], Place] = field(default_factory=dict)
    """Where a wording stands, by its insert or section, and by itself alone for fixed words."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """The kind of each authority, by slug."""
    titles: Mapping[str, Place] = field(default_factory=dict)
    """Where the title of each table is given, by group."""
    columns: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Where the label of each column is given, by group and id."""
    parts: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The counts of which each sum or rate is made, by group and id."""
    numerators: frozenset[tuple[str, str]] = frozenset()
    """The counts that a rate is the percentage of."""
    outliers: OutliersFile | None = None
    """What the edition finds worth a look against last year."""
    fact: Callable[[str, str], Place | None] = _nowhere
    """From a slug and the name of a value (`authority.name`) to where that is given."""

    def located(self, passage: Block) -> Block:
        """A passage with its place; a letter's record does not tell it, the same wording does."""
        if passage.place is not None or passage.wording is None:
            return passage
        whose = (passage.insert or passage.part, passage.wording)
        place = self.wordings.get(whose) or self.wordings.get((None, passage.wording))
        return replace(passage, place=place) if place else passage


NOTHING_KNOWN = EditionContext()


def background_of_letters(versions: Iterable[Letter]) -> EditionContext:
    """What can be seen of an edition in its letters alone."""
    passages = (passage for version in versions for passage in version.passages)
    return EditionContext(inserts=frozenset(p.insert for p in passages if p.insert is not None))
