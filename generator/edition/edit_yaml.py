"""YAML files changed in place: these values and keys, and not a sign besides.

A file is never written out anew from what was read, which would lose its comments and its layout.
The new values are put in at the marks where the parser found the old ones.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.edition.additions import Added, Splice, additions, in_place_of
from generator.edition.quote_scalar import parse_scalar, texts_of
from generator.edition.yaml_tree import parse_yaml

Steps = tuple[str, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SpliceError(Exception):
    """A file is written in such a way that it cannot be changed in place."""


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
    ends = [key.end_mark.index, *_ends(value)]
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    last = text.find("\n", max(ends))
    end = len(text) if last < 0 else last + 1
    kept = _comments(text, start, end, ends)
    after = text[end:]
    if not kept and (not after.strip() or after.startswith(("\n", "\r\n"))):
        before = text[:start]
        start -= len(before) - len(re.sub(r"(?<=\n)\r?\n\Z", "", before))  # no two blank lines
    return start, end, kept


def _ends(node: yaml.Node) -> Iterator[int]:
    """Where the parts of a value end: its scalars, and its brackets."""
    if isinstance(node, yaml.ScalarNode) or (
        isinstance(node, yaml.CollectionNode) and node.flow_style
    ):
        yield node.end_mark.index
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _ends(item)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (*_ends(key), *_ends(value))


def _comments(text: str, start: int, end: int, ends: list[int]) -> str:
    """The comments in a stretch of whole lines, each on a line of its own."""
    kept = ""
    for line in text[start:end].splitlines(keepends=True):
        here = max((e for e in ends if start <= e <= start + len(line)), default=start) - start
        comment = re.search(r"(?:^|(?<=\s))#.*", line[here:], re.DOTALL)
        if comment:
            indent = re.match(" *", line)
            kept += (indent[0] if indent else "") + comment[0]
        start += len(line)
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
