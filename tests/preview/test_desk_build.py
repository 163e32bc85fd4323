"""A build from the desk: the same as the command's, followed to its end, and stopped."""

import json
import re
from pathlib import Path

import pytest

from generator.files.parts import locked
from generator.outputs.manifest import read_manifest
from generator.preview.desk_build import DeskBuild, left_in_words
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.batch.executors import build
from tests.borsetshire import authority, build_tree
from tests.preview.conftest import OpenIt
from tests.preview.desks import Answer, News

A = "ambridge-district-council"


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path / "workspace")


def many(folder: Path, number: int) -> EditionFolders:
    files = {f"data/2031/authorities/p-{n}.yaml": authority(f"P {n}") for n in range(number)}
    return build_tree(folder / "workspace", files)


def wait_for(news: News, said: str) -> Answer:
    return news.wait_until("/overview", lambda answer: said in answer.text)


def wait_for_some(news: News) -> None:
    """Wait until some of the 202 letters are made."""
    news.wait_until("/overview", lambda a: re.search(r": [1-9]\d* of 202 made", a.text) is not None)


def has_ended(news: News) -> Answer:
    return news.wait_until("/overview", lambda answer: 'data-action="build"' in answer.text)


@pytest.mark.thorough
@pytest.mark.processes
@pytest.mark.parametrize("draft", [False, True])
def test_it_makes_what_the_command_makes(
    folders: EditionFolders, open_desk: OpenIt, draft: bool
) -> None:
    desk = open_desk(folders.workspace.folder)
    noun = "drafts" if draft else "letters"

    with desk.news() as news:
        assert json.loads(desk.act("build", {"draft": draft}).text)["ok"] is True
        wait_for(news, f"2 {noun}, 2 written.")

        desk.act("build", {"draft": draft})
        wait_for(news, f"2 {noun}, 2 unchanged.")
    command = build(load_edition(folders, draft=draft), folders.output(draft=draft), draft=draft)
    assert [result.status for result in command.results] == ["unchanged", "unchanged"]


@pytest.mark.thorough
@pytest.mark.processes
def test_the_list_says_that_letters_are_built(folders: EditionFolders, open_desk: OpenIt) -> None:
    desk = open_desk(folders.workspace.folder)

    with desk.news() as news:
        desk.act("build", {})
        news.wait_until("/", lambda answer: answer.text.count("<td>up to date") == 2)


@pytest.mark.thorough
@pytest.mark.processes
def test_one_build_goes_on_at_a_time_and_the_desk_goes_on_with_it(
    tmp_path: Path, open_desk: OpenIt
) -> None:
    folders = many(tmp_path, 60)
    desk = open_desk(folders.workspace.folder)

    with desk.news() as news:
        desk.act("build", {})
        second = desk.act("build", {})
        assert desk.get(f"/letters/{A}").status == 200
        wait_for(news, "of 62 made")
        has_ended(news)
    assert second.status == 409
    assert "a build is going on" in second.text
    assert "62 letters, 62 written." in desk.get("/overview").text


@pytest.mark.thorough
@pytest.mark.processes
def test_a_stop_leaves_whole_letters_and_the_next_build_goes_on_from_there(
    tmp_path: Path, open_desk: OpenIt
) -> None:
    folders = many(tmp_path, 200)
    desk = open_desk(folders.workspace.folder)

    with desk.news() as news:
        desk.act("build", {})
        wait_for_some(news)
        desk.act("stop-build", {})
        page = has_ended(news).text
        assert "Stopped at" in page
        manifest = read_manifest(folders.output())
        assert manifest is not None
        made = [entry for entry in manifest.letters.values() if entry.pages]
        assert not any(entry.unfinished for entry in manifest.letters.values())
        assert 0 < len(made) < 202

        desk.act("build", {})
        wait_for(news, f"{202 - len(made)} written, {len(made)} unchanged.")


@pytest.mark.thorough
@pytest.mark.processes
def test_a_desk_that_is_closed_stops_its_build_in_order(tmp_path: Path, open_desk: OpenIt) -> None:
    folders = many(tmp_path, 200)
    desk = open_desk(folders.workspace.folder)
    with desk.news() as news:
        desk.act("build", {})
        wait_for_some(news)

    desk.signal_group(15)

    assert desk.ended().code == 0
    assert list(desk.temporary.iterdir()) == []
    manifest = read_manifest(folders.output())
    assert manifest is not None
    assert not any(entry.unfinished for entry in manifest.letters.values())


@pytest.mark.thorough
@pytest.mark.processes
def test_a_build_waits_for_no_other_and_says_who_is_at_work(
    folders: EditionFolders, open_desk: OpenIt
) -> None:
    desk = open_desk(folders.workspace.folder)
    folders.output().mkdir(parents=True)

    with desk.news() as news, locked(folders.output()):
        desk.act("build", {})
        page = has_ended(news).text

    assert "is building letters here; wait until it ends, or stop it" in page


@pytest.mark.thorough
@pytest.mark.processes
def test_a_desk_to_look_at_builds_nothing(folders: EditionFolders, open_desk: OpenIt) -> None:
    desk = open_desk(folders.workspace.folder, "--read-only")

    assert desk.act("build", {}).status in {403, 405}
    with desk.news() as news:  # before, the page has nothing at all
        page = news.wait_until("/overview", lambda page: "Left to do" in page.text).text
    assert "data-action" not in page
    assert not folders.output().exists()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (20, "less than a minute left"),
        (50, "about 1 minute left"),
        (170, "about 3 minutes left"),
    ],
)
def test_how_long_it_still_takes_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert left_in_words(seconds) == said


def test_a_stop_that_is_asked_for_twice_is_one_stop() -> None:
    build = DeskBuild(draft=False)

    build.request_stop()
    build.request_stop()

    assert build.said == "Stopping the build of letters."
