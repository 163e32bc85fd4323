from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.workspace import EditionFolders
from tests.borsetshire import build_tree

Build = Callable[..., EditionFolders]


@pytest.fixture
def borsetshire(tmp_path: Path) -> Build:
    """Writes the invented workspace, with changes, into a folder of this test's own."""

    def build(*changes: Mapping[str, str | bytes | None]) -> EditionFolders:
        return build_tree(tmp_path, {"templates/letter.html.jinja": "<p></p>\n"}, *changes)

    return build
