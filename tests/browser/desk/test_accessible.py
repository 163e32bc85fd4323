"""Anyone can use the desk: no breach of WCAG 2.2 in any view, by keys alone, in any window."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.borsetshire import AMBRIDGE, authority
from tests.browser.combining import each_once
from tests.browser.desk.conftest import Open, follows
from tests.browser.desk.county import (
    AMBRIDGE_SLUG,
    DRAFT_SLUG,
    FELPERSHAM_SLUG,
    INTRODUCTION_FILE,
    LAST_SENTENCE,
    SHORT_INTRODUCTION,
    STATISTICS_FILE,
    build_two_years,
)
from tests.browser.desk.running import RunningDesk, running_desk
from tests.browser.test_accessibility import complaints

OLD, NEVER = "darrington-parish-council", "loxley-town-council"
OLD_FILE, NEVER_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (OLD, NEVER))
BROKEN = AMBRIDGE.replace("upheld: 3", "uphled: 3").replace("office:", "ofice:")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[RunningDesk]:
    """A desk after a save, with a letter that was broken by it, and one that always was."""
    good = authority("Darrington Parish Council")
    files: dict[str, str | bytes | None] = {
        OLD_FILE: good,
        NEVER_FILE: BROKEN,
        INTRODUCTION_FILE: SHORT_INTRODUCTION,
    }
    with running_desk(build_two_years(tmp_path_factory.mktemp("county"), files)) as desk:
        page = browser.new_page()
        page.goto(desk.letter(OLD))
        expect(page.locator("#pages image").first).to_be_attached()
        expect(page.locator("#busy")).to_be_empty()
        desk.save(OLD_FILE, BROKEN)
        text = desk.read(STATISTICS_FILE)
        desk.save(STATISTICS_FILE, text.replace(LAST_SENTENCE, f"{LAST_SENTENCE} Do write."))
        expect(page.locator("#warning")).to_contain_text("Out of date.")
        expect(page.locator("#grown")).not_to_be_empty()
        expect(page.locator("#busy")).to_be_empty()
        page.close()
        yield desk


@pytest.fixture
def desk(desk: RunningDesk, request: pytest.FixtureRequest) -> RunningDesk:
    """That which all tests share; for what takes long, the one with more to be seen."""
    is_long = request.node.get_closest_marker("thorough")
    return request.getfixturevalue("saved") if is_long else desk


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """The window that all share, but for those that need one of another kind."""
    page = browser.new_page()
    yield page
    page.close()


VIEWS = {
    "all letters": "",
    "pages and sources": f"letters/{AMBRIDGE_SLUG}?view=pages&panel=sources",
    "changes": "changes",
    "problems": "problems",
    "overview": "overview",
    "edition": "edition",
    "pages and changes": f"letters/{FELPERSHAM_SLUG}?view=pages&panel=changes",
    "pages and problems": f"letters/{AMBRIDGE_SLUG}?view=pages&panel=problems",
    "web page and sources": f"letters/{AMBRIDGE_SLUG}?view=web&panel=sources",
    "web page and changes": f"letters/{FELPERSHAM_SLUG}?view=web&panel=changes",
    "web page and problems": f"letters/{DRAFT_SLUG}?view=web&panel=problems",
    "beside last year": f"letters/{FELPERSHAM_SLUG}?view=beside&panel=changes",
    "over last year": f"letters/{FELPERSHAM_SLUG}?view=overlay",
    "a draft": f"letters/{DRAFT_SLUG}?view=pages&panel=problems",
    "an old letter": f"letters/{OLD}?view=pages&panel=problems",
    "no letter": f"letters/{NEVER}?view=pages&panel=problems",
    "a letter alone": f"letters/{AMBRIDGE_SLUG}",
}

EVERY = {
    **VIEWS,
    "review": "review",
    "import": "import",
    "form": f"letters/{AMBRIDGE_SLUG}/form",
}
"""With those that have tests of their own for what axe says of them."""


def open_view(
    page: Page, desk: RunningDesk, view: str, width: int = 1280, height: int = 900
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(desk.at(EVERY[view]))
    follows(page)
    page.get_by_label("Open files with").select_option("Visual Studio Code")


NOT_OURS = ("#web", "#pages text")
"""The letter in its frame is looked at by tests of its own, and no script runs there; the words on
the picture of a page have no colour."""


WINDOWS = {"wide by day": (1280, "light"), "narrow by night": (320, "dark")}


def complaints_in(window: str, page: Page) -> dict[str, list[str]]:
    """What axe finds in a window of this kind.

    It is so high that nothing is scrolled out of sight: axe does not judge what it cannot see.
    """
    width, scheme = WINDOWS[window]
    page.evaluate("document.getElementById('busy').textContent = 'Laying out pages: 1 of 3'")
    page.set_viewport_size({"width": width, "height": 6000})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = complaints(page, *NOT_OURS)
    page.emulate_media(color_scheme="null")
    return found


@each_once("view, window", VIEWS, WINDOWS, most=3)
def test_axe_has_nothing_to_say(view: str, window: str, desk: RunningDesk, page: Page) -> None:
    open_view(page, desk, view)

    assert complaints_in(window, page) == {}


@pytest.mark.thorough
@each_once("opened, window", ["We told you of the flood.", "Advice Given"], WINDOWS, most=1)
def test_axe_has_nothing_to_say_of_what_is_opened(
    opened: str, window: str, desk: RunningDesk, page: Page
) -> None:
    open_view(page, desk, "pages and sources")
    page.locator("summary", has_text=opened).click()
    page.locator("summary", has_text=opened).hover()

    assert complaints_in(window, page) == {}


@pytest.mark.thorough
@each_once("window", WINDOWS, most=1)
def test_axe_has_nothing_to_say_of_dialog_and_missing_page(
    window: str, desk: RunningDesk, page: Page
) -> None:
    open_view(page, desk, "all letters")
    page.get_by_role("button", name="Keys").click()
    assert complaints_in(window, page) == {}

    page.goto(desk.at("letters/nobody"))
    assert complaints_in(window, page) == {}


def edit(page: Page) -> None:
    """Go into the editor, and write what has an error."""
    page.locator(".sources summary", has_text=LAST_SENTENCE).click()
    page.get_by_role("button", name="Edit", exact=True).click()
    expect(page.locator("#edit-words")).to_be_focused()
    page.keyboard.type(" {{ authority.nam }}")
    expect(page.locator("#edit-problems li")).to_have_count(1)


def open_inserts(page: Page) -> None:
    """Open the inserts, and all that is folded up in them."""
    page.locator("#inserts > summary").click()
    expect(page.locator("#insert-list li")).to_have_count(1)
    for folded in page.locator("#insert-list summary").all():
        folded.click()
    page.get_by_label("For", exact=True).select_option("rule")


def meet_a_conflict(page: Page) -> None:
    """See both texts, as when somebody saved meanwhile."""
    edit(page)
    page.evaluate("""() => {
        document.getElementById("edit-conflict").hidden = false
        document.getElementById("edit-theirs").textContent = "These are their words."
        document.getElementById("edit-said").hidden = false
    }""")


STATES = {"edited": edit, "inserts": open_inserts, "a conflict": meet_a_conflict}


@pytest.mark.thorough
@each_once("state, window", STATES, WINDOWS, most=1)
def test_axe_has_nothing_to_say_of_what_is_edited(
    state: str, window: str, desk: RunningDesk, page: Page
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    open_view(page, desk, "pages and sources")
    STATES[state](page)

    assert complaints_in(window, page) == {}
    for width in (320, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.thorough
def test_axe_says_so_when_the_desk_is_spoiled(desk: RunningDesk, page: Page) -> None:
    """The policy of the page does not keep axe from its work."""
    open_view(page, desk, "pages and sources")
    page.evaluate("""() => {
        document.querySelector("h1").style.color = "#ccc"
        document.querySelector("#download a").removeAttribute("href")
        document.querySelector("#zoom").labels[0].remove()
        document.querySelector("main").append(document.createElement("img"))
    }""")

    found = complaints(page, *NOT_OURS)

    assert {"color-contrast", "select-name", "image-alt"} <= {*found}


@each_once("view", EVERY, most=2)
def test_nothing_scrolls_sideways(view: str, desk: RunningDesk, page: Page) -> None:
    open_view(page, desk, view, width=320)

    for width in (320, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate(WITH_WIDER_TYPE) == {"width": 320, "cut": []}


WITH_WIDER_TYPE = """() => {
    for (const element of document.querySelectorAll("body *")) {
        element.style.letterSpacing = "0.12em"
        element.style.wordSpacing = "0.16em"
    }
    const cut = [...document.querySelectorAll("main :is(button, h1, h2, h3, label)")]
        .filter(each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1
            && getComputedStyle(each).display !== "inline" && !each.closest(".unseen, .scroller"))
    return {width: document.documentElement.scrollWidth, cut: cut.map(each => each.textContent)}
}"""
"""With as much room between letters as readers may ask for (WCAG 1.4.12), which is as wide as any
usual typeface: how wide the page is, and what is cut off."""


WHAT_HAS_FOCUS = """() => {
    const element = document.activeElement
    const {outlineStyle, outlineWidth} = getComputedStyle(element)
    const {top, bottom, left, right} = element.getBoundingClientRect()
    return {
        isNowhere: element === document.body,
        name: `${element.tagName} ${element.id} ${element.textContent.trim().slice(0, 40)}`,
        isOutlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        isSeen: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    }
}"""


@each_once("view", ["all letters", "pages and sources", "changes", "problems", "edition"], most=1)
def test_the_focus_goes_everywhere_and_is_always_seen(
    view: str, desk: RunningDesk, page: Page
) -> None:
    """Also what has to be brought into sight first."""
    open_view(page, desk, view, height=300)
    page.evaluate("document.activeElement.blur()")
    targets = page.locator("a[href], button, input, select, summary").filter(visible=True).count()

    stops: list[dict[str, Any]] = []
    while not (stops and stops[-1]["isNowhere"]) and len(stops) < 200:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(WHAT_HAS_FOCUS))

    stops.pop()
    assert len(stops) >= targets > 8
    assert [stop["name"] for stop in stops if not (stop["isOutlined"] and stop["isSeen"])] == []


@pytest.mark.thorough
def test_by_keys_alone_one_comes_from_the_list_to_the_source_of_a_paragraph(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at())

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if name in page.evaluate(WHAT_HAS_FOCUS)["name"]:
                return
        raise AssertionError(f"never came to {name}")

    tab_to("SELECT editor")
    page.keyboard.type("Visual")
    tab_to("INPUT search")
    page.keyboard.type("ambr")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ambridge District Council")
    tab_to("Web page")
    page.keyboard.press("Enter")
    expect(page.locator("#view-web")).to_be_visible()
    tab_to("Where it comes from")
    page.keyboard.press("Enter")
    tab_to("paragraph We received 17 complaints")
    page.keyboard.press("Enter")
    tab_to(f"{STATISTICS_FILE}:3")

    focused = page.locator(":focus")
    assert focused.get_attribute("href") == f"vscode://file/{desk.file(STATISTICS_FILE)}:3:1"


def test_the_first_stop_leads_past_what_stands_around_every_page(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at())

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const {transitionDuration, animationName} = getComputedStyle(element)
    return animationName !== "none" || /[1-9]/.test(transitionDuration)
}).length"""


def test_nothing_moves_for_those_who_do_not_want_it(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    expect(page.locator("#pages image").first).to_be_attached()
    assert page.evaluate(MOVING) > 0

    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == 0


@pytest.mark.thorough
def test_in_forced_colours_the_words_of_a_picture_are_not_written_over_it(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG), forced_colors="active")

    words = page.locator("#pages text", has_text="Walter Gabriel").first
    assert words.evaluate("words => getComputedStyle(words).fill") == "rgba(0, 0, 0, 0)"
    current, other = (
        page.locator(f'.tabs [data-tab="{tab}"]').evaluate(
            "tab => getComputedStyle(tab).borderBottomColor"
        )
        for tab in ("sources", "changes")
    )
    assert current != other
