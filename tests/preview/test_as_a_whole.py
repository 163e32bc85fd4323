"""What is wrong with an edition as a whole is found in the background, and shown with the rest."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, EDITION, build_tree
from tests.preview.desks import OpenDesk, opened_desk

pytestmark = pytest.mark.processes

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("county")


@pytest.fixture(scope="module")
def desk(workspace: Path) -> Iterator[OpenDesk]:
    before = {
        path.replace("2031", "2030"): text.replace("2031", "2030")
        for path, text in {
            "data/2031/edition.yaml": EDITION,
            A_FILE: AMBRIDGE.replace("ponds: 14", "ponds: 140"),
        }.items()
    }
    now = {"data/2031/edition.yaml": f"{EDITION}outliers: {{factor: 2, at_least: 5}}\n"}
    build_tree(workspace, before, now)
    with opened_desk(workspace) as desk:
        yield desk


@pytest.mark.thorough
def test_outliers_are_on_the_page_of_problems(desk: OpenDesk) -> None:
    with desk.news() as news:
        page = news.wait_until("/problems", lambda page: "received.ponds" in page.text)

    assert f"{A_FILE}:" in page.text
    assert "confirm it on the page Problems" in page.text
    assert "letters confirm" not in page.text  # which the terminal says


@pytest.mark.thorough
def test_a_figure_shows_the_cell_that_it_was_imported_from(desk: OpenDesk, workspace: Path) -> None:
    origins = {
        "schema_version": 1,
        "files": [{"name": "received.xlsx", "sha256": "ab" * 32, "imported": "2031-06-01"}],
        "figures": {
            "ambridge-district-council": {
                "received.roads": {"value": 3, "file": 0, "cell": "Received!B7"},
                "received.ponds": {"value": 15, "file": 0, "cell": "Received!C7"},
            }
        },
    }
    letter = "/letters/ambridge-district-council"

    with desk.news() as news:
        (workspace / "data/2031/origins.json").write_text(json.dumps(origins))
        page = news.wait_until(letter, lambda page: "received.xlsx" in page.text)

    assert "From received.xlsx:Received!B7, imported on 1 June 2031." in page.text
    assert "From received.xlsx:Received!C7, imported on 1 June 2031." in page.text
    assert page.text.count("By hand: ") == 1
    assert "By hand: the cell said 15; it was changed since." in page.text
