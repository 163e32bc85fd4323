"""What of a YAML file is exchanged or taken out: from one place in its text to another.

Places are those where the parser found a value, without the space and the comments around it.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

Steps = tuple[str, ...]
Splice = tuple[int, int, str]
"""From one place in the text to another, and what shall stand there."""


def pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """The entries of a mapping; none of what is none."""
    return node.value if isinstance(node, yaml.MappingNode) else []


def end_of(last: Any, text: str) -> int:
    """Where an entry of a mapping, or an item, ends, without the space behind it."""
    node: yaml.Node = last[1] if isinstance(last, tuple) else last
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return end_of(node.value[-1], text)
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


def node_below(node: yaml.Node, steps: Steps) -> yaml.Node | None:
    """The value at the end of these keys and numbers; None where there is none."""
    for step in steps:
        inside = {str(n): item for n, item in enumerate(node.value)}
        if isinstance(node, yaml.MappingNode):
            inside = {key.value: value for key, value in node.value}
        if step not in inside:
            return None
        node = inside[step]
    return node


def item_removal(text: str, node: yaml.Node | None, number: int) -> Splice | None:
    """Take an item out of a list that has others: its lines, or what stands between commas.

    None where it has not.
    """
    if not isinstance(node, yaml.SequenceNode) or len(node.value) <= max(number, 1):
        return None
    item = node.value[number]
    if node.flow_style and number + 1 < len(node.value):
        return item.start_mark.index, node.value[number + 1].start_mark.index, ""
    if node.flow_style:
        return end_of(node.value[number - 1], text), end_of(item, text), ""
    spans = [*_spans(item, text)]
    dash = text.rindex("-", 0, item.start_mark.index)
    start = text.rfind("\n", 0, dash) + 1
    last = text.find("\n", max(end for _, end in spans))
    end = len(text) if last < 0 else last + 1
    return start, end, _comments(text, start, end, [(dash, dash + 1), *spans])


Pair = tuple[yaml.Node, yaml.Node]


def entry_at(root: yaml.Node, steps: Steps) -> tuple[yaml.Node, Pair] | None:
    """The mapping that the last of these keys is in, and its entry there."""
    parent = node_below(root, steps[:-1])
    if parent is None:
        return None
    pair = next((p for p in pairs(parent) if p[0].value == steps[-1]), None)
    return (parent, pair) if pair else None


def emptied(root: yaml.Node, steps: Steps, gone: set[Steps]) -> Steps:
    """These keys, or those of what would be left with nothing in it without them."""
    found = entry_at(root, steps)
    if found is None or len(steps) == 1:
        return steps
    if all((*steps[:-1], key.value) in gone for key, _ in pairs(found[0])):
        return emptied(root, steps[:-1], gone | {steps[:-1]})
    return steps


def removal(text: str, root: yaml.Node, pair: Pair, steps: Steps) -> Splice:
    """Take out the lines of a key; where it shares its line with others, itself alone.

    At the top of a file it is left an empty list there.
    """
    key, value = pair
    if text[root.start_mark.index] == "{":
        if len(steps) == 1:
            return in_place_of(value, "[]", text)
        entries = pairs(root)
        number = entries.index(pair)
        if number:
            return end_of(entries[number - 1], text), end_of(pair, text), ""
        return key.start_mark.index, entries[1][0].start_mark.index, ""
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
