"""Keys of the desk: what each does, that none acts while one types, and that they can be off."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import Open, follows
from tests.browser.desk.county import AMBRIDGE_SLUG, FELPERSHAM_SLUG
from tests.browser.desk.running import RunningDesk

AMBRIDGE, FELPERSHAM = "Ambridge District Council", "Felpersham City Council"


def expect_letter(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize(
    ("forth", "back"),
    [("n", "p"), pytest.param("ArrowRight", "ArrowLeft", marks=pytest.mark.thorough)],
)
def test_keys_lead_to_the_next_letter_and_the_one_before(
    forth: str, back: str, desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG, "web", "changes"))

    page.keyboard.press(forth)
    expect_letter(page, FELPERSHAM)
    expect(page.locator("#view-web")).to_be_visible()
    follows(page)
    page.keyboard.press(back)
    expect_letter(page, AMBRIDGE)


@pytest.mark.thorough
def test_keys_act_in_the_web_page_of_a_letter_too(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG, "web"))
    page.frame_locator("#web").get_by_text("We received 17 complaints").click()

    page.keyboard.press("n")

    expect_letter(page, FELPERSHAM)


@pytest.mark.thorough
def test_a_stroke_leads_to_the_search_from_any_page(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.at())
    search = page.get_by_label("Search by name")
    page.keyboard.press("/")
    expect(search).to_be_focused()
    expect(search).to_have_value("")

    page.goto(desk.letter(FELPERSHAM_SLUG))
    follows(page)
    page.keyboard.press("/")
    expect(search).to_be_focused()

    page.reload()
    follows(page)
    expect(search).not_to_be_focused()


def test_an_arrow_leads_into_the_list(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.at())

    page.keyboard.press("ArrowDown")

    expect(page.get_by_role("link", name=AMBRIDGE)).to_be_focused()


def test_no_key_acts_while_one_types(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.at())
    search = page.get_by_label("Search by name")
    search.press_sequentially("/n?p")
    expect(search).to_have_value("/n?p")
    expect(page.get_by_role("dialog")).to_be_hidden()

    page.goto(desk.letter(AMBRIDGE_SLUG))
    follows(page)
    page.get_by_label("Size").focus()
    page.keyboard.press("n")
    page.locator("h1").click()
    for chord in ("Control+n", "Alt+n", "Meta+n"):
        page.keyboard.press(chord)
    expect_letter(page, AMBRIDGE)


def test_a_key_leads_to_a_paragraph_and_into_its_words(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.at(f"letters/{AMBRIDGE_SLUG}"))
    expect(page.locator("#pages image").first).to_be_attached()

    page.keyboard.press("e")
    first = page.locator(".sources summary").first
    expect(first).to_be_focused()
    page.locator("summary", has_text="We publish these figures").press("Enter")
    page.keyboard.press("e")
    expect(page.locator("#edit-words")).to_contain_text("We publish these figures")
    expect(page.locator("#edit-words")).to_be_focused()
    page.keyboard.press("Escape")


@pytest.mark.thorough
def test_a_question_mark_lists_the_keys_of_the_page(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    dialog = page.get_by_role("dialog", name="Keys")

    page.keyboard.press("?")
    expect(dialog.locator("dt")).to_have_text(["n Right", "p Left", "f", "e", "/", "a", "?"])
    page.keyboard.press("n")
    expect_letter(page, AMBRIDGE)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.thorough
def test_keys_are_off_until_they_are_turned_on_again(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    dialog = page.get_by_role("dialog", name="Keys")
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Use single-key shortcuts").uncheck()
    dialog.get_by_role("button", name="Close").click()

    page.reload()
    follows(page)
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    expect_letter(page, AMBRIDGE)

    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Use single-key shortcuts").check()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect_letter(page, FELPERSHAM)
