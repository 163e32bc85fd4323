"""Texts as YAML writes them: plain where they can be, else in quotes, and read back the same."""

import json
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
