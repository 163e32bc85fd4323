"""A paragraph is edited beside its letter: seen at once, saved to the byte, taken back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.borsetshire import STATISTICS
from tests.browser.desk.conftest import Open
from tests.browser.desk.county import (
    AMBRIDGE_FILE,
    AMBRIDGE_SLUG,
    INTRODUCTION_FILE,
    LAST_SENTENCE,
    SHORT_INTRODUCTION,
    STATISTICS_FILE,
    build_two_years,
)
from tests.browser.desk.running import RunningDesk, running_desk

FLOOD_FILE = "templates/2031/inserts/flood.md"
FILES = (AMBRIDGE_FILE, INTRODUCTION_FILE, STATISTICS_FILE, FLOOD_FILE)
NEW = "We read them out."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk of its own, whose letters are of one page."""
    folder = tmp_path_factory.mktemp("editing")
    with running_desk(build_two_years(folder, {INTRODUCTION_FILE: SHORT_INTRODUCTION})) as desk:
        yield desk


@pytest.fixture(autouse=True)
def as_they_were(desk: RunningDesk) -> Iterator[None]:
    """Each test leaves the files as it found them."""
    before = {name: desk.read(name) for name in FILES}
    yield
    for name, text in before.items():
        if desk.read(name) != text:
            desk.save(name, text)
    for path in desk.file(FLOOD_FILE).parent.iterdir():
        if path.name != "flood.md":
            path.unlink()


def open_paragraph(desk: RunningDesk, open_page: Open, text: str = LAST_SENTENCE) -> Page:
    """Ambridge's letter, with this paragraph in the editor."""
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    page.locator("#pages text", has_text=text).first.click()
    expect(page.locator("#edit")).to_be_visible()
    return page


def edit_by_key(page: Page) -> None:
    """Go into the editor from the list of what the letter is made of, without a mouse."""
    page.locator(".sources summary", has_text=LAST_SENTENCE).focus()
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(words(page)).to_be_focused()


def words(page: Page) -> Locator:
    return page.locator("#edit-words")


