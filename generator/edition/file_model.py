"""Data files as objects: frozen models of what they say, and beside it where they say it."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from generator.edition.explain import place_of
from generator.edition.yaml_tree import YamlMapping
from generator.problems import Place


class FileModel(BaseModel):
    """A part of a data file: every key known, nothing changed after it is read.

    Built when a file is first read, so that parts are not built once more each by itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class DataFile(FileModel):
    """A whole data file, which knows the place of all that it says."""

    _tree: YamlMapping
    _path: Path

    def model_post_init(self, context: Any) -> None:
        """Keep the tree and the path that `validate` gives to what it reads."""
        self._tree, self._path = context

    @property
    def tree(self) -> YamlMapping:
        """The file as it is written."""
        return self._tree

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def place(self, *steps: str | int) -> Place:
        """Where in the file something is said, by keys and indexes."""
        return place_of(self._tree, self._path, *steps)
