"""The headers of a table: what stands over each column, and what that means."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import groupby, product
from operator import itemgetter
from pathlib import Path
from typing import Any

from generator.edition.edition import Edition
from generator.edition.people import role_in_words
from generator.edition.yaml_tree import YamlScalar, describe, read_yaml, shown
from generator.plain_text import single_spaced
from generator.problems import Place, Problem, Severity, did_you_mean, with_option
from generator.spreadsheets.cells import Sheet

AUTHORITY = "authority"
IGNORE = "ignore"
KIND = "kind"
ADDRESSEE = ("name", "office", "salutation", "email")
"""What a list may tell of an addressee."""
COPIES = "copies"
COPY_PARTS = ("name", "office", "email")
"""What a list may tell of one to whom a copy goes."""

Target = str
"""What a column holds: `received.housing`, `authority`, `addressee.name`, `ignore`."""
Key = tuple[str, ...]


@cache
def key_of(label: str) -> Key:
    """What two labels have in common that mean the same column."""
    text = unicodedata.normalize("NFKC", label).casefold().replace("&", " and ")
    text = re.sub("['\u2018\u2019\u02bc]", "", text).replace("e-mail", "email")
    words = re.findall(r"[^\W_]+|%", text)
    return tuple(sorted("percent" if word == "%" else word for word in words if word != "and"))


@cache
def _usual_labels() -> Any:
    """The labels of columns that are the same in every edition: words of offices, kept as data."""
    file = files("generator.spreadsheets") / "column_labels.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def targets_of(edition: Edition) -> list[Target]:
    """Everything that a column may be said to hold."""
    figures = [f"{column.group}.{column.id}" for column in edition.columns()]
    addressee = [f"addressee.{part}" for part in ADDRESSEE]
    copies = [f"{COPIES}.{role}.{part}" for role in edition.copies for part in COPY_PARTS]
    return [AUTHORITY, IGNORE, KIND, *addressee, *copies, *figures]


@dataclass(frozen=True)
class MappedLabel:
    """A label that a person has said the meaning of, perhaps of one sheet only."""

    label: str
    """Blank where the whole sheet is meant, which is then ignored."""
    target: Target
    place: Place
    sheet: str = ""

    def is_of(self, sheet: Sheet) -> bool:
        """Whether it is said of this sheet, or of the file that is one."""
        names = (sheet.name, sheet.path.stem, sheet.path.name)
        return self.sheet.casefold() in map(str.casefold, names)


def read_mapping(
    path: Path | None, targets: list[Target]
) -> tuple[list[MappedLabel], list[Problem]]:
    """What a mapping file says; `targets` are all that a column may hold."""
    if path is None:
        return [], []
    tree, problems = read_yaml(path)
    labels: list[MappedLabel] = []
    for said, node in tree.entries.items() if tree else ():
        sheet, _, label = said.rpartition("!")
        place = Place(path, node.line, node.column)
        if not label and isinstance(node, YamlScalar) and node.text != IGNORE:
            message = f"found {describe(node)}; expected ignore, the only value for a sheet"
            problems.append(Problem(place, message, shown(said)))
        elif not isinstance(node, YamlScalar) or node.text not in targets:
            hint = did_you_mean(node.text, targets) if isinstance(node, YamlScalar) else ""
            expected = hint or "; expected authority, ignore, addressee.name or such as"
            example = "" if hint else f" {targets[-1]}"
            message = f"found {describe(node)}, which no column can hold{expected}{example}"
            problems.append(Problem(place, message, shown(said)))
        else:
            labels.append(MappedLabel(label, node.text, place, sheet))
    return labels, problems


@dataclass(frozen=True)
class ColumnVocabulary:
    """What the labels of a sheet are read by: those of an edition, and those of a mapping file."""

    edition: Edition
    mapped: Sequence[MappedLabel] = ()

    @cached_property
    def _known(self) -> Mapping[Key, set[Target]]:
        """What each label may mean; most mean one thing, "Total" several."""
        known: dict[Key, set[Target]] = {}
        for _, ranked in groupby(sorted(self._labels()), key=itemgetter(0)):
            level: dict[Key, set[Target]] = {}
            for _, label, target in ranked:
                level.setdefault(key_of(label), set()).add(target)
            known |= level
        return known

    def _labels(self) -> Iterator[tuple[int, str, Target]]:
        """Labels and their targets; one that is printed, ranked 2, counts before all others."""
        roles = {
            role: {role_in_words(role), said.label or role_in_words(role)}
            for role, said in self.edition.copies.items()
        }
        for target, labels in _usual_labels().items():
            for role, names in roles.items() if "{role}" in target else [("", {""})]:
                for label, name in product(labels, names):
                    yield 2, label.format(role=name), target.format(role=role)
        for group in self.edition.groups:
            counts = {count.address for count in group.counts}
            for column in group.columns:
                target = f"{group.id}.{column.id}"
                own = [column.label, *column.aliases]
                own += column.kind.labels([*own, column.id], of_all=set(column.parts) == counts)
                yield from ((2, label, target) for label in own)
                yield 1, column.id, target
                for of, label in product((group.id, group.name), (*own, column.id)):
                    yield 0, f"{of} {label}", target

    def known(self, label: str) -> set[Target]:
        """All that a label may mean in every sheet; nothing for one that is not known."""
        key = key_of(label)
        return self._known.get(key, set()) if key else set()

    def said_of(self, label: str, sheet: Sheet) -> MappedLabel | None:
        """What a column of this label holds in this sheet, where the mapping file says it."""
        key = key_of(label)
        said = [mapped for mapped in self.mapped if key_of(mapped.label) == key]
        own = [mapped for mapped in said if mapped.is_of(sheet)]
        return next(iter(own or [mapped for mapped in said if not mapped.sheet]), None)

    def ignored(self, sheet: Sheet) -> MappedLabel | None:
        """What the mapping file says to ignore a whole sheet, where it does."""
        whole = (mapped for mapped in self.mapped if mapped.sheet and not mapped.label)
        return next((mapped for mapped in whole if mapped.is_of(sheet)), None)

    def unused(self, used: Iterable[MappedLabel]) -> list[Problem]:
        """A warning for each line of the mapping file that no sheet has: it may be mistyped."""
        label, sheet = "no table has a column with this label", "no such sheet"
        seen = set(used)
        return [
            Problem(
                m.place,
                label if m.label else sheet,
                m.label or m.sheet,
                Severity.WARNING,
                "unused-mapping",
            )
            for m in self.mapped
            if m not in seen
        ]

    def may_be(self, label: str, sheet: Sheet) -> set[Target]:
        """All that a label may mean: what the mapping file says, else what is known."""
        mapped = self.said_of(label, sheet)
        return {mapped.target} if mapped else self.known(label)

    def is_figure(self, target: Target) -> bool:
        """Whether a column of this kind holds figures."""
        return target.partition(".")[0] in {group.id for group in self.edition.groups}

    def names_figure(self, label: str) -> bool:
        """Whether a text is the label of a figure."""
        return any(map(self.is_figure, self.known(label)))

    def are_headers(self, labels: Iterable[str]) -> bool:
        """Whether several of these texts are labels of figures."""
        return sum(map(self.names_figure, labels)) > 1


def texts_in(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts in a row, by column."""
    return {
        column: cell.value
        for column in sheet.columns
        if (cell := sheet.cells.get((row, column))) and isinstance(cell.value, str)
    }


