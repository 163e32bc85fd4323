"""Places in files are told from the workspace, from whatever folder the desk was started."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.workspace import Workspace
from tests.borsetshire import BORSETSHIRE, build_tree
from tests.preview.desks import OpenDesk, opened_desk

SLUG = "ambridge-district-council"
LAST_YEAR = {
    name.replace("2031", "2030"): text.replace("2031", "2030")
    .replace("Ida Fairweather", "Ivo Foulweather")
    .replace("Dorothy Adamson", "Dora Adams")
    for name, text in BORSETSHIRE.items()
    if "2031" in name
}
SECTION = "templates/2031/sections/introduction.md"
OWN = {
    SECTION: BORSETSHIRE[SECTION] + "\nDucks have had a good year in all our ponds.\n",
    f"data/2031/authorities/{SLUG}.yaml": BORSETSHIRE[f"data/2031/authorities/{SLUG}.yaml"].replace(
        "Walter Gabriel", "Nigel Pargetter"
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county") / "workspace"
    build_tree(folder, LAST_YEAR, OWN)
    (folder / "issued/2030").mkdir(parents=True)
    (folder / "issued/2030/damaged.pdf").write_bytes(b"no PDF")
    return folder


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[OpenDesk]:
    """The desk, started in a folder that is none of the workspace's."""
    started_in = folder.parent / "elsewhere"
    started_in.mkdir()
    with opened_desk(started_in, "--workspace", str(folder)) as desk:
        yield desk


def places(page: str) -> set[str]:
    """The files that a page tells of."""
    return set(re.findall(r"[^\s<>\"]*\.(?:md|yaml|pdf)(?![^<]*\")", page))


@pytest.mark.thorough
@pytest.mark.processes
def test_every_page_tells_places_from_the_workspace(desk: OpenDesk, folder: Path) -> None:
    with desk.news() as news:
        changes = news.wait_until("/changes", lambda answer: "Compared with" in answer.text).text

    assert {SECTION, "issued/2030/damaged.pdf"} <= places(changes)
    for path in ("/changes", f"/letters/{SLUG}?panel=changes", "/review", "/problems", "/overview"):
        told = {place for place in places(desk.get(path).text) if "/" in place}
        assert (path, {place for place in told if not (folder / place).is_file()}) == (path, set())


@pytest.mark.thorough
@pytest.mark.processes
def test_what_is_saved_during_the_day_is_told_from_the_workspace(
    desk: OpenDesk, folder: Path
) -> None:
    saved = folder / SECTION
    before = saved.read_text()
    saved.write_text(f"{before}\nOwls have had a better one, as we hear.\n")
    with desk.news() as news:
        page = news.wait_until("/overview", lambda answer: "Owls" in answer.text).text
    saved.write_text(before)

    assert f"{SECTION}:" in page
    assert f"/{SECTION}:" not in page


@pytest.mark.thorough
@pytest.mark.processes
def test_an_answer_tells_places_from_the_workspace(desk: OpenDesk) -> None:
    answer = desk.act("data", {"authority": SLUG, "values": {"received.roads": "9"}})

    [problem] = json.loads(answer.text)["problems"]
    assert problem["path"] == f"data/2031/authorities/{SLUG}.yaml"


def test_a_file_that_is_elsewhere_is_told_as_it_is(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")

    assert workspace.shown_path(tmp_path / "workspace/data/a.yaml") == "data/a.yaml"
    assert workspace.shown_path(tmp_path / "other/a.yaml") == str(tmp_path / "other/a.yaml")
    assert workspace.shown_path(Path("figures.csv")) == "figures.csv"
