"""The report of changes in a browser: filtered, searched, set side by side, and on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from generator.comparison.changes import Comparison
from generator.reports.report_model import html_report, report_of
from tests.browser.combining import each_once
from tests.browser.conftest import Heard
from tests.browser.searching import expect_nothing_found, search
from tests.browser.test_accessibility import complaints
from tests.reports.invented import COMPARISON, many, unchanged

OpenReport = Callable[..., Page]
HEADINGS = [
    "In several letters",
    "In one letter each",
    "Figures",
    "New: no letter of last year found",
    "Gone: no letter this year",
    "Could not be read in last year’s letters",
]


@pytest.fixture
def open_report(page: Page, tmp_path: Path) -> Iterator[OpenReport]:
    """Opens the report from disk in a window of this width; `view` ends its address."""

    def open_it(comparison: Comparison = COMPARISON, width: int = 1280, view: str = "") -> Page:
        file = tmp_path / "report.html"
        file.write_text(html_report(report_of(comparison)), encoding="utf-8")
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(file.as_uri() + view)
        return page

    yield open_it
    page.emulate_media(color_scheme="null")


def seen(page: Page) -> list[str]:
    """What the changes that are seen are about, from top to bottom."""
    found = page.locator(".change:visible .what").all_text_contents()  # also what is off the screen
    return [" ".join(text.split()) for text in found]


def headings(page: Page) -> list[str]:
    return page.locator("h2:visible").all_inner_texts()


def reason(page: Page, name: str) -> None:
    page.get_by_role("list", name="Reasons").get_by_role("button", name=name).click()


def test_everything_is_shown_at_first(open_report: OpenReport) -> None:
    page = open_report()

    assert len(seen(page)) == 11
    assert headings(page) == HEADINGS
    expect(page.get_by_role("status")).to_have_text("All changes are shown.")


def test_a_reason_is_filtered_by_a_click_and_shown_again_by_another(
    open_report: OpenReport,
) -> None:
    page = open_report()

    reason(page, "2 wording")
    assert seen(page) == [
        "wording paragraph moved from Introduction to Statistics reason inferred",
        "wording paragraph in Ponds and ducks",
    ]
    assert headings(page) == ["In several letters"]
    expect(page.get_by_role("status")).to_have_text("2 of 11 changes are shown.")
    expect(page.get_by_role("button", name="2 wording", pressed=True)).to_be_visible()

    reason(page, "4 figures")
    assert headings(page) == ["In one letter each", "Figures"]

    reason(page, "4 figures")
    assert len(seen(page)) == 11
    expect(page.get_by_role("button", name="11 changes", pressed=True)).to_be_visible()


def test_of_an_authority_what_it_shares_and_what_is_its_own_is_shown(
    open_report: OpenReport,
) -> None:
    page = open_report()

    page.get_by_label("Authority").select_option("Felpersham City Council")

    assert seen(page) == [
        "edition date in the opening lines",
        "wording paragraph moved from Introduction to Statistics reason inferred",
        "wording paragraph in Ponds and ducks",
    ]
    assert headings(page) == ["In several letters", "Figures", HEADINGS[-1]]
    assert page.locator("tbody tr:visible").all_inner_texts() == [
        "Felpersham City Council\tDecided: Upheld\t–\t2\t"
    ]

    page.get_by_label("Authority").select_option("Barwick Borough Council")
    assert [said.split()[0] for said in seen(page)] == [
        *("edition", "wording", "rule", "layout", "figures", "figures")
    ]


SEARCHES = {
    "comprehensively": ["wording paragraph in Ponds and ducks"],
    "FLOOD.MD": ["insert paragraph added to Statistics, insert flood"],
    "ambridge nelson": ["data address line in the opening lines"],
    "barwick roads": ["figures Complaints received"],
    "added “": [],
    "nobody": [],
}


@each_once("typed", SEARCHES, most=3)
def test_a_change_is_found_by_its_words_its_letter_and_its_file(
    typed: str, open_report: OpenReport
) -> None:
    page = open_report()
    search(page, "changes", typed)

    assert seen(page) == SEARCHES[typed]


def test_where_nothing_is_found_it_says_so(open_report: OpenReport) -> None:
    page = open_report()
    said = "No change fits. Try fewer words, or all changes."
    expect_nothing_found(page, "changes", said)
    assert headings(page) == []


def test_side_by_side_each_year_has_its_own_words(open_report: OpenReport) -> None:
    page = open_report()
    words = page.locator(".change", has_text="Ponds and ducks")
    tail = "what became of the ducks, so that others may learn from what they did."
    head = (
        "I want to encourage all councils in Borsetshire to look after their ponds, and to tell us"
    )

    page.get_by_label("side by side").check()
    old, new = words.locator(".sides > div").all()
    assert old.inner_text().split("\n")[0] == "Last year"
    assert new.inner_text().split("\n")[0] == "This year"
    assert [*old.locator("ins").all(), *new.locator("del").all()] == []
    gone, added = old.bounding_box(), new.bounding_box()
    assert gone is not None
    assert added is not None
    assert gone["x"] + gone["width"] <= added["x"]
    assert head in " ".join(old.inner_text().split())
    assert tail in " ".join(new.inner_text().split())
    expect(words.locator(".change > .words, :scope > .words")).to_be_hidden()

    page.get_by_label("in one line").check()
    expect(words.locator(":scope > .words")).to_be_visible()
    expect(words.locator(".sides")).to_be_hidden()


def test_what_was_added_has_nothing_beside_it(open_report: OpenReport) -> None:
    page = open_report(view="#view=sides")

    sides = page.locator(".change", has_text="insert flood").locator(".sides p:not(.side-heading)")
    assert sides.nth(0).inner_text() == "–"
    assert "We told the council of the flood." in sides.nth(1).inner_text()


def test_the_figures_are_sorted_by_a_click_those_without_one_last(open_report: OpenReport) -> None:
    page = open_report()
    button = page.get_by_role("columnheader", name="Difference").get_by_role("button")

    def differences() -> list[str]:
        return page.locator("tbody tr td:last-child").all_inner_texts()

    button.click()
    assert differences() == ["+4 points", "−136 (−11%)", "", ""]
    button.click()
    assert differences() == ["−136 (−11%)", "+4 points", "", ""]
    assert page.locator("[aria-sort]").all_inner_texts()[0].split() == ["Difference"]


def test_the_view_is_as_before_after_a_reload(open_report: OpenReport) -> None:
    page = open_report()
    reason(page, "1 edition")
    page.get_by_label("Authority").select_option("Barwick Borough Council")
    page.get_by_label("side by side").check()

    page.reload()

    assert seen(page) == ["edition date in the opening lines"]
    assert page.get_by_label("Authority").input_value() == "1"
    expect(page.get_by_label("side by side")).to_be_checked()
    expect(page.locator(".sides").first).to_be_visible()


def test_a_view_that_no_longer_is_shows_all_changes(open_report: OpenReport) -> None:
    page = open_report(view="#reason=gone&authority=nowhere&view=sideways")

    assert len(seen(page)) == 11
    expect(page.get_by_label("in one line")).to_be_checked()


def test_without_javascript_everything_is_there_in_one_line(
    plain_page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(html_report(report_of(COMPARISON)), encoding="utf-8")
    page = plain_page
    page.goto(file.as_uri())

    assert len(seen(page)) == 11
    assert headings(page) == HEADINGS
    assert page.get_by_role("button").count() == 0
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator("del").first).to_be_visible()


def test_it_asks_for_nothing_and_the_browser_takes_all_of_it(
    open_report: OpenReport, heard: Heard
) -> None:
    page = open_report()
    page.get_by_label("side by side").check()
    page.get_by_role("searchbox").fill("council")
    page.screenshot(full_page=True)
    page.pdf()
    page.evaluate("console.log('the end')")

    assert heard == Heard([page.url.partition("#")[0]], ["the end"])


@each_once(
    "view, width, colours",
    ["", "#view=sides", "#reason=figures", "#search=nobody"],
    [1280, 320],
    ["light", "dark"],
    most=2,
)
def test_axe_has_nothing_to_say(
    view: str, width: int, colours: str, page: Page, open_report: OpenReport
) -> None:
    page.emulate_media(color_scheme="dark" if colours == "dark" else "light")

    assert complaints(open_report(width=width, view=view)) == {}


@pytest.mark.thorough
def test_axe_has_nothing_to_say_where_nothing_differs(open_report: OpenReport) -> None:
    assert complaints(open_report(unchanged())) == {}


@pytest.mark.thorough
def test_what_the_signs_and_reasons_mean_is_a_click_away(open_report: OpenReport) -> None:
    page = open_report()
    page.get_by_text("How to read it").click()

    expect(page.get_by_text("shared text or a label was reworded")).to_be_visible()
    assert complaints(page) == {}


@each_once("width, view", [320, 1280, 640], ["", "#view=sides"], most=2)
def test_the_page_never_scrolls_sideways(width: int, view: str, open_report: OpenReport) -> None:
    page = open_report(width=width, view=view)

    overhang = "element => element.scrollWidth - element.clientWidth"
    assert page.locator("html").evaluate(overhang) == 0


def on_paper(page: Page) -> str:
    """What is printed, blind to white space."""
    pages = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return "".join("".join(p.get_textpage().get_text_bounded().split()) for p in pages)


def test_on_paper_everything_is_there_but_what_can_only_be_clicked(open_report: OpenReport) -> None:
    given = many(40)
    printed = on_paper(open_report(given))

    assert [c.authority for c in given.letters if "".join(c.authority.split()) not in printed] == []
    assert [f"Nelson{n}" for n in range(40) if f"Nelson{n}" not in printed] == []
    assert "Search" not in printed
    assert "sidebyside" not in printed


def test_on_paper_a_filtered_report_says_so(open_report: OpenReport) -> None:
    printed = on_paper(open_report(view="#reason=rule"))

    assert "1of11changesareshown." in printed
    assert "Nelson" not in printed
