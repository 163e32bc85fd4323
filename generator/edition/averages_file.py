"""A file of published averages: by kind of authority and by figure, as somebody else counted them.

    district:
      outcomes: {fault_rate: 79%, per_100000: 4.6}
    park: none

`none` says that there is no such average, `null` that it is not yet supplied.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from generator.edition.comparators import Comparator
from generator.edition.edition import Column, Edition
from generator.edition.figure_kind import Quantity
from generator.edition.yaml_tree import (
    YamlMapping,
    YamlNode,
    YamlScalar,
    describe,
    read_yaml,
    shown,
)
from generator.problems import Place, Problem, did_you_mean, suggestion

EVERYONE = ""
"""The kind under which an average stands that is not of one's own kind."""


@dataclass(frozen=True)
class GivenFigure:
    """An average as it is given."""

    value: Quantity | None
    """None where there is none, or it is not yet supplied."""
    supplied: bool
    said: str
    place: Place


@dataclass(frozen=True)
class GivenAverages:
    """The averages of a file."""

    path: Path
    figures: Mapping[str, Mapping[Column, GivenFigure]] = field(default_factory=dict)
    """By kind."""

    def figure(self, kind: str, column: Column) -> GivenFigure | None:
        """The average of a figure for a kind; None where the file has none."""
        return self.figures.get(kind, {}).get(column)


def read_averages(
    path: Path, edition: Edition, comparator: Comparator
) -> tuple[GivenAverages, list[Problem]]:
    """Read the file of a comparator's averages, with all that is wrong with it.

    Of one's own kind they stand under each kind; others, which are the same for all, need none.
    """
    tree, problems = read_yaml(path)
    if tree is None:
        return GivenAverages(path), problems
    reader = _Reader(path, edition, problems)
    if not comparator.is_own_kind:
        figures = {EVERYONE: reader.groups(tree, ())}
    else:
        expected = comparator.kinds or tuple(edition.kinds)
        figures = reader.kinds(tree, expected)
    return GivenAverages(path, figures), sorted(problems)


@dataclass
class _Reader:
    """Goes through a file of averages, collecting what is wrong with it."""

    path: Path
    edition: Edition
    problems: list[Problem]

    def kinds(
        self, tree: YamlMapping, expected: Collection[str]
    ) -> dict[str, dict[Column, GivenFigure]]:
        found: dict[str, dict[Column, GivenFigure]] = {}
        for kind, node in tree.entries.items():
            if kind not in expected:
                hint = did_you_mean(kind, expected) or f"; expected {', '.join(expected)}"
                self._say(node, f'no average for the kind "{shown(kind)}"{hint}', kind)
            elif not (isinstance(node, YamlScalar) and node.text == "none"):
                found[kind] = self.groups(node, (kind,))
        for kind in expected:
            if kind not in tree.entries:
                self._say(tree, f"{kind} is missing; write {kind}: none if it has no average")
        self._complete(tree, found)
        return found

    def groups(self, node: YamlNode, above: tuple[str, ...]) -> dict[Column, GivenFigure]:
        figures = {}
        for group, inner in self._entries(node, above):
            if group not in self.edition.figures:
                hint = did_you_mean(group, self.edition.figures)
                self._say(inner, f'no group "{shown(group)}"{hint}', *above, group)
                continue
            known = self.edition.figures[group].by_id
            for id_, value in self._entries(inner, (*above, group)):
                if id_ not in known:
                    message = f'no figure "{shown(id_)}"{suggestion(id_, known)}'
                    self._say(value, message, *above, group, id_)
                    continue
                read = self._figure(value, (*above, group, id_))
                if read is not None:
                    figures[known[id_]] = read
        return figures

    def _entries(self, node: YamlNode, above: tuple[str, ...]) -> Iterator[tuple[str, YamlNode]]:
        if isinstance(node, YamlMapping):
            yield from node.entries.items()
        else:
            self._say(node, f"found {describe(node)}; expected figures, one on each line", *above)

    def _figure(self, node: YamlNode, steps: tuple[str, ...]) -> GivenFigure | None:
        place = Place(self.path, node.line, node.column)
        if isinstance(node, YamlScalar) and node.text == "none":
            return GivenFigure(None, True, "none", place)
        if isinstance(node, YamlScalar) and node.plain and node.text == "null":
            return GivenFigure(None, False, "null", place)
        found = re.fullmatch(_AVERAGE, node.text) if isinstance(node, YamlScalar) else None
        if found is None or not isinstance(node, YamlScalar):
            expected = "expected a number such as 4.6, a rate such as 79%, none or null"
            self._say(node, f"found {describe(node)}; {expected}", *steps)
            return None
        number = Decimal(found[1])
        value = int(number) if "." not in found[1] else number
        return GivenFigure(value, True, node.text, place)

    def _complete(
        self, tree: YamlMapping, found: Mapping[str, Mapping[Column, GivenFigure]]
    ) -> None:
        """What one kind has, all have: one that was forgotten would silently not be compared."""
        every = {column: None for figures in found.values() for column in figures}
        for kind, figures in found.items():
            lacking = [f"{c.group}.{c.id}" for c in every if c not in figures]
            if lacking:
                message = f"{', '.join(lacking)} missing, which another kind has; write none"
                self._say(tree.entries[kind], message, kind)

    def _say(self, node: YamlNode, message: str, *steps: str) -> None:
        place = Place(self.path, node.line, node.column)
        self.problems.append(Problem(place, message, shown(".".join(steps))))


_AVERAGE = r"((?:0|[1-9]\d{0,8})(?:\.\d{1,6})?) ?%?"
