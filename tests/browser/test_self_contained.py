"""The page is one file: it asks for nothing, runs nothing, and is the same without scripts."""

import pytest
from playwright.sync_api import Browser

from tests.browser.letters import LETTERS, LUTON, ShownLetter


@pytest.mark.parametrize("slug", LETTERS)
def test_it_asks_for_nothing_and_the_browser_takes_all_of_it(
    shown: ShownLetter, browser: Browser
) -> None:
    """Also when it is drawn and printed, since a style may ask for a picture only then."""
    page = browser.new_page()
    requests: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(shown.address)
    page.screenshot(full_page=True)
    page.pdf()
    page.evaluate("console.log('the end')")
    page.close()

    assert requests == [shown.address]
    assert said == ["the end"]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("slug", [LUTON])
def test_it_looks_the_same_without_javascript(
    shown: ShownLetter, width: int, browser: Browser
) -> None:
    pictures = []
    for javascript in (True, False):
        page = browser.new_page(
            viewport={"width": width, "height": 800}, java_script_enabled=javascript
        )
        page.goto(shown.address)
        pictures.append(page.screenshot(full_page=True))
        page.close()

    assert pictures[0] == pictures[1]
