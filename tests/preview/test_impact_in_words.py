from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.preview.edition_snapshot import read_edition
from generator.preview.pages import impact_in_words, pages_in_words
from generator.preview.preview_state import PreviewState
from tests.borsetshire import AMBRIDGE, INTRODUCTION, authority, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PreviewState]:
    opened = PreviewState(build_tree(tmp_path))
    opened.replace_all(read_edition(opened.folders), {})
    yield opened
    opened.tasks.close()


def _save(desk: PreviewState, name: str, content: str | None) -> list[str]:
    path = desk.folders.workspace.folder / name
    if content is None:
        path.unlink()
    else:
        path.write_text(content)
    desk.replace_all(read_edition(desk.folders, desk.reading), {})
    return impact_in_words(desk.save.impact, "The last save") if desk.save else []


def test_before_the_first_save_nothing_is_said(desk: PreviewState) -> None:
    assert desk.save is None


def test_what_a_save_changed_is_said_and_how_far_pages_are_counted(desk: PreviewState) -> None:
    before = desk.reading
    assert before is not None
    desk.render_cache.note_pages({before.keys[A]: 3, before.keys[F]: 3})

    said = _save(desk, "templates/2031/sections/introduction.md", f"{INTRODUCTION}\nMore.\n")

    assert said == ["The last save changes 2 letters: 2 wording only."]
    assert _pages(desk) == {"growing": ["Pages counted in 0 of 2."]}
    assert desk.reading is not None
    desk.render_cache.note_pages({desk.reading.keys[A]: 4})
    assert _pages(desk) == {"growing": ["1 grows to 4 pages.", "Pages counted in 1 of 2."]}
    desk.render_cache.note_pages({desk.reading.keys[F]: 4})
    assert _pages(desk) == {"grown": ["2 grow to 4 pages."]}
    desk.render_cache.note_pages({desk.reading.keys[F]: 2})
    assert _pages(desk) == {"grown": ["1 shrinks to 2 pages.", "1 grows to 4 pages."]}
    desk.render_cache.note_pages({desk.reading.keys[A]: 3, desk.reading.keys[F]: 3})
    assert _pages(desk) == {"grown": ["None has more or fewer pages."]}


def _pages(desk: PreviewState) -> Mapping[str, list[str]]:
    """What is said of pages while they are counted, or, in the end, once they are."""
    return pages_in_words(desk.page_count)


def test_letters_that_break_come_or_go_are_said(desk: PreviewState) -> None:
    file = f"data/2031/authorities/{A}.yaml"

    assert _save(desk, file, "name: [\n") == ["1 letter can no longer be made."]
    assert _save(desk, file, AMBRIDGE) == ["1 letter can be made again."]
    assert _save(desk, "data/2031/authorities/p.yaml", authority("P")) == ["1 letter came in."]
    assert _save(desk, "data/2031/authorities/p.yaml", None) == ["1 letter left."]


def test_a_save_that_changes_no_letter_leaves_the_last_one_that_did(desk: PreviewState) -> None:
    file = f"data/2031/authorities/{A}.yaml"
    changed = AMBRIDGE.replace("ponds: 14", "ponds: 15")
    said = _save(desk, file, changed)

    assert said[0] == "The last save changes 1 letter: 1 figures only."
    assert _save(desk, file, f"# Really.\n{changed}") == said
