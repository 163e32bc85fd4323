"""Inserts: given to a letter or taken from it, written for one letter alone, placed by a rule."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import Field, model_validator

from generator.edition.edit_yaml import Added, SpliceError, edit_bytes, quote_scalar, splice_yaml
from generator.edition.values import ID, SLUG
from generator.edition.yaml_tree import YamlMapping, YamlScalar, YamlSequence, parse_yaml
from generator.preview.actions import (
    ActionRefusedError,
    ActionRequest,
    Edits,
    FileAction,
    OpenedFiles,
)
from generator.preview.data_actions import AuthoritySlug, splicing, with_its_line_ends
from generator.preview.wording_actions import FileName

InsertName = Annotated[str, Field(pattern=f"^{SLUG}$", max_length=100)]
OneLine = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00-\x1f\x7f]*$")]


class GiveRequest(ActionRequest):
    """An insert that a letter is to have, with the values that it needs."""

    authority: AuthoritySlug
    insert: InsertName
    values: dict[Annotated[str, Field(pattern=f"^{ID}$")], OneLine] = Field(default_factory=dict)


class TakeRequest(ActionRequest):
    """An insert that a letter is not to have."""

    authority: AuthoritySlug
    insert: InsertName


class WordsRequest(ActionRequest):
    """Words that are to be written."""

    text: Annotated[str, Field(max_length=100_000)]

    @property
    def yours(self) -> str:
        """The words."""
        return self.text


class OwnRequest(WordsRequest):
    """A paragraph that one letter alone has: new, or that of a number; without words, it goes."""

    authority: AuthoritySlug
    number: Annotated[int, Field(ge=0, le=1000)] | None = None
    """Where it stands among the inserts that the file names, from 0."""
    place: InsertName | None = None
    after: OneLine = ""

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.number is None and (self.place is None or not self.text.strip()):
            raise ValueError("a new paragraph has a place and words")
        return self


class RuleRequest(ActionRequest):
    """By which rule an insert is placed; without one, the letters that name it have it."""

    insert: FileName
    rule: OneLine

    @property
    def yours(self) -> str:
        """The rule."""
        return self.rule


class NewInsertRequest(WordsRequest):
    """An insert that is to be."""

    insert: FileName
    place: InsertName
    after: OneLine = ""
    rule: OneLine = ""
    text: Annotated[str, Field(max_length=100_000, pattern=r"\S")]


Change = Callable[[str, YamlMapping], str]
"""From a file's text, and what it says, to the text that it is to have."""


def _edited(files: OpenedFiles, path: Path, change: Change) -> bytes:
    """A data file with its text changed. Raises `ActionRefusedError` where that cannot be."""

    def changed(text: str) -> str:
        tree, problems = parse_yaml(text, path)
        if tree is None or problems:
            raise ActionRefusedError(*problems)
        return change(text, tree)

    with splicing(path):
        return edit_bytes(files.read(path), lambda text: with_its_line_ends(text, changed))


def _authority_file(files: OpenedFiles, slug: str) -> Path:
    return files.folders.authorities / f"{slug}.yaml"


def _give(files: OpenedFiles, asked: GiveRequest) -> Edits:
    path = _authority_file(files, asked.authority)
    new = _edited(files, path, partial(_given, asked=asked))
    return Edits(f"Insert {asked.insert} given to {asked.authority}", {path: new})


def _given(text: str, tree: YamlMapping, asked: GiveRequest) -> str:
    if asked.insert in _names(tree, "declines"):
        return _without(text, tree, "declines", asked.insert)
    if asked.insert in _names(tree, "inserts"):
        return text
    if not asked.values:
        return _with(text, tree, "inserts", asked.insert)
    values = ", ".join(f"{key}: {quote_scalar(value)}" for key, value in asked.values.items())
    return _with(text, tree, "inserts", {asked.insert: f"{{{values}}}"})


def _take(files: OpenedFiles, asked: TakeRequest) -> Edits:
    path = _authority_file(files, asked.authority)
    new = _edited(files, path, partial(_taken, asked=asked))
    return Edits(f"Insert {asked.insert} taken from {asked.authority}", {path: new})


def _taken(text: str, tree: YamlMapping, asked: TakeRequest) -> str:
    if asked.insert in _names(tree, "inserts"):
        return _without(text, tree, "inserts", asked.insert)
    if asked.insert in _names(tree, "declines"):
        return text
    return _with(text, tree, "declines", asked.insert)


def _names(tree: YamlMapping, key: str) -> list[str]:
    """The inserts that a list names, in its order; blank for a paragraph of the letter's own."""
    node = tree.entries.get(key)
    items: Iterable[Any] = node.items if isinstance(node, YamlSequence) else ()
    return [
        item.text if isinstance(item, YamlScalar) else next(iter(item.entries), "")
        for item in items
        if isinstance(item, YamlScalar | YamlMapping)
    ]


