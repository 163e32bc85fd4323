"""What the desk shows is what `letters build` writes, byte for byte."""

import shutil
from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from generator.workspace import Workspace
from tests.batch.executors import build
from tests.borsetshire import AMBRIDGE, ROOT, build_tree
from tests.preview.conftest import OpenIt
from tests.real_letters import REAL

pytestmark = pytest.mark.processes


@pytest.mark.thorough
@pytest.mark.parametrize(
    "slugs",
    [REAL[:1], pytest.param(REAL, marks=pytest.mark.thorough)],
    ids=["one of them", "all of them"],
)
def test_the_five_letters_are_those_that_build_writes(
    slugs: tuple[str, ...], tmp_path: Path, open_desk: OpenIt
) -> None:
    workspace = tmp_path / "workspace"
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, workspace / name)
    folders = Workspace(workspace).edition(2018)
    for slug in {*REAL} - {*slugs}:
        (folders.authorities / f"{slug}.yaml").unlink()
    desk = open_desk(workspace)

    shown = {slug: desk.get(f"/letters/{slug}/letter.pdf") for slug in slugs}
    pages = {slug: desk.get(f"/letters/{slug}/letter.html") for slug in slugs}

    made = folders.output()
    build(load_edition(folders), made)
    assert sorted(path.stem for path in (made / "pdf").iterdir()) == list(slugs)
    for slug in slugs:
        assert shown[slug].status == pages[slug].status == 200
        assert shown[slug].body == (made / f"pdf/{slug}.pdf").read_bytes()
        assert pages[slug].body == (made / f"html/{slug}.html").read_bytes()
        assert shown[slug].headers["content-type"] == "application/pdf"
        assert shown[slug].headers["content-disposition"] == f'attachment; filename="{slug}.pdf"'


@pytest.mark.thorough
def test_a_letter_with_a_figure_missing_is_the_draft_that_build_writes(
    tmp_path: Path, open_desk: OpenIt
) -> None:
    slug = "ambridge-district-council"
    gap = AMBRIDGE.replace("ponds: 14", "ponds: null")
    workspace = tmp_path / "workspace"
    folders = build_tree(workspace, {f"data/2031/authorities/{slug}.yaml": gap})
    desk = open_desk(workspace)

    shown = desk.get(f"/letters/{slug}/letter.pdf")
    page = desk.get(f"/letters/{slug}/letter.html")

    made = folders.output(draft=True)
    build(load_edition(folders, draft=True), made, draft=True)
    assert shown.body == (made / f"pdf/{slug}.pdf").read_bytes()
    assert page.body == (made / f"html/{slug}.html").read_bytes()
    assert shown.headers["content-disposition"] == f'attachment; filename="{slug}-draft.pdf"'


@pytest.mark.thorough
def test_that_letters_were_built_elsewhere_is_seen(tmp_path: Path, open_desk: OpenIt) -> None:
    workspace = tmp_path / "workspace"
    folders = build_tree(workspace)
    desk = open_desk(workspace)

    with desk.news() as news:
        news.wait_until("/", lambda page: page.text.count('data-tags="ready, not made,') == 2)
        build(load_edition(folders), folders.output())
        news.wait_until("/", lambda page: page.text.count('data-tags="ready, up to date,') == 2)
