"""The fields of one authority: what of its file is filled in, and the figures worked out beside.

They are found in the file's tree and not in the model, so that a file with a mistake in it can be
mended; a text that is given in several languages has a field for each.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.edition.edition import Edition
from generator.edition.figures import Figures
from generator.edition.groups import Column
from generator.edition.people import role_in_words
from generator.edition.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence
from generator.letter.figures_in_letters import typeset
from generator.preview.data_actions import Steps, node_at

_THOUSANDS = re.compile(r"[0-9]{1,3}([,\u00a0\u202f ][0-9]{3})+")


@dataclass(frozen=True)
class FormField:
    """A value that is filled in."""

    steps: Steps
    label: str
    value: str
    sort: str = "line"
    """`line`, `lines` of which each is an item of a list, `choice`, or `figure`."""
    choices: tuple[str, ...] = ()
    may_be_blank: bool = False
    under: str = ""
    """The head printed over this figure and its neighbours."""

    @property
    def key(self) -> str:
        """By what it is known, also to the problems with it: `addressee.office`."""
        return ".".join(self.steps)

    def said(self, text: str) -> str:
        """What was filled in, without the signs that people put into large numbers."""
        lines = [" ".join(line.split()) for line in text.splitlines()]
        said = "\n".join(filter(None, lines))
        is_grouped = self.sort == "figure" and _THOUSANDS.fullmatch(said)
        return re.sub(r"[^0-9]", "", said) if is_grouped else said


@dataclass(frozen=True)
class WorkedOut:
    """A sum or a rate, which lives beside the figures that it is made of."""

    key: str
    label: str
    printed: str
    under: str = ""


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together: a person, or a table of figures."""

    title: str
    fields: tuple[FormField | WorkedOut, ...]


def field_groups(tree: YamlMapping, edition: Edition) -> tuple[FieldGroup, ...]:
    """All fields of an authority's file, as the letter has them one after the other."""
    first = []
    if len(edition.kinds) > 1:
        usual = "" if edition.compares_kinds else next(iter(edition.kinds))
        chosen = _text(node_at(tree, ("kind",))) or usual
        first.append(FormField(("kind",), "Kind", chosen, "choice", tuple(edition.kinds)))
    names = node_at(tree, ("addressee", "name"))
    sort = "lines" if isinstance(names, YamlSequence) else "line"
    lines = "\n".join(map(_text, names.items)) if isinstance(names, YamlSequence) else ""
    people = [
        FieldGroup(
            "Addressee",
            (
                *_texts(tree, ("addressee", "name"), "Name", sort=sort, value=lines),
                *_texts(tree, ("addressee", "office"), "Office"),
                *_texts(tree, ("addressee", "salutation"), "Greeted as", may_be_blank=True),
                *_texts(tree, ("addressee", "email"), "Email", may_be_blank=True),
            ),
        )
    ]
    for role, said in edition.copies.items():
        steps = ("copies", role)
        fields = [
            field
            for key, label in (("name", "Name"), ("office", "Office"), ("email", "Email"))
            for field in _texts(tree, (*steps, key), label, may_be_blank=True)
        ]
        label = (said.label or role_in_words(role)).lower()
        people.append(FieldGroup(f"Copy to the {label}", tuple(fields)))
    figures = figures_of(tree, edition)
    tables = (
        FieldGroup(
            group.name,
            tuple(_figure(column, tree, edition, figures) for column in group.columns),
        )
        for group in edition.groups
    )
    return (*([FieldGroup("Authority", tuple(first))] if first else []), *people, *tables)


def filled_in(groups: tuple[FieldGroup, ...]) -> Iterator[FormField]:
    """Those of them that are filled in."""
    return (f for group in groups for f in group.fields if isinstance(f, FormField))


def figures_of(tree: YamlMapping, edition: Edition) -> Figures:
    """All figures that a file tells, as far as those that it gives are numbers."""
    given = {
        column.address: column.kind.read_stated(_text(node_at(tree, column.address)))
        for column in edition.columns()
        if column.kind.is_given
    }
    return Figures(edition, given, {})


def worked_out(tree: YamlMapping, edition: Edition) -> Mapping[str, str]:
    """The sums and rates of a file as they are printed, by their keys."""
    groups = field_groups(tree, edition)
    return {f.key: f.printed for g in groups for f in g.fields if isinstance(f, WorkedOut)}


def _texts(tree: YamlMapping, steps: Steps, label: str, **more: object) -> Iterator[FormField]:
    node = node_at(tree, steps)
    if isinstance(node, YamlMapping):
        for language, said in node.entries.items():
            yield FormField((*steps, language), f"{label} ({language})", _text(said))
        return
    value = more.pop("value", "") or _text(node)
    yield FormField(steps, label, str(value), **more)  # type: ignore[arg-type]


def _figure(
    column: Column, tree: YamlMapping, edition: Edition, figures: Figures
) -> FormField | WorkedOut:
    under = column.header_group or ""
    if column.kind.is_given:
        value = _text(node_at(tree, column.address))
        return FormField(
            column.address, column.label, value, "figure", may_be_blank=True, under=under
        )
    printed = typeset(figures[column.address].printed(edition.language))
    return WorkedOut(".".join(column.address), column.label, printed, under)


def _text(node: YamlNode | None) -> str:
    is_text = isinstance(node, YamlScalar) and not (node.plain and node.text == "null")
    return node.text if is_text and isinstance(node, YamlScalar) else ""
