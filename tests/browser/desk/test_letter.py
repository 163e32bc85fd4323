"""One letter on the desk: its pages, its web page, where its words come from, what changed."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from generator.commands.app import run_command
from tests.browser.desk.conftest import Open
from tests.browser.desk.county import (
    AMBRIDGE_FILE,
    AMBRIDGE_SLUG,
    DRAFT_SLUG,
    FELPERSHAM_SLUG,
    STATISTICS_FILE,
)
from tests.browser.desk.running import RunningDesk

AMBRIDGE_SAYS = "We received 17 complaints about the council."


@pytest.fixture
def page(desk: RunningDesk, open_page: Open) -> Page:
    """Ambridge's letter, with its pages."""
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    expect(words_on_page(page, "Walter Gabriel").first).to_be_attached()
    return page


def words_on_page(page: Page, words: str) -> Locator:
    """Words on the picture of a page."""
    return page.locator("#pages text", has_text=words)


def source(page: Page) -> Locator:
    """The source that is opened."""
    return page.locator(".sources details[open]")


def current(page: Page, of: str) -> str:
    """What is chosen of the views or the panels."""
    return page.locator(f'.tabs [data-of="{of}"][aria-current]').inner_text().split("\n")[0]


def test_all_pages_are_there(page: Page) -> None:
    pages = page.get_by_role("group", name="Page ")

    names = [each.get_attribute("aria-label") for each in pages.all()]
    assert names == ["Page 1 of 4", "Page 2 of 4", "Page 3 of 4", "Page 4 of 4"]
    for picture in page.locator("#pages image").all():
        answer = page.request.get(
            f"{page.url.partition('/letters')[0]}{picture.get_attribute('href')}"
        )
        assert answer.headers["content-type"] == "image/png"


def test_the_words_stand_where_the_picture_has_them(page: Page) -> None:
    """The picture is dark where the words are, and white beside them."""
    words = words_on_page(page, "Walter Gabriel").first
    assert shades(words.screenshot()) > 5


def shades(png: bytes) -> int:
    return len(Image.open(BytesIO(png)).convert("L").getcolors(256) or [])


@pytest.mark.thorough
def test_the_words_on_a_page_can_be_selected_without_choosing_anything(page: Page) -> None:
    line = words_on_page(page, AMBRIDGE_SAYS)
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()

    assert page.evaluate("getSelection().toString()") == AMBRIDGE_SAYS
    expect(source(page)).to_have_count(0)


@pytest.mark.thorough
def test_lines_that_are_copied_keep_their_gaps(page: Page) -> None:
    block = page.locator('#pages [data-block="introduction/2"]')
    assert block.count() > 1

    page.evaluate("""() => {
        const lines = document.querySelectorAll('#pages [data-block="introduction/2"] text')
        getSelection().setBaseAndExtent(lines[0], 0, lines[lines.length - 1], 1)
    }""")

    said = " ".join(page.evaluate("getSelection().toString()").split())
    assert said.startswith("Of pond 1 we say that ducks were seen on it, that they were asked how")
    assert said.endswith("which we wrote down for those who come after us.")


def test_a_paragraph_of_a_page_leads_to_its_file_and_line(desk: RunningDesk, page: Page) -> None:
    page.get_by_label("Open files with").select_option("Visual Studio Code")

    words_on_page(page, AMBRIDGE_SAYS).click()

    place = source(page).get_by_role("link", name=f"{STATISTICS_FILE}:3")
    assert place.get_attribute("href") == f"vscode://file/{desk.file(STATISTICS_FILE)}:3:1"
    expect(source(page)).to_contain_text("shared wording, in every letter")
    expect(source(page).locator(".wording")).to_have_text(
        'We received {{ authority.received.total | count("complaint") }} about the '
        "{{ authority.noun }}."
    )


@pytest.mark.thorough
def test_a_paragraph_of_the_web_page_leads_there_too(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG, "web", "problems"))
    page.get_by_label("Open files with").select_option("Visual Studio Code")

    page.frame_locator("#web").get_by_text("We told you of the flood.").click()

    assert current(page, "panel") == "Where it comes from"
    expect(source(page)).to_contain_text("insert flood: this authority’s file names it")
    places = source(page).get_by_role("link")
    assert [place.get_attribute("href") for place in places.all()] == [
        f"vscode://file/{desk.file('templates/2031/inserts/flood.md')}:4:1",
        f"vscode://file/{desk.file(AMBRIDGE_FILE)}:8:11",
    ]


def test_a_figure_leads_to_the_line_where_it_is_given(desk: RunningDesk, page: Page) -> None:
    page.get_by_label("Open files with").select_option("Visual Studio Code")

    page.locator('#pages [data-figure="decided.upheld"] text').click()

    figure = source(page).locator(".chosen")
    expect(figure).to_contain_text("Upheld: 3, as supplied")
    assert figure.get_by_role("link").get_attribute("href") == (
        f"vscode://file/{desk.file(AMBRIDGE_FILE)}:6:51"
    )


