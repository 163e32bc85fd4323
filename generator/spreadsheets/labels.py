"""The labels of columns: which of them mean what, in the many ways that sheets write them.

What a sheet calls a figure is known from the edition: its label, its id and its `aliases`. Case,
spaces, line ends, punctuation, "&" for "and" and the order of words make no difference.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from generator.edition.edition import Edition

AUTHORITY = "authority"
IGNORE = "ignore"
ADDRESSEE = ("name", "office", "salutation", "email", "kind")
"""What a list of addressees may tell; `kind` is that of the authority."""

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


@dataclass(frozen=True)
class Labels:
    """What each label may mean in an edition; most mean one thing, "Total" several."""

    targets: Mapping[Key, frozenset[Target]]

    def of(self, label: str) -> frozenset[Target]:
        """All that a label may mean; nothing for one that is not known."""
        key = key_of(label)
        return self.targets.get(key, frozenset()) if key else frozenset()


def labels_of(edition: Edition) -> Labels:
    """The labels that are known for the figures of an edition, its authorities and addressees."""
    found: dict[Key, set[Target]] = {}

    def know(labels: Iterable[str], target: Target) -> None:
        for label in labels:
            found.setdefault(key_of(label), set()).add(target)

    usual = _usual_labels()
    know(usual["authority"], AUTHORITY)
    for part, labels in usual["addressee"].items():
        know(labels, f"addressee.{part}")
    for group in edition.groups:
        for column in group.columns:
            own = [column.label, column.id, *edition.aliases[group.id, column.id]]
            of_all = set(column.parts) == {count.id for count in group.counts}
            own += column.kind.labels(own, of_all=of_all)
            in_group = [f"{of} {label}" for of in (group.id, group.title) for label in own]
            know([*own, *in_group], f"{group.id}.{column.id}")
    return Labels({key: frozenset(targets) for key, targets in found.items()})


@cache
def _usual_labels() -> Any:
    """The labels of columns that are the same in every edition: words of offices, kept as data."""
    file = files("generator.spreadsheets") / "column_labels.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def targets_of(edition: Edition) -> list[Target]:
    """Everything that a column may be said to hold."""
    figures = [f"{column.group}.{column.id}" for column in edition.columns()]
    return [AUTHORITY, IGNORE, *(f"addressee.{part}" for part in ADDRESSEE), *figures]
