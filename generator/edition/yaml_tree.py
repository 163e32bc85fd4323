"""Strict YAML: text to a tree of mappings, lists and untyped scalars that know their places.

Scalars stay text here; the schema says later what they mean. YAML 1.1 would read `no` as false,
`010` as 8 and `12:30` as 750. The tree is built from the parser's events, one at a time, so that a
file with 50,000 brackets is refused at the tenth and never brings the parser down.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

import yaml

from generator.edition.source_text import NEEDS_QUOTES, explain_syntax, read_source
from generator.problems import Place, Problem, shortened

DEEPEST_LEVEL = 10
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlScalar:
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
    refused: bool = False
    """A problem was found here already, so nothing more is said about the value."""
    first_line: int = 0
    """Where the first line of the text itself stands: after a `|`, on the line below."""
    indent: int | None = None
    """How far in its lines stand, where each of them is a line of the file; else None."""

    @property
    def is_blank(self) -> bool:
        """True when nothing at all was written."""
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """Keys and values, in the order written."""

    line: int
    column: int
    entries: dict[str, "YamlNode"] = field(default_factory=dict)
    keys: dict[str, YamlScalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YamlSequence:
    """A list of values."""

    line: int
    column: int
    items: list["YamlNode"] = field(default_factory=list)


_shared_scalar = lru_cache(maxsize=4096)(YamlScalar)
"""Scalars that say the same in the same place of other files, too: keys, most of the figures."""
YamlNode = YamlScalar | YamlMapping | YamlSequence


class Mark(Protocol):
    """A place as the parser counts it, from 0; its two implementations share no class."""

    line: int
    column: int


LONGEST_SHOWN = 60


def shown(text: str) -> str:
    """A text as a message may show it: on one line, visible, and not too long."""
    visible = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[: LONGEST_SHOWN + 1])
    return shortened(visible, LONGEST_SHOWN, LONGEST_SHOWN - 1)


def describe(node: YamlNode) -> str:
    """A few words that tell a reader what was found."""
    match node:
        case YamlScalar() if node.is_blank:
            return "nothing"
        case YamlScalar():
            return shown(node.text) if node.plain else f'the text "{shown(node.text)}"'
        case YamlMapping():
            return "keys and values"
        case YamlSequence():
            return "a list"


def read_yaml(path: Path) -> tuple[YamlMapping | None, list[Problem]]:
    """The mapping that a YAML file holds, or the problems that keep it from being read."""
    text, problems = read_source(path)
    if text is None:
        return None, problems
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path) -> tuple[YamlMapping | None, list[Problem]]:
    """The mapping in a text whose lines are those of the file at `path`."""
    builder = _Builder(path, text.split("\n"))
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _TooDeepError as error:
        message = f"nested more than {DEEPEST_LEVEL} levels deep; remove brackets or indentation"
        return None, [*builder.problems, Problem(Place(path, *_numbers(error.mark)), message)]
    except yaml.MarkedYAMLError as error:
        line, column, message = explain_syntax(error, builder.lines)
        problem = Problem(Place(path, line, column), message)
        said = any(p.place.line == line and p.message == message for p in builder.problems)
        return None, builder.problems if said else [*builder.problems, problem]
    root = builder.root
    if root is None or (isinstance(root, YamlScalar) and root.is_blank):
        message = 'the file is empty; expected lines such as "key: …"'
        return None, [*builder.problems, Problem(Place(path, 1, 1), message)]
    if not isinstance(root, YamlMapping):
        message = f'found {describe(root)}; expected lines such as "key: …"'
        place = Place(path, root.line, root.column)
        return None, [*builder.problems, Problem(place, message)]
    return root, builder.problems


class _TooDeepError(Exception):
    def __init__(self, mark: Mark | None) -> None:
        self.mark = mark


@dataclass
class _Builder:
    """Takes the parser's events one by one and grows the tree."""

    path: Path
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    root: YamlNode | None = None
    _open: list[YamlMapping | YamlSequence] = field(default_factory=list)
    _keys: list[YamlScalar | None] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)
    _documents: int = 0

    def problem(self, mark: Mark | None, message: str) -> None:
        self._say(*_numbers(mark), message, self._name())

    def _say(self, line: int, column: int, message: str, name: str = "") -> None:
        where = ".".join(part for part in [*self._names, name] if part)
        self.problems.append(Problem(Place(self.path, line, column), message, shown(where)))

    def _name(self) -> str:
        """What the next value is called inside its parent: its key, or its number in a list."""
        if not self._open:
            return ""
        parent, key = self._open[-1], self._keys[-1]
        if isinstance(parent, YamlSequence):
            return str(len(parent.items) + 1)
        return key.text if key else ""

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._refuse_marks(event)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    self.problem(
                        event.start_mark, "a second document begins here; remove this line"
                    )
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.ScalarEvent():
                self._add(self._scalar(event))
            case yaml.MappingStartEvent():
                self._mapping(event)
            case yaml.SequenceStartEvent():
                self._enter(YamlSequence(*_numbers(event.start_mark)), event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
                self._keys.pop()
                self._names.pop()

    def _alias(self, event: yaml.AliasEvent) -> None:
        key = self._keys[-1] if self._keys else None
        if key is None or not key.refused:
            message = (
                f"*{event.anchor} is a YAML alias; write out the value, or put it in quotes if "
                f"the * is part of it"
            )
            self.problem(event.start_mark, message)
        self._add(YamlScalar("", *_numbers(event.start_mark), refused=True))

    def _mapping(self, event: yaml.MappingStartEvent) -> None:
        node = YamlMapping(*_numbers(event.start_mark))
        if self.lines[node.line - 1].startswith("{{", node.column - 1):
            self.problem(event.start_mark, NEEDS_QUOTES)
            self._enter(node, event, YamlScalar("", node.line, node.column, refused=True))
        else:
            self._enter(node, event)

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        instead = "remove it, or put the value in quotes if the"
        if event.anchor is not None:
            message = f"&{event.anchor} is a YAML anchor; {instead} & belongs to it"
            self.problem(event.start_mark, message)
        if event.tag is not None:
            message = f"{shown(_short(event.tag))} is a YAML tag; {instead} ! belongs to it"
            self.problem(event.start_mark, message)

    def _scalar(self, event: yaml.ScalarEvent) -> YamlScalar:
        text = event.value
        line, column = _numbers(event.start_mark)
        end_line, end_column = _numbers(event.end_mark)
        plain = not event.style
        rest = self.lines[end_line - 1][end_column - 1 :] if end_line <= len(self.lines) else ""
        before_comment = plain and rest.lstrip(" ").startswith("#")
        refused = not text and (event.anchor is not None or event.tag is not None)
        first = line
        indent: int | None = column - 1 if plain else column
        if event.style == "|":
            first, indent = line + 1, self._indent(line, text)
        elif end_line > line:
            indent = None
        flags = (plain, before_comment, end_line > line, refused)
        return _shared_scalar(text, line, column, *flags, first, indent)

    def _indent(self, line: int, text: str) -> int:
        """How far a text is indented that stands line by line below this one."""
        for said, written in zip(text.split("\n"), self.lines[line:], strict=False):
            if said.strip():
                return len(written) - len(said)
        return 0

    def _enter(
        self,
        node: YamlMapping | YamlSequence,
        event: yaml.NodeEvent,
        stand_in: YamlScalar | None = None,
    ) -> None:
        """Open a mapping or a list; with a stand-in, its parent is not to see what it holds."""
        if len(self._open) == DEEPEST_LEVEL:
            raise _TooDeepError(event.start_mark)
        name = self._name()
        self._add(stand_in or node)
        self._open.append(node)
        self._keys.append(None)
        self._names.append(name)

    def _add(self, node: YamlNode) -> None:
        if not self._open:
            if self.root is None:
                self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, YamlSequence):
            parent.items.append(node)
        elif self._keys[-1] is None:
            self._keys[-1] = self._key(node)
        else:
            self._set(parent, self._keys[-1], node)
            self._keys[-1] = None

    def _key(self, node: YamlNode) -> YamlScalar:
        parent = self._open[-1]
        if isinstance(node, YamlScalar) and not (node.plain and node.text == "<<"):
            return node
        if isinstance(node, YamlScalar):
            self._say(node.line, node.column, "<< is a YAML merge key; write out the keys here")
        elif (parent.line, parent.column) != (node.line, node.column - 1):  # not the inner { of {{
            self._say(
                node.line,
                node.column,
                f"found {describe(node)} as a key; expected a word and a colon",
            )
        return YamlScalar("", node.line, node.column, refused=True)

    def _set(self, parent: YamlMapping, key: YamlScalar, value: YamlNode) -> None:
        if key.refused:
            return
        first = parent.keys.get(key.text)
        if first is not None:
            message = f"written twice (first on line {first.line}); remove one of them"
            self._say(key.line, key.column, message, key.text)
            return
        parent.keys[key.text] = key
        parent.entries[key.text] = value


def _numbers(mark: Mark | None) -> tuple[int, int]:
    """A mark's line and column, from 1."""
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


class Found(NamedTuple):
    """How far a path of keys and indexes could be followed into a tree."""

    node: YamlNode
    """The value at the end of the steps that could be followed."""
    key: YamlScalar | None
    """The key it stands under; None at the root and in lists."""
    steps: tuple[str | int, ...]


def follow(root: YamlNode, steps: tuple[str | int, ...]) -> Found:
    """Follow the steps from the root, as far as there is something to follow."""
    node, key = root, None
    for number, step in enumerate(steps):
        if isinstance(node, YamlMapping) and step in node.entries:
            key, node = node.keys[str(step)], node.entries[str(step)]
        elif isinstance(node, YamlSequence) and isinstance(step, int) and step < len(node.items):
            node, key = node.items[step], None
        else:
            return Found(node, key, steps[:number])
    return Found(node, key, steps)
