"""The authorities that an edition has already: their files as they stand, also unfinished ones.

A file need not be in order to be imported into: figures that are missing are what import brings.
It must be YAML, so that it can be changed in place.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.edition.folder import files_in
from generator.edition.yaml_tree import (
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    follow,
    read_yaml,
)
from generator.problems import Problem, errors
from generator.spreadsheets.normalised_names import NormalisedName, form_of
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class KnownAuthority:
    """An authority's file as it is before the import."""

    slug: str
    path: Path
    tree: YamlMapping

    @property
    def name(self) -> str:
        """Its name; its slug, where the file has none."""
        return self.text("name") or self.slug

    @property
    def spellings(self) -> list[str]:
        """Its name, and the aliases that remember others."""
        return [self.name, *self.aliases]

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
        found = follow(self.tree, steps)
        return found.node if len(found.steps) == len(steps) else None

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
    for slug, path in (files or {}).items():
        tree, more = read_yaml(path)
        problems += more
        if tree is not None:
            known[slug] = KnownAuthority(slug, path, tree)
    return known, problems
