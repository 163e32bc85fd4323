from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.batch.letter_renderer import Press
from generator.letter.letter import Letter
from generator.problems import errors
from generator.project.load_edition import prepare
from tests.borsetshire import AMBRIDGE, build_tree

SLUG = "ambridge-district-council"
FILE = f"data/2031/authorities/{SLUG}.yaml"

Changes = Mapping[str, str | bytes | None]


@pytest.fixture
def ambridge(tmp_path: Path) -> Callable[..., tuple[Letter, Press]]:
    """Ambridge's letter in a workspace with these changes, and the press to render it."""

    def make(*changes: Changes, draft: bool = False) -> tuple[Letter, Press]:
        prepared = prepare(build_tree(tmp_path, *changes), draft=draft)
        assert errors(prepared.problems_of(SLUG)) == []
        assert prepared.skeleton is not None
        return prepared.letters[SLUG].letter, Press(prepared.skeleton)

    return make


def changed(before: str, after: str) -> Changes:
    """Ambridge's file with one thing changed."""
    assert before in AMBRIDGE
    return {FILE: AMBRIDGE.replace(before, after)}