def type_at_end(page: Page, text: str) -> None:
    expect(words(page)).to_be_visible()
    words(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def expect_file(desk: RunningDesk, name: str, text: str) -> None:
    assert desk.read(name) == text


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#edit")).to_be_hidden()
    expect(page.locator("#edit-said")).to_contain_text("Saved:")


def test_what_is_typed_is_seen_before_it_is_saved_and_saved_to_the_byte(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_paragraph(desk, open_page)

    type_at_end(page, f" {NEW}")

    expect(page.frame_locator("#web").get_by_text(NEW)).to_be_attached()
    expect(page.locator("#pages text", has_text=NEW)).to_be_attached()
    expect(page.locator("#edit-impact")).to_have_text(
        re.compile(r"^This changes 3 letters: 3 wording only\. None has more or fewer pages\.$")
    )
    assert desk.read(STATISTICS_FILE) == STATISTICS
    save(page)
    changed = STATISTICS.replace(LAST_SENTENCE, f"{LAST_SENTENCE} {NEW}")
    assert desk.read(STATISTICS_FILE) == changed
    expect(page.locator("#pages text", has_text=NEW)).to_be_attached()

    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#edit-said")).to_contain_text("Taken back:")
    assert desk.read(STATISTICS_FILE) == STATISTICS
    expect(page.locator("#pages text", has_text=NEW)).to_have_count(0)


@pytest.mark.thorough
def test_the_same_by_keyboard_alone(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    edit_by_key(page)

    page.keyboard.type(f" {NEW}")
    page.keyboard.press("Control+s")

    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert NEW in desk.read(STATISTICS_FILE)
    page.keyboard.press("Enter")
    expect(page.locator("#edit-said")).to_contain_text("Taken back:")
    assert desk.read(STATISTICS_FILE) == STATISTICS


@pytest.mark.thorough
def test_escape_leaves_what_was_only_looked_at_and_cancel_what_was_typed(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    edit_by_key(page)
    page.keyboard.press("Escape")
    expect(page.locator("#edit")).to_be_hidden()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_focused()

    page.locator("#pages text", has_text=LAST_SENTENCE).first.click()
    type_at_end(page, f" {NEW}")
    expect(page.locator("#pages text", has_text=NEW)).to_be_attached()
    page.keyboard.press("Escape")  # it takes nothing away that was typed
    expect(words(page)).to_contain_text(NEW)
    page.get_by_role("button", name="Cancel").click()

    expect(page.locator("#pages text", has_text=NEW)).to_have_count(0)
    assert desk.read(STATISTICS_FILE) == STATISTICS


@pytest.mark.thorough
def test_a_placeholder_is_a_piece_with_its_value_and_others_are_offered(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_paragraph(desk, open_page, "We received 17 complaints")
    pills = words(page).locator(".pill")
    expect(pills).to_have_text(
        ['authority.received.total | count("complaint") 17 complaints', "authority.noun council"]
    )

    type_at_end(page, " Of these ")
    page.get_by_label("Insert a value").fill("authority.received.roads | in_words")
    expect(pills.nth(2)).to_have_text("authority.received.roads | in_words three")
    page.keyboard.type(" were of roads.")
    expect(page.locator("#pages text", has_text="Of these three were of roads.")).to_be_attached()
    save(page)

    line = "Of these {{ authority.received.roads | in_words }} were of roads."
    before = "{{ authority.noun }}."
    assert desk.read(STATISTICS_FILE) == STATISTICS.replace(before, f"{before} {line}")


@pytest.mark.thorough
def test_a_problem_stands_at_its_words_and_the_letter_stays(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_paragraph(desk, open_page)

    type_at_end(page, " {{ authority.nam }}.")

    expect(page.locator("#edit-problems")).to_contain_text('did you mean "authority.name"?')
    marked = "[...CSS.highlights.get('problem')].map(range => range.toString())"
    assert page.evaluate(marked) == ["{{ authority.nam }}"]
    expect(page.locator("#warning")).to_contain_text("This is the letter before your edit.")
    expect(page.locator("#edit-impact")).to_have_text("3 letters can no longer be made.")
    for _ in " {{ authority.nam }}.":
        page.keyboard.press("Backspace")
    expect(page.locator("#edit-problems")).to_be_empty()
    expect(page.locator("#warning")).to_be_empty()


@pytest.mark.thorough
def test_marks_are_set_by_keys_and_buttons(desk: RunningDesk, open_page: Open) -> None:
    page = open_paragraph(desk, open_page)
    words(page).focus()
    page.keyboard.press("Control+Home")
    for _ in range(2):
        page.keyboard.press("Control+Shift+ArrowRight")

    page.keyboard.press("Control+b")
    expect(words(page)).to_have_text(f"**We publish** {LAST_SENTENCE.removeprefix('We publish ')}")
    expect(page.frame_locator("#web").locator("strong", has_text="We publish")).to_be_attached()
    page.get_by_role("button", name="List").click()
    expect(page.frame_locator("#web").locator("li", has_text="We publish")).to_be_attached()


@pytest.mark.thorough
def test_a_paragraph_comes_in_moves_and_goes(desk: RunningDesk, open_page: Open) -> None:
    page = open_paragraph(desk, open_page)
    page.get_by_role("button", name="Add a paragraph below").click()
    page.keyboard.type(NEW)
    expect(page.locator("#pages text", has_text=NEW)).to_be_attached()
    save(page)
    assert desk.read(STATISTICS_FILE) == f"{STATISTICS}\n{NEW}\n"

    page.locator("#pages text", has_text=NEW).first.click()
    page.get_by_role("button", name="Move up").click()
    expect(page.locator("#edit-said")).to_contain_text("Saved: 2 changes")
    moved = STATISTICS.replace(LAST_SENTENCE, f"{NEW}\n\n{LAST_SENTENCE}")
    assert desk.read(STATISTICS_FILE) == moved

    expect(page.locator(".sources summary", has_text=NEW)).to_be_attached()
    page.locator("#pages text", has_text=NEW).first.click()
    expect(words(page)).to_be_visible()
    expect(words(page)).to_have_text(NEW)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("#edit-said")).to_contain_text("Saved: 1 change")
    assert desk.read(STATISTICS_FILE) == STATISTICS


@pytest.mark.thorough
def test_two_browsers_and_an_editor_change_the_same_paragraph_and_nothing_is_lost(
    desk: RunningDesk, open_window: Open
) -> None:
    first = open_paragraph(desk, open_window)
    second = open_paragraph(desk, open_window)
    type_at_end(first, " First.")
    type_at_end(second, " Second.")
    expect(first.locator("#pages text", has_text="First.")).to_be_attached()
    expect(second.locator("#pages text", has_text="Second.")).to_be_attached()
    expect(first.locator("#pages text", has_text="Second.")).to_have_count(0)

    save(first)
    second.get_by_role("button", name="Save", exact=True).click()

    conflict = second.locator("#edit-conflict")
    expect(conflict).to_contain_text("Someone else has saved this.")
    expect(second.locator("#edit-theirs")).to_have_text(f"{LAST_SENTENCE} First.")
    expect(second.locator("#edit-mine")).to_have_text(f"{LAST_SENTENCE} Second.")
    assert desk.read(STATISTICS_FILE) == STATISTICS.replace(
        LAST_SENTENCE, f"{LAST_SENTENCE} First."
    )
    second.get_by_role("button", name="Keep mine").click()
    expect(conflict).to_be_hidden()

    third = desk.read(STATISTICS_FILE).replace(
        "# The statistics\n", "# The statistics\n\nA line of the editor’s.\n"
    )
    desk.save(STATISTICS_FILE, third)
    type_at_end(second, " And more.")
    expect(conflict).to_be_visible()
    expect(second.locator("#edit-theirs")).to_have_text(f"{LAST_SENTENCE} First.")
    second.get_by_role("button", name="Keep mine").click()
    save(second)
    mine = f"{LAST_SENTENCE} Second. And more."
    assert desk.read(STATISTICS_FILE) == third.replace(f"{LAST_SENTENCE} First.", mine)


@pytest.mark.thorough
def test_a_fixed_word_of_the_edition_is_edited_by_its_key(
    desk: RunningDesk, open_page: Open
) -> None:
    file = "data/2031/edition.yaml"
    before = desk.read(file)
    page = open_paragraph(desk, open_page, "By carrier pigeon")

    type_at_end(page, ": express")
    expect(page.locator("#pages text", has_text="By carrier pigeon: express")).to_be_attached()
    save(page)

    assert desk.read(file) == before.replace(
        "delivery: By carrier pigeon", 'delivery: "By carrier pigeon: express"'
    )
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#edit-said")).to_contain_text("Taken back:")
    assert desk.read(file) == before


def open_inserts(desk: RunningDesk, open_page: Open) -> Page:
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    page.locator("#inserts > summary").click()
    return page


@pytest.mark.thorough
def test_an_insert_is_taken_and_given_again(desk: RunningDesk, open_page: Open) -> None:
    before = desk.read(AMBRIDGE_FILE)
    page = open_inserts(desk, open_page)

    page.get_by_role("button", name="Take it away").click()
    give = page.get_by_role("button", name="Give it")
    expect(give).to_be_visible()
    assert desk.read(AMBRIDGE_FILE) == before.replace("inserts: [flood]\n", "")
    expect(page.locator("#pages text", has_text="We told you of the flood.")).to_have_count(0)

    give.click()
    expect(page.get_by_role("button", name="Take it away")).to_be_visible()
    assert desk.read(AMBRIDGE_FILE) == before


@pytest.mark.thorough
def test_a_paragraph_is_written_for_one_letter_alone_and_reworded(
    desk: RunningDesk, open_page: Open
) -> None:
    before = desk.read(AMBRIDGE_FILE)
    page = open_inserts(desk, open_page)
    page.get_by_text("Write a paragraph").click()
    page.get_by_label("In", exact=True).select_option("statistics")
    page.get_by_label("Words").fill(NEW)
    expect(page.locator("#pages text", has_text=NEW)).to_be_attached()
    assert desk.read(AMBRIDGE_FILE) == before
    page.get_by_role("button", name="Save the paragraph").click()
    expect(page.locator("#edit-said")).to_contain_text("Saved:")
    given = f'inserts: [flood, {{place: statistics, text: "{NEW}"}}]'
    assert desk.read(AMBRIDGE_FILE) == before.replace("inserts: [flood]", given)

    expect(page.locator(".sources summary", has_text=NEW)).to_be_attached()
    page.locator("#pages text", has_text=NEW).first.click()
    type_at_end(page, " Twice.")
    expect(page.locator("#pages text", has_text=f"{NEW} Twice.")).to_be_attached()
    save(page)
    again = given.replace(NEW, f"{NEW} Twice.")
    assert desk.read(AMBRIDGE_FILE) == before.replace("inserts: [flood]", again)


@pytest.mark.thorough
def test_an_insert_with_a_rule_says_for_whom_it_holds(desk: RunningDesk, open_page: Open) -> None:
    page = open_inserts(desk, open_page)
    page.get_by_text("Write a paragraph").click()
    page.get_by_label("For", exact=True).select_option("rule")
    page.get_by_label("Its name").fill("many-ponds")
    rule = page.locator("#insert-list > details").get_by_label("Rule", exact=True)
    rule.fill("authority.received.pond > 10")
    hint = page.locator("#insert-list > details .hint")
    expect(hint).to_contain_text('did you mean "authority.received.ponds"?')
    rule.fill("authority.received.ponds > 10")
    expect(hint).to_contain_text("It applies to 2 of 3 letters. Ambridge District Council,")
    page.get_by_label("In", exact=True).select_option("statistics")
    page.get_by_label("Words").fill("You have many ponds.")
    expect(page.locator("#pages text", has_text="You have many ponds.")).to_be_attached()
    page.get_by_role("button", name="Save the paragraph").click()

    expect(page.locator("#edit-said")).to_contain_text("Saved: Insert many-ponds.")
    assert desk.read("templates/2031/inserts/many-ponds.md") == (
        "---\nplace: statistics\nwhen: authority.received.ponds > 10\n---\nYou have many ponds.\n"
    )


@pytest.mark.thorough
def test_the_rule_of_a_paragraph_is_edited_with_its_words(
    desk: RunningDesk, open_page: Open
) -> None:
    cases = "::: when authority.received.roads > 1\nYou have roads.\n::: otherwise nothing\n:::\n"
    desk.save(STATISTICS_FILE, f"{STATISTICS}\n{cases}")
    page = open_page(desk.letter(AMBRIDGE_SLUG))
    page.locator("#pages text", has_text="You have roads.").first.click()
    rule = page.locator("#edit").get_by_label("Rule")
    hint = page.locator("#edit-rule .hint")
    expect(hint).to_contain_text("It applies to 2 of 3 letters")

    rule.fill("authority.received.roads > 1 and authority.rec")
    offered = page.locator("#edit-rule datalist option").evaluate_all(
        "all => all.map(o => o.value)"
    )
    assert "authority.received.roads > 1 and authority.received.ponds" in offered
    expect(page.locator("#edit-problems")).to_contain_text("authority.rec")
    rule.fill("authority.received.roads > 3")
    expect(hint).to_contain_text("It applies to 1 of 3 letters; undecided for 1, where")
    expect(page.locator("#pages text", has_text="You have roads.")).to_have_count(0)
    save(page)

    assert desk.read(STATISTICS_FILE) == f"{STATISTICS}\n{cases.replace('> 1', '> 3')}"


WORD = """<html><head><style>p {color: red}</style></head><body>
<p class=MsoNormal style='margin:0'>They said “we’re <b>sorry</b>”&nbsp;and
<i>would act</i>; see <a href="https://example.org/">us</a>, 5*3.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·</span>One</p>
<ul><li><p>Two</p></li></ul><p>Last.</p></body></html>"""


@pytest.mark.thorough
def test_what_comes_from_word_is_plain_wording(desk: RunningDesk, open_page: Open) -> None:
    page = open_paragraph(desk, open_page)
    words(page).focus()
    page.keyboard.press("Control+a")
    page.evaluate(
        """html => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        WORD,
    )
    save(page)

    wording = (
        'They said "we\'re **sorry**" and *would act*; see [us](https://example.org/), 5\\*3.'
        "\n\n- One\n- Two\n\nLast."
    )
    assert desk.read(STATISTICS_FILE) == STATISTICS.replace(LAST_SENTENCE, wording)


@pytest.mark.thorough
def test_where_the_desk_only_shows_nothing_can_be_edited(
    open_window: Open, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folders = build_two_years(tmp_path_factory.mktemp("read-only"))
    with running_desk(folders, "--read-only") as desk:
        page = open_window(desk.letter(AMBRIDGE_SLUG))
        page.locator(".sources summary", has_text=LAST_SENTENCE).click()
        expect(page.locator(".sources details[open]")).to_have_count(1)
        assert page.locator("#edit, #inserts").count() == 0
        page.context.close()
