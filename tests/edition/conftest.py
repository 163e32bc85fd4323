from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.workspace import EditionFolders
from tests.borsetshire import build_tree


@pytest.fixture
def borsetshire(tmp_path: Path) -> Callable[..., EditionFolders]:
    """Writes the invented workspace, with changes, into a folder of this test's own.

    Nothing is rendered here, so the template is one that takes no time to read.
    """

    def build(*changes: Mapping[str, str | bytes | None]) -> EditionFolders:
        return build_tree(tmp_path, {"templates/letter.html.jinja": "<p></p>\n"}, *changes)

    return build


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    """The invented workspace as it is."""
    return build_tree(tmp_path)
