"""What can be edited of a block of a letter: its words as they are written, and what they may name.

A block knows the place of its words. They are looked up in the file as it is now, and told with its
digest: only as long as that stays can they be changed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from generator.edition.authority import ChosenInsert
from generator.edition.yaml_tree import YamlMapping, YamlScalar, read_yaml
from generator.files.bounded_read import Sort, read_bytes
from generator.files.recovery import digest_at
from generator.letter.expressions import ExpressionError, parse_placeholder
from generator.letter.figures_in_letters import typeset
from generator.letter.letter import ComposedBlock
from generator.letter.variables import (
    Type,
    Variable,
    Variables,
    Vocabulary,
    variables_of,
    vocabulary,
)
from generator.letter.wording import words_key
from generator.letter.wording_block import WordingBlock
from generator.plain_text import strip_whitespace
from generator.preview.actions import file_name
from generator.preview.data_actions import node_at
from generator.preview.edition_snapshot import GoodLetter
from generator.workspace import EditionFolders

_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_WHEN = re.compile(r"(\s*:::\s*(?:otherwise\s+)?when\s+)(.*?)\s*")
_WAYS = {
    Type.NUMBER: ("", " | in_words", " | ordinal_in_words", ' | count("complaint")'),
    Type.DATE: (" | long_date", " | numeric_date"),
}
"""In which ways a value of a type can be printed, as it is written behind its name."""


@dataclass(frozen=True)
class WrittenBlock:
    """Lines of a file that are one block: a paragraph, a heading, an item of a list."""

    kind: str
    """The sort of file: `section`, `insert`, `report`."""
    path: Path
    first: int
    last: int

    def text(self, lines: Sequence[str]) -> str:
        """It as it is written."""
        return "\n".join(lines[self.first - 1 : self.last])


def editable(
    good: GoodLetter, address: str, said: str, was: str, folders: EditionFolders
) -> Mapping[str, Any]:
    """How a block of a letter can be edited, for the page; or why it cannot. Raises `OSError`.

    `said` is what was read where it was chosen, maybe on a page as it was before a save, by which
    the addresses have moved on: then the one is meant that says so now. `was` is what it said when
    it was opened before: the one is meant that is likest to that, though others may have come in
    above it.
    """
    block = _meant(good.letter.blocks, address, strip_whitespace(said))
    if block is None:
        return _not("This paragraph is no longer in the letter.")
    variables = {**variables_of(good.edition, good.authority), **_own_values(block)}
    names = vocabulary(good.edition)
    for key, words in good.wording.words.items():
        if words.place == block.place and words.role is block.role:
            return _fixed(key, good, folders, names, variables)
    written = _written(block, good, folders)
    if written is None:
        own = next((e for e in good.authority.inserts if e.insert == block.insert), None)
        if own is not None and own.paragraph is not None:
            return {
                **_common(own.paragraph.text.strip(), good, names, variables),
                **_own(good, own, folders),
            }
        if block.place.path == good.authority.path:
            return _not("This is the authority’s own: “Addressee and figures” changes it.")
        return _not("This is not wording: it follows from the figures and the edition.")
    lines = _lines(written.path)
    source = good_source(block, good)
    if source is None or source.source.split("\n")[0].strip() not in written.text(lines):
        return {**_not("It has just been saved and is being read again."), "again": True}
    around = [*_blocks_in(written.path, good, folders)]
    if was:
        written = max(around, key=lambda each: fuzz.ratio(each.text(lines), was))
    at = around.index(written)
    return {
        **_common(written.text(lines), good, names, variables),
        "action": "wording",
        "asked": {"kind": written.kind, "name": written.path.stem},
        "file": file_name(written.path, folders),
        "digest": digest_at(written.path),
        "first": written.first,
        "last": written.last,
        "before": _stretch(around[at - 1], lines) if at else None,
        "after": _stretch(around[at + 1], lines) if at + 1 < len(around) else None,
        "isItem": bool(re.match(r" *([-*]|[0-9]+[.)]) ", written.text(lines))),
        "rule": _rule_over(written, good, lines),
        "isHeading": written.text(lines).lstrip().startswith("#"),
        "isShared": written.kind != "insert",
    }


def _meant(blocks: Sequence[ComposedBlock], address: str, said: str) -> ComposedBlock | None:
    saying = [each for each in blocks if said in strip_whitespace(each.text)]
    there = [each for each in blocks if each.address == address]
    return next((each for each in there if each in saying or not saying), next(iter(saying), None))


def _rule_over(
    written: WrittenBlock, good: GoodLetter, lines: Sequence[str]
) -> Mapping[str, Any] | None:
    """The line `::: when RULE` by which a block stands, if one does."""
    for source, _ in good.wording.written():
        if (source.place.path, source.place.line) == (written.path, written.first):
            line = source.conditions[-1].place.line if source.conditions else 0
            found = (
                _WHEN.fullmatch(lines[line - 1]) if line and source.conditions[-1].holds else None
            )
            return {"line": line, "before": found[1], "text": found[2]} if found else None
    return None


def good_source(block: ComposedBlock, good: GoodLetter) -> WordingBlock | None:
    """The wording that a block was made of."""
    return next((each for each, _ in good.wording.written() if each.place == block.place), None)


def _not(why: str) -> Mapping[str, Any]:
    return {"action": None, "why": why}


def _fixed(
    key: str, good: GoodLetter, folders: EditionFolders, names: Vocabulary, variables: Variables
) -> Mapping[str, Any]:
    """A fixed word of the edition, by its key."""
    path = folders.edition_file
    digest = digest_at(path)  # before it is read: so that no save between is written over
    said = words_key(key)
    tree, _ = read_yaml(path)
    node = node_at(tree, tuple(said.split("."))) if tree else None
    if isinstance(node, YamlMapping):  # in several languages
        said = f"{said}.{good.edition.language}"
        node = node.entries.get(good.edition.language)
    if not isinstance(node, YamlScalar):
        return _not("This is in edition.yaml; change it there.")
    return {
        **_common(node.text, good, names, variables),
        "action": "data",
        "asked": {},
        "file": file_name(path, folders),
        "digest": digest,
        "key": said,
        "isShared": True,
    }


def _own(good: GoodLetter, own: ChosenInsert, folders: EditionFolders) -> Mapping[str, Any]:
    """A paragraph that this letter alone has, in its authority's file."""
    path = good.authority.path
    number = good.authority.inserts.index(own)
    return {
        "action": "own-paragraph",
        "asked": {"authority": good.authority.slug, "number": number},
        "file": file_name(path, folders),
        "digest": digest_at(path),
        "isShared": False,
    }


