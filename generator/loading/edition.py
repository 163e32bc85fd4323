"""An edition: the facts of one year, and the plan of its figures, checked and located."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from babel import Locale, UnknownLocaleError

from generator.loading.edition_file import ColumnFile, EditionFile, WordsFile
from generator.loading.explain import place_of, validate
from generator.loading.yaml_tree import Mapping, read_yaml
from generator.problems import Place, Problem, did_you_mean
from generator.workspace import EditionFolders

RESERVED_GROUPS = {
    *("name", "kind", "noun", "addressee"),
    *("inserts", "declines", "formerly", "aliases"),
}
"""Keys of an authority's file, and names of its facts, that no group of figures may take."""


class Kind(StrEnum):
    """What a figure is: given, added up, or a rate in whole percent."""

    COUNT = "count"
    SUM = "sum"
    PERCENT = "percent"


@dataclass(frozen=True)
class Column:
    """One column of a table, as the edition plans it."""

    group: str
    id: str
    label: str
    kind: Kind
    under: str | None
    """The spanning head over this column, if any."""
    parts: tuple[str, ...]
    """The ids of the counts that a sum adds up, or that a rate is a percentage of."""
    numerator: str | None
    none: str
    """Printed for a rate of nothing."""
    place: Place


@dataclass(frozen=True)
class Group:
    """One table: its title and its columns in the order printed."""

    id: str
    title: str
    columns: tuple[Column, ...]
    place: Place

    @property
    def counts(self) -> tuple[Column, ...]:
        """The columns whose figures are given, not worked out."""
        return tuple(column for column in self.columns if column.kind is Kind.COUNT)


@dataclass(frozen=True)
class Expectation:
    """The counts of `group` usually add up to no more than the figure `at_most`."""

    group: str
    at_most: tuple[str, str]


@dataclass(frozen=True)
class Edition:
    """The facts of one year. Labels, words, columns and rules are data, never code."""

    year: int
    language: str
    subject: str
    letter_date: datetime.date
    period_end: datetime.date
    signatory: str
    offices: tuple[str, ...]
    sections: tuple[str, ...]
    kinds: dict[str, str]
    """The noun of each kind of authority; the first is the usual kind."""
    words: WordsFile
    groups: tuple[Group, ...]
    expectations: tuple[Expectation, ...]
    path: Path
    tree: Mapping

    def place(self, *steps: str | int) -> Place:
        """Where in its file the edition says something, by keys and indexes."""
        return place_of(self.tree, self.path, *steps)

    def columns(self) -> Iterator[Column]:
        """All columns of all groups, in the order printed."""
        for group in self.groups:
            yield from group.columns


def read_edition(folders: EditionFolders) -> tuple[Edition | None, list[Problem]]:
    """Read and check `edition.yaml`; None with every reason where it cannot be used."""
    path = folders.edition_file
    tree, problems = read_yaml(path)
    if tree is None:
        return None, problems
    model, more = validate(EditionFile, tree, path)
    problems += more
    if model is None:
        return None, problems
    problems += _Checks(model, tree, path).problems(folders.year)
    if problems:
        return None, problems
    return _edition(model, tree, path), []


