"""The optional mapping file: what columns hold whose labels tell nobody but the office.

A YAML file with a line for each label: `Env & PP: received.environment_services`. Where sheets
disagree about a label, the sheet's name goes before it: `Decided!Total: decided.total`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.edition.yaml_tree import YamlScalar, describe, read_yaml, shown
from generator.problems import Place, Problem, Severity, did_you_mean
from generator.spreadsheets.labels import Key, Target, key_of
from generator.spreadsheets.sheets import Sheet


@dataclass(frozen=True)
class MappedLabel:
    """A label that a person has said the meaning of, perhaps of one sheet only."""

    label: str
    target: Target
    place: Place
    sheet: str = ""


@dataclass(frozen=True)
class ColumnMapping:
    """What a mapping file says; nothing where there is none."""

    labels: tuple[MappedLabel, ...] = ()

    def of(self, label: str, sheet: Sheet) -> MappedLabel | None:
        """What a column of this label holds in this sheet, where that is said."""
        key: Key = key_of(label)
        names = {sheet.name.casefold(), sheet.path.stem.casefold(), sheet.path.name.casefold()}
        known = [mapped for mapped in self.labels if key_of(mapped.label) == key]
        own = [mapped for mapped in known if mapped.sheet.casefold() in names]
        return next(iter(own or [mapped for mapped in known if not mapped.sheet]), None)

    def unused(self, used: Iterable[MappedLabel]) -> list[Problem]:
        """A warning for each label that no sheet has: it may be mistyped."""
        seen = set(used)
        return [
            Problem(
                m.place,
                "no table has a column of this label",
                m.label,
                Severity.WARNING,
                "unused-mapping",
            )
            for m in self.labels
            if m not in seen
        ]


def read_mapping(path: Path | None, targets: list[Target]) -> tuple[ColumnMapping, list[Problem]]:
    """What a mapping file says; `targets` are all that a column may hold."""
    if path is None:
        return ColumnMapping(), []
    tree, problems = read_yaml(path)
    labels = []
    for said, node in tree.entries.items() if tree else ():
        sheet, _, label = said.rpartition("!")
        place = Place(path, node.line, node.column)
        if not isinstance(node, YamlScalar) or node.text not in targets:
            hint = did_you_mean(node.text, targets) if isinstance(node, YamlScalar) else ""
            expected = hint or "; expected authority, ignore, addressee.name or such as"
            example = "" if hint else f" {targets[-1]}"
            message = f"found {describe(node)}, which no column can hold{expected}{example}"
            problems.append(Problem(place, message, shown(said)))
        else:
            labels.append(MappedLabel(label, node.text, place, sheet))
    return ColumnMapping(tuple(labels)), problems
