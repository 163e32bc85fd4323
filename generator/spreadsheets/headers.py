"""The heads of a table: what stands over each column, and what that means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.edition.edition import Edition
from generator.edition.yaml_tree import shown
from generator.problems import Problem
from generator.spreadsheets.labels import AUTHORITY, Labels, Target
from generator.spreadsheets.mapping import ColumnMapping
from generator.spreadsheets.sheets import Sheet


@dataclass(frozen=True)
class ColumnVocabulary:
    """What the labels of a sheet are read by."""

    edition: Edition
    labels: Labels
    said: ColumnMapping

    def may_be(self, label: str, sheet: Sheet) -> frozenset[Target]:
        """All that a label may mean: what the mapping file says, else what is known."""
        mapped = self.said.of(label, sheet)
        return frozenset({mapped.target}) if mapped else self.labels.of(label)

    def is_figure(self, target: Target) -> bool:
        """Whether a column of this kind holds figures."""
        return target.partition(".")[0] in {group.id for group in self.edition.groups}

    def are_heads(self, labels: Iterable[str]) -> bool:
        """Whether several of these texts are labels of figures."""
        return sum(any(map(self.is_figure, self.labels.of(label))) for label in labels) > 1


def texts_in(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts in a row, by column."""
    return {
        column: cell.value
        for column in sheet.columns
        if (cell := sheet.cells.get((row, column))) and isinstance(cell.value, str)
    }


def heads_in(sheet: Sheet, row: int) -> dict[int, str]:
    """The heads of a row by column; one that spans rows, or stands one row higher, counts too."""
    heads = {}
    for column in sheet.columns:
        area = sheet.area_over(row, column)
        at = (row, column)
        if area is not None:
            at = (area.first_row, area.first_column) if area.first_column == column else (0, 0)
        elif at not in sheet.cells and not sheet.area_over(row - 1, column):
            at = (row - 1, column)
        head = sheet.cells.get(at)
        if head is not None and isinstance(head.value, str):
            heads[column] = " ".join(head.value.split())
    return heads


def meant_by(
    sheet: Sheet, row: int, heads: Mapping[int, str], terms: ColumnVocabulary
) -> tuple[dict[int, Target], list[Problem]]:
    """What each column holds; a label that may mean several things is clear by its company."""
    may_be = {number: terms.may_be(label, sheet) for number, label in heads.items()}
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
                f'"{shown(heads[number])}" may be {" or ".join(sorted(fitting))}; say which in a '
                "mapping file (--mapping), or give each table a sheet of its own"
            )
            problems.append(Problem(sheet.place(row, number), message))
        elif fitting:
            meant[number] = fitting.pop()
    return meant, problems


def groups_of(targets: set[Target], terms: ColumnVocabulary) -> tuple[str, ...]:
    """The groups of which at least one count is among these."""
    return tuple(
        group.id
        for group in terms.edition.groups
        if any(f"{group.id}.{column.id}" in targets for column in group.counts)
    )
