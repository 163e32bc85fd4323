"""All letters on the desk: they are searched, filtered, sorted and gone through by keys."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from benchmarks.county import authority_name, build_county
from generator.edition.values import slug_of
from tests.browser.combining import each_once
from tests.browser.desk.conftest import Open, follows
from tests.browser.desk.running import RunningDesk, running_desk

LETTERS = 40
NAMES = sorted((authority_name(number) for number in range(LETTERS)), key=slug_of)
BROKEN, DRAFT = authority_name(3), authority_name(4)
SHOWN = [slug_of(name) if name == BROKEN else name for name in NAMES]
"""A letter that was never without an error has no name but its file's."""


def file_of(name: str) -> str:
    return f"data/2018/authorities/{slug_of(name)}.yaml"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk with many letters: one with an error, one with a figure missing."""
    folder = tmp_path_factory.mktemp("county")
    folders = build_county(folder, len(NAMES))
    for name, before, after in (
        (BROKEN, "  upheld:", "  uphled:"),
        (DRAFT, "by_lgo: ", "by_lgo: null # "),
    ):
        file = folder / file_of(name)
        file.write_text(file.read_text().replace(before, after))
    with running_desk(folders) as desk:
        yield desk


@pytest.fixture
def page(desk: RunningDesk, open_page: Open) -> Page:
    return open_page(desk.at())


def names(page: Page) -> list[str]:
    """The letters that are seen, from top to bottom."""
    return page.locator("#letters tr:visible th").all_inner_texts()


def only(page: Page, name: str) -> None:
    page.get_by_role("list", name="Show only").get_by_role("button", name=name).click()


def test_all_letters_are_there_by_name(page: Page) -> None:
    assert names(page) == SHOWN
    expect(page.locator("#shown")).to_have_text("All letters are shown.")


@pytest.mark.thorough
def test_a_letter_stands_with_its_figures(desk: RunningDesk, page: Page) -> None:
    row = page.get_by_role("row", name=NAMES[0])
    text = desk.read(file_of(NAMES[0]))
    totals = [line.split()[1] for line in text.splitlines() if line.startswith("  total: ")]

    heads = page.get_by_role("columnheader").all_inner_texts()
    cells = [NAMES[0], *row.get_by_role("cell").all_inner_texts()]
    at = [number for number, head in enumerate(heads) if head.split()[-1] == "Total"]
    assert [cells[number].replace(",", "") for number in at] == totals


SEARCHES = ["teapot", "CITY teapot", "bridge", "no. 2", "nobody"]


@each_once("typed", SEARCHES, most=2)
def test_letters_are_found_by_any_part_of_their_names(typed: str, page: Page) -> None:
    page.get_by_label("Search by name").fill(typed)

    words = typed.lower().replace(".", "").split()
    found = [name for name in NAMES if all(word in name.lower() for word in words)]
    assert names(page) == found
    said = f"{len(found)} of 40 letters are shown."
    expect(page.locator("#shown")).to_have_text(
        said if found else "No letter fits. Try fewer words, or all letters."
    )


@pytest.mark.thorough
def test_a_kind_of_letter_is_shown_by_a_click_and_all_by_another(page: Page) -> None:
    only(page, "4 with an insert")
    assert names(page) == sorted((authority_name(n) for n in range(0, LETTERS, 10)), key=slug_of)
    expect(page.get_by_role("button", name="4 with an insert", pressed=True)).to_be_visible()

    only(page, "4 with an insert")
    assert names(page) == SHOWN

    only(page, "1 with problems")
    assert names(page) == [slug_of(BROKEN)]
    only(page, "1 with figures missing")
    assert names(page) == [DRAFT]
    only(page, f"{LETTERS} letters")
    assert names(page) == SHOWN


def sort_by(page: Page, name: str) -> None:
    page.get_by_role("columnheader", name=name).first.get_by_role("button").click()


def column(page: Page, name: str) -> list[str]:
    """What stands in a column, from top to bottom."""
    heads = page.get_by_role("columnheader").all_inner_texts()
    at = next(number for number, head in enumerate(heads) if name in head)
    cells = page.locator(f"#letters tr:visible > :nth-child({at + 1})")
    return [text.strip() for text in cells.all_inner_texts()]


def rates(page: Page) -> list[int]:
    """The uphold rates that are seen, from top to bottom; those that are none are left out."""
    found = (re.match(r"(\d+)%", text) for text in column(page, "Uphold Rate"))
    return [int(rate[1]) for rate in found if rate]


@pytest.mark.thorough
def test_each_column_sorts_the_letters_both_ways(page: Page) -> None:
    heads = page.get_by_role("columnheader").get_by_role("button")
    assert heads.count() == page.get_by_role("columnheader").count() > 8
    for head in heads.all():
        head.click()
        first = names(page)
        head.click()
        assert sorted(names(page)) == sorted(first) == sorted(SHOWN)

    sort_by(page, "Uphold")
    highest = rates(page)
    sort_by(page, "Uphold")
    assert rates(page) == highest[::-1] == sorted(highest)
    sort_by(page, "Letter")
    assert names(page)[:2] == [slug_of(BROKEN), DRAFT]
    sort_by(page, "Authority")
    assert names(page) == SHOWN


@pytest.mark.thorough
def test_letters_are_filtered_by_rate_insert_and_words_together(page: Page) -> None:
    expect(page.locator("#busy")).to_be_empty()
    everything = rates(page)
    page.get_by_label("from", exact=True).fill("60")
    page.get_by_label("to", exact=True).fill("99")
    assert rates(page) == [rate for rate in everything if 60 <= rate <= 99] != []

    page.get_by_label("to", exact=True).fill("")
    page.get_by_label("Insert").select_option("none")
    assert set(column(page, "Inserts")) == {""}
    page.get_by_label("from", exact=True).fill("")
    assert len(names(page)) == LETTERS - 4
    page.get_by_label("Insert").select_option("further-report")
    assert len(names(page)) == 4
    page.get_by_label("Search by name").fill(names(page)[0])
    assert len(names(page)) == 1


@pytest.mark.thorough
def test_how_the_list_is_shown_is_in_its_address(desk: RunningDesk, page: Page) -> None:
    only(page, "with an insert")
    sort_by(page, "Uphold")
    page.get_by_label("from", exact=True).fill("1")
    before = names(page)
    assert 0 < len(before) < LETTERS
    address = page.url

    page.reload()
    assert names(page) == before
    page.goto(desk.at())
    assert names(page) == SHOWN
    page.goto(address)
    assert names(page) == before
    expect(page.get_by_label("from", exact=True)).to_have_value("1")
    expect(page.get_by_role("button", name="4 with an insert", pressed=True)).to_be_visible()


@pytest.mark.thorough
def test_the_browser_s_way_back_takes_back_what_was_chosen(page: Page) -> None:
    only(page, "with an insert")
    with_insert = names(page)
    sort_by(page, "Uphold")
    sorted_ = names(page)
    page.get_by_role("link", name=sorted_[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(sorted_[0])

    page.go_back()
    assert names(page) == sorted_
    page.go_back()
    assert names(page) == with_insert
    page.go_back()
    assert names(page) == SHOWN
    page.go_forward()
    assert names(page) == with_insert


@pytest.mark.thorough
def test_a_rate_has_a_bar_of_its_length(page: Page) -> None:
    for row in page.locator("#letters tr:has(.bar-of-rate)").all():
        cell = row.locator("td:has(.bar-of-rate)")
        width = cell.locator("rect").get_attribute("width")
        assert cell.inner_text().strip() == f"{width}%"


@pytest.mark.thorough
def test_columns_are_no_wider_than_what_is_in_them(page: Page) -> None:
    """The table does not fill the window, and nothing in a cell is broken over lines."""
    page.set_viewport_size({"width": 2000, "height": 900})
    table = page.locator("table").bounding_box()
    assert table is not None
    assert table["width"] < 1500
    lines = "links => links.map(link => link.getClientRects().length)"
    assert {*page.locator("#letters a").evaluate_all(lines)} == {1}


def test_what_is_wrong_with_a_letter_stands_beside_it(page: Page) -> None:
    row = page.get_by_role("row", name=slug_of(BROKEN))

    expect(row).to_contain_text("has problems")
    expect(row).to_contain_text('unknown key; did you mean "upheld"?')
    expect(page.get_by_role("row", name=DRAFT)).to_contain_text("1 not yet supplied")


@pytest.mark.thorough
def test_search_and_filter_are_as_they_were_after_a_letter(page: Page) -> None:
    page.get_by_label("Search by name").fill("teapot")
    only(page, "with an insert")
    before = names(page)
    assert 0 < len(before) < 40
    page.get_by_role("link", name=before[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(before[0])

    follows(page)  # it has been seen anew, which must not lose where the list was left
    back = page.get_by_role("link", name="All letters")
    expect(back).to_have_attribute("href", re.compile("#search=teapot"))
    back.click()

    expect(page.get_by_label("Search by name")).to_have_value("teapot")
    assert names(page) == before


def test_keys_go_through_the_letters_that_are_found(page: Page) -> None:
    search = page.get_by_label("Search by name")
    search.focus()
    page.keyboard.type("teapot")
    found = names(page)
    assert len(found) > 3

    steps = [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1)]
    steps += [("End", -1), ("ArrowDown", -1), ("Home", 0), ("End", -1)]
    for key, number in steps:
        page.keyboard.press(key)
        focused = page.get_by_role("link", name=found[number], exact=True)
        expect(focused).to_be_focused()
        expect(focused).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(search).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(search).to_be_focused()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(found[1])


@pytest.mark.thorough
def test_enter_opens_the_first_letter_that_is_found(page: Page) -> None:
    page.get_by_label("Search by name").fill("teapot")
    first = names(page)[0]

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(first)


@pytest.mark.thorough
def test_a_search_goes_on_while_letters_come_and_change(desk: RunningDesk, page: Page) -> None:
    page.get_by_label("Search by name").fill("zzz")
    assert names(page) == []
    file = desk.file("data/2018/authorities/zzz-town-council.yaml")

    file.write_text(desk.read(file_of(NAMES[0])).replace(NAMES[0], "Zzz Town Council"))

    expect(page.get_by_role("row", name="Zzz Town Council")).to_be_visible()
    expect(page.locator("#shown")).to_have_text("1 of 41 letters are shown.")
    expect(page.get_by_label("Search by name")).to_be_focused()
    file.unlink()
    expect(page.locator("#shown")).to_have_text("No letter fits. Try fewer words, or all letters.")
