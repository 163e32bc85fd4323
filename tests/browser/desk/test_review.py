"""Reviewing at the desk: by mouse and by keys, by two people, each in a browser of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.borsetshire import EDITION
from tests.browser.desk.conftest import Open
from tests.browser.desk.county import (
    AMBRIDGE_SLUG,
    INTRODUCTION_FILE,
    SHORT_INTRODUCTION,
    STATISTICS_FILE,
    build_two_years,
)
from tests.browser.desk.running import RunningDesk, running_desk
from tests.browser.desk.test_accessible import WINDOWS, complaints_in

TWO: dict[str, str | bytes | None] = {
    "data/2031/edition.yaml": EDITION + "approvals: {people: 2}\n",
    INTRODUCTION_FILE: SHORT_INTRODUCTION,
}
FIRST = "I write to you about the year"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    with running_desk(build_two_years(tmp_path, TWO)) as desk:
        yield desk


def opened(page: Page, name: str) -> Page:
    """A review that is known, with the name of who sits there."""
    expect(page.locator(".item").first).to_be_visible()
    page.get_by_label("Your name").fill(name)
    return page


PICTURES = """async within => {
    const pictures = [...document.querySelectorAll(`${within} image`)].map(image => {
        const picture = new Image()
        picture.src = image.getAttribute("href")
        return picture.decode()
    })
    await Promise.all(pictures)
    return pictures.length
}"""
"""How many pictures are there, once each was seen to be one."""


@pytest.mark.thorough
def test_two_people_approve_all_that_is_shown(desk: RunningDesk, open_page: Open) -> None:
    ida = opened(open_page(desk.at("review")), "Ida")
    jim = opened(open_page(desk.at("review")), "Jim")
    number = ida.locator(".item").count()

    ida.get_by_role("button", name=f"Approve all {number} shown").click()
    expect(ida.locator("#decided")).to_contain_text(f"Ida approved {number} items.")
    ida.get_by_label("Your name").fill("Jim")
    ida.get_by_role("button", name=f"Approve all {number} shown").click()
    expect(ida.locator("#decided")).to_contain_text("this browser has approved as Ida")
    expect(ida.get_by_label("Your name")).to_be_focused()

    expect(jim.locator("#review-summary")).to_contain_text(f"{number} of {number} items open")
    expect(jim.locator(".standing").first).to_have_text("1 of 2: Ida")
    jim.get_by_role("button", name=f"Approve all {number} shown").click()
    expect(jim.locator("#review-summary")).to_contain_text(f"0 of {number} items open")
    expect(ida.locator(".standing").first).to_have_text("approved: Ida and Jim")
    expect(ida.get_by_role("button", name="1 inserts")).to_be_visible()


@pytest.mark.thorough
def test_by_keys_alone_the_inserts_are_approved_and_taken_back(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at(f"letters/{AMBRIDGE_SLUG}"))
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review")
    page.goto(desk.at("review") + "#show=insert")
    expect(page.locator(".item").first).to_be_attached()
    expect(page.locator(".item:visible")).to_have_count(1)

    page.keyboard.press("a")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Ida")
    page.keyboard.press("Enter")
    expect(page.locator("#decided")).to_have_text("Ida approved 1 item.")
    expect(page.locator(".item:visible .standing")).to_have_text("1 of 2: Ida")

    page.get_by_role("button", name="Withdraw flood").press("Enter")
    expect(page.locator(".item:visible .standing")).to_have_text("open")
    expect(page.locator(".item:visible h3")).to_be_focused()


@pytest.mark.thorough
def test_what_changes_under_ones_eyes_is_looked_at_again_first(
    desk: RunningDesk, open_page: Open
) -> None:
    page = opened(open_page(desk.at("review")), "Ida")
    number = page.locator(".item").count()
    page.get_by_role("button", name=f"Approve all {number} shown").click()
    expect(page.locator(".standing").first).to_have_text("1 of 2: Ida")

    desk.save(INTRODUCTION_FILE, SHORT_INTRODUCTION.replace(FIRST, "I sing of the year"))
    changed = page.locator(".item", has_text="I sing of the year")
    expect(changed.locator(".standing")).to_have_text("void: words changed since Ida approved")
    expect(changed.locator(".anew")).to_be_visible()
    expect(changed.locator("[data-one=approve]")).to_be_disabled()
    expect(page.get_by_role("button", name=f"Approve all {number - 1} shown")).to_be_enabled()

    changed.get_by_label("Looked at").check()
    page.get_by_role("button", name="Approve the 1 looked at").click()
    expect(changed.locator(".standing")).to_have_text("1 of 2: Ida")


@pytest.mark.thorough
def test_ticks_are_kept_in_this_browser_and_last_year_stands_beside(
    desk: RunningDesk, open_page: Open
) -> None:
    page = opened(open_page(desk.at("review")), "Ida")
    passage = page.locator(".item", has_text="We publish these figures").first
    passage.get_by_label("Looked at").check()
    page.reload()
    expect(passage.get_by_label("Looked at")).to_be_checked()

    passage.locator("summary").click()
    sides = passage.locator(".beside > div")
    expect(sides.first.locator("del")).to_have_text("nail up")
    expect(sides.last.locator("ins")).to_have_text("publish")
    assert "publish" in desk.read(STATISTICS_FILE)


@pytest.mark.thorough
def test_last_year_s_pages_are_seen_beside_this_year_s_and_over_one_another(
    desk: RunningDesk, open_page: Open
) -> None:
    page = opened(open_page(desk.at("review")), "Ida")
    card = page.locator(".item", has_text="Felpersham City Council").last
    card.locator("summary").click()
    card.get_by_role("link", name="side by side").click()
    for year in ("Last", "This"):
        expect(page.get_by_role("img", name=f"{year} year, page 1")).to_be_visible()
    assert page.evaluate(PICTURES, "#beside") == page.locator("#beside svg").count() > 2

    page.get_by_role("link", name="one over the other").first.click()
    both = page.get_by_role("img", name="Page 1 of both years").locator("image")
    expect(both).to_have_count(2)
    assert page.evaluate(PICTURES, "#overlay") == page.locator("#overlay image").count()


@pytest.mark.thorough
@pytest.mark.parametrize("kind", WINDOWS)
def test_axe_has_nothing_to_say_of_what_is_being_decided(
    kind: str, desk: RunningDesk, open_page: Open
) -> None:
    page = opened(open_page(desk.at("review")), "Ida")
    page.get_by_role("button", name="Approve all").click()
    expect(page.locator("[data-one=withdraw]").first).to_be_visible()
    desk.save(INTRODUCTION_FILE, SHORT_INTRODUCTION.replace(FIRST, "I sing of the year"))
    expect(page.locator(".anew:visible")).to_have_count(1)
    expect(page.locator("#busy")).to_be_empty()
    for summary in page.locator(".item summary").all():
        summary.click()

    for words in ("I sing", "We publish", "Felpersham"):  # no more than axe can see at once
        page.get_by_label("Search the items").fill(words)
        assert complaints_in(kind, page) == {}
    for width in (320, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
