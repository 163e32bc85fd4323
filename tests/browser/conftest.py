import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

from tests.borsetshire import ROOT
from tests.browser.letters import ShownLetter, make_letters

# set-up looks for the same ones; the first has no windows of its own, and takes a third less time
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # without it root cannot start it; it sees no pages but ours
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)

Open = Callable[..., Page]


@dataclass(frozen=True)
class Heard:
    """What was heard of a window."""

    requests: list[str]
    said: list[str]


# For this package and not the session: while it runs, no other test can run an event loop.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern"><edit name="hinting" mode="assign"><bool>false</bool></edit></match>
</fontconfig>
"""


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The computer's own Chromium; without one the tests fail, since skipped they prove nothing.

    It has the fonts of the package and no others, as on a computer that has the letters' typeface.
    """
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(
            f"No browser to check the HTML letters in: none of {', '.join(NAMES)} is on the PATH. "
            "./check installs one on Debian; elsewhere please install Chromium or Google Chrome.",
            pytrace=False,
        )
    folder = tmp_path_factory.mktemp("fonts")
    settings = folder / "fonts.conf"
    settings.write_text(FONTS.format(fonts=ROOT / "generator/assets/fonts", cache=folder / "cache"))
    with sync_playwright() as playwright:
        surroundings: dict[str, str | float | bool] = {
            **os.environ,
            "FONTCONFIG_FILE": str(settings),
        }
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=surroundings)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ShownLetter]:
    """The letters to look at, by name."""
    return make_letters(tmp_path_factory.mktemp("letters"))


@pytest.fixture
def shown(slug: str, letters: dict[str, ShownLetter]) -> ShownLetter:
    """The letter that a test was given by name."""
    return letters[slug]


@pytest.fixture(scope="package")
def page(browser: Browser) -> Page:
    """The window that all share, since a new one takes longer than most tests."""
    return browser.new_page()


@pytest.fixture(scope="package")
def plain_page(browser: Browser) -> Page:
    """The window in which no script runs."""
    return browser.new_page(java_script_enabled=False)


@pytest.fixture
def heard(page: Page) -> Iterator[Heard]:
    """What the shared window asks for, and what the browser says of it, from now on."""
    heard = Heard([], [])

    def hear_request(request: Request) -> None:
        heard.requests.append(request.url)

    def hear_message(message: ConsoleMessage) -> None:
        heard.said.append(message.text)

    def hear_error(error: Error) -> None:
        heard.said.append(str(error))

    page.on("request", hear_request)
    page.on("console", hear_message)
    page.on("pageerror", hear_error)
    yield heard
    page.remove_listener("request", hear_request)
    page.remove_listener("console", hear_message)
    page.remove_listener("pageerror", hear_error)


@pytest.fixture
def open_page(page: Page) -> Open:
    """Opens a letter, or some HTML, in a window of this width; it is there when this returns."""

    def open_it(what: ShownLetter | str, width: int = 1280) -> Page:
        page.set_viewport_size({"width": width, "height": 800})
        if isinstance(what, str):
            page.set_content(what)
        else:
            page.goto(what.address)
        return page

    return open_it
