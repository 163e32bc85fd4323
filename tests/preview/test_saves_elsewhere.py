"""A save at one edition is read by those that may read its files, and by no other."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from generator.preview import refresh
from generator.preview.edition_snapshot import EditionSnapshot, read_edition
from generator.preview.preview_state import PreviewState
from generator.preview.saves_elsewhere import are_of_later_years
from generator.workspace import BASE_TEMPLATES, EditionFolders, Workspace
from tests.borsetshire import BORSETSHIRE, build_tree

_PATIENCE_S = 60
A = "ambridge-district-council"
OF_YEARS = {
    name.replace("2031", str(year)): text.replace("2031", str(year))
    for year in (2030, 2032)
    for name, text in BORSETSHIRE.items()
    if "2031" in name
}
SECTION = "templates/{}/sections/introduction.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build_tree(tmp_path, OF_YEARS).workspace.folder


@pytest.fixture
def folders(folder: Path) -> EditionFolders:
    return Workspace(folder).edition(2031)


# --- Which saves are of later years alone ------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([SECTION.format(2032)], True),
        (["data/2032/edition.yaml", "approvals/2032/1.json", "issued/2033/a/1/letter.pdf"], True),
        (["data/2032"], True),
        ([SECTION.format(2031)], False),
        ([SECTION.format(2030)], False),
        (["issued/2030/a/1/letter.pdf"], False),
        ([SECTION.format(2032), "templates/letter.css"], False),
        ([SECTION.format(2032), SECTION.format(2031)], False),
        (["data/schemas/edition.schema.json"], False),
        (["data"], False),
        (["templates/2032.css"], False),
        (["templates/20320/x.md"], False),
        (["output/2032/manifest.json"], False),
        (["2032/edition.yaml"], False),
    ],
)
def test_only_files_of_later_years_do_not_concern_an_edition(
    folders: EditionFolders, names: list[str], expected: bool
) -> None:
    paths = [folders.workspace.folder / name for name in names]

    assert are_of_later_years(folders, paths) is expected


def test_the_templates_of_the_program_concern_every_edition(folders: EditionFolders) -> None:
    assert not are_of_later_years(folders, [BASE_TEMPLATES / "letter.css"])


def _to_a_file(folder: Path) -> None:
    (folder / SECTION.format(2031)).unlink()
    (folder / SECTION.format(2031)).symlink_to(folder / SECTION.format(2032))


def _to_a_folder(folder: Path) -> None:
    (folder / "data/2032/authorities").rename(folder / "data/2032/theirs")
    (folder / "data/2032/authorities").symlink_to(folder / "data/2031/authorities")


def _to_all_templates(folder: Path) -> None:
    (folder / "templates").rename(folder / "wording")
    (folder / "templates").symlink_to(folder / "wording")


def _of_two_names(folder: Path) -> None:
    (folder / SECTION.format(2031)).unlink()
    os.link(folder / SECTION.format(2032), folder / SECTION.format(2031))


@pytest.mark.parametrize("link", [_to_a_file, _to_a_folder, _to_all_templates, _of_two_names])
def test_where_a_file_may_have_another_name_any_save_concerns_an_edition(
    folders: EditionFolders, link: Callable[[Path], None]
) -> None:
    saved = [folders.workspace.folder / SECTION.format(2032)]
    assert are_of_later_years(folders, saved)

    link(folders.workspace.folder)

    assert not are_of_later_years(folders, saved)


# --- What is read again ------------------------------------------------------------------------


class Followed:
    """Several editions of a workspace, each followed as at a desk, and how often each was read."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.read = folder, dict.fromkeys((2030, 2031, 2032), 0)
        self.desks = {
            year: PreviewState(EditionFolders(Workspace(folder), year)) for year in self.read
        }
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(refresh, "read_edition", self._counted(read_edition))

    def _counted(self, read: Callable[..., Any]) -> Callable[..., Any]:
        def counted(folders: EditionFolders, before: Any) -> Any:
            self.read[folders.year] += 1
            return read(folders, before)

        return counted

    async def save(self, name: str, more: str, *years: int) -> None:
        """Save a file, and wait until these editions have read themselves again."""
        before = {year: self.desks[year].reading for year in years}
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text() if path.exists() else "") + more)
        for year, reading in before.items():
            await self.another(year, reading)

    async def another(self, year: int, before: EditionSnapshot | None) -> None:
        """Wait until an edition has read itself again."""
        await self.until(year, lambda desk: desk.reading is not before)

    async def until(self, year: int, what: Callable[[PreviewState], object]) -> None:
        desk = self.desks[year]
        moment = desk.revision
        while not what(desk):
            moment = await desk.wait_for_change(moment)


