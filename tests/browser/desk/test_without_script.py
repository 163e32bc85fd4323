"""Without its script the desk is a set of plain pages: everything can be read, nothing is dead."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.county import AMBRIDGE_SLUG, STATISTICS_FILE
from tests.browser.desk.running import RunningDesk


@pytest.fixture
def page(plain_page: Page) -> Page:
    return plain_page


@pytest.mark.thorough
def test_a_source_is_opened(desk: RunningDesk, page: Page) -> None:
    page.goto(desk.letter(AMBRIDGE_SLUG))

    page.locator("summary", has_text="We received 17 complaints").click()

    expect(page.get_by_text(f"{STATISTICS_FILE}:3")).to_be_visible()


@pytest.mark.thorough
def test_views_and_panels_are_links(desk: RunningDesk, page: Page) -> None:
    page.goto(desk.letter(AMBRIDGE_SLUG))

    page.get_by_role("link", name="Web page").click()
    page.get_by_role("link", name="Changes").last.click()

    expect(page.frame_locator("#web").get_by_text("Dear Walter Gabriel,")).to_be_visible()
    expect(page.get_by_role("heading", name="In this letter", exact=True)).to_be_visible()


def test_what_needs_the_script_is_not_shown(desk: RunningDesk, page: Page) -> None:
    page.goto(desk.at())
    expect(page.get_by_label("Search by name")).to_be_hidden()
    expect(page.get_by_label("Open files with")).to_be_hidden()

    page.goto(desk.letter(AMBRIDGE_SLUG))
    expect(page.get_by_label("Size")).to_be_hidden()
    expect(page.get_by_text("choose your editor")).to_be_hidden()
    expect(page.get_by_text("Editing needs JavaScript")).to_be_visible()
    page.locator(".sources summary").first.click()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_hidden()
    expect(page.locator("#inserts")).to_be_hidden()

    page.goto(desk.at("overview"))
    expect(page.get_by_role("link", name="Download drafts of all")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("link", name="with figures missing")).to_be_visible()
