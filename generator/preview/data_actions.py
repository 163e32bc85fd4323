"""Changing data: the values of keys in an authority's file or the edition's, and no other byte."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field

from generator.edition.edit_yaml import (
    Added,
    SpliceError,
    edit_bytes,
    quote_scalar,
    splice_yaml,
)
from generator.edition.languages import LANGUAGE
from generator.edition.values import SLUG
from generator.edition.yaml_tree import YamlMapping, YamlNode, parse_yaml
from generator.preview.actions import (
    ActionRefusedError,
    ActionRequest,
    Edits,
    FileAction,
    OpenedFiles,
)
from generator.problems import Place, Problem, counted

_KEY = r"[a-z][a-z0-9_]*"
_PATTERN = rf"^{_KEY}(\.{_KEY}){{0,5}}(\.{LANGUAGE})?$"
Key = Annotated[str, Field(pattern=_PATTERN, max_length=200)]
"""The keys that lead to a value, with full stops between: `received.roads`, `words.closing.cy`."""
_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?%?|null")
AuthoritySlug = Annotated[str, Field(pattern=f"^{SLUG}$", max_length=200)]


class DataRequest(ActionRequest):
    """New values of keys; one that is not there yet is added."""

    authority: AuthoritySlug | None = None
    """By its file; without one, the facts of the year are meant."""
    values: Annotated[dict[Key, Annotated[str, Field(max_length=10_000)]], Field(min_length=1)]
    """What each is to say. Digits are a number, `null` is nothing yet; all else is a text."""

    @property
    def yours(self) -> str:
        """A line for each value."""
        return "\n".join(f"{key}: {value}" for key, value in self.values.items())


def _edit_data(files: OpenedFiles, asked: DataRequest) -> Edits:
    folders = files.folders
    path = folders.edition_file
    if asked.authority is not None:
        path = folders.authorities / f"{asked.authority}.yaml"
    content = files.read(path)
    values = {tuple(key.split(".")): _written(value) for key, value in asked.values.items()}
    with splicing(path):
        new = edit_bytes(
            content,
            lambda text: with_its_line_ends(text, lambda lines: with_values(lines, values)),
        )
    return Edits(f"{counted(len(asked.values), 'value')} in {path.name}", {path: new})


def _written(value: str) -> str:
    return value if _NUMBER.fullmatch(value) else quote_scalar(value)


Steps = tuple[str, ...]


@contextmanager
def splicing(path: Path) -> Iterator[None]:
    """Change a file in place; where that cannot be, `ActionRefusedError` says why."""
    try:
        yield
    except SpliceError as error:
        raise ActionRefusedError(Problem(Place(path), str(error))) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        message = "cannot be read; correct it first"
        raise ActionRefusedError(Problem(Place(path), message)) from error


def with_its_line_ends(text: str, change: Callable[[str], str]) -> str:
    """A text changed by lines that end in LF, where all of its own end in CRLF with those."""
    if "\r\n" not in text or text.count("\r\n") != text.count("\n"):
        return change(text)
    return change(text.replace("\r\n", "\n")).replace("\n", "\r\n")


def with_values(text: str, values: Mapping[Steps, str]) -> str:
    """The text of a file with these values, as they are written, at the ends of these keys.

    One that is not there yet is added, with what leads to it. Raises `SpliceError`.
    """
    tree, problems = parse_yaml(text.replace("\r\n", "\n"), Path())
    if tree is None or problems:
        raise SpliceError
    replaced = {steps: new for steps, new in values.items() if _depth(tree, steps) == len(steps)}
    lacking: dict[Steps, dict[Steps, str]] = {}
    for steps, new in values.items():
        if steps not in replaced:
            start = steps[: _depth(tree, steps) + 1]
            lacking.setdefault(start, {})[steps[len(start) :]] = new
    added = []
    for start, inner in lacking.items():
        if node_at(tree, start) is not None:  # left blank
            replaced[start] = _in_braces(inner)
        elif () in inner:
            added.append(Added(start[:-1], start[-1], inner[()]))
        else:
            parts = {steps[0]: _below(steps[0], inner) for steps in inner}
            added.append(Added(start[:-1], start[-1], parts))
    return splice_yaml(text, replaced, added=added)


def _in_braces(values: Mapping[Steps, str]) -> str:
    if () in values:
        return values[()]
    parts = dict.fromkeys(steps[0] for steps in values)
    return "{" + ", ".join(f"{key}: {_below(key, values)}" for key in parts) + "}"


def _below(key: str, values: Mapping[Steps, str]) -> str:
    return _in_braces({steps[1:]: new for steps, new in values.items() if steps[0] == key})


def node_at(tree: YamlNode, steps: Steps) -> YamlNode | None:
    """What stands at the end of these keys; None where they do not lead so far."""
    for step in steps:
        if not isinstance(tree, YamlMapping) or step not in tree.entries:
            return None
        tree = tree.entries[step]
    return tree


def _depth(tree: YamlNode, steps: Steps) -> int:
    """How many of these keys are there, and lead on to where the next would be."""
    depth = max(n for n in range(len(steps) + 1) if node_at(tree, steps[:n]) is not None)
    leads_on = depth == len(steps) or isinstance(node_at(tree, steps[:depth]), YamlMapping)
    return depth if leads_on else depth - 1


ACTIONS: tuple[FileAction[Any], ...] = (FileAction("data", DataRequest, _edit_data),)