def _followed(folder: Path, seen: Callable[[Followed], Any]) -> None:
    async def main(stack: ExitStack) -> None:
        followed = Followed(folder, stack)
        ready = [asyncio.Event() for _ in followed.desks]
        following = []
        async with asyncio.timeout(_PATIENCE_S):
            try:
                for desk, read in zip(followed.desks.values(), ready, strict=True):
                    following.append(asyncio.create_task(refresh.follow(desk, read.set)))
                    await read.wait()
                await seen(followed)
                assert [desk.internal_error for desk in followed.desks.values()] == [""] * 3
            finally:
                for task in following:
                    task.cancel()
                await asyncio.gather(*following, return_exceptions=True)
                for desk in followed.desks.values():
                    desk.close()

    with ExitStack() as stack:
        asyncio.run(main(stack))


def _words(desk: PreviewState) -> str:
    assert desk.reading is not None
    composed = desk.reading.letters[A].composed
    assert composed is not None
    return " ".join(block.text for block in composed.letter.blocks)


@pytest.mark.thorough
@pytest.mark.processes
def test_a_save_is_read_by_its_own_edition_and_later_ones_alone(folder: Path) -> None:
    async def seen(all_: Followed) -> None:
        await all_.save(SECTION.format(2032), "\nOwls.\n", 2032)
        assert "Owls." in _words(all_.desks[2032])
        await all_.save(SECTION.format(2031), "\nDucks.\n", 2031, 2032)
        assert "Ducks." in _words(all_.desks[2031])
        await all_.save(SECTION.format(2030), "\nGeese.\n", 2030, 2031, 2032)
        assert "Geese." in _words(all_.desks[2030])
        assert all_.read == {2030: 2, 2031: 3, 2032: 4}
        await all_.save("templates/letter.css", "\n", 2030, 2031, 2032)
        assert all_.read == {2030: 3, 2031: 4, 2032: 5}

    _followed(folder, seen)


@pytest.mark.thorough
@pytest.mark.processes
def test_an_edition_that_comes_or_goes_is_seen_by_all(folder: Path) -> None:
    """For their pages lead to one another."""

    async def seen(all_: Followed) -> None:
        await all_.save("data/2033/edition.yaml", BORSETSHIRE["data/2031/edition.yaml"], *all_.read)
        (folder / "data/2033/edition.yaml").unlink()
        before = all_.desks[2030].reading
        (folder / "data/2033").rmdir()
        await all_.another(2030, before)

    _followed(folder, seen)


@pytest.mark.thorough
@pytest.mark.processes
def test_a_save_where_a_file_stands_for_that_of_another_year_is_seen(folder: Path) -> None:
    async def seen(all_: Followed) -> None:
        await all_.save(SECTION.format(2032), "\nOwls.\n", 2032, 2031)
        assert "Owls." in _words(all_.desks[2031])

    _to_a_file(folder)
    _followed(folder, seen)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """The files that are opened meanwhile."""
    names: list[str] = []
    really = os.open

    def noted(path: Any, *args: Any, **how: Any) -> int:
        names.append(os.fspath(path) if not isinstance(path, int) else "")
        return really(path, *args, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", noted)
        yield names


@pytest.mark.processes
def test_no_file_of_a_later_year_is_ever_read(folders: EditionFolders, opened: list[str]) -> None:
    """By all that is done of itself at the desk: reading, comparing, checking, what stands open."""

    async def main() -> None:
        desk = PreviewState(folders)
        async with asyncio.timeout(_PATIENCE_S):
            try:
                await refresh._see_all(desk)
                await desk.letter(A)
                await refresh._see_one(desk, A)
                await refresh._in_background(desk)
            finally:
                desk.close()
        assert desk.compared is not None
        assert desk.compared.report is not None

    asyncio.run(main())

    read = {
        each.relative_to(folders.workspace.folder).parts[1]
        for each in map(Path, opened)
        if each.is_relative_to(folders.workspace.folder)
    }
    assert {"2030", "2031"} <= read
    assert "2032" not in read
