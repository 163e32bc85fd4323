"""What is known of an edition beyond the words of its letters: rules, choices, and where they are.

A comparison needs it to name the line that a change comes from, and to tell an insert that a rule
placed from one that somebody chose. Of an edition that is known by its letters alone, little is.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.comparing.version import Version
from generator.composing.facts import facts_of
from generator.composing.wording import Wording
from generator.loading.authority import Authority
from generator.loading.edition import Edition
from generator.loading.edition_file import OutliersFile
from generator.problems import Place


def _nowhere(_slug: str, _name: str) -> Place | None:
    return None


@dataclass(frozen=True)
class Background:
    """One side's edition; without all of this, causes are less sure and places are missing."""

    inserts: frozenset[str] = frozenset()
    """The inserts that it had, whether or not a letter has them."""
    rules: Mapping[str, Place] = field(default_factory=dict)
    """Where the condition of each insert with a rule stands."""
    choices: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """By slug and insert: where an authority names it, or declines it, whatever a rule says."""
    sections: Mapping[str, Place] = field(default_factory=dict)
    """Where each section stands in the list of them."""
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


NOTHING_KNOWN = Background()


def background_of(
    edition: Edition, wording: Wording, authorities: Mapping[str, Authority]
) -> Background:
    """What is known of an edition whose files are at hand."""
    choices: dict[tuple[str, str], Place] = {}
    for slug, authority in authorities.items():
        choices |= {(slug, name): place for name, place in authority.declines.items()}
        choices |= {(slug, chosen.insert): chosen.place for chosen in authority.inserts}

    def fact(slug: str, name: str) -> Place | None:
        if name.startswith("insert."):
            return _given(authorities.get(slug), name.removeprefix("insert."))
        if slug not in authorities:
            return edition.place(*name.split(".")[1:]) if name.startswith("edition.") else None
        known = facts_of(edition, authorities[slug]).get(name)
        return known.place if known else None

    return Background(
        inserts=frozenset(wording.insert_files),
        rules={name: _rule(i.path) for name, i in wording.inserts.items() if i.rule is not None},
        choices=choices,
        sections={n: edition.place("sections", i) for i, n in enumerate(edition.sections)},
        titles={group.id: group.place for group in edition.groups},
        columns={(column.group, column.id): column.place for column in edition.columns()},
        parts={(c.group, c.id): c.parts for c in edition.columns() if c.parts},
        numerators=frozenset((c.group, c.numerator) for c in edition.columns() if c.numerator),
        outliers=edition.outliers,
        fact=fact,
    )


def background_of_letters(versions: Iterable[Version]) -> Background:
    """What can be seen of an edition in its letters alone."""
    passages = (passage for version in versions for passage in version.passages)
    return Background(inserts=frozenset(p.insert for p in passages if p.insert is not None))


def _given(authority: Authority | None, value: str) -> Place | None:
    """Where an authority gives a value to one of its inserts."""
    for number, chosen in enumerate(authority.inserts if authority else ()):
        if authority is not None and value in chosen.values:
            return authority.place("inserts", number, chosen.insert, value)
    return None


def _rule(path: Path) -> Place:
    """The line of an insert's file that gives its condition."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    when = re.compile(r"""["']?when["']?\s*:""")
    numbers = [number for number, line in enumerate(lines, start=1) if when.match(line)]
    return Place(path, numbers[0] if numbers else 0, 1)
