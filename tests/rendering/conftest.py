from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.batch.job import LetterRenderer
from generator.letter.letter import ComposedLetter
from generator.problems import errors
from generator.project.load_edition import load_edition
from tests.batch.executors import printing_once
from tests.borsetshire import AMBRIDGE, build_tree

SLUG = "ambridge-district-council"
FILE = f"data/2031/authorities/{SLUG}.yaml"

Changes = Mapping[str, str | bytes | None]


@pytest.fixture
def ambridge(tmp_path: Path) -> Callable[..., tuple[ComposedLetter, LetterRenderer]]:
    """Ambridge's letter in a workspace with these changes, and the press to render it.

    All have one engine where they have one style, and print a page once.
    """

    def make(*changes: Changes, draft: bool = False) -> tuple[ComposedLetter, LetterRenderer]:
        loaded = load_edition(build_tree(tmp_path, *changes), draft=draft)
        assert errors(loaded.problems_of(SLUG)) == []
        assert loaded.letter_template is not None
        return loaded.letters[SLUG].letter, printing_once(LetterRenderer(loaded.letter_template))

    return make


def changed(before: str, after: str) -> Changes:
    """Ambridge's file with one thing changed."""
    assert before in AMBRIDGE
    return {FILE: AMBRIDGE.replace(before, after)}
