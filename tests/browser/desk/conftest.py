from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk.county import build_two_years
from tests.browser.desk.running import RunningDesk, running_desk

Open = Callable[..., Page]

expect.set_options(timeout=60_000)  # a machine may be busy; nothing waits so long that is well


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """The desk that all tests share: they leave its files as they were."""
    with running_desk(build_two_years(tmp_path_factory.mktemp("county"))) as desk:
        yield desk


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a page of the desk in a window of its own, and waits until it follows the files.

    Whatever the browser has to complain of fails the test.
    """
    contexts = []
    complaints: list[str] = []

    def open_it(address: str, width: int = 1280, height: int = 900, **settings: object) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, answer.text()
        follows(page)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [said for said in complaints if "Failed to load resource" not in said] == []


def follows(page: Page) -> None:
    """Wait until a page has heard from the desk and shows what it heard of."""
    expect(page.locator("html[data-moment]")).to_be_attached()