class _Checks:
    """What a schema cannot say: how the parts of an edition fit each other."""

    def __init__(self, model: EditionFile, tree: Mapping, path: Path) -> None:
        self.model = model
        self.tree = tree
        self.path = path
        self.found: list[Problem] = []

    def problems(self, year: int) -> list[Problem]:
        if self.model.year != year:
            self._say(f"found {self.model.year}; the folder says {year}", "year")
        self._language()
        self._sections()
        for group in self.model.figures:
            self._group(group)
        for group, rule in self.model.usually.items():
            self._expectation(group, rule.at_most)
        for group, figures in self.model.national.items():
            self._known_group(group, "national", group)
            for column in figures if group in self.model.figures else ():
                self._known_column(group, column, "national", group, column)
        return self.found

    def _say(self, message: str, *steps: str | int) -> None:
        where = ".".join(str(s + 1) if isinstance(s, int) else s for s in steps)
        self.found.append(Problem(place_of(self.tree, self.path, *steps), message, where))

    def _language(self) -> None:
        try:
            Locale.parse(self.model.language, sep="-")
        except (ValueError, UnknownLocaleError):
            found = self.model.language
            self._say(f'found "{found}"; expected a language, such as en-GB', "language")

    def _sections(self) -> None:
        seen = set()
        for number, section in enumerate(self.model.sections):
            if section in {"opening", "closing", "report"}:
                message = f'"{section}" names a fixed part of the letter; choose another name'
                self._say(message, "sections", number)
            if section in seen:
                self._say(f'"{section}" is listed twice; remove one', "sections", number)
            seen.add(section)

    def _group(self, group: str) -> None:
        if group in RESERVED_GROUPS:
            self._say("this name has a meaning of its own; choose another", "figures", group)
        self._printed_as_it_stands(self.model.figures[group].title, "figures", group, "title")
        heads: list[str | None] = [None]
        for name, column in self.model.figures[group].columns.items():
            at = ("figures", group, "columns", name)
            if column.under is not None and column.under != heads[-1] and column.under in heads:
                message = f'the columns under "{column.under}" must stand side by side'
                self._say(message, *at, "under")
            heads.append(column.under)
            self._column(group, column, at)

    def _column(self, group: str, column: ColumnFile, at: tuple[str, ...]) -> None:
        for key in ("label", "under", "none"):
            self._printed_as_it_stands(getattr(column, key) or "", *at, key)
        if column.sum is not None and column.percent is not None:
            self._say("both a sum and a percentage; expected one of them", *at)
        if (column.percent is None) != (column.of is None):
            missing, given = ("of", "percent") if column.of is None else ("percent", "of")
            self._say(f"{missing} is missing beside {given}", *at)
        if column.none is not None and column.percent is None:
            self._say("only a percentage can have nothing to be a part of", *at, "none")
        if column.percent is not None:
            self._known_count(group, column.percent, *at, "percent")
        for key, names in (("sum", column.sum), ("of", column.of)):
            for number, name in enumerate(names or ()):
                self._known_count(group, name, *at, key, number)
        if column.of == []:
            self._say("empty; expected at least one count", *at, "of")

    def _printed_as_it_stands(self, text: str, *at: str) -> None:
        if "{{" in text:
            self._say("placeholders are not filled in here; write the words themselves", *at)

    def _expectation(self, group: str, at_most: str) -> None:
        self._known_group(group, "usually", group)
        other, _, name = at_most.partition(".")
        if other not in self.model.figures or not name:
            known = self._dotted()
            message = f'"{at_most}" is no figure{did_you_mean(at_most, known)}'
            self._say(message, "usually", group, "at_most")
        else:
            self._known_column(other, name, "usually", group, "at_most")

    def _dotted(self) -> list[str]:
        return [f"{g}.{c}" for g, group in self.model.figures.items() for c in group.columns]

    def _known_group(self, group: str, *at: str | int) -> None:
        if group not in self.model.figures:
            self._say(f'no group "{group}"{did_you_mean(group, self.model.figures)}', *at)

    def _known_column(self, group: str, name: str, *at: str | int) -> None:
        columns = self.model.figures[group].columns
        if name not in columns:
            self._say(f'{group} has no column "{name}"{did_you_mean(name, columns)}', *at)

    def _known_count(self, group: str, name: str, *at: str | int) -> None:
        counts = [
            key
            for key, column in self.model.figures[group].columns.items()
            if column.sum is None and column.percent is None
        ]
        if name not in counts:
            self._say(f'{group} has no count "{name}"{did_you_mean(name, counts)}', *at)


def _edition(model: EditionFile, tree: Mapping, path: Path) -> Edition:
    return Edition(
        year=model.year,
        language=model.language,
        subject=model.subject,
        letter_date=model.letter_date,
        period_end=model.period_end,
        signatory=model.signatory.name,
        offices=tuple(model.signatory.offices),
        sections=tuple(model.sections),
        kinds={key: kind.noun for key, kind in model.kinds.items()},
        words=model.words,
        groups=tuple(_group(group, model, tree, path) for group in model.figures),
        expectations=tuple(
            Expectation(group, (rule.at_most.split(".")[0], rule.at_most.split(".")[1]))
            for group, rule in model.usually.items()
        ),
        path=path,
        tree=tree,
    )


def _group(group: str, model: EditionFile, tree: Mapping, path: Path) -> Group:
    file = model.figures[group]
    counts = tuple(
        key for key, column in file.columns.items() if column.sum is None and not column.percent
    )
    columns = []
    for name, column in file.columns.items():
        kind = Kind.COUNT
        parts: tuple[str, ...] = ()
        if column.sum is not None:
            kind, parts = Kind.SUM, tuple(column.sum) or counts
        elif column.percent is not None:
            kind, parts = Kind.PERCENT, tuple(column.of or ())
        columns.append(
            Column(
                group=group,
                id=name,
                label=column.label,
                kind=kind,
                under=column.under,
                parts=parts,
                numerator=column.percent,
                none=column.none or "N/A",
                place=place_of(tree, path, "figures", group, "columns", name),
            )
        )
    place = place_of(tree, path, "figures", group, "title")
    return Group(group, file.title, tuple(columns), place)
