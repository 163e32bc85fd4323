"""The page of a review in a browser: accessible, and no wider than a telephone."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from generator.issuing.review_status import review_status
from generator.lineage.earlier_years import load_edition
from generator.reports.review_report import html_review, review_report
from tests.borsetshire import build_tree
from tests.browser.combining import each_once
from tests.browser.test_accessibility import complaints


@each_once("width, scheme", [320, 1280], ["light", "dark"])
def test_it_is_accessible_at_every_width(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    loaded = load_edition(build_tree(tmp_path))
    report = review_report(review_status(loaded), loaded.slugs, {}, {})
    path = tmp_path / "review.html"
    path.write_text(html_review(report))
    view = {"width": width, "height": 900}
    context = browser.new_context(viewport=view, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path.as_uri())

    assert complaints(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
