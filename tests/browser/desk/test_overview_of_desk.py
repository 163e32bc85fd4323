"""The overview of the desk: what is left to do, what was changed, a build that is followed."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import Open
from tests.browser.desk.county import (
    DRAFT_FILE,
    FELPERSHAM_FILE,
    LAST_SENTENCE,
    STATISTICS_FILE,
    build_two_years,
)
from tests.browser.desk.running import RunningDesk, running_desk

AMBRIDGE, FELPERSHAM = "Ambridge District Council", "Felpersham City Council"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk of its own, whose files are changed and whose letters are built."""
    with running_desk(build_two_years(tmp_path_factory.mktemp("overview"))) as desk:
        yield desk


@pytest.fixture
def page(desk: RunningDesk, open_page: Open) -> Page:
    return open_page(desk.at("overview"))


def steps(page: Page) -> list[str]:
    """What is left to do, each with its number."""
    return [" ".join(text.split()) for text in page.locator(".steps a").all_inner_texts()]


@pytest.mark.thorough
def test_what_is_left_to_do_leads_to_the_letters_it_is_left_for(page: Page) -> None:
    expect(page.get_by_role("link", name="3 not issued")).to_be_visible()
    assert steps(page) == [
        "1 with figures missing",
        "3 not built yet",
        "3 not approved",
        "3 not issued",
    ]

    page.get_by_role("link", name="1 with figures missing").click()
    expect(page.locator("#letters tr:visible th")).to_have_text(["Penny Hassett Parish Council"])
    expect(page.get_by_role("button", name="1 with figures missing", pressed=True)).to_be_visible()


@pytest.mark.thorough
def test_the_last_changes_are_told_with_the_words_before_and_after(
    desk: RunningDesk, page: Page
) -> None:
    expect(page.locator("#saved")).to_contain_text("No letter has changed since")
    wording, figures = desk.read(STATISTICS_FILE), desk.read(FELPERSHAM_FILE)
    last = page.locator("#recent > section").first

    desk.save(STATISTICS_FILE, wording.replace(LAST_SENTENCE, "We print these figures now."))
    expect(last.locator("del")).to_have_text(["removed “publish”", "removed “every year.”"])
    expect(last.locator("ins")).to_have_text(["added “print”", "added “now.”"])
    expect(last).to_contain_text("in all 3 letters")
    desk.save(FELPERSHAM_FILE, figures.replace("roads: 20", "roads: 21"))
    expect(last).to_contain_text("Roads 20")
    expect(last.get_by_role("link", name=FELPERSHAM)).to_be_visible()
    expect(page.locator("#recent > section")).to_have_count(2)

    desk.save(STATISTICS_FILE, wording)
    desk.save(FELPERSHAM_FILE, figures)
    expect(page.locator("#recent > section").nth(2)).to_contain_text("We")


@pytest.mark.thorough
def test_a_build_is_started_followed_and_downloaded(desk: RunningDesk, page: Page) -> None:
    page.get_by_role("button", name="Build the letters").click()

    expect(page.locator("#builds")).to_contain_text("3 letters, 2 written, 1 failed.")
    expect(page.get_by_role("link", name="1 not built yet")).to_be_visible()
    built = sorted(path.name for path in (desk.folders.output() / "pdf").iterdir())
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download all letters that are ready").click()
    with ZipFile(BytesIO(Path(waited.value.path()).read_bytes())) as archive:
        assert archive.namelist() == [*built, "left-out.txt"]
        for name in built:
            assert archive.read(name) == (desk.folders.output() / "pdf" / name).read_bytes()


@pytest.mark.thorough
def test_with_all_figures_one_step_less_is_left(desk: RunningDesk, page: Page) -> None:
    text = desk.read(DRAFT_FILE)

    desk.save(DRAFT_FILE, text.replace("roads: null", "roads: 3"))

    expect(page.locator(".steps")).not_to_contain_text("with figures missing")
    desk.save(DRAFT_FILE, text)
    expect(page.locator(".steps")).to_contain_text("with figures missing")
