"""YAML files changed in place: these values and keys, and not a character besides.

A file is never written out anew from what was read, which would lose its comments and its layout.
The new values are put in at the marks where the parser found the old ones.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.edition.yaml_splices import (
    Splice,
    Steps,
    emptied,
    end_of,
    entry_at,
    in_place_of,
    item_removal,
    node_below,
    pairs,
    removal,
)
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
            node = next(value for key, value in pairs(node) if key.value == step)
        if isinstance(node, yaml.CollectionNode):
            yield _addition(text, node, part, line_end)


def _addition(text: str, node: yaml.CollectionNode, part: Added, line_end: str) -> Splice:
    found = [p for p in node.value if isinstance(p, tuple) and p[0].value in part.after]
    last = (found or node.value or [None])[-1]
    if node.flow_style:
        value = part.value
        if not isinstance(value, str):
            value = "{" + ", ".join(f"{key}: {text}" for key, text in value.items()) + "}"
        new = f"{part.key}: {value}" if part.key else value
        if not node.value:
            at = node.start_mark.index + 1
            return at, at, new
        at = end_of(last, text)
        return at, at, f", {new}"
    first = node.value[0]
    column = (first[0] if isinstance(first, tuple) else node).start_mark.column
    at = text.find("\n", end_of(last, text))
    lines = line_end.join(_lines(part, " " * column))
    if at < 0:
        return len(text), len(text), f"{line_end}{lines}"
    return at + 1, at + 1, f"{lines}{line_end}"


def _lines(part: Added, indent: str) -> list[str]:
    if isinstance(part.value, str):
        key = f"{part.key}:" if part.key else "-"
        return [f"{indent}{key}{'' if part.value.startswith(chr(10)) else ' '}{part.value}"]
    said = "\n".join(f"{key}: {value}" for key, value in part.value.items()).split("\n")
    inner = [f"{indent}  {line}".rstrip() for line in said]
    if part.key:
        return [f"{indent}{part.key}:", *inner]
    return [f"{indent}- {said[0]}", *inner[1:]]


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SpliceError(Exception):
    """A file is written in such a way that it cannot be changed in place; the text says so."""

    def __init__(self) -> None:
        super().__init__(
            'its values cannot be replaced one by one; write each as a plain "key: value"'
        )


def edit_bytes(content: bytes, change: Callable[[str], str]) -> bytes:
    """A file's bytes with its text changed; a byte order mark stays, and so do its line ends."""
    text = content.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return (mark + change(text.removeprefix(mark))).encode()


def splice_yaml(
    text: str,
    values: Mapping[Steps, str],
    without: Iterable[str | Steps] = (),
    added: Iterable[Added] = (),
    dropped: Iterable[Steps] = (),
) -> str:
    """The text with new values at the ends of these paths of keys, and without these keys.

    `values` are as they are to be written; a path that leads nowhere is passed over. `without` are
    keys at the top of the file, or paths of keys; comments within what goes are kept, and what
    would be left with nothing in it goes, too. `added` are keys, and items of lists, that it does
    not have yet; `dropped` lead to items of lists that go, each by its number from 0. The text is
    one that `read_yaml` takes. Raises `SpliceError` where the outcome would not read as it should.
    """
    root = yaml.compose(text, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode):
        raise SpliceError
    keys = {(key,) if isinstance(key, str) else key for key in without}
    gone = {emptied(root, steps, keys) for steps in keys}
    new_parts, items = list(added), [*dropped]
    splices = [
        in_place_of(node, values[steps], text)
        for steps, node in _leaves(root)
        if steps in values and not any(steps[: len(g)] == g for g in gone)
    ]
    splices += [removal(text, *found, steps) for steps in gone if (found := entry_at(root, steps))]
    for steps in items:
        splice = item_removal(text, node_below(root, steps[:-1]), int(steps[-1]))
        if splice is None:
            raise SpliceError
        splices.append(splice)
    splices += additions(text, root, new_parts)
    new = text
    for start, end, instead in _from_the_end(splices):
        new = new[:start] + instead + new[end:]
    expected = _without_items(_changed(_meaning(text, gone), values), items)
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
        yield from _leaves_at(value, steps)


def _leaves_at(value: yaml.Node, steps: Steps) -> Iterator[tuple[Steps, yaml.Node]]:
    if isinstance(value, yaml.MappingNode):
        yield from _leaves(value, steps)
        return
    yield steps, value
    if isinstance(value, yaml.SequenceNode):
        for number, item in enumerate(value.value):
            yield from _leaves_at(item, (*steps, str(number)))


def _without_items(meaning: Any, items: Iterable[Steps], before: Steps = ()) -> Any:
    if isinstance(meaning, dict):
        return {k: _without_items(value, items, (*before, k)) for k, value in meaning.items()}
    if isinstance(meaning, list):
        numbered = [((*before, str(number)), item) for number, item in enumerate(meaning)]
        return [item for steps, item in numbered if steps not in items]
    return meaning


def _meaning(text: str, gone: set[Steps]) -> Any:
    """What a text says, as plain texts; None where it cannot be read."""
    tree, problems = parse_yaml(text.replace("\r\n", "\n"), Path())
    return None if tree is None or problems else _without(texts_of(tree), gone)


def _without(meaning: Any, gone: set[Steps], before: Steps = ()) -> Any:
    if not isinstance(meaning, dict):
        return meaning
    kept = {key: value for key, value in meaning.items() if (*before, key) not in gone}
    return {key: _without(value, gone, (*before, key)) for key, value in kept.items()}


def _changed(meaning: Any, values: Mapping[Steps, str], before: Steps = ()) -> Any:
    if isinstance(meaning, dict):
        return {key: _changed(value, values, (*before, key)) for key, value in meaning.items()}
    if isinstance(meaning, list) and before not in values:
        return [_changed(item, values, (*before, str(n))) for n, item in enumerate(meaning)]
    return parse_scalar(values[before]) if before in values else meaning