@pytest.mark.thorough
def test_a_source_shows_its_words_in_the_letter_and_closes_again(page: Page) -> None:
    summary = page.locator("summary", has_text="We publish these figures")
    words = words_on_page(page, "We publish these figures every year.")

    summary.click()
    expect(words).to_be_in_viewport()
    expect(page.locator("#pages .chosen")).to_have_count(1)
    expect(page.locator("#pages .chosen")).to_have_text("We publish these figures every year.")

    summary.click()
    expect(source(page)).to_have_count(0)
    expect(page.locator("#pages .chosen")).to_have_count(0)


@pytest.mark.thorough
def test_what_is_pointed_at_is_lit_and_nothing_else(page: Page) -> None:
    lit = page.locator("#pages .pointed")

    words_on_page(page, "By carrier pigeon").hover()
    expect(lit).to_have_text(["By carrier pigeon"])
    words_on_page(page, "Walter Gabriel").first.hover()
    expect(lit).to_have_text(["Walter Gabriel"])
    page.get_by_role("heading", level=1).hover()
    expect(lit).to_have_count(0)


@pytest.mark.thorough
def test_without_an_editor_places_are_words_and_it_says_how_to_have_links(page: Page) -> None:
    words_on_page(page, AMBRIDGE_SAYS).click()

    expect(source(page)).to_contain_text(f"{STATISTICS_FILE}:3")
    expect(source(page).get_by_role("link")).to_have_count(0)
    expect(page.get_by_text("choose your editor at the top")).to_be_visible()

    page.get_by_label("Open files with").select_option("Visual Studio Code")
    expect(source(page).get_by_role("link")).to_have_count(3)
    expect(page.get_by_text("choose your editor at the top")).to_be_hidden()


@pytest.mark.thorough
def test_the_editor_is_remembered(desk: RunningDesk, page: Page) -> None:
    page.get_by_label("Open files with").select_option("Visual Studio Code")

    page.goto(desk.at())

    assert page.get_by_label("Open files with").input_value() == "vscode"


@pytest.mark.thorough
def test_the_next_letter_is_seen_in_the_same_way(page: Page) -> None:
    page.get_by_role("link", name="Web page").click()
    page.get_by_role("link", name="Changes").last.click()

    page.get_by_role("link", name="Next: Felpersham City Council").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Felpersham City Council")
    assert (current(page, "view"), current(page, "panel").split()[0]) == ("Web page", "Changes")
    expect(page.frame_locator("#web").get_by_text("Dear Dorothy Adamson,")).to_be_visible()

    page.get_by_role("link", name="Previous: Ambridge District Council").click()
    expect(page.frame_locator("#web").get_by_text("Dear Walter Gabriel,")).to_be_visible()
    expect(page.locator("#view-pages")).to_be_hidden()

    page.reload()
    expect(page.frame_locator("#web").get_by_text("Dear Walter Gabriel,")).to_be_visible()


@pytest.mark.thorough
def test_the_pages_are_seen_larger_and_smaller(page: Page) -> None:
    def width() -> float:
        box = page.get_by_role("group", name="Page 1 of 4").bounding_box()
        assert box is not None
        return box["width"]

    size = page.get_by_label("Size")
    before = width()

    size.select_option("50%")
    assert width() == pytest.approx(before / 2, abs=1)
    size.select_option("200%")
    assert width() == pytest.approx(before * 2, abs=1)

    page.reload()
    assert width() == pytest.approx(before * 2, abs=1)


@pytest.mark.thorough
def test_the_size_is_that_of_the_pages_and_goes_with_them(page: Page) -> None:
    page.get_by_role("link", name="Web page").click()

    expect(page.get_by_label("Size")).to_be_hidden()


@pytest.mark.thorough
def test_what_is_downloaded_is_what_build_writes(
    desk: RunningDesk, page: Page, tmp_path: Path
) -> None:
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download the PDF").click()
    downloaded = waited.value
    where = tmp_path / "downloaded.pdf"
    downloaded.save_as(where)

    workspace = str(desk.folders.workspace.folder)
    assert run_command(["build", "ambridge", "--quiet", "--workspace", workspace]) == 0
    assert downloaded.suggested_filename == f"{AMBRIDGE_SLUG}.pdf"
    built = desk.folders.output() / f"pdf/{AMBRIDGE_SLUG}.pdf"
    assert where.read_bytes() == built.read_bytes()


