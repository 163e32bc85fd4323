"""The documentation's site: every link leads somewhere, nothing is fetched, anyone can read it."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page

from tests.borsetshire import ROOT
from tests.browser.test_accessibility import complaints

pytestmark = pytest.mark.thorough

PAGES = ("index.html", "start-here.html", "how-to/new-column.html", "commands.html", "checks.html")
"""Of each sort one: pictures, edits, long answers, tables by the dozen, a table of wide cells."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from what lies in the repository; strictly, so a warning would fail."""
    folder = tmp_path_factory.mktemp("site")
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True))
    logging.getLogger("mkdocs").handlers.clear()
    return folder


def targets(page: Path) -> Iterator[str]:
    """Where the links of a page lead, and what it is made of."""
    tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    for element in tree.iter():
        yield from filter(None, (element.get(name) for name in ("href", "src")))


def anchors(page: Path) -> set[str]:
    tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return set(filter(None, (element.get("id") for element in tree.iter())))


def test_every_link_and_anchor_of_every_page_leads_somewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    wrong = []
    for page in pages:
        for target in targets(page):
            address = urlsplit(target)
            if address.scheme in {"https", "mailto"}:
                continue
            there = (page.parent / address.path).resolve() if address.path else page
            if not there.is_file() or (address.fragment and address.fragment not in anchors(there)):
                wrong.append((page.name, target))

    assert len(pages) > 50
    assert wrong == []


def test_every_page_of_the_documentation_is_on_the_site(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    there = {str(path.relative_to(site)) for path in site.rglob("*.html")}

    assert {
        str(page.with_suffix(".html")).replace("README", "index") for page in pages
    } - there == set()


def test_no_page_has_a_script_or_takes_anything_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert re.findall(r'(?:src|<link[^>]* href)="https?:[^"]*', text) == []


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        (name, width, ("light", "dark")[turn % 2])
        for number, name in enumerate(PAGES)
        for turn, width in enumerate((1280, 320), start=number)
    ],
)
def test_axe_has_nothing_to_say_and_nothing_sticks_out(
    site: Path, name: str, scheme: str, width: int, page: Page
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((site / name).as_uri())

    assert complaints(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="null")
