"""What the form of an edition cannot say: how its parts fit each other."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from generator.edition import yaml_tree
from generator.edition.edition import LANGUAGE, Column, Group, Part
from generator.edition.explain import place_of
from generator.edition.figure_kind import ColumnCheck
from generator.edition.figure_kinds import figure_kinds
from generator.edition.yaml_tree import shown
from generator.problems import Problem, did_you_mean

RESERVED_GROUPS = {
    *("name", "kind", "noun", "addressee"),
    *("inserts", "declines", "formerly", "aliases"),
}
"""Keys of an authority's file, and names of its variables, that no group of figures may take."""


_LONGEST_NONE = 40


class EditionChecks:
    """Checks an edition's parts, by key; a part that is not there, or not in order, is left out."""

    def __init__(self, parts: Mapping[str, Any], tree: yaml_tree.YamlMapping, path: Path) -> None:
        self._parts = parts
        self._groups: Mapping[str, Group] = parts.get("figures", {})
        self._tree = tree
        self._path = path
        self._found: list[Problem] = []

    def problems(self, year: int) -> list[Problem]:
        """All that does not fit, in an edition whose folder is named by `year`."""
        if self._parts.get("year", year) != year:
            self._say(f"found {self._parts['year']}; expected {year}, as its folder says", "year")
        self._language()
        self._sections()
        for group in self._groups:
            self._group(group)
        if self._groups:
            for group, rule in self._parts.get("usually", {}).items():
                self._expectation(group, rule.at_most)
            for group, figures in self._parts.get("national", {}).items():
                if self._known_group(group, "national", group):
                    for column in figures:
                        at = ("national", group, column)
                        if self._known_column(group, column, *at):
                            self._no_rate(group, column, *at)
        return self._found

    def _say(self, message: str, *steps: str | int) -> None:
        where = ".".join(str(s + 1) if isinstance(s, int) else s for s in steps)
        place = place_of(self._tree, self._path, *steps)
        self._found.append(Problem(place, message, shown(where)))

    def _language(self) -> None:
        language = self._parts.get("language", "en")
        try:
            known = str(Locale.parse(language, sep="-")).replace("_", "-")
        except (ValueError, UnknownLocaleError):
            known = ""
        if known != language or not re.fullmatch(LANGUAGE, language):
            message = f'found "{shown(language)}"; expected a language, such as en-GB'
            self._say(message, "language")

    def _sections(self) -> None:
        sections = self._parts.get("sections", [])
        for number, section in enumerate(sections):
            if section in set(Part):
                message = f'"{section}" names a fixed part of the letter; choose another name'
                self._say(message, "sections", number)
        self._listed_once(sections, "sections")

    def _listed_once(self, names: list[str], *at: str | int) -> None:
        for number, name in enumerate(names):
            if name in names[:number]:
                self._say(f'"{name}" is listed twice; remove one', *at, number)

    def _group(self, group: str) -> None:
        file = self._groups[group]
        if group in RESERVED_GROUPS:
            self._say("this name has a meaning of its own; choose another", "figures", group)
        self._printed_as_it_stands(file.title, "figures", group, "title")
        if not self._counts(group):
            message = "no count among them; expected one column or more without sum and percent"
            self._say(message, "figures", group, "columns")
        headers: list[str | None] = [None]
        labels: dict[str, str] = {}
        for name, column in file.by_id.items():
            at = ("figures", group, "columns", name)
            header = column.header_group
            if header is not None and header != headers[-1] and header in headers:
                message = f'the columns under "{shown(header)}" must stand side by side'
                self._say(message, *at, "under")
            headers.append(header)
            first = labels.setdefault(column.label.casefold(), name)
            if first != name:
                self._say(f"the same label as that of {first}; choose another", *at, "label")
            self._column(group, column, at)

    def _column(self, group: str, column: Column, at: tuple[str, ...]) -> None:
        self._printed_as_it_stands(column.label, *at, "label")
        self._printed_as_it_stands(column.header_group or "", *at, "under")
        self._printed_as_it_stands(column.none_said or "", *at, "none")
        kinds = column.kinds
        if len(kinds) > 1:
            both = " and ".join(kind.called for kind in kinds)
            self._say(f"both {both}; expected one of them", *at)
        if column.none_said is not None and not any(kind.is_rate for kind in kinds):
            message = "only a rate (percent, of) can have nothing to be a part of; remove it"
            self._say(message, *at, "none")
        elif len(column.none_said or "") > _LONGEST_NONE:
            message = f"longer than {_LONGEST_NONE} characters; expected words that fit in a cell"
            self._say(message, *at, "none")
        check = ColumnCheck(
            counts=self._counts(group),
            alone=len(kinds) == 1,
            say=lambda message, *keys: self._say(message, *at, *keys),
            known_count=lambda name, *keys: self._known_count(group, name, *at, *keys),
            listed_once=lambda names, *keys: self._listed_once(names, *at, *keys),
        )
        for kind in figure_kinds():
            said = column.said(kind)
            if any(value is not None for value in said.values()):
                kind.check(said, check)

    def _printed_as_it_stands(self, text: str, *at: str) -> None:
        if "{{" in text:
            self._say("placeholders are not filled in here; write the words themselves", *at)

    def _expectation(self, group: str, at_most: str) -> None:
        self._known_group(group, "usually", group)
        other, _, name = at_most.partition(".")
        at = ("usually", group, "at_most")
        if other not in self._groups or not name:
            dotted = [f"{g}.{c}" for g, file in self._groups.items() for c in file.by_id]
            self._say(f'no figure "{shown(at_most)}"{_hint(at_most, dotted)}', *at)
        elif self._known_column(other, name, *at):
            self._no_rate(other, name, *at)

    def _no_rate(self, group: str, name: str, *at: str) -> None:
        for kind in self._groups[group].by_id[name].kinds:
            if kind.is_rate:
                self._say(f"{group}.{name} is {kind.called}; expected a count or a sum", *at)

    def _known_group(self, group: str, *at: str) -> bool:
        if group not in self._groups:
            self._say(f'no group "{shown(group)}"{_hint(group, self._groups)}', *at)
        return group in self._groups

    def _known_column(self, group: str, name: str, *at: str) -> bool:
        columns = self._groups[group].by_id
        if name not in columns:
            self._say(f'{group} has no column "{shown(name)}"{_hint(name, columns)}', *at)
        return name in columns

    def _known_count(self, group: str, name: str, *at: str | int) -> None:
        counts = self._counts(group)
        if name not in counts:
            self._say(f'{group} has no count "{shown(name)}"{_hint(name, counts)}', *at)

    def _counts(self, group: str) -> list[str]:
        columns = self._groups[group].by_id.items()
        return [key for key, column in columns if column.kinds[0].is_given]


def _hint(word: str, known: Iterable[str]) -> str:
    """The known name that is near, or all of them where none is."""
    names = list(known)
    near = did_you_mean(word, names)
    return near or (f"; expected one of {', '.join(names)}" if names else "")
