"""All letters on the desk: they are searched, filtered and gone through by keys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from benchmarks.county import authority_name, build_county
from generator.edition.values import slug_of
from tests.browser.desk.conftest import Open
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


def test_a_letter_stands_with_its_figures(desk: RunningDesk, page: Page) -> None:
    row = page.get_by_role("row", name=NAMES[0])
    text = desk.read(file_of(NAMES[0]))
    totals = [line.split()[1] for line in text.splitlines() if line.startswith("  total: ")]

    heads = page.get_by_role("columnheader").all_inner_texts()
    cells = [NAMES[0], *row.get_by_role("cell").all_inner_texts()]
    at = [number for number, head in enumerate(heads) if head.split()[-1] == "Total"]
    assert [cells[number].replace(",", "") for number in at] == totals


SEARCHES = ["teapot", "CITY teapot", "bridge", "no. 2", "nobody"]


@pytest.mark.parametrize("typed", SEARCHES)
def test_letters_are_found_by_any_part_of_their_names(typed: str, page: Page) -> None:
    page.get_by_label("Search by name").fill(typed)

    words = typed.lower().replace(".", "").split()
    found = [name for name in NAMES if all(word in name.lower() for word in words)]
    assert names(page) == found
    said = f"{len(found)} of 40 letters are shown."
    expect(page.locator("#shown")).to_have_text(
        said if found else "No letter fits. Try fewer words, or all letters."
    )


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


def test_what_is_wrong_with_a_letter_stands_beside_it(page: Page) -> None:
    row = page.get_by_role("row", name=slug_of(BROKEN))

    expect(row).to_contain_text("has problems")
    expect(row).to_contain_text('unknown key; did you mean "upheld"?')
    expect(page.get_by_role("row", name=DRAFT)).to_contain_text("1 not yet supplied")


def test_search_and_filter_are_as_they_were_after_a_letter(page: Page) -> None:
    page.get_by_label("Search by name").fill("teapot")
    only(page, "with an insert")
    before = names(page)
    assert 0 < len(before) < 40
    page.get_by_role("link", name=before[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(before[0])

    page.get_by_role("link", name="All letters").click()

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
