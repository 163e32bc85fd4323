"""What becomes of a save, step by step, in one process: nothing is printed to wait for but news."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from generator.preview.impact import Impact
from generator.preview.page_images import ShownPages
from generator.preview.preview_state import PreviewState
from generator.preview.refresh import follow
from generator.workspace import EditionFolders
from tests.borsetshire import (
    AMBRIDGE,
    BORSETSHIRE,
    EDITION,
    INTRODUCTION,
    authority,
    build_tree,
    unprintable_for,
)

pytestmark = pytest.mark.processes

A, F = "ambridge-district-council", "felpersham-city-council"
_PATIENCE_S = 60


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path)


def _followed(folders: EditionFolders, seen: Callable[[PreviewState], Awaitable[None]]) -> None:
    """Have the files followed while something is seen to."""

    async def main() -> None:
        desk = PreviewState(folders)
        ready = asyncio.Event()
        async with asyncio.timeout(_PATIENCE_S):
            following = asyncio.create_task(follow(desk, ready.set))
            try:
                await ready.wait()
                await seen(desk)
                assert desk.internal_error == ""
                assert not following.done()
            finally:
                following.cancel()
                await asyncio.wait([following])
                desk.close()

    asyncio.run(main())


def _keys(desk: PreviewState) -> Mapping[str, str]:
    """What decides each letter as it was read last, by slug."""
    return desk.reading.keys if desk.reading else {}


async def _until(desk: PreviewState, what: Callable[[], object]) -> None:
    """Wait until something is so, looking at each news."""
    moment = desk.revision
    while not what():
        moment = await desk.wait_for_change(moment)


def _save(folders: EditionFolders, content: str | None, name: str) -> None:
    path = folders.workspace.folder / name
    if content is None:
        path.unlink()
    else:
        path.write_text(content)


AMBRIDGE_FILE = f"data/2031/authorities/{A}.yaml"
SECTION_FILE = "templates/2031/sections/introduction.md"
NOTES_FILE = "templates/2031/report/notes.md"
TEMPLATE_FILE = "templates/letter.html.jinja"


def _html(desk: PreviewState, slug: str = A) -> str:
    letter = desk.letters.get(slug)
    return letter.good.html.decode() if letter and letter.good else ""


def _says(desk: PreviewState, words: str) -> bool:
    return words in _html(desk)


def test_an_open_letter_is_seen_first_and_then_all(folders: EditionFolders) -> None:
    async def seen(desk: PreviewState) -> None:
        first = desk.reading
        await desk.letter(A)
        with desk.opened(A):
            _save(folders, f"{INTRODUCTION}\nDucks.\n", SECTION_FILE)
            await _until(desk, lambda: "Ducks." in _html(desk))
            assert desk.reading is first
            await _until(desk, lambda: desk.save is not None)
        assert desk.save is not None
        assert desk.save.impact == Impact({A: ("wording",), F: ("wording",)})
        assert desk.save.before is first

    _followed(folders, seen)


@pytest.mark.thorough
def test_a_letter_that_nobody_has_open_is_seen_as_it_is_when_it_is_opened(
    folders: EditionFolders,
) -> None:
    async def seen(desk: PreviewState) -> None:
        await desk.letter(A)
        _save(folders, f"{INTRODUCTION}\nDucks.\n", SECTION_FILE)
        await _until(desk, lambda: desk.save)
        assert desk.letters == {}
        await desk.letter(A)
        assert "Ducks." in _html(desk)

    _followed(folders, seen)


@pytest.mark.thorough
def test_a_broken_file_shows_its_problems_and_keeps_the_letter_until_it_is_mended(
    folders: EditionFolders,
) -> None:
    async def seen(desk: PreviewState) -> None:
        await desk.letter(A)
        for name, wrong in (
            (AMBRIDGE_FILE, "name: [\n"),
            ("data/2031/edition.yaml", "year: {\n"),
            (SECTION_FILE, "{{ nothing }}\n"),
            (TEMPLATE_FILE, "{% for %}"),
        ):
            right = BORSETSHIRE[name]
            html = _html(desk)
            with desk.opened(A):
                _save(folders, wrong, name)
                await _until(desk, lambda: desk.letters[A].errors and A not in _keys(desk))
                assert desk.letters[A].is_old
                assert _html(desk) == html
                _save(folders, right, name)
                await _until(desk, lambda: A in _keys(desk))
                assert desk.letters[A].errors == []
                assert not desk.letters[A].is_old
                assert _html(desk) == html

    _followed(folders, seen)


@pytest.mark.thorough
def test_a_letter_that_breaks_while_nobody_looks_is_kept_as_it_was(folders: EditionFolders) -> None:
    async def seen(desk: PreviewState) -> None:
        await desk.letter(A)
        html = _html(desk)
        _save(folders, "name: [\n", AMBRIDGE_FILE)
        await _until(desk, lambda: desk.save)
        assert (desk.letters[A].is_old, _html(desk)) == (True, html)

    _followed(folders, seen)


@pytest.mark.thorough
def test_letters_that_come_and_go_are_seen(folders: EditionFolders) -> None:
    async def seen(desk: PreviewState) -> None:
        assert await desk.letter("penny-hassett") is None
        _save(folders, authority("Penny Hassett"), "data/2031/authorities/penny-hassett.yaml")
        await _until(desk, lambda: desk.save)
        letter = await desk.letter("penny-hassett")
        assert letter is not None
        with desk.opened("penny-hassett"):
            _save(folders, None, "data/2031/authorities/penny-hassett.yaml")
            await _until(desk, lambda: desk.save is not None and desk.save.impact.gone)
            gone = desk.letters["penny-hassett"]
        assert gone.is_old
        assert [problem.message for problem in gone.errors] == [
            "this file is no longer there, so there is no such letter"
        ]

    _followed(folders, seen)


def test_two_open_letters_are_both_seen(folders: EditionFolders) -> None:
    async def seen(desk: PreviewState) -> None:
        with desk.opened(A), desk.opened(F), desk.opened(F):
            assert sorted(desk.open_letters) == [A, F]
            _save(folders, f"{INTRODUCTION}\nDucks.\n", SECTION_FILE)
            await _until(desk, lambda: "Ducks." in _html(desk) and "Ducks." in _html(desk, F))
        assert desk.open_letters == []

    _followed(folders, seen)


def test_another_checkout_is_seen_whole(folders: EditionFolders) -> None:
    """As when another branch is checked out: folders go, and others come in their place."""

    async def seen(desk: PreviewState) -> None:
        await desk.letter(A)
        with desk.opened(A):
            for folder in (folders.workspace.data, folders.workspace.templates):
                shutil.rmtree(folder)
            await _until(desk, lambda: desk.letters[A].is_old)
            ducks = f"{INTRODUCTION}\nDucks.\n"
            build_tree(folders.workspace.folder, {SECTION_FILE: ducks})
            await _until(desk, lambda: "Ducks." in _html(desk) and not desk.letters[A].is_old)
            await _until(desk, lambda: A in _keys(desk))

    _followed(folders, seen)


def test_an_edition_that_cannot_be_read_at_the_start_is_followed_until_it_can(
    tmp_path: Path,
) -> None:
    folders = build_tree(tmp_path, {"data/2031/edition.yaml": "year: {\n"})

    async def seen(desk: PreviewState) -> None:
        letter = await desk.letter(A)
        assert letter is not None
        assert (letter.good, letter.errors != []) == (None, True)
        _save(folders, EDITION, "data/2031/edition.yaml")
        await _until(desk, lambda: desk.save and desk.save.impact.mended)
        letter = await desk.letter(A)
        assert letter is not None
        assert letter.good is not None

    _followed(folders, seen)


@pytest.mark.thorough
def test_pages_are_counted_in_the_background_and_known_before_and_after(
    folders: EditionFolders,
) -> None:
    async def seen(desk: PreviewState) -> None:
        await _until(desk, lambda: all(map(desk.render_cache.knows, _keys(desk).values())))
        _save(folders, f"{INTRODUCTION}\n{'Ducks. ' * 400}\n", SECTION_FILE)
        await _until(desk, lambda: (c := desk.page_count) is not None and c.counted == c.of)
        assert desk.page_count is not None
        assert [change.slugs for change in desk.page_count.changes] == [(A, F)]

    _followed(folders, seen)


def test_the_page_that_changed_is_drawn_first(folders: EditionFolders) -> None:
    async def seen(desk: PreviewState) -> None:
        async def drawn() -> list[int]:
            letter, _ = await desk.printed(A, _PATIENCE_S)
            assert letter is not None
            assert letter.good is not None
            assert await desk.page_images.pages(letter) is not None
            pictures = desk.page_images._pictures._things
            return [n for key, n in cast(Any, pictures) if key == letter.good.key]

        assert await drawn() == [1, 2]
        with desk.opened(A):
            _save(folders, "Each duck counts double.\n", NOTES_FILE)
            await _until(desk, lambda: "counts double" in _html(desk))
            assert await drawn() == [2]

    _followed(folders, seen)


@pytest.mark.thorough
def test_a_letter_that_cannot_be_printed_keeps_its_last_pages(folders: EditionFolders) -> None:
    async def seen(desk: PreviewState) -> None:
        async def pages() -> ShownPages:
            letter, _ = await desk.printed(A, _PATIENCE_S)
            assert letter is not None
            found = await desk.page_images.pages(letter)
            assert found is not None
            return found

        before = await pages()
        with desk.opened(A):
            _save(folders, unprintable_for(A), TEMPLATE_FILE)
            await _until(desk, lambda: "data:image" in _html(desk))
            _, made = await desk.printed(A, _PATIENCE_S)
            assert made is not None
            assert (made.contents, len(made.problems)) == ({}, 1)
            after = await pages()
            assert (after.key, after.pages, after.is_old) == (before.key, before.pages, True)
            _save(folders, BORSETSHIRE[TEMPLATE_FILE], TEMPLATE_FILE)
            _save(folders, f"{INTRODUCTION}\nA duck.\n", SECTION_FILE)
            await _until(desk, lambda: "A duck." in _html(desk))
            mended = await pages()
        assert not mended.is_old
        assert mended.pages != before.pages

    _followed(folders, seen)


@pytest.mark.thorough
def test_a_letter_that_is_asked_for_while_it_is_saved_is_given_as_it_is_in_the_end(
    folders: EditionFolders,
) -> None:
    async def seen(desk: PreviewState) -> None:
        asked = asyncio.create_task(desk.printed(A, _PATIENCE_S))
        with desk.opened(A):
            for number in range(3):
                _save(folders, f"{INTRODUCTION}\n{number} ducks.\n", SECTION_FILE)
                await _until(desk, partial(_says, desk, f"{number} ducks."))
            letter, made = await asked
            assert made is not None
            assert letter is not None
            again, made_again = await desk.printed(A, _PATIENCE_S)
            assert again is not None
            assert made_again is not None
            assert made_again.contents["html"].decode() == _html(desk)

    _followed(folders, seen)


@pytest.mark.thorough
def test_what_was_begun_for_older_files_is_not_shown_as_new(folders: EditionFolders) -> None:
    """A letter that is opened while all are read anew is of what was read last."""

    async def seen(desk: PreviewState) -> None:
        opening: list[asyncio.Task[object]] = []
        first = desk.reading
        _save(folders, AMBRIDGE.replace("ponds: 14", "ponds: 99"), AMBRIDGE_FILE)
        while desk.reading is first:
            opening.append(asyncio.create_task(desk.letter(A)))
            await desk.wait_for_change(desk.revision)
        await asyncio.gather(*opening)
        await desk.letter(A)
        assert ">99<" in _html(desk)

    _followed(folders, seen)


def test_a_save_that_changes_nothing_is_no_impact(folders: EditionFolders) -> None:
    async def seen(desk: PreviewState) -> None:
        first = desk.reading
        _save(folders, f"# A comment.\n{AMBRIDGE}", AMBRIDGE_FILE)
        await _until(desk, lambda: desk.reading is not first)
        assert desk.save is None

    _followed(folders, seen)


def test_a_mistake_of_the_program_is_told_and_the_next_save_is_followed(
    folders: EditionFolders,
) -> None:
    async def seen(desk: PreviewState) -> None:
        async def fail() -> None:
            raise ZeroDivisionError("a mistake")

        desk.begin(fail)
        await _until(desk, lambda: desk.internal_error)
        assert desk.internal_error == "ZeroDivisionError: a mistake"
        _save(folders, f"{INTRODUCTION}\nDucks.\n", SECTION_FILE)
        await _until(desk, lambda: desk.save)

    _followed(folders, seen)


@pytest.mark.thorough
def test_what_the_desk_does_itself_is_no_save(folders: EditionFolders) -> None:
    """All was read, printed and compared: until somebody saves, nothing is read again."""

    async def seen(desk: PreviewState) -> None:
        readings = {id(desk.reading): desk.reading}

        def quiet() -> bool:
            readings[id(desk.reading)] = desk.reading
            assert desk.reading is not None
            counted = all(map(desk.render_cache.knows, _keys(desk).values()))
            return desk.busy == "" and desk.compared is not None and counted

        await desk.printed(A, _PATIENCE_S)
        await _until(desk, quiet)
        assert len(readings) == 1
        _save(folders, f"# A comment.\n{AMBRIDGE}", AMBRIDGE_FILE)
        await _until(desk, lambda: quiet() and len(readings) > 1)
        _save(folders, f"{INTRODUCTION}\nDucks.\n", SECTION_FILE)
        await _until(desk, lambda: quiet() and desk.save is not None)
        assert len(readings) == 3

    _followed(folders, seen)
