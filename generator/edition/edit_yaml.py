"""YAML files changed in place: these values and keys, and not a character besides.

A file is never written out anew from what was read, which would lose its comments and its layout.
The new values are put in at the marks where the parser found the old ones.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.edition.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, parse_yaml


def quote_scalar(value: str) -> str:
    """A text of one line as it is to stand after a colon, also in braces.

    In quotes where this program, or another that guesses types (`no`, `010`), would otherwise read
    something else.
    """
    is_plain = parse_scalar(value) == value and _reads_as_itself(value)
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def parse_scalar(text: str) -> Any:
    """What a value says that is given as it is written: its texts, without their quotes."""
    tree, problems = parse_yaml(f"value: {text}\n", Path())
    return texts_of(tree.entries["value"]) if tree and not problems else None


def texts_of(node: YamlNode) -> Any:
    """A tree as plain texts, lists and dicts."""
    match node:
        case YamlMapping():
            return {key: texts_of(value) for key, value in node.entries.items()}
        case YamlSequence():
            return [texts_of(item) for item in node.items]
        case YamlScalar():
            return node.text


def _reads_as_itself(value: str) -> bool:
    text = f"{{one: {value}, two: 2}}\n"
    tree, problems = parse_yaml(f"all: {text}", Path())
    inner = tree.entries["all"] if tree and not problems else None
    if not isinstance(inner, YamlMapping) or set(inner.entries) != {"one", "two"}:
        return False
    one = inner.entries["one"]
    if not isinstance(one, YamlScalar) or not one.plain or one.text != value or one.before_comment:
        return False
    try:
        guessed: object = yaml.safe_load(text)  # stricter in braces than the parser written in C
    except yaml.YAMLError:
        return False
    return guessed == {"one": value, "two": 2}


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


Steps = tuple[str, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SpliceError(Exception):
    """A file is written in such a way that it cannot be changed in place; the text says so."""

    def __init__(self) -> None:
        super().__init__(
            "written in such a way that its values cannot be replaced one by one; "
            'write each as a plain "key: value"'
        )


def edit_bytes(content: bytes, change: Callable[[str], str]) -> bytes:
    """A file's bytes with its text changed; a byte order mark stays, and so do its line ends."""
    text = content.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return (mark + change(text.removeprefix(mark))).encode()


def splice_yaml(
    text: str,
    values: Mapping[Steps, str],
    without: Iterable[str] = (),
    added: Iterable[Added] = (),
) -> str:
    """The text with new values at the ends of these paths of keys, and without these keys.

    `values` are as they are to be written; a path that leads nowhere is passed over. `without` are
    keys at the top of the file; comments within what goes are kept. `added` are keys, and items of
    lists, that it does not have yet. The text is one that `read_yaml` takes. Raises `SpliceError`
    where the outcome would not read as it should.
    """
    root = yaml.compose(text, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode):
        raise SpliceError
    gone, new_parts = set(without), list(added)
    splices = [
        in_place_of(node, values[steps], text)
        for steps, node in _leaves(root)
        if steps in values and steps[0] not in gone
    ]
    for key, value in root.value:
        if key.value in gone:
            splices.append(_removal(text, root, key, value))
    splices += additions(text, root, new_parts)
    new = text
    for start, end, instead in _from_the_end(splices):
        new = new[:start] + instead + new[end:]
    expected = _changed(_meaning(text, gone), values)
    for part in new_parts:
        expected = part.put_into(expected)
    if _meaning(new, gone) != expected:
        raise SpliceError
    return new


def _from_the_end(splices: list[Splice]) -> list[Splice]:
    """The last first; of those at one place the one that is to stand last."""
    numbered = [((start, end, n), text) for n, (start, end, text) in enumerate(splices)]
    return [(start, end, text) for (start, end, _), text in sorted(numbered, reverse=True)]


def _leaves(node: yaml.MappingNode, before: Steps = ()) -> Iterator[tuple[Steps, yaml.Node]]:
    """The values in a mapping, and in those within it, by the keys that lead to them."""
    for key, value in node.value:
        steps = (*before, key.value)
        if isinstance(value, yaml.MappingNode):
            yield from _leaves(value, steps)
        else:
            yield steps, value


def _removal(text: str, root: yaml.Node, key: yaml.Node, value: yaml.Node) -> Splice:
    """Take out the lines of a key; where it shares its line with others, leave it an empty list."""
    if text[root.start_mark.index] == "{":
        return in_place_of(value, "[]", text)
    spans = [(key.start_mark.index, key.end_mark.index), *_spans(value, text)]
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    last = text.find("\n", max(end for _, end in spans))
    end = len(text) if last < 0 else last + 1
    kept = _comments(text, start, end, spans)
    after = text[end:]
    if not kept and (not after.strip() or after.startswith(("\n", "\r\n"))):
        before = text[:start]
        start -= len(before) - len(re.sub(r"(?<=\n)\r?\n\Z", "", before))  # no two blank lines
    return start, end, kept


def _spans(node: yaml.Node, text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a value begin and end: its scalars, and its closing brackets."""
    end = node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        start = node.start_mark.index
        yield start, start + len(text[start:end].rstrip())
    elif isinstance(node, yaml.CollectionNode) and node.flow_style:
        yield end - 1, end
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _spans(item, text)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (*_spans(key, text), *_spans(value, text))


def _comments(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """The comments in a stretch of whole lines, each on a line of its own."""
    kept = ""
    for line in text[start:end].splitlines(keepends=True):
        stop = start + len(line)
        here = max((min(to, stop) for at, to in spans if at < stop and to >= start), default=start)
        comment = re.search(r"(?:^|(?<=\s))#.*", line[here - start :], re.DOTALL)
        if comment:
            indent = re.match(" *", line)
            kept += (indent[0] if indent else "") + comment[0]
        start = stop
    return kept


def _meaning(text: str, gone: set[str]) -> Any:
    """What a text says, as plain texts; None where it cannot be read."""
    tree, problems = parse_yaml(text.replace("\r\n", "\n"), Path())
    if tree is None or problems:
        return None
    return {key: texts_of(node) for key, node in tree.entries.items() if key not in gone}


def _changed(meaning: Any, values: Mapping[Steps, str], before: Steps = ()) -> Any:
    if isinstance(meaning, dict):
        return {key: _changed(value, values, (*before, key)) for key, value in meaning.items()}
    return parse_scalar(values[before]) if before in values else meaning
