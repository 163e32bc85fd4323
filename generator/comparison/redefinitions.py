"""How the sums and rates of an edition are worked out, and whether two editions do it alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.edition.edition import Edition
from generator.edition.groups import Column
from generator.problems import Place


@dataclass(frozen=True)
class Definition:
    """What a column says of how it is worked out: under each key a text, and where it is said."""

    said: Mapping[str, tuple[str, Place]]

    def __str__(self) -> str:
        return ", ".join(f"{key}: {text}" for key, (text, _) in self.said.items())

    def place(self, key: str) -> Place:
        """Where it says what a key holds; where it begins, if it has no such key."""
        _, place = self.said.get(key) or next(iter(self.said.values()))
        return place


class Redefinition(NamedTuple):
    """Two definitions of one figure that say something else, and where."""

    texts: tuple[str, str]
    places: tuple[Place, Place]


def definition_of(edition: Edition, column: Column) -> Definition:
    """What a column says of how it is worked out."""
    said = {key: value for key, value in column.said(column.kind).items() if value is not None}
    return Definition(
        {key: (_text(value), edition.place(*column.steps, key)) for key, value in said.items()}
    )


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "all"
    return str(value)


def redefinition(old: Definition | None, new: Definition | None) -> Redefinition | None:
    """In what two definitions differ; nothing where they do not, or one is not known."""
    if old is None or new is None:
        return None
    texts = ({key: text for key, (text, _) in each.said.items()} for each in (old, new))
    was, is_ = texts
    odd = next((key for key in {**is_, **was} if was.get(key) != is_.get(key)), None)
    if odd is None:
        return None
    return Redefinition((str(old), str(new)), (old.place(odd), new.place(odd)))