def _common(
    text: str, good: GoodLetter, names: Vocabulary, variables: Variables
) -> Mapping[str, Any]:
    language = good.edition.language
    return {
        "text": text,
        "values": dict(_printed(text, names, variables, language)),
        "names": [*_offered(names, variables, language)],
    }


def _printed(
    text: str, names: Vocabulary, variables: Variables, language: str
) -> Iterator[tuple[str, str]]:
    """Each placeholder in a text as it is written, and what is printed for it in this letter."""
    for found in _PLACEHOLDER.finditer(text):
        printed = _show(found[1], names, variables, language)
        if printed is not None:
            yield found[0], printed


def _show(said: str, names: Vocabulary, variables: Variables, language: str) -> str | None:
    own = {name: variable.type for name, variable in variables.items() if "insert." in name}
    try:
        placeholder = parse_placeholder(said.strip(), names.also(own))
        return typeset(placeholder.show(variables[placeholder.name], language))
    except (ExpressionError, KeyError):
        return None


def _offered(names: Vocabulary, variables: Variables, language: str) -> Iterator[Mapping[str, Any]]:
    """Every name that words may use here, with the ways in which it can be printed."""
    for name, entry in names.items():
        if name not in variables:
            continue
        ways = [f"{name}{way}" for way in _WAYS.get(entry.type, ("",))]
        shown = [(way, _show(way, names, variables, language)) for way in ways]
        known = [{"source": f"{{{{ {way} }}}}", "printed": said} for way, said in shown if said]
        if known:
            yield {"name": name, "type": entry.type.value, "ways": known}


def _own_values(block: ComposedBlock) -> Variables:
    """The values that the authority gives to the insert that a block is of."""
    return {
        run.name: Variable(Type.TEXT, run.text, run.text, block.place)
        for run in block.runs
        if run.name and run.name.startswith("insert.")
    }


def _written(
    block: ComposedBlock, good: GoodLetter, folders: EditionFolders
) -> WrittenBlock | None:
    source = good_source(block, good)
    return _as_written(source, folders) if source else None


def _as_written(source: WordingBlock, folders: EditionFolders) -> WrittenBlock | None:
    kinds = {folders.sections: "section", folders.inserts: "insert", folders.report: "report"}
    kind = kinds.get(source.place.path.parent)
    if kind is None:
        return None
    first = source.place.line
    return WrittenBlock(kind, source.place.path, first, first + source.source.count("\n"))


def _blocks_in(path: Path, good: GoodLetter, folders: EditionFolders) -> Iterator[WrittenBlock]:
    """The blocks of a file, in order."""
    found = (
        _as_written(block, folders)
        for block, _ in good.wording.written()
        if block.place.path == path
    )
    return (each for each in dict.fromkeys(found) if each is not None)


def _stretch(block: WrittenBlock, lines: Sequence[str]) -> Mapping[str, Any]:
    return {"first": block.first, "last": block.last, "text": block.text(lines)}


def _lines(path: Path) -> list[str]:
    text = read_bytes(path, Sort.TEXT).decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").split("\n")
