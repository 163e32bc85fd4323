from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize, expect

from tests.browser.desk.county import build_two_years
from tests.browser.desk.running import RunningDesk, running_desk

Open = Callable[..., Page]

expect.set_options(timeout=60_000)  # a machine may be busy; nothing waits so long that is well


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """The desk that all tests share: they leave its files as they were."""
    with running_desk(build_two_years(tmp_path_factory.mktemp("county"))) as desk:
        yield desk


@pytest.fixture(scope="package")
def window(browser: Browser) -> Page:
    """The window that tests share which leave no trace in it: a new one takes longer than most."""
    return browser.new_context().new_page()


@pytest.fixture
def open_page(window: Page, open_window: Open) -> Iterator[Open]:
    """Opens a page of the desk, and waits until it follows the files.

    In the shared window, as new as any other; for special `settings`, or a second one at the same
    time, in a window of its own.
    """
    opened: list[Callable[[], None]] = []

    def open_it(address: str, width: int = 1280, height: int = 900, **settings: object) -> Page:
        if opened or settings:
            return open_window(address, width, height, **settings)
        opened.append(heard(window))
        window.emulate_media(color_scheme="null", reduced_motion="null", forced_colors="null")
        window.set_viewport_size({"width": width, "height": height})
        return go(window, address)

    yield open_it
    for complains in opened:
        window.goto(urljoin(window.url, "/desk/icon.svg"))  # of the same place, without a script
        window.evaluate("localStorage.clear(); sessionStorage.clear()")
        window.context.clear_cookies()
        complains()


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Open]:
    """Opens a page of the desk in a window of its own, and waits until it follows the files."""
    opened: list[tuple[Page, Callable[[], None]]] = []

    def open_it(address: str, width: int = 1280, height: int = 900, **settings: Any) -> Page:
        size = ViewportSize(width=width, height=height)
        page = browser.new_context(viewport=size, **settings).new_page()
        opened.append((page, heard(page)))
        return go(page, address)

    yield open_it
    for page, _ in opened:
        page.context.close()
    for _, complains in opened:
        complains()


def heard(page: Page) -> Callable[[], None]:
    """Listens to what the browser complains of, until the function it gives fails for it."""
    complaints: list[str] = []

    def hear_error(error: Error) -> None:
        complaints.append(str(error))

    def hear_message(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    page.on("pageerror", hear_error)
    page.on("console", hear_message)

    def complain() -> None:
        page.remove_listener("pageerror", hear_error)
        page.remove_listener("console", hear_message)
        assert [said for said in complaints if "Failed to load resource" not in said] == []

    return complain


def go(page: Page, address: str) -> Page:
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, answer.text()
    follows(page)
    return page


def follows(page: Page) -> None:
    """Wait until a page has heard from the desk and shows what it heard of."""
    expect(page.locator("html[data-moment]")).to_be_attached()
