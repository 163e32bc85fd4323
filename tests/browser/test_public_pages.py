"""The pages for the website in a browser: for anyone, with script and without, in any language."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.issuing.issued_letters import IssuedLetter
from generator.reports.public_pages import public_files
from tests.bilingual import A, loaded
from tests.browser.combining import each_once
from tests.browser.searching import search
from tests.browser.test_accessibility import complaints

PAGES = ("index.html", f"authorities/{A}.html")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of an edition in two languages, as if it had been issued in two years."""
    letters = loaded(tmp_path_factory.mktemp("pairs")).letters
    of_two_years = [
        IssuedLetter(year, slug, each.letter, {f"{slug}.{end}": b"" for end in ("pdf", "html")}, {})
        for year in (2024, 2025)
        for slug, each in sorted(letters.items())
    ]
    files, findings = public_files(2025, of_two_years, datetime.datetime(2025, 6, 18))
    assert findings == []
    folder = tmp_path_factory.mktemp("public")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    yield folder
    shutil.rmtree(folder)


@each_once("name, scheme, width", PAGES, ["light", "dark"], [1280, 320])
def test_axe_has_nothing_to_say(
    public: Path, name: str, scheme: str, width: int, page: Page
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((public / name).as_uri())

    assert complaints(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="null")


def test_an_authority_is_found_and_has_its_figures_of_all_years(public: Path, page: Page) -> None:
    page.goto((public / "index.html").as_uri())

    search(page, "letters", "aberwen")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    page.get_by_role("link", name="Aberwen Council", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Aberwen Council")
    expect(page.get_by_role("row", name="Housing 11 11")).to_be_visible()
    expect(page.get_by_role("link", name="PDF in Welsh")).to_be_visible()


def test_without_script_all_is_there(public: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((public / "index.html").as_uri())

    expect(page.get_by_role("rowheader")).to_have_count(4)
    page.get_by_role("link", name="Aberwen Council", exact=True).click()
    expect(page.get_by_role("row", name="Housing 11 11")).to_be_visible()
    context.close()
