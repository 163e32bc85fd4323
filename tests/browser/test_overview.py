"""The overview page in a browser: found, sorted and read by anyone, from disk, and on paper."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from generator.batch.overview_page import Overview, OverviewEntry, overview_page
from generator.outputs.at_a_glance import OverviewFigure
from tests.browser.combining import each_once
from tests.browser.conftest import FLAGS, NAMES, Heard
from tests.browser.searching import expect_nothing_found, search
from tests.browser.test_accessibility import complaints, spoken_tables

LONG = "Cyngor Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def entry(name: str, total: int, rate: int | None, status: str = "unchanged") -> OverviewEntry:
    slug = re.sub(r"[^a-z]+", "-", name.lower().replace("&", "and"))
    return OverviewEntry(
        slug=slug,
        name=name,
        status=status,
        reason='2 errors: decided.uphled: unknown key; did you mean "upheld"?'
        if status == "failed"
        else "",
        figures=(
            OverviewFigure(f"{total:,}", total),
            OverviewFigure("N/A" if rate is None else f"{rate}%", rate),
        ),
        inserts=("flood",) if total > 1000 else (),
        pages=3,
        files={"pdf": f"pdf/{slug}.pdf", "html": f"html/{slug}.html"},
    )


ENTRIES = (
    entry("Zeal Monachorum Parish Council", 9, 100),
    entry("Ŵyth Ynys Council", 10, None),
    entry("King's Barsett Council", 1204, 9, "failed"),
    entry("Ambridge Council", 80, 61, "written"),
    entry("Éclair Council", 2, 0, "stale"),
    entry("Ducks & Drakes Council", 0, None),
    entry("edgeley Council", 100, 33),
    entry(LONG, 7, 50),
)
COLUMNS = ("Complaints and enquiries received: Total", "Decisions made: Uphold Rate")
OVERVIEW = Overview(2031, "en-GB", "Annual letters 2031", COLUMNS, False, ENTRIES)
MANY = tuple(
    replace(e, slug=f"{e.slug}-{n}", name=f"{e.name} {n}") for n in range(12) for e in ENTRIES
)

BY_NAME = ["Ambridge", LONG[:6], "Ducks", "Éclair", "edgeley", "King's", "Ŵyth", "Zeal"]

OpenOverview = Callable[..., Page]


@pytest.fixture
def open_overview(page: Page, tmp_path: Path) -> Iterator[OpenOverview]:
    """Opens the overview in a window of this width; `view` is what its address ends with."""

    def open_it(overview: Overview = OVERVIEW, width: int = 1280, view: str = "") -> Page:
        file = tmp_path / "index.html"
        file.write_bytes(b"".join(overview_page(overview)))
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(file.as_uri() + view)
        return page

    yield open_it
    page.emulate_media(color_scheme="null")


def names(page: Page) -> list[str]:
    """The first words of the rows that are seen, from top to bottom."""
    found = page.locator("tbody tr:not([hidden]) th").all_text_contents()
    return [name.split()[0] for name in found]


def sort_by(page: Page, head: str) -> None:
    page.get_by_role("columnheader", name=head).get_by_role("button").click()


def status_button(page: Page, name: str) -> None:
    page.get_by_role("list").get_by_role("button", name=name).click()


def test_names_are_sorted_as_in_a_dictionary(open_overview: OpenOverview) -> None:
    """Accents and capitals do not count; Python's order and the browser's default differ."""
    page = open_overview()
    sort_by(page, "Authority")

    assert names(page) == BY_NAME

    sort_by(page, "Authority")
    assert names(page) == BY_NAME[::-1]


ORDERS = [
    ("Total", ["King's", "edgeley", "Ambridge", "Ŵyth", "Zeal", "Cyngor", "Éclair", "Ducks"]),
    ("Uphold", ["Zeal", "Ambridge", "Cyngor", "edgeley", "King's", "Éclair", "Ducks", "Ŵyth"]),
]


@pytest.mark.parametrize(("head", "highest_first"), ORDERS)
def test_figures_are_sorted_as_numbers_and_those_without_one_come_last_both_ways(
    head: str, highest_first: list[str], open_overview: OpenOverview
) -> None:
    page = open_overview()
    without = 2 if head == "Uphold" else 0
    with_one = len(highest_first) - without

    sort_by(page, head)
    assert names(page) == highest_first

    sort_by(page, head)
    assert names(page) == highest_first[:with_one][::-1] + highest_first[with_one:]


def test_the_head_says_how_the_table_is_sorted(open_overview: OpenOverview) -> None:
    page = open_overview()
    sorted_by = "heads => heads.map(head => [head.innerText.trim(), head.ariaSort])"

    def said() -> list[list[str]]:
        found: list[list[str]] = page.locator("[aria-sort]").evaluate_all(sorted_by)
        return found

    assert said() == [["Status", "ascending"]]
    sort_by(page, "Uphold")
    assert said() == [["Decisions made:\nUphold Rate", "descending"]]
    sort_by(page, "Uphold")
    assert said() == [["Decisions made:\nUphold Rate", "ascending"]]


def test_a_keyboard_is_enough(open_overview: OpenOverview) -> None:
    page = open_overview()
    focused = "document.activeElement.innerText.trim().split('\\n').join(' ')"

    way = []
    for _ in range(11):
        page.keyboard.press("Tab")
        way.append(page.evaluate(focused))
        if way[-1] == "Authority":
            page.keyboard.press("Enter")

    assert way[:5] == [
        "8 letters",
        "\N{MULTIPLICATION SIGN} 1 failed",
        "! 1 stale",
        "1 written",
        "5 unchanged",
    ]
    assert way[5] == ""  # the search
    assert way[7:] == [
        "Authority",
        "Status",
        "Complaints and enquiries received: Total",
        "Decisions made: Uphold Rate",
    ]
    assert names(page) == BY_NAME


def test_a_status_is_filtered_by_a_click_and_shown_again_by_another(
    open_overview: OpenOverview,
) -> None:
    page = open_overview()

    status_button(page, "1 failed")
    assert names(page) == ["King's"]
    expect(page.get_by_role("status")).to_have_text("1 of 8 letters are shown.")
    expect(page.get_by_role("button", name="1 failed", pressed=True)).to_be_visible()

    status_button(page, "1 stale")
    assert names(page) == ["Éclair"]

    status_button(page, "1 stale")
    assert len(names(page)) == 8
    expect(page.get_by_role("button", name="8 letters", pressed=True)).to_be_visible()


SEARCHES = {
    "ambridge": ["Ambridge"],
    "ECLAIR": ["Éclair"],
    "wyth ynys": ["Ŵyth"],
    "council kings": ["King's"],
    "king’s": ["King's"],
    "ducks and": ["Ducks"],
    "ducks & drakes": ["Ducks"],
    "uphled": ["King's"],
    "flood": ["King's"],
    "nobody": [],
}


@each_once("typed", SEARCHES, most=4)
def test_a_letter_is_found_as_people_type(typed: str, open_overview: OpenOverview) -> None:
    page = open_overview()
    search(page, "letters", typed)

    assert names(page) == SEARCHES[typed]


def test_where_nothing_is_found_it_says_so(open_overview: OpenOverview) -> None:
    said = "No letter fits. Try fewer words, or all letters."
    expect_nothing_found(open_overview(), "letters", said)


def test_the_view_is_as_before_after_a_letter_was_opened_and_after_a_reload(
    open_overview: OpenOverview, tmp_path: Path
) -> None:
    page = open_overview()
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / f"{ENTRIES[6].slug}.html").write_text("<title>A letter</title>")
    sort_by(page, "Total")
    status_button(page, "5 unchanged")
    page.get_by_role("searchbox").fill("council")
    seen = ["edgeley", "Ŵyth", "Zeal", "Ducks"]
    assert names(page) == seen

    page.get_by_role("link", name="HTML of edgeley Council").click()
    expect(page).to_have_title("A letter")
    page.go_back()
    assert names(page) == seen

    page.reload()
    assert names(page) == seen
    expect(page.get_by_role("searchbox")).to_have_value("council")


def test_a_view_that_no_longer_is_shows_all_letters(open_overview: OpenOverview) -> None:
    """As when the last failed letter was mended, and the overview is loaded again."""
    page = open_overview(view="#status=out+of+date&sort=gone&order=sideways")

    assert len(names(page)) == 8


def test_without_javascript_it_is_a_plain_table(plain_page: Page, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(b"".join(overview_page(OVERVIEW)))
    page = plain_page
    page.goto(file.as_uri())

    first = ["King's", "Éclair", "Ambridge"]
    assert names(page) == [*first, "Zeal", "Ŵyth", "Ducks", "edgeley", "Cyngor"]
    assert page.get_by_role("button").count() == 0
    expect(page.locator("#search")).to_be_hidden()
    expect(page.get_by_text("Complaints and enquiries received:")).to_be_visible()


def test_it_asks_for_nothing_and_the_browser_takes_all_of_it(
    open_overview: OpenOverview, heard: Heard
) -> None:
    page = open_overview()
    sort_by(page, "Total")
    page.get_by_role("searchbox").fill("council")
    page.screenshot(full_page=True)
    page.pdf()
    page.evaluate("console.log('the end')")

    assert heard == Heard([page.url.partition("#")[0]], ["the end"])


def test_its_policy_stops_every_other_script_and_style(open_overview: OpenOverview) -> None:
    page = open_overview()
    intruder = """() => {
        document.body.insertAdjacentHTML("beforeend", "<p id='x' style='color: red'>x</p>")
        const script = document.createElement("script")
        script.textContent = "document.title = 'taken'"
        document.body.append(script)
        return getComputedStyle(document.getElementById("x")).color
    }"""

    assert page.evaluate(intruder) == "rgb(26, 26, 26)"
    assert page.title() == "Annual letters 2031"


@each_once(
    "view, width, colours",
    ["", "#status=failed", "#search=nobody"],
    [1280, 320],
    ["light", "dark"],
    most=2,
)
def test_axe_has_nothing_to_say(
    view: str, width: int, colours: str, page: Page, open_overview: OpenOverview
) -> None:
    page.emulate_media(color_scheme="dark" if colours == "dark" else "light")

    assert complaints(open_overview(replace(OVERVIEW, draft=True), width, view)) == {}


@each_once("width", [320, 1280, 1000], most=2)
def test_the_page_never_scrolls_sideways_only_the_table_does(
    width: int, open_overview: OpenOverview
) -> None:
    page = open_overview(width=width)
    overhang = "element => element.scrollWidth - element.clientWidth"

    assert page.locator("html").evaluate(overhang) == 0
    table_moves = page.locator(".scroller").evaluate(overhang) > 0
    assert table_moves == (width == 320)


def test_the_name_stays_in_view_when_the_table_is_moved(open_overview: OpenOverview) -> None:
    page = open_overview(width=320)
    page.locator(".scroller").evaluate("scroller => scroller.scrollLeft = 400")

    name = page.get_by_role("rowheader", name="Ambridge Council").bounding_box()
    assert name is not None
    assert 0 <= name["x"] < name["x"] + name["width"] < 200


@pytest.mark.thorough
def test_what_has_the_focus_is_never_behind_the_heads(open_overview: OpenOverview) -> None:
    page = open_overview(replace(OVERVIEW, entries=MANY))
    page.get_by_role("link").last.focus()
    is_hidden = """() => {
        const {left, right, top, bottom} = document.activeElement.getBoundingClientRect()
        const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
        return seen !== document.activeElement
    }"""

    hidden = 0
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        hidden += page.evaluate(is_hidden)

    assert page.evaluate("scrollY") > 0
    assert hidden == 0


@pytest.fixture(scope="module")
def listening(browser: Browser) -> Iterator[Browser]:
    """A browser as it is while a screen reader runs: only then it tells of what is out of view."""
    path = next(filter(None, map(shutil.which, NAMES)))
    flags = [*FLAGS, "--force-renderer-accessibility"]
    started = browser.browser_type.launch(executable_path=path, args=flags)
    yield started
    started.close()


@each_once("width", [320, 1280], most=1)
def test_it_is_a_table_for_a_screen_reader_also_out_of_view(
    width: int, listening: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(b"".join(overview_page(replace(OVERVIEW, entries=MANY))))
    page = listening.new_page(viewport={"width": width, "height": 800})
    page.goto(file.as_uri())
    [table] = spoken_tables(page)
    page.close()

    heads = ["Authority", "Status", *COLUMNS, "Inserts", "Pages", "Open"]
    assert table[0] == [("columnheader", head) for head in heads]
    assert len(table) == 1 + len(MANY)
    assert {tuple(role for role, _ in row) for row in table[1:]} == {("rowheader", *["cell"] * 6)}
    assert sorted(row[0][1] for row in table[1:]) == sorted(entry.name for entry in MANY)


def test_on_paper_each_page_has_the_heads_and_all_letters_are_there(
    open_overview: OpenOverview,
) -> None:
    page = open_overview(replace(OVERVIEW, entries=MANY))
    sort_by(page, "Authority")

    pages = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = ["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pages]

    assert len(texts) > 2
    assert all("Decisionsmade:UpholdRate" in text for text in texts)
    printed = "".join(texts)
    assert [e.name for e in MANY if "".join(e.name.split()) not in printed] == []
    assert "PDF" not in printed
    assert "Search" not in printed


def test_on_paper_a_filtered_overview_says_so(open_overview: OpenOverview) -> None:
    page = open_overview(view="#status=failed")

    [paper] = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = paper.get_textpage().get_text_bounded()

    assert "1 of 8 letters are shown." in " ".join(text.split())
    assert "Ambridge" not in text
