"""Last year's letters as other programs printed them, in many ways: what is read of each.

They have the shapes that Word gives a letter; Chromium prints them. No figure is misread, at most
two changes of a letter are none, and every planted change is told, or that it could not be read.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.external_letters.ways_of_making import (
    ALL_TOLD,
    COLUMNS,
    FIGURES,
    JUSTIFIED,
    LANDSCAPE,
    UP,
    WIDE,
    copied,
    copied_as_laid_out,
    hyphenated,
    judge,
    page,
    turned,
    untagged,
)
from tests.real_letters import REAL

Printed = Callable[..., bytes]
"""Prints some HTML, with what Chromium is asked beyond."""

HEADS: dict[str, Any] = {
    "display_header_footer": True,
    "header_template": "<p style='font-size: 8pt'>Local Government &amp; Social Care Ombudsman</p>",
    "footer_template": "<p style='font-size: 8pt'>Annual Review letter 2018, page "
    "<span class=pageNumber></span> of <span class=totalPages></span></p>",
}
SERIF = "body { font: 12.5pt/1.3 'Liberation Serif' } .report { break-before: auto }"
DOUBLE = "body { line-height: 2 } .line { line-height: 1.2 }"
INDENTED = "p { margin: 0; text-indent: 18pt } h2 { margin: 6pt 0 0 }"

WAYS: dict[str, tuple[str, Callable[[Printed, str], bytes]]] = {
    "tagged": ("pdf", lambda print_it, slug: print_it(page(slug), tagged=True)),
    "tagged, letters apart": (
        "pdf",
        lambda print_it, slug: print_it(page(slug, "p { letter-spacing: 1.2pt }"), tagged=True),
    ),
    "untagged": ("pdf", lambda print_it, slug: untagged(print_it(page(slug)))),
    "running heads": ("pdf", lambda print_it, slug: untagged(print_it(page(slug, WIDE), **HEADS))),
    "tagged, running heads": (
        "pdf",
        lambda print_it, slug: print_it(
            page(slug, f"{WIDE} p {{ font-size: 12pt }}"), tagged=True, **HEADS
        ),
    ),
    "hyphens": (
        "pdf",
        lambda print_it, slug: untagged(print_it(hyphenated(page(slug, JUSTIFIED)))),
    ),
    "the page of figures on the last": (
        "pdf",
        lambda print_it, slug: untagged(print_it(page(slug, SERIF))),
    ),
    "landscape": ("pdf", lambda print_it, slug: untagged(print_it(page(slug, LANDSCAPE)))),
    "landscape by turning": (
        "pdf",
        lambda print_it, slug: turned(
            untagged(print_it(page(slug, LANDSCAPE))), shown_upright=True
        ),
    ),
    "on its side": (
        "pdf",
        lambda print_it, slug: turned(
            untagged(print_it(page(slug, LANDSCAPE))), shown_upright=False
        ),
    ),
    "labels up the page": ("pdf", lambda print_it, slug: untagged(print_it(page(slug, UP, "up")))),
    "upright tables": (
        "pdf",
        lambda print_it, slug: untagged(print_it(page(slug, tables="upright"))),
    ),
    "divided tables": (
        "pdf",
        lambda print_it, slug: untagged(print_it(page(slug, tables="divided"))),
    ),
    "tagged, upright tables": (
        "pdf",
        lambda print_it, slug: print_it(page(slug, tables="upright"), tagged=True),
    ),
    "two columns": ("pdf", lambda print_it, slug: untagged(print_it(page(slug, COLUMNS)))),
    "double-spaced": ("pdf", lambda print_it, slug: untagged(print_it(page(slug, DOUBLE)))),
    "indented": ("pdf", lambda print_it, slug: untagged(print_it(page(slug, INDENTED)))),
    "copied": ("txt", lambda print_it, slug: copied(print_it(page(slug, WIDE), **HEADS))),
    "copied as laid out": (
        "txt",
        lambda print_it, slug: copied_as_laid_out(print_it(page(slug, WIDE), **HEADS)),
    ),
    "copied, hyphens, upright tables": (
        "txt",
        lambda print_it, slug: copied(print_it(hyphenated(page(slug, JUSTIFIED, "upright")))),
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("slug", REAL)
@pytest.mark.parametrize("way", WAYS)
def test_it_says_what_it_said(window: Page, way: str, slug: str) -> None:
    ending, make = WAYS[way]

    def print_it(source: str, **asked: Any) -> bytes:
        window.set_content(source)
        return window.pdf(prefer_css_page_size=True, **asked)

    found = judge(slug, ending, make(print_it, slug))

    assert found.misread == {}
    assert len(found.wrong) <= 2, found.wrong
    assert found.told >= ALL_TOLD - {*FIGURES}
    if found.missing:
        assert sum("could not be read" in sentence for sentence in found.unread) == 1
    else:
        assert found.told == ALL_TOLD


@pytest.fixture(name="window", scope="module")
def _window(page: Page) -> Page:
    return page
