"""Texts in several languages: a data file as it reads in one of them.

An edition that lists `languages` gives a text in each, below the text's key. What is read of a file
is its tree in one language, in which no trace of the others is left, so that all else knows
texts alone; places stay those of the file.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from babel import Locale, UnknownLocaleError
from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.edition.data_files import (
    Steps,
    annotation_at,
    fields_of,
    models_in,
    place_of,
    where_of,
)
from generator.edition.values import SingleLineText, WordingText, reads_word
from generator.edition.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, shown
from generator.problems import Place, Problem, counted, did_you_mean

LANGUAGE = "[a-z]{2,3}(-[A-Z]{2})?"
_EXPECTED_LANGUAGE = "expected a language, such as en-GB"
Language = Annotated[str, reads_word(_EXPECTED_LANGUAGE, LANGUAGE)]
IN_LANGUAGES = "inLanguages"
"""The key that marks such a text in a JSON Schema, until it is written."""


@dataclass(frozen=True)
class InLanguages:
    """Rides on the type of a text that may be given in each language of an edition."""

    required: bool = True
    """Whether words alone, in no language in particular, are in one language only."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Mark it for the schemas that editors read."""
        return {**handler(core_schema), IN_LANGUAGES: True}


NameText = Annotated[SingleLineText, InLanguages(required=False)]
"""A name, which may be the same in all languages."""
PrintedText = Annotated[SingleLineText, InLanguages()]
PrintedWording = Annotated[WordingText, InLanguages()]


def file_stem(name: str, languages: Sequence[str], language: str) -> str:
    """A file's name in a language, without its ending: `introduction`, `introduction.cy`."""
    return name if not languages or language == languages[0] else f"{name}.{language}"


def whose(letter: str) -> str:
    """The slug of the authority whose letter it is, in whatever language: no slug has a dot."""
    return letter.partition(".")[0]


def not_a_language(text: str) -> str:
    """What is wrong with the name of a language; blank for one that Unicode knows."""
    try:
        known = str(Locale.parse(text, sep="-")).replace("_", "-")
    except (ValueError, UnknownLocaleError):
        known = ""
    is_known = known == text and re.fullmatch(LANGUAGE, text)
    return "" if is_known else f'found "{shown(text)}"; {_EXPECTED_LANGUAGE}'


def languages_listed(tree: YamlMapping, path: Path) -> tuple[dict[str, YamlScalar], list[Problem]]:
    """The languages that an edition lists, and where; and what is wrong with them."""
    said = tree.entries.get("languages")
    items = said.items if isinstance(said, YamlSequence) else []
    listed: dict[str, YamlScalar] = {}
    problems = []
    for item in (each for each in items if isinstance(each, YamlScalar)):
        message = not_a_language(item.text)
        if item.text in listed:
            message = f'"{item.text}" is listed twice; remove one'
        if message:
            problems.append(Problem(Place(path, item.line, item.column), message, "languages"))
        listed.setdefault(item.text, item)
    if listed and "language" in tree.entries:
        place = place_of(tree, path, "language")
        message = 'both "language" and "languages"; remove this line'
        problems.append(Problem(place, message, "language"))
    return listed, problems


def in_language(
    tree: YamlMapping, path: Path, model: type[BaseModel], languages: Sequence[str], language: str
) -> tuple[YamlMapping, list[Problem]]:
    """A file as it reads in one language, and each text that is not there in all of them.

    Without `languages` there is one, and nothing to choose from.
    """
    reader = _Reader(path, model, languages, language)
    return reader.entries(tree, ()), reader.problems


