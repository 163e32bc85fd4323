"""Names of authorities as lists write them: which of two spellings mean the same one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from rapidfuzz import fuzz

from generator.edition.edit_yaml import texts_of
from generator.edition.languages import languages_listed
from generator.edition.source_text import files_in
from generator.edition.values import slug_of
from generator.edition.yaml_tree import (
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    follow,
    read_yaml,
)
from generator.plain_text import single_spaced
from generator.problems import Problem, errors
from generator.workspace import EditionFolders

_SHORT = {
    "mbc": "metropolitan borough council",
    "mdc": "metropolitan district council",
    "lbc": "london borough council",
    "lb": "london borough",
    "rb": "royal borough",
    "bc": "borough council",
    "dc": "district council",
    "cc": "council",  # of a county or of a city
    "ua": "unitary authority",
    "npa": "national park authority",
    "saint": "st",
}
_KINDS = frozenset(
    {
        *("council", "borough", "district", "metropolitan", "county", "city", "london", "royal"),
        *("unitary", "town", "parish", "authority", "corporation"),
    }
)
_SMALL = frozenset({"of", "the", "and"})

NEAR = 80
"""From this likeness (of 100) on, a name may be another mistyped."""
LIKELY = 70
"""From this on it may be a part of another, shortened."""


@dataclass(frozen=True)
class NormalisedName:
    """What remains of a name when its punctuation, its order and its abbreviations are taken off.

    `St. Helens MBC` and `St Helens` have the same `core`; `kinds` are the words that say what sort
    of authority it is, which a list may leave out and must not change.
    """

    core: tuple[str, ...]
    kinds: frozenset[str]

    def agrees_with(self, other: "NormalisedName") -> bool:
        """Whether both may be spellings of one name: neither says what the other denies."""
        same = self.core == other.core
        return same and (self.kinds <= other.kinds or other.kinds <= self.kinds)

    def near(self, other: "NormalisedName") -> bool:
        """Whether one may be the other, mistyped."""
        return fuzz.ratio(" ".join(self.core), " ".join(other.core)) >= NEAR

    def likeness(self, other: "NormalisedName") -> float:
        """How like the shorter is to a part of the longer, of 100."""
        return fuzz.partial_ratio(" ".join(self.core), " ".join(other.core))


@cache
def form_of(name: str) -> NormalisedName:
    """The form of a name."""
    words = [w for part in slug_of(name).split("-") for w in _SHORT.get(part, part).split()]
    core = sorted(word for word in words if word not in _KINDS | _SMALL)
    return NormalisedName(
        tuple(core or sorted(words)), frozenset(words) & _KINDS if core else frozenset()
    )


def spelled_alike(name: str) -> str:
    """A name with its spaces and apostrophes as everyone writes them: the same to the letter."""
    return single_spaced(name.replace("’", "'"))


_TOTAL = re.compile(
    r"(grand |overall |national )?totals?|sum|all (authorities|councils)|england( total)?"
    r"|totals?,? (for )?(england|all authorities|all councils)",
    re.IGNORECASE,
)


def is_total(name: str) -> bool:
    """Whether a row of this name adds up all others."""
    return bool(_TOTAL.fullmatch(name.strip(" :.*")))


_COLLECTIVE = re.compile(
    r"all|averages?|means?|medians?|(not )?known|unknown|others?|various|n/?a|none|england|wales"
    r"|scotland|northern ireland|london|(the )?(north|south|east|west|midlands)( (east|west))?",
    re.IGNORECASE,
)


def is_collective(name: str) -> bool:
    """Whether a row of this name may stand for several authorities, or for none."""
    return bool(_COLLECTIVE.fullmatch(name.strip(" :.*")))


def is_partial_total(name: str) -> bool:
    """Whether a row of this name seems to add up some of the others."""
    return bool(re.search(r"\b(sub-?)?totals?\b", name, re.IGNORECASE))


def is_known(name: str, known: Iterable[NormalisedName]) -> bool:
    """Whether a name agrees with one of these."""
    form = form_of(name)
    return any(form.agrees_with(other) for other in known)


def looks_like_a_name(text: str) -> bool:
    """Whether a text may be an authority's name, rather than a heading or a note of the table."""
    short = len(text.split()) <= 8 and not re.search(r"[.:;!?]\s|[.:;!?]$", text)
    return short and bool({"council", "authority", "borough"} & form_of(text).kinds)


@dataclass(frozen=True)
class KnownAuthority:
    """An authority's file as it is before the import."""

    slug: str
    path: Path
    tree: YamlMapping
    language: str = ""
    """That of the texts it is known by, in an edition of several: the first."""

    @property
    def name(self) -> str:
        """Its name; its slug, where the file has none."""
        return self.text("name") or self.slug

    @property
    def spellings(self) -> list[str]:
        """Its name, those in other languages, and the aliases that remember others."""
        said = self.tree.entries.get("name")
        several = texts_of(said).values() if isinstance(said, YamlMapping) else ()
        return [*dict.fromkeys([self.name, *filter(None, map(str, several)), *self.aliases])]

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other spellings of its name."""
        return tuple(self.texts("aliases"))

    @property
    def formerly(self) -> tuple[str, ...]:
        """The slugs that its predecessors had."""
        return tuple(self.texts("formerly"))

    @cached_property
    def forms(self) -> list[NormalisedName]:
        """The forms of its spellings."""
        return [form_of(spelling) for spelling in self.spellings]

    def node(self, *steps: str) -> YamlNode | None:
        """What the file says at the end of these keys; None where it does not go so far."""
        steps = self.written(*steps)
        found = follow(self.tree, steps)
        return found.node if len(found.steps) == len(steps) else None

    def written(self, *steps: str) -> tuple[str, ...]:
        """The keys that lead to a text in the first language, where it is given in several."""
        node = follow(self.tree, steps).node
        if isinstance(node, YamlMapping) and self.language in node.entries:
            return (*steps, self.language)
        return steps

    def text(self, *steps: str) -> str:
        """The text at the end of these keys; blank where there is none, or `null`."""
        node = self.node(*steps)
        is_text = isinstance(node, YamlScalar) and not (node.plain and node.text == "null")
        return node.text if is_text and isinstance(node, YamlScalar) else ""

    def texts(self, *steps: str) -> list[str]:
        """The texts in the list at the end of these keys; of a single text, this."""
        node = self.node(*steps)
        if isinstance(node, YamlSequence):
            return [item.text for item in node.items if isinstance(item, YamlScalar)]
        text = self.text(*steps)
        return [text] if text else []


def read_known(folders: EditionFolders) -> tuple[dict[str, KnownAuthority], list[Problem]]:
    """The authorities of an edition by slug, and the files that cannot be read at all."""
    files, problems = files_in(
        folders.authorities, (".yaml", ".yml"), "not an authority's file", optional=True
    )
    problems = errors(problems)
    known = {}
    edition, _ = read_yaml(folders.edition_file)
    listed = languages_listed(edition, folders.edition_file)[0] if edition else {}
    language = next(iter(listed), "")
    for slug, path in (files or {}).items():
        tree, more = read_yaml(path)
        problems += more
        if tree is not None:
            known[slug] = KnownAuthority(slug, path, tree, language)
    return known, problems
