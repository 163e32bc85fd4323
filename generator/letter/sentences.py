"""Passages: the sentences of an edition's wording, and which of them name a year or a number.

Read from the files as they stand, also where their Markdown is not in order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.edition.figure_kinds import figure_kinds
from generator.edition.folder import files_in
from generator.edition.source_text import read_source
from generator.edition.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, read_yaml
from generator.letter.numbers import named_in
from generator.problems import Place
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class LocatedSentence:
    """A sentence of wording, a heading, or a fixed word of the edition, on one line."""

    words: str
    place: Place
    """Of the first year or number that it names; where it names none, of its beginning."""
    names: tuple[str, ...]
    """The years and numbers that it names, as it writes them."""


def passages(folders: EditionFolders) -> list[LocatedSentence]:
    """All passages of an edition, file by file; a file that cannot be read has none."""
    found: list[LocatedSentence] = []
    for folder in (folders.sections, folders.report, folders.inserts):
        for path in (files_in(folder, (".md",), "")[0] or {}).values():
            text, _ = read_source(path)
            found += _of_markdown(text or "", path)
    tree, _ = read_yaml(folders.edition_file)
    return found + (_of_edition(tree, folders.edition_file) if tree else [])


_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?:.*\n)*?---[^\S\n]*(?:\n|\Z)")
_PARAGRAPH = re.compile(
    r"^[ ]*(?:\#+\s+|[-*+][ ]+|\d+[.)][ ]+)?"  # what makes it a heading or an item is not its words
    r"(?P<words>\S.*(?:\n(?![ ]*(?:\#|[-*+][ ]|\d+[.)][ ]|\n|\Z)).*\S.*)*)",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"\S(?:.*?[.!?][”’\"')*_\]]*(?=\s+[^\sa-z])|.*\S|)", re.DOTALL)


def _of_markdown(text: str, path: Path) -> list[LocatedSentence]:
    front = _FRONT_MATTER.match(text)
    found = []
    for paragraph in _PARAGRAPH.finditer(text, front.end() if front else 0):
        for sentence in _SENTENCE.finditer(text, *paragraph.span("words")):
            named = list(named_in(sentence[0]))
            start = sentence.start() + (named[0].start() if named else 0)
            line = text.count("\n", 0, start) + 1
            place = Place(path, line, start - text.rfind("\n", 0, start))
            words = " ".join(sentence[0].split())
            found.append(LocatedSentence(words, place, tuple(n[0] for n in named)))
    return found


_PRINTED = ("subject", "signatory", "words", "figures")


def _of_edition(tree: YamlMapping, path: Path) -> list[LocatedSentence]:
    """The words in `edition.yaml` that a letter prints."""
    return [
        LocatedSentence(
            words=" ".join(scalar.text.split()),
            place=Place(path, scalar.line, scalar.column),
            names=tuple(n[0] for n in named_in(scalar.text)),
        )
        for key in _PRINTED
        if key in tree.entries
        for scalar in _scalars(tree.entries[key])
    ]


def _scalars(node: YamlNode) -> Iterator[YamlScalar]:
    not_printed = {key for kind in figure_kinds() for key in kind.column_keys()} | {"aliases"}
    match node:
        case YamlMapping():
            for key, value in node.entries.items():
                if key not in not_printed:
                    yield from _scalars(value)
        case YamlSequence():
            for item in node.items:
                yield from _scalars(item)
        case YamlScalar():
            yield node
