"""The desk while files are edited: it shows what is saved, in place, and loses nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.borsetshire import AMBRIDGE, authority, build_tree
from tests.browser.desk.conftest import Open, follows
from tests.browser.desk.county import (
    AMBRIDGE_FILE,
    AMBRIDGE_SLUG,
    DRAFT_FILE,
    DRAFT_SLUG,
    FELPERSHAM_FILE,
    INTRODUCTION_FILE,
    LAST_SENTENCE,
    SHORT_INTRODUCTION,
    STATISTICS_FILE,
    THIS_YEAR,
    build_two_years,
)
from tests.browser.desk.running import RunningDesk, running_desk
from tests.faults.processes import wait_until

NEW_SENTENCE = "We read these figures out at the well."
NEW_FILE = "data/2031/authorities/loxley.yaml"
OLD_LETTER = "Out of date."


PROBLEMS = re.compile("Problems [12] error")
"""This letter's, and, once all are read, that of the one whose figure is missing."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk of its own: the one that others share is never changed."""
    with running_desk(build_two_years(tmp_path_factory.mktemp("live"))) as desk:
        yield desk


@pytest.fixture(autouse=True)
def as_they_were(desk: RunningDesk, window: Page) -> Iterator[None]:
    """Each test leaves the files as it found them, and the desk has read them so."""
    names = (AMBRIDGE_FILE, FELPERSHAM_FILE, DRAFT_FILE, INTRODUCTION_FILE, STATISTICS_FILE)
    before = {name: desk.read(name) for name in names}
    yield
    for name, text in before.items():
        if not desk.file(name).exists() or desk.read(name) != text:
            desk.save(name, text)
    desk.file(NEW_FILE).unlink(missing_ok=True)
    wait_until(lambda: shows_them_so(desk, window), every_s=0.1)


def shows_them_so(desk: RunningDesk, window: Page) -> bool:
    """Whether the desk knows all letters, without an error, with the words they had at first.

    What is saved before that is read together with it, and is then no save of its own.
    """
    letters, letter = (
        window.request.get(desk.at(path)).text() for path in ("", f"letters/{AMBRIDGE_SLUG}")
    )
    rows = letters.partition('id="letters"')[2].partition("</tbody>")[0]
    return rows.count("<tr") == 3 and "has problems" not in rows and LAST_SENTENCE in letter


def open_letter(
    desk: RunningDesk, open_page: Open, view: str = "pages", **settings: object
) -> Page:
    """Ambridge's letter as it is without an error, with its pages, and a mark on the window."""
    page = open_page(desk.letter(AMBRIDGE_SLUG, view), **settings)
    expect(page.locator("#pages text", has_text=LAST_SENTENCE)).to_be_attached()
    expect(page.locator("#warning")).to_be_empty()
    page.evaluate("window.isTheSame = true")
    return page


def is_the_same(page: Page) -> bool:
    """Whether the window was not loaded again since it was opened."""
    return bool(page.evaluate("window.isTheSame === true"))


def edit_statistics(desk: RunningDesk) -> None:
    desk.save(STATISTICS_FILE, desk.read(STATISTICS_FILE).replace(LAST_SENTENCE, NEW_SENTENCE))


def expect_everywhere(page: Page, sentence: str) -> None:
    """A sentence comes to be seen in the web page, on the pages, and among the sources."""
    expect(page.frame_locator("#web").get_by_text(sentence)).to_be_attached()
    expect(page.locator("#pages text", has_text=sentence)).to_be_attached()
    expect(page.locator(".sources summary", has_text=sentence)).to_be_attached()


def test_a_save_is_seen_without_a_reload(desk: RunningDesk, open_page: Open) -> None:
    page = open_letter(desk, open_page)

    edit_statistics(desk)

    expect_everywhere(page, NEW_SENTENCE)
    expect(page.frame_locator("#web").get_by_text(LAST_SENTENCE)).to_have_count(0)
    expect(page.locator("#pages text", has_text=LAST_SENTENCE)).to_have_count(0)
    assert is_the_same(page)


@pytest.mark.thorough
def test_a_save_by_rename_is_seen_as_well(desk: RunningDesk, open_page: Open) -> None:
    page = open_letter(desk, open_page)

    text = desk.read(STATISTICS_FILE)
    desk.save_by_rename(STATISTICS_FILE, text.replace(LAST_SENTENCE, NEW_SENTENCE))

    expect_everywhere(page, NEW_SENTENCE)
    assert is_the_same(page)


