"""An edition: the facts of one year, and the plan of its figures, checked and located."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.edition.edition_checks import EditionChecks
from generator.edition.edition_file import EditionFile, OutliersFile, WordsFile, edition_model
from generator.edition.explain import place_of, valid_parts, validate
from generator.edition.figure_kind import FigureKind
from generator.edition.typeface import Typeface
from generator.edition.yaml_tree import YamlMapping, read_yaml
from generator.problems import Place, Problem
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class Column:
    """One column of a table, as the edition plans it."""

    group: str
    id: str
    label: str
    kind: FigureKind
    header_group: str | None
    """The spanning head over this column, if any."""
    parts: tuple[str, ...]
    """The ids of the counts it is worked out from: that a sum adds up, a rate is taken of."""
    numerator: str | None
    none: str
    """Printed for a rate of nothing."""
    place: Place = field(compare=False)

    @property
    def needs(self) -> tuple[str, ...]:
        """The ids of all counts that it is worked out from."""
        numerator = (self.numerator,) if self.numerator else ()
        return tuple(dict.fromkeys([*numerator, *self.parts]))

    def work_out(self, counts: Mapping[str, int]) -> int | None:
        """Its value, from counts by id, of which those it needs are there."""
        numerator = counts[self.numerator] if self.numerator else None
        return self.kind.work_out(numerator, [counts[part] for part in self.parts])

    def state(self, value: int | None) -> str:
        """A value that is supplied, as an authority's file states it."""
        return self.none if value is None else self.kind.state(value)


@dataclass(frozen=True)
class Group:
    """One table: its title and its columns in the order printed."""

    id: str
    title: str
    columns: tuple[Column, ...]
    place: Place = field(compare=False)

    @property
    def counts(self) -> tuple[Column, ...]:
        """The columns whose figures are given, not worked out."""
        return tuple(column for column in self.columns if column.kind.is_given)


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
    typeface: Typeface
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
    national: dict[str, dict[str, int | None]]
    """Published figures for the whole country, by group and column; None: not yet supplied."""
    outliers: OutliersFile | None
    """What is worth a look against last year; None where the edition does not say."""
    aliases: dict[tuple[str, str], tuple[str, ...]]
    """Other labels of columns in spreadsheets, by group and column; no letter depends on them."""
    path: Path
    tree: YamlMapping

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
    model, more = validate(edition_model(), tree, path)
    problems += more
    parts = valid_parts(edition_model(), tree, model)
    problems += EditionChecks(parts, tree, path).problems(folders.year)
    if model is None or problems:
        return None, sorted(problems)
    return _edition(model, tree, path), []


def _edition(model: EditionFile, tree: YamlMapping, path: Path) -> Edition:
    return Edition(
        year=model.year,
        language=model.language,
        typeface=model.typeface,
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
        national=model.national,
        outliers=model.outliers,
        aliases={
            (group, id_): tuple(column.aliases)
            for group, file in model.figures.items()
            for id_, column in file.columns.items()
        },
        path=path,
        tree=tree,
    )


def _group(group: str, model: EditionFile, tree: YamlMapping, path: Path) -> Group:
    file = model.figures[group]
    counts = [key for key, column in file.columns.items() if column.kinds[0].is_given]
    columns = []
    for name, column in file.columns.items():
        (kind,) = column.kinds
        numerator, parts = kind.parts(column.said(kind), counts)
        columns.append(
            Column(
                group=group,
                id=name,
                label=column.label,
                kind=kind,
                header_group=column.under,
                parts=parts,
                numerator=numerator,
                none=column.none or "N/A",
                place=place_of(tree, path, "figures", group, "columns", name),
            )
        )
    place = place_of(tree, path, "figures", group, "title")
    return Group(group, file.title, tuple(columns), place)
