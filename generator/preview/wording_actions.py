"""Changing wording: these lines of a file of wording, and not a byte besides."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from generator.edition.edit_yaml import edit_bytes
from generator.preview.actions import ActionRequest, Edits, FileAction, OpenedFiles
from generator.problems import counted
from generator.workspace import EditionFolders

FileName = Annotated[str, Field(pattern=r"^[a-z0-9]+([._-][A-Za-z0-9]+)*$", max_length=100)]
"""The name of a file of wording without its ending: `introduction`, `introduction.cy`."""
Kind = Literal["section", "insert", "report", "mail"]


class LineEdit(ActionRequest):
    """Lines to be exchanged: from the first to the last, counted from 1.

    Where the last is the one before the first, a text comes in before that; without a text, the
    lines go.
    """

    first: Annotated[int, Field(ge=1, le=1_000_000)]
    last: Annotated[int, Field(ge=0, le=1_000_000)]
    text: Annotated[str, Field(max_length=500_000)]


class WordingRequest(ActionRequest):
    """A file of wording, by what it is, and what is to become of its lines."""

    kind: Kind
    name: FileName
    edits: Annotated[list[LineEdit], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for edit in self.edits:
            if edit.last < edit.first - 1:
                raise ValueError("the last line stands before the first")
        for before, after in pairwise(self.edits):
            if after.first <= max(before.first, before.last):
                raise ValueError("the edits stand in the order of their lines, none in another")
        return self

    @property
    def yours(self) -> str:
        """The new words."""
        return "\n\n".join(edit.text for edit in self.edits if edit.text.strip())

    def path(self, folders: EditionFolders) -> Path:
        """The file that is meant."""
        where = {
            "section": folders.sections,
            "insert": folders.inserts,
            "report": folders.report,
            "mail": folders.templates,
        }
        name = self.name if self.kind != "mail" else f"mail{self.name.removeprefix('mail')}"
        return where[self.kind] / f"{name}.md"

    def changed(self, content: bytes) -> bytes:
        """The file with its lines exchanged."""
        return edit_bytes(content, lambda text: edit_lines(text, self.edits))


def edit_lines(text: str, edits: Sequence[LineEdit]) -> str:
    """A text with these lines exchanged; what comes in or goes leaves one blank line between."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    is_ended = text.endswith("\n")
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    for edit in reversed(edits):
        start, end = min(edit.first - 1, len(lines)), min(edit.last, len(lines))
        new = edit.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
        new = [line.rstrip() for line in new]
        if not any(new):
            while end < len(lines) and not lines[end].strip():
                end += 1
            if end == len(lines):
                while start and not lines[start - 1].strip():
                    start -= 1
            new = []
        elif end == start:
            if start and lines[start - 1].strip():
                new = ["", *new]
            if start < len(lines) and lines[start].strip():
                new = [*new, ""]
        lines[start:end] = new
    return line_end.join(lines) + (line_end if is_ended else "")


def _edit_wording(files: OpenedFiles, asked: WordingRequest) -> Edits:
    path = asked.path(files.folders)
    new = asked.changed(files.read(path))
    return Edits(f"{counted(len(asked.edits), 'change')} in {path.name}", {path: new})


ACTIONS: tuple[FileAction[Any], ...] = (FileAction("wording", WordingRequest, _edit_wording),)