def headers_in(sheet: Sheet, row: int) -> dict[int, str]:
    """The headers of a row by column; one that spans rows, or stands one row higher, counts too."""
    headers = {}
    for column in sheet.columns:
        area = sheet.area_over(row, column)
        at = (row, column)
        if area is not None:
            at = (area.min_row, area.min_col) if area.min_col == column else (0, 0)
        elif at not in sheet.cells and not sheet.area_over(row - 1, column):
            at = (row - 1, column)
        header = sheet.cells.get(at)
        if header is not None and isinstance(header.value, str):
            headers[column] = single_spaced(header.value)
    return headers


def meant_by(
    sheet: Sheet, row: int, headers: Mapping[int, str], terms: ColumnVocabulary
) -> tuple[dict[int, Target], list[Problem]]:
    """What each column holds; a label that may mean several things is clear by its company."""
    may_be = {number: terms.may_be(label, sheet) for number, label in headers.items()}
    clear = {t for targets in may_be.values() if len(targets) == 1 for t in targets}
    groups = set(groups_of(clear, terms))
    meant, problems = {}, []
    for number, targets in may_be.items():
        fitting = set(targets)
        if len(targets) > 1:
            fitting = {
                t for t in targets if not terms.is_figure(t) or t.partition(".")[0] in groups
            }
            fitting -= {AUTHORITY} if AUTHORITY in clear else {"addressee.name"}
        if len(fitting) > 1:
            message = (
                f'"{shown(headers[number])}" could be {" or ".join(sorted(fitting))}; put each '
                "table on its own sheet"
            )
            place = sheet.place(row, number)
            problems.append(with_option(place, message, ", or say which it is (--mapping)"))
        elif fitting:
            meant[number] = fitting.pop()
    return meant, problems


def groups_of(targets: set[Target], terms: ColumnVocabulary) -> tuple[str, ...]:
    """The groups of which at least one given figure is among these."""
    return tuple(
        group.id
        for group in terms.edition.groups
        if any(f"{group.id}.{column.id}" in targets for column in group.given)
    )
