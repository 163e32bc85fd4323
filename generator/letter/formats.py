"""Values as a reader sees them: figures, dates and names in the edition's language.

What was written once is remembered: in the figures of hundreds of letters the same small numbers
come again and again, and babel takes its time over each.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from generator.edition.figure_kinds import figure_kinds
from generator.edition.figures import Figure
from generator.edition.load import files_in
from generator.edition.number_formats import locale_of
from generator.edition.source_text import read_source
from generator.edition.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, read_yaml
from generator.problems import Place
from generator.white_space import single_spaced
from generator.workspace import EditionFolders

_TENS = "(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
_TEENS = "(?:thir|four|fif|six|seven|eigh|nine)teen"
_UNITS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_FIGURES = r"[£$€]?\w*\d(?:[\w.,/%–-]*[\w%])?"
_TIMES = (
    r"\b(?:last|next|previous|past|coming|following)\s+(?:\w+\s+)?(?:year|month)s?\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|tenth)\s+(?:time|year)\b"
)
_SPELT_OUT = (
    r"\b(?:a|one|two|three)[\s-](?:third|quarter|fifth|tenth)s?\b"
    rf"|\b(?:{_UNITS}|{_TEENS}|{_TENS}(?:-\w+)?)\b"
    r"|\b(?:(?:hundred|thousand|million|dozen)s?|half|twice)\b"
)
_NUMBER = re.compile(f"{_FIGURES}|{_SPELT_OUT}", re.IGNORECASE)
_NUMBER_OR_TIME = re.compile(f"{_FIGURES}|{_TIMES}|{_SPELT_OUT}", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"{{.*?}}", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>)\]]*")


def numbers_in(words: str) -> Iterator[re.Match[str]]:
    """The numbers in some words: in figures or spelt out.

    "One" is none: mostly it counts nothing. Of an address only a year counts.
    """
    return _NUMBER.finditer(_bare(words))


def named_in(words: str) -> Iterator[re.Match[str]]:
    """The years and numbers in some words, and times such as "last year".

    "This year" is none: it is as true next year.
    """
    return _NUMBER_OR_TIME.finditer(_bare(words))


def _bare(words: str) -> str:
    """The words with spaces in place of placeholders and addresses."""
    bare = _PLACEHOLDER.sub(lambda found: " " * len(found[0]), words)
    return _ADDRESS.sub(lambda found: _only_years(found[0]), bare)


def _only_years(address: str) -> str:
    years = [m.span() for m in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", address)]
    return "".join(
        character if any(start <= at < end for start, end in years) else " "
        for at, character in enumerate(address)
    )


GAP = "[?]"
"""Stands where a value is not yet supplied: in previews and drafts, never in a letter."""


def figure(given: Figure, language: str) -> str:
    """A figure as printed; the edition's word for a rate of nothing, a gap where not supplied."""
    if not given.supplied:
        return GAP
    if given.value is None:
        return given.column.none
    return given.column.kind.print(given.value, language)


@cache
def long_date(day: datetime.date, language: str) -> str:
    """A day in words: 18 July 2018."""
    return str(format_date(day, format="long", locale=locale_of(language)))


@cache
def numeric_date(day: datetime.date, language: str) -> str:
    """A day in figures: 31/03/2018."""
    return str(format_skeleton("yMd", day, locale=locale_of(language)))


def names(several: tuple[str, ...], language: str) -> str:
    """Names in a row, as the language joins them: A and B."""
    return str(format_list(several, locale=locale_of(language)))


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
            words = single_spaced(sentence[0])
            found.append(LocatedSentence(words, place, tuple(n[0] for n in named)))
    return found


_PRINTED = ("subject", "signatory", "words", "letterhead", "figures")
_NOT_PRINTED = {"letterhead": {"file", "width", "decorative", "sender"}}
"""Below a key, what is no words, and an address, whose numbers are those of every year."""


def _of_edition(tree: YamlMapping, path: Path) -> list[LocatedSentence]:
    """The words in `edition.yaml` that a letter prints."""
    return [
        LocatedSentence(
            words=single_spaced(scalar.text),
            place=Place(path, scalar.line, scalar.column),
            names=tuple(n[0] for n in named_in(scalar.text)),
        )
        for key in _PRINTED
        if key in tree.entries
        for scalar in _scalars(tree.entries[key], _not_printed(key))
    ]


def _not_printed(key: str) -> set[str]:
    """The keys below one of `edition.yaml` that say no words of a year."""
    kinds = (kind_key for kind in figure_kinds() for kind_key in kind.column_keys())
    return _NOT_PRINTED.get(key) or {*kinds, "aliases"}


def _scalars(node: YamlNode, not_printed: set[str]) -> Iterator[YamlScalar]:
    match node:
        case YamlMapping():
            for key, value in node.entries.items():
                if key not in not_printed:
                    yield from _scalars(value, not_printed)
        case YamlSequence():
            for item in node.items:
                yield from _scalars(item, not_printed)
        case YamlScalar():
            yield node