def _with(text: str, tree: YamlMapping, key: str, item: str | Mapping[str, str]) -> str:
    """A text with an item more in a list, which it may not have yet."""
    if isinstance(tree.entries.get(key), YamlSequence):
        return splice_yaml(text, {}, added=[Added((key,), "", item)])
    said = item if isinstance(item, str) else _below(item, "    ")
    if key in tree.entries:  # left blank
        return splice_yaml(text, {(key,): f"\n  - {said}"})
    new = f"[{said}]" if isinstance(item, str) else f"\n  - {said}"
    return splice_yaml(text, {}, added=[Added((), key, new)])


def _below(item: Mapping[str, str], indent: str) -> str:
    return f"\n{indent}".join(
        line for key, value in item.items() for line in f"{key}: {value}".split("\n")
    ).replace(f"\n{indent}\n", "\n\n")


def _without(text: str, tree: YamlMapping, key: str, name: str) -> str:
    names = _names(tree, key)
    return _drop(text, names, key, names.index(name))


def _drop(text: str, names: list[str], key: str, number: int) -> str:
    """A text without an item of a list, or without the list, where it is the only one."""
    if len(names) == 1:
        return splice_yaml(text, {}, [key])
    return splice_yaml(text, {}, dropped=[(key, str(number))])


def _own(files: OpenedFiles, asked: OwnRequest) -> Edits:
    path = _authority_file(files, asked.authority)
    new = _edited(files, path, partial(_with_own, asked=asked))
    return Edits(f"A paragraph of {asked.authority} alone", {path: new})


def _with_own(text: str, tree: YamlMapping, asked: OwnRequest) -> str:
    if asked.number is None:
        said = {"place": asked.place or ""}
        said |= {"after": quote_scalar(asked.after)} if asked.after else {}
        is_flow = _is_flow(text, ("inserts",))
        words = json.dumps(asked.text.strip(), ensure_ascii=False) if is_flow else None
        return _with(text, tree, "inserts", {**said, "text": words or _literal(asked.text, "  ")})
    names = _names(tree, "inserts")
    if asked.number >= len(names) or names[asked.number] not in {"place", "after", "text"}:
        raise SpliceError
    if not asked.text.strip():
        return _drop(text, names, "inserts", asked.number)
    steps = ("inserts", str(asked.number), "text")
    if _is_flow(text, steps[:2]):
        return splice_yaml(text, {steps: json.dumps(asked.text.strip(), ensure_ascii=False)})
    indent = " " * (_column(text, steps[:2]) + 2)
    return splice_yaml(text, {steps: _literal(asked.text, indent)})


def _literal(text: str, indent: str) -> str:
    """Words below a |, each line with this indent."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(["|", *(f"{indent}{line}".rstrip() for line in lines)])


def _node(text: str, steps: Iterable[str]) -> yaml.Node | None:
    """The value at the end of these keys and numbers, as the parser marks it."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in steps:
        if isinstance(node, yaml.SequenceNode):
            node = node.value[int(step)]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
    return node


def _is_flow(text: str, steps: Iterable[str]) -> bool:
    node = _node(text, steps)
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _column(text: str, steps: Iterable[str]) -> int:
    node = _node(text, steps)
    return node.start_mark.column if node is not None else 0


def _rule(files: OpenedFiles, asked: RuleRequest) -> Edits:
    path = files.folders.inserts / f"{asked.insert}.md"

    def changed(text: str) -> str:
        begin, *rest = text.split("\n---", 1)
        begin, _, said = begin.partition("\n")
        if begin.rstrip() != "---" or not rest:
            raise SpliceError
        tree, problems = parse_yaml(f"{said}\n", path)
        if tree is None or problems:
            raise ActionRefusedError(*problems)
        new = _with_rule(f"{said}\n", tree, asked.rule.strip()).removesuffix("\n")
        return f"{begin}\n{new}\n---{rest[0]}"

    with splicing(path):
        new = edit_bytes(files.read(path), lambda text: with_its_line_ends(text, changed))
    return Edits(f"The rule of insert {asked.insert}", {path: new})


def _with_rule(text: str, tree: YamlMapping, rule: str) -> str:
    if not rule:
        return splice_yaml(text, {}, ["when"]) if "when" in tree.entries else text
    if "when" in tree.entries:
        return splice_yaml(text, {("when",): quote_scalar(rule)})
    return splice_yaml(text, {}, added=[Added((), "when", quote_scalar(rule))])


def _new_insert(files: OpenedFiles, asked: NewInsertRequest) -> Edits:
    path = files.folders.inserts / f"{asked.insert}.md"
    lines = ["---", f"place: {asked.place}"]
    lines += [f"after: {quote_scalar(asked.after)}"] if asked.after else []
    lines += [f"when: {quote_scalar(asked.rule)}"] if asked.rule.strip() else []
    words = asked.text.replace("\r\n", "\n").strip()
    content = "\n".join([*lines, "---", words]) + "\n"
    return Edits(f"Insert {asked.insert}", {path: content.encode()})


ACTIONS: tuple[FileAction[Any], ...] = (
    FileAction("give-insert", GiveRequest, _give),
    FileAction("take-insert", TakeRequest, _take),
    FileAction("own-paragraph", OwnRequest, _own),
    FileAction("insert-rule", RuleRequest, _rule),
    FileAction("new-insert", NewInsertRequest, _new_insert),
)