BOXES = "cells => cells.map(cell => cell.getBoundingClientRect().toJSON())"


@pytest.mark.thorough
def test_after_a_save_the_web_page_looks_as_if_it_were_opened_anew(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_letter(desk, open_page, view="web")
    edit_statistics(desk)
    expect_everywhere(page, NEW_SENTENCE)
    renewed = page.locator("#web").screenshot()
    cells = page.frame_locator("#web").locator("th, td")
    boxes = cells.evaluate_all(BOXES)

    page.reload()
    expect_everywhere(page, NEW_SENTENCE)

    assert len(boxes) > 20
    assert cells.evaluate_all(BOXES) == boxes
    assert page.locator("#web").screenshot() == renewed


@pytest.mark.thorough
def test_nobody_loses_their_place(desk: RunningDesk, open_page: Open) -> None:
    """Neither in the pages, nor the web page, nor the panel; nor what was opened there."""
    page = open_letter(desk, open_page)
    page.locator("summary", has_text="Of pond 12").click()
    page.locator("summary", has_text="Of pond 12").focus()
    page.locator("#view-pages").evaluate("pages => pages.scrollTo(0, 901)")
    page.locator('[data-panel="sources"]').evaluate("panel => panel.scrollTo(0, 302)")
    page.get_by_role("link", name="Web page").click()
    page.evaluate("document.getElementById('web').contentWindow.scrollTo(0, 703)")
    page.locator("summary", has_text="Of pond 12").focus()

    edit_statistics(desk)
    expect_everywhere(page, NEW_SENTENCE)

    assert page.evaluate("document.getElementById('web').contentWindow.scrollY") == 703
    assert page.locator('[data-panel="sources"]').evaluate("panel => panel.scrollTop") == 302
    expect(page.locator("summary", has_text="Of pond 12")).to_be_focused()
    expect(page.locator(".sources details[open]")).to_have_count(1)
    expect(page.frame_locator("#web").locator(".chosen")).to_contain_text("Of pond 12")
    expect(page.locator("#view-web")).to_be_visible()
    page.get_by_role("link", name="Pages").click()
    assert page.locator("#view-pages").evaluate("pages => pages.scrollTop") == 901


@pytest.mark.thorough
def test_on_a_small_screen_what_is_read_stays_where_it_is(
    desk: RunningDesk, open_page: Open
) -> None:
    """Also when more is said above it."""
    page = open_letter(desk, open_page, width=320, height=600)
    page.evaluate("scrollTo(0, 800)")
    before = page.get_by_role("group", name="Page 2 of 4").bounding_box()

    edit_statistics(desk)
    expect_everywhere(page, NEW_SENTENCE)
    expect(page.locator("#grown")).not_to_be_empty()

    after = page.get_by_role("group", name="Page 2 of 4").bounding_box()
    assert after == pytest.approx(before, abs=1)  # a part of a dot is nobody's loss


@pytest.mark.thorough
def test_words_that_are_selected_stay_selected(desk: RunningDesk, open_page: Open) -> None:
    """What has not changed is left alone."""
    page = open_letter(desk, open_page)
    page.locator("#pages text", has_text="By carrier pigeon").evaluate(
        "words => getSelection().selectAllChildren(words)"
    )

    edit_statistics(desk)
    expect_everywhere(page, NEW_SENTENCE)

    assert page.evaluate("getSelection().toString()").strip() == "By carrier pigeon"


@pytest.mark.thorough
def test_a_broken_file_leaves_the_old_letter_in_sight_until_it_is_mended(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_letter(desk, open_page)
    page.get_by_label("Open files with").select_option("Visual Studio Code")
    text = desk.read(AMBRIDGE_FILE)

    desk.save(AMBRIDGE_FILE, text.replace("name: Walter", "name: [Walter"))

    warning = page.locator("#warning")
    expect(warning).to_contain_text(OLD_LETTER)
    expect(warning.get_by_role("link").first).to_have_text(
        f"{AMBRIDGE_FILE}:3:9".rpartition(":")[0]
    )
    expect(page.locator("#title")).to_contain_text("has problems")
    expect(page.locator(".page.was")).to_have_count(page.locator(".page").count())
    expect(page.locator("#pages text", has_text="Walter Gabriel").first).to_be_visible()
    expect(page.frame_locator("#web").get_by_text("Walter Gabriel").first).to_be_attached()
    expect(page.get_by_role("link", name="Download the PDF")).to_have_count(0)
    expect(page.get_by_role("navigation").get_by_role("link", name=PROBLEMS)).to_be_visible()

    desk.save(AMBRIDGE_FILE, text)

    expect(warning).to_be_empty()
    expect(page.locator(".page.was")).to_have_count(0)
    expect(page.get_by_role("link", name="Download the PDF")).to_be_visible()
    expect(page.locator("#title")).not_to_contain_text("has problems")
    assert is_the_same(page)


def test_the_problems_of_the_edition_come_and_go(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.at("problems"))
    expect(page.locator("#problems li")).to_contain_text(["not yet supplied"])
    text = desk.read(AMBRIDGE_FILE)

    desk.save(AMBRIDGE_FILE, text.replace("upheld: 3", "uphled: 3"))
    expect(page.locator("#problems")).to_contain_text('unknown key; did you mean "upheld"?')
    expect(page.locator("#problems")).to_contain_text(f"{AMBRIDGE_FILE}:6")

    desk.save(AMBRIDGE_FILE, text)
    expect(page.locator("#problems")).not_to_contain_text("unknown key")
    expect(page.locator("#problems li")).to_contain_text(["not yet supplied"])


@pytest.mark.thorough
def test_a_letter_that_was_never_without_an_error_comes_when_it_is_mended(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at())
    names = page.locator("#letters th")
    expect(names).to_have_count(3)
    desk.save(NEW_FILE, AMBRIDGE.replace("upheld: 3", "uphled: 3"))
    page.get_by_role("link", name="loxley").click()
    expect(page.locator("#warning")).to_contain_text("There is no letter to show yet.")
    page.evaluate("window.isTheSame = true")

    desk.save(NEW_FILE, authority("Loxley Town Council"))

    expect_everywhere(page, LAST_SENTENCE)
    expect(page.locator("#warning")).to_be_empty()
    assert is_the_same(page)

    page.get_by_role("link", name="All letters").click()
    desk.file(NEW_FILE).unlink()
    expect(names).to_have_count(3)


@pytest.mark.thorough
def test_the_impact_of_a_save_is_told_with_the_letters_it_changes(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at())

    edit_statistics(desk)

    expect(page.locator("#impact")).to_contain_text(
        "The last save changes 3 letters: 3 wording only."
    )
    page.get_by_role("link", name="Which letters?").click()
    expect(page.locator("#saved").get_by_role("heading")).to_have_text("Wording changed")
    expect(page.locator("#saved").get_by_role("link")).to_have_text(
        ["Ambridge District Council", "Felpersham City Council", "Penny Hassett Parish Council"]
    )


@pytest.mark.thorough
def test_an_authority_that_comes_or_goes_is_seen_in_the_list(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at())
    names = page.locator("#letters th")
    before = ["Ambridge District Council", "Felpersham City Council"]
    expect(names).to_have_text([*before, "Penny Hassett Parish Council"])
    desk.save(NEW_FILE, authority("Loxley Town Council"))
    expect(names).to_have_text([*before, "Loxley Town Council", "Penny Hassett Parish Council"])
    expect(page.locator("#impact")).to_contain_text("1 letter came in.")

    desk.file(NEW_FILE).unlink()
    desk.file(DRAFT_FILE).unlink()

    expect(names).to_have_text(before)


@pytest.mark.thorough
def test_a_letter_whose_authority_has_left_stays_in_sight(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at())
    page.get_by_role("link", name="Penny Hassett Parish Council").click()
    expect(page.locator("#pages text", has_text=LAST_SENTENCE)).to_be_attached()

    desk.file(DRAFT_FILE).unlink()

    expect(page.locator("#warning")).to_contain_text("this file is no longer there")
    expect(page.locator("#pages text", has_text=LAST_SENTENCE)).to_be_attached()


@pytest.mark.thorough
def test_a_closed_desk_says_so_and_a_page_goes_on_when_it_is_there_again(
    tmp_path: Path, open_window: Open
) -> None:
    folders = build_tree(tmp_path, THIS_YEAR, {INTRODUCTION_FILE: SHORT_INTRODUCTION})
    with running_desk(folders) as desk:
        page = open_letter(desk, open_window)
        gone = open_window(desk.letter(DRAFT_SLUG))
        assert desk.end() == 0
        for each in (page, gone):
            expect(each.get_by_text("The desk is closed.")).to_be_visible()
        expect(page.locator("#pages text", has_text=LAST_SENTENCE)).to_be_visible()

    edit_statistics(desk)
    desk.file(DRAFT_FILE).unlink()

    with running_desk(folders, "--port", desk.port) as again:
        expect(page.get_by_text("open the address that it prints")).to_be_visible()
        for each in (page, gone):
            each.context.new_page().goto(again.at())
            each.bring_to_front()
        expect_everywhere(page, NEW_SENTENCE)
        expect(page.get_by_text("The desk is closed.")).to_be_hidden()
        assert is_the_same(page)
        expect(gone.get_by_text("This letter is no longer in the edition.")).to_be_visible()
        expect(gone.get_by_role("heading", level=1)).to_have_text("Penny Hassett Parish Council")


@pytest.mark.thorough
def test_of_the_tabs_that_are_not_seen_only_the_last_listens(
    desk: RunningDesk, open_window: Open
) -> None:
    """A browser keeps six connections to one place: the seventh tab would wait for ever."""
    first = open_letter(desk, open_window)
    context = first.context
    context.add_init_script(
        "Object.defineProperty(document, 'hidden', {get: () => window.isHidden === true})"
    )
    first.reload()
    tabs = [first]
    for _ in range(6):
        tabs[-1].evaluate("window.isHidden = true")
        tabs.append(context.new_page())
        tabs[-1].goto(desk.at())
        follows(tabs[-1])

    edit_statistics(desk)
    expect(tabs[-1].locator("#impact")).to_contain_text("The last save changes")
    expect(first.frame_locator("#web").get_by_text(NEW_SENTENCE)).to_have_count(0)

    first.evaluate("window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect_everywhere(first, NEW_SENTENCE)


@pytest.mark.thorough
def test_what_goes_on_in_the_background_is_not_read_out(tmp_path: Path, open_window: Open) -> None:
    """Regions that are read out say what a save did, once, and how it ended, once."""
    with running_desk(build_tree(tmp_path)) as desk:
        page = open_window(desk.at())
        expect(page.locator("#letters td:last-child").last).not_to_be_empty()
        expect(page.locator("#busy")).to_be_empty()
        page.evaluate("""() => {
            window.said = []
            window.written = []
            new MutationObserver(all => all.forEach(change => {
                const node = change.target
                const element = node.closest ? node : node.parentElement
                const region = element.closest("[role=status]")
                const text = (region ?? element).textContent.trim()
                if (text) (region ? window.said : window.written).push(text)
            })).observe(document.body, {subtree: true, childList: true, characterData: true})
        }""")

        edit_statistics(desk)

        expect(page.locator("#grown")).to_have_text("None has more or fewer pages.")
        impact = "The last save changes 2 letters: 2 wording only. Which letters?"
        said = dict.fromkeys(page.evaluate("window.said"))
        assert list(said) == [impact, "None has more or fewer pages."]
        assert "Pages counted in" in " ".join(page.evaluate("window.written"))


@pytest.mark.thorough
def test_many_saves_leave_nothing_behind(desk: RunningDesk, open_window: Open) -> None:
    """Neither nodes nor listeners grow with what is seen anew."""
    page = open_letter(desk, open_window)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    text = desk.read(STATISTICS_FILE)

    def kept_after(numbers: range) -> tuple[float, float]:
        for number in numbers:
            sentence = f"Ducks no. {number} are well."
            desk.save(STATISTICS_FILE, text.replace(LAST_SENTENCE, sentence))
            expect(page.frame_locator("#web").get_by_text(sentence)).to_be_attached()
        session.send("HeapProfiler.collectGarbage")
        found = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        return found["Nodes"], found["JSEventListeners"]

    nodes, listeners = kept_after(range(2))
    more_nodes, more_listeners = kept_after(range(2, 18))
    assert more_listeners <= listeners + 4
    assert more_nodes <= nodes * 1.5
