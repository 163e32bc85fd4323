"""What a YAML file does not have yet, and where in its text it goes: new keys, new items of lists.

A key goes below its neighbours, indented as they are; in braces, behind the last of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.edition.quote_scalar import parse_scalar

Splice = tuple[int, int, str]
"""From one place in the text to another, and what shall stand there."""
Written = str | Mapping[str, str]
"""A value as it is written, or several by their keys."""


@dataclass(frozen=True)
class Added:
    """A key to be added to the mapping at the end of `parent`, or an item to a list there."""

    parent: tuple[str, ...]
    key: str
    """Blank for an item of a list."""
    value: Written
    after: tuple[str, ...] = ()
    """It goes below the last of these keys that is there; below all, where none is."""

    def put_into(self, meaning: Any) -> Any:
        """What a file says, as plain texts, once this is added."""
        if isinstance(self.value, str):
            return _put(meaning, self.parent, self.key, parse_scalar(self.value))
        said = {key: parse_scalar(value) for key, value in self.value.items()}
        return _put(meaning, self.parent, self.key, said)


def _put(meaning: Any, parent: tuple[str, ...], key: str, said: Any) -> Any:
    if isinstance(meaning, dict) and parent:
        inner = _put(meaning.get(parent[0]), parent[1:], key, said)
        return {**meaning, parent[0]: inner}
    if isinstance(meaning, dict):
        return {**meaning, key: said}
    return [*meaning, said]


def additions(text: str, root: yaml.MappingNode, added: Iterable[Added]) -> Iterator[Splice]:
    """The splices that add these parts to a text whose tree this is."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    for part in added:
        node: yaml.Node = root
        for step in part.parent:
            node = next(value for key, value in _pairs(node) if key.value == step)
        if isinstance(node, yaml.CollectionNode):
            yield _addition(text, node, part, line_end)


def _addition(text: str, node: yaml.CollectionNode, part: Added, line_end: str) -> Splice:
    if node.flow_style:
        value = part.value if isinstance(part.value, str) else _in_braces(part.value)
        new = f"{part.key}: {value}" if part.key else value
        if not node.value:
            at = node.start_mark.index + 1
            return at, at, new
        at = _end(node.value[-1], text)
        return at, at, f", {new}"
    last = _last_before(node, part.after)
    first = node.value[0]
    column = (first[0] if isinstance(first, tuple) else node).start_mark.column
    at = text.find("\n", _end(last, text))
    lines = line_end.join(_lines(part, " " * column))
    if at < 0:
        return len(text), len(text), f"{line_end}{lines}"
    return at + 1, at + 1, f"{lines}{line_end}"


def _lines(part: Added, indent: str) -> list[str]:
    if not part.key:
        return [f"{indent}- {part.value}"]
    if isinstance(part.value, str):
        return [f"{indent}{part.key}: {part.value}"]
    inner = [f"{indent}  {key}: {value}" for key, value in part.value.items()]
    return [f"{indent}{part.key}:", *inner]


def _in_braces(value: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {text}" for key, text in value.items()) + "}"


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _last_before(node: yaml.CollectionNode, after: tuple[str, ...]) -> Any:
    found = [p for p in node.value if isinstance(p, tuple) and p[0].value in after]
    return (found or node.value)[-1]


def _end(last: Any, text: str) -> int:
    """Where an entry of a mapping, or an item, ends, without the space behind it."""
    node: yaml.Node = last[1] if isinstance(last, tuple) else last
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return _end(node.value[-1], text)
    start: int = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())


def in_place_of(node: yaml.Node, new: str, text: str) -> Splice:
    """Put a new value where an old one stands, or where one was left blank."""
    start, end = node.start_mark.index, node.end_mark.index
    end = start + len(text[start:end].rstrip())
    if new.startswith(("\n", "\r\n")):
        start = len(text[:start].rstrip(" "))
    elif start == end and text[start - 1 : start] == ":":
        new = f" {new}"
    return start, end, new