@dataclass
class _Reader:
    _path: Path
    _model: type[BaseModel]
    _languages: Sequence[str]
    _language: str
    problems: list[Problem] = field(default_factory=list)

    def entries(self, node: YamlMapping, steps: Steps) -> YamlMapping:
        entries = {key: self._read(value, (*steps, key)) for key, value in node.entries.items()}
        return YamlMapping(node.line, node.column, entries, node.keys)

    def _read(self, node: YamlNode, steps: Steps) -> YamlNode:
        text = _text_at(self._model, tuple(0 if isinstance(step, int) else step for step in steps))
        match node:
            case YamlMapping() if text and self._is_in_languages(node, text):
                return self._chosen(node, steps) if self._languages else self._unlisted(node)
            case YamlMapping():
                return self.entries(node, steps)
            case YamlSequence() if self._needs(text) and any(map(_is_words, node.items)):
                self._in_one_language(node, steps)
            case YamlSequence():
                items = [self._read(item, (*steps, n)) for n, item in enumerate(node.items)]
                return YamlSequence(node.line, node.column, items)
            case YamlScalar() if self._needs(text) and _is_words(node):
                self._in_one_language(node, steps)
        return node

    def _is_in_languages(self, node: YamlMapping, text: "_Text") -> bool:
        if not self._languages or not node.entries.keys() & set(self._languages):
            alike = (re.fullmatch(LANGUAGE, key) and key not in text.keys for key in node.entries)
            return not text.has_keys and bool(node.entries) and all(alike)
        return True

    def _needs(self, text: "_Text | None") -> bool:
        return bool(self._languages) and text is not None and text.mark.required

    def _unlisted(self, node: YamlMapping) -> YamlNode:
        """Texts in languages, of an edition that lists none: said once."""
        if not self.problems:
            message = "texts in several languages, but the edition lists none; expected"
            message += f' "languages: [{", ".join(node.entries)}]" in edition.yaml'
            self._say(message, node, ())
        return next(iter(node.entries.values()))

    def _chosen(self, node: YamlMapping, steps: Steps) -> YamlNode:
        for key, at in node.keys.items():
            if key not in self._languages:
                known = f"; expected {_listed(self._languages)}"
                hint = did_you_mean(key, self._languages) or known
                message = f'the edition has no language "{shown(key)}"{hint}'
                self._say(message, at, (*steps, key))
        there = [language for language in self._languages if language in node.entries]
        for language in self._languages if there else ():  # else all are said to be unknown
            if language not in there:
                message = f"given in {_listed(there)} only; write it in {language}, too"
                self._say(message, node, steps)
        if not there:
            return YamlScalar("", node.line, node.column, refused=True)
        lines = {language: _lines(node.entries[language]) for language in there}
        if len(set(lines.values())) > 1:
            said = ", ".join(f"{counted(n, 'line')} in {name}" for name, n in lines.items())
            self._say(f"{said}; write as many in each", node, steps)
        return node.entries[self._language if self._language in there else there[0]]

    def _in_one_language(self, node: YamlNode, steps: Steps) -> None:
        each = ", ".join(f"{language}: …" for language in self._languages)
        message = f"given in one language only; write it in each, below its key: {each}"
        self._say(message, node, steps)

    def _say(self, message: str, node: YamlNode, steps: Steps) -> None:
        place = Place(self._path, node.line, node.column)
        self.problems.append(Problem(place, message, where_of(steps)))


def _listed(languages: Iterable[str]) -> str:
    return " and ".join(languages)


def _is_words(node: YamlNode) -> bool:
    """Whether somebody speaks here: letters that are no placeholder's."""
    if not isinstance(node, YamlScalar) or node.refused:
        return False
    return any(map(str.isalpha, re.sub("{{.*?}}", "", node.text, flags=re.DOTALL)))


def _lines(node: YamlNode) -> int:
    return len(node.items) if isinstance(node, YamlSequence) else 1


@dataclass(frozen=True)
class _Text:
    mark: InLanguages
    keys: frozenset[str]
    """Those that may stand there, too, and are no languages."""
    has_keys: bool
    """Whether any others may."""


@lru_cache(maxsize=4096)  # the same in all authorities' files
def _text_at(model: type[BaseModel], steps: Steps) -> _Text | None:
    """What is known of the text at the end of the steps; None where something else stands."""
    annotation = annotation_at(model, steps)
    mark = _mark(annotation)
    if mark is None:
        return None
    keys = frozenset(key for found in models_in(annotation) for key in fields_of(found))
    return _Text(mark, keys, any(map(_is_dict, get_args(annotation))))


def _is_dict(annotation: Any) -> bool:
    return get_origin(annotation) is dict


def _mark(annotation: Any) -> InLanguages | None:
    if isinstance(annotation, InLanguages):
        return annotation
    if _is_dict(annotation):
        return None
    return next(filter(None, map(_mark, get_args(annotation))), None)
