"""Strict YAML: text to a tree of mappings, lists and untyped scalars that know their places.

Scalars stay text here; the schema says later what they mean. YAML 1.1 would read `no` as false,
`010` as 8 and `12:30` as 750. The tree is built from the parser's events, one at a time, so that a
file with 50,000 brackets is refused at the tenth and never brings the parser down.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import yaml

from generator.loading.source_text import read_source
from generator.problems import Place, Problem

DEEPEST_LEVEL = 10
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Scalar:
    """A single value as it was written, with quotes taken off."""

    text: str
    line: int
    column: int
    plain: bool = True
    """Written without quotes."""
    before_comment: bool = False
    """A comment follows on the same line, perhaps meant as part of the value."""
    several_lines: bool = False
    """Written over more than one line."""

    @property
    def is_blank(self) -> bool:
        """True when nothing at all was written."""
        return self.plain and not self.text


@dataclass(frozen=True)
class Mapping:
    """Keys and values, in the order written."""

    line: int
    column: int
    entries: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True)
class Sequence:
    """A list of values."""

    line: int
    column: int
    items: list["Node"] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


class Mark(Protocol):
    """A place as the parser counts it, from 0; its two implementations share no class."""

    line: int
    column: int


def describe(node: Node) -> str:
    """A few words that tell a reader what was found."""
    match node:
        case Scalar() if node.is_blank:
            return "nothing"
        case Scalar():
            return node.text if node.plain else f'the text "{node.text}"'
        case Mapping():
            return "keys and values"
        case Sequence():
            return "a list"


def read_yaml(path: Path) -> tuple[Mapping | None, list[Problem]]:
    """The mapping that a YAML file holds, or the problems that keep it from being read."""
    text, problems = read_source(path)
    if text is None:
        return None, problems
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path) -> tuple[Mapping | None, list[Problem]]:
    """The mapping in a text whose lines are those of the file at `path`."""
    builder = _Builder(path, text.split("\n"))
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _TooDeepError as error:
        builder.problem(error.mark, f"nested more than {DEEPEST_LEVEL} levels deep")
        return None, builder.problems
    except yaml.MarkedYAMLError as error:
        mark = (_opened(error) and error.context_mark) or error.problem_mark or error.context_mark
        builder.problem(mark, _in_plain_words(error))
        return None, builder.problems
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.is_blank):
        message = "the file is empty; expected keys and values"
        return None, [*builder.problems, Problem(Place(path, 1, 1), message)]
    if not isinstance(root, Mapping):
        message = f"found {describe(root)}; expected keys and values, such as name: …"
        place = Place(path, root.line, root.column)
        return None, [*builder.problems, Problem(place, message)]
    return root, builder.problems


class _TooDeepError(Exception):
    def __init__(self, mark: Mark | None) -> None:
        self.mark = mark


class _Builder:
    """Takes the parser's events one by one and grows the tree."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._open: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []
        self._names: list[str] = []
        self._documents = 0

    def problem(self, mark: Mark | None, message: str) -> None:
        self.problems.append(Problem(Place(self.path, *_numbers(mark)), message))

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    self.problem(event.start_mark, "a second document begins here; expected one")
            case yaml.AliasEvent():
                said = f"*{event.anchor} repeats another value; write the value out"
                self.problem(event.start_mark, said)
                self._add(self._scalar(event, ""))
            case yaml.ScalarEvent():
                self._refuse_marks(event)
                self._add(self._scalar(event, event.value))
            case yaml.MappingStartEvent():
                self._refuse_marks(event)
                self._enter(Mapping(*_numbers(event.start_mark)), event)
            case yaml.SequenceStartEvent():
                self._refuse_marks(event)
                self._enter(Sequence(*_numbers(event.start_mark)), event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
                self._keys.pop()
                self._names.pop()

    def _refuse_marks(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self.problem(event.start_mark, f"&{event.anchor} names a value; remove it")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.problem(event.start_mark, f"{_short(tag)} is a type tag; remove it")

    def _scalar(self, event: yaml.Event, text: str) -> Scalar:
        line, column = _numbers(event.start_mark)
        end_line, end_column = _numbers(event.end_mark)
        plain = not getattr(event, "style", None)
        rest = self.lines[end_line - 1][end_column - 1 :] if end_line <= len(self.lines) else ""
        before_comment = plain and bool(text) and rest.lstrip(" ").startswith("#")
        return Scalar(text, line, column, plain, before_comment, several_lines=end_line > line)

    def _enter(self, node: Mapping | Sequence, event: yaml.Event) -> None:
        if len(self._open) == DEEPEST_LEVEL:
            raise _TooDeepError(event.start_mark)
        key = self._keys[-1] if self._keys else None
        self._add(node)
        self._open.append(node)
        self._keys.append(None)
        self._names.append(key.text if key else "")

    def _add(self, node: Node) -> None:
        if not self._open:
            if self.root is None:
                self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif self._keys[-1] is None:
            self._keys[-1] = self._key(node)
        else:
            self._set(parent, self._keys[-1], node)
            self._keys[-1] = None

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        message = f"found {describe(node)} as a key; expected a word and a colon"
        self.problems.append(Problem(Place(self.path, node.line, node.column), message))
        return Scalar("", node.line, node.column)

    def _set(self, parent: Mapping, key: Scalar, value: Node) -> None:
        first = parent.keys.get(key.text)
        if first is not None:
            message = f"written twice; first on line {first.line}. Remove one of them"
            place = Place(self.path, key.line, key.column)
            where = ".".join([name for name in self._names if name] + [key.text])
            self.problems.append(Problem(place, message, where))
            return
        parent.keys[key.text] = key
        parent.entries[key.text] = value


def _numbers(mark: Mark | None) -> tuple[int, int]:
    """A mark's line and column, from 1."""
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _opened(error: yaml.MarkedYAMLError) -> bool:
    """True when something was opened and not closed: its start helps more than where it hurts."""
    return any(sign in str(error.context) for sign in ("quoted scalar", "parsing a flow"))


def _in_plain_words(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.problem or ''} {error.context or ''}"
    return next(
        (words for sign, words in _PLAIN_WORDS if sign in said), f"not YAML: {said.strip()}"
    )


_PLAIN_WORDS = [
    (
        "mapping values are not allowed",
        "a colon inside a value; put the value in quotes, or mind the indent",
    ),
    ("unexpected end of stream", "a quotation mark is opened and never closed"),
    ("unexpected document indicator", "a quotation mark is opened and never closed"),
    ("could not find expected ':'", "expected a key, a colon and a space here"),
    ("did not find expected key", "this line does not fit the lines above it; mind its indent"),
    ("did not find expected '-'", "this line does not fit the list above it; mind its indent"),
    ("while parsing a flow", "a bracket is opened and never closed, or a comma is missing"),
    ("cannot start any token", "a value cannot begin with this sign; put the value in quotes"),
    ("while scanning an alias", "a value cannot begin with *; put the value in quotes"),
    ("while scanning an anchor", "a value cannot begin with &; put the value in quotes"),
    ("<document start>", "nothing may follow here; remove the lines from here on"),
    ("escape", "an unknown escape after a backslash; use 'single quotes' around the text"),
]


@dataclass(frozen=True)
class Found:
    """How far a path of keys and indexes could be followed into a tree."""

    node: Node
    """The value at the end of the steps that could be followed."""
    key: Scalar | None
    """The key it stands under; None at the root and in lists."""
    steps: tuple[str | int, ...]


def follow(root: Node, steps: tuple[str | int, ...]) -> Found:
    """Follow the steps from the root, as far as there is something to follow."""
    node, key = root, None
    for number, step in enumerate(steps):
        match node:
            case Mapping(entries=entries, keys=keys) if step in entries:
                node, key = entries[str(step)], keys[str(step)]
            case Sequence() if isinstance(step, int) and step < len(node.items):
                node, key = node.items[step], None
            case _:
                return Found(node, key, steps[:number])
    return Found(node, key, steps)