def test_what_changed_since_last_year_is_told(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.letter(FELPERSHAM_SLUG, panel="changes"))
    panel = page.get_by_role("region", name="Changes")

    expect(panel.get_by_role("heading", name="In this letter", exact=True)).to_be_visible()
    figures = panel.locator('[data-tags="figures"]')
    expect(figures).to_contain_text("Roads 12")
    expect(figures).to_contain_text("+8")
    wording = panel.locator(".change", has_text="nail up")
    expect(wording.locator("del")).to_contain_text("nail up")
    expect(wording.locator("ins")).to_contain_text("publish")


@pytest.mark.thorough
def test_a_letter_with_figures_missing_is_marked_as_a_draft(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.letter(DRAFT_SLUG, panel="problems"))

    expect(page.locator("#title")).to_contain_text("figures missing: a draft")
    expect(words_on_page(page, "[?]").first).to_be_attached()
    expect(page.get_by_role("heading", name="Figures not yet supplied")).to_be_visible()
    expect(page.locator("#problems li")).to_have_text(
        f"Roads data/2031/authorities/{DRAFT_SLUG}.yaml:5"
    )
    expect(page.get_by_text("No problems in")).to_have_count(0)
    link = page.get_by_role("link", name="Download the PDF")
    assert link.get_attribute("download") == f"{DRAFT_SLUG}-draft.pdf"


@pytest.mark.thorough
def test_the_links_of_a_letter_lead_nowhere(desk: RunningDesk, open_page: Open) -> None:
    """They are read here, not followed: the frame stays with the letter."""
    page = open_page(desk.letter(AMBRIDGE_SLUG, "web"))
    guide = page.frame_locator("#web").get_by_role("link", name="the guide")

    guide.click()
    guide.press("Enter")

    expect(guide).to_be_visible()
    expect(source(page)).to_contain_text("templates/2031/report/guide.md:1")


@pytest.mark.thorough
def test_a_letter_fits_its_window(page: Page) -> None:
    """The window does not scroll; the pages and the panel do."""
    sizes = "element => [element.scrollHeight, element.clientHeight]"

    for selector in ("#view-pages", '[data-panel="sources"]'):
        whole, seen = page.locator(selector).evaluate(sizes)
        assert whole > seen > 400, selector
    assert page.evaluate("document.documentElement.scrollHeight") == 900


def test_a_letter_has_all_the_room_until_something_is_asked_about_it(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at(f"letters/{AMBRIDGE_SLUG}"))
    expect(words_on_page(page, AMBRIDGE_SAYS)).to_be_attached()
    sources = page.get_by_role("region", name="Where it comes from")
    expect(sources).to_be_hidden()

    words_on_page(page, AMBRIDGE_SAYS).click()
    expect(sources).to_be_visible()
    expect(source(page)).to_contain_text(f"{STATISTICS_FILE}:3")
    page.get_by_role("link", name="Hide").click()
    expect(sources).to_be_hidden()

    page.reload()
    expect(sources).to_be_hidden()


@pytest.mark.thorough
def test_thumbnails_and_a_number_lead_to_a_page(page: Page) -> None:
    pages = page.get_by_role("group", name="Page ")
    thumbnails = page.get_by_role("navigation", name="Pages of the letter").get_by_role("link")
    expect(thumbnails).to_have_text([f"Page {number}" for number in range(1, 5)])

    thumbnails.nth(2).click()
    expect(pages.nth(2)).to_be_in_viewport(ratio=0.5)
    expect(thumbnails.nth(2)).to_have_attribute("aria-current", "true")
    expect(page.get_by_label("Page", exact=True)).to_have_value("3")

    page.get_by_label("Page", exact=True).select_option("2 of 4")
    expect(pages.nth(1)).to_be_in_viewport(ratio=0.5)
    expect(thumbnails.nth(1)).to_have_attribute("aria-current", "true")


@pytest.mark.thorough
def test_a_letter_is_gone_through_by_its_headings(page: Page) -> None:
    headings = page.locator("#pages").get_by_role("heading")

    said = headings.all_text_contents()
    assert [name for name in said if name.startswith("Page ")] == [
        f"Page {number} of 4" for number in range(1, 5)
    ]
    assert "Annual letter 2031" in said


@pytest.mark.thorough
def test_where_there_is_nothing_the_desk_stands_around_it_and_leads_back(
    desk: RunningDesk, page: Page
) -> None:
    for path, said in (
        ("letters/nobody", "There is no letter to an authority “nobody”."),
        ("nowhere", "There is no such page."),
        ("letters/nobody/letter.pdf", "There is no letter: its files have errors."),
    ):
        answer = page.goto(desk.at(path))
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("main")).to_contain_text(said)
        expect(page.get_by_role("navigation", name="The desk")).to_be_visible()
        expect(page.locator("#gone")).to_be_hidden()
        page.get_by_role("main").get_by_role("link", name="All letters").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("All letters")
