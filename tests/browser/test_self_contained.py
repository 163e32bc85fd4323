"""The page is one file: it asks for nothing, runs nothing, and is the same without scripts."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Heard
from tests.browser.letters import LUTON, ShownLetter, every_letter


@every_letter
def test_it_asks_for_nothing_and_the_browser_takes_all_of_it(
    shown: ShownLetter, page: Page, heard: Heard
) -> None:
    """Also when it is drawn and printed, since a style may ask for a picture only then."""
    page.goto(shown.address)
    page.screenshot(full_page=True)
    page.pdf()
    page.evaluate("console.log('the end')")

    assert heard == Heard([shown.address], ["the end"])


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("slug", [LUTON])
def test_it_looks_the_same_without_javascript(
    shown: ShownLetter, width: int, page: Page, plain_page: Page
) -> None:
    pictures = []
    for each in (page, plain_page):
        each.set_viewport_size({"width": width, "height": 800})
        each.goto(shown.address)
        pictures.append(each.screenshot(full_page=True))

    assert pictures[0] == pictures[1]


ATTACK = """<script>document.title = "taken over"</script>
<p onclick="document.title = 'taken over'" id="trap">x</p>
<img src="{elsewhere}a.png" alt=""><iframe src="{elsewhere}"></iframe>
<link rel="stylesheet" href="{elsewhere}a.css">
<style>body {{ background: url({elsewhere}b.png) }}</style>"""


class Elsewhere(ThreadingHTTPServer):
    """A site, and what it was asked for."""

    asked: list[str]


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A site that has nothing, and remembers what it was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    asked: list[str] = []
    with Elsewhere(("127.0.0.1", 0), Handler) as server:
        server.asked = asked
        Thread(target=server.serve_forever, args=(0.05,)).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize(
    ("has_policy", "expected"),
    [(True, (False, [])), (False, (True, ["/", "/a.css", "/a.png", "/b.png"]))],
)
@pytest.mark.parametrize("slug", [LUTON])
def test_what_was_put_into_it_afterwards_neither_runs_nor_fetches(
    shown: ShownLetter,
    browser: Browser,
    elsewhere: Elsewhere,
    tmp_path: Path,
    *,
    has_policy: bool,
    expected: tuple[bool, list[str]],
) -> None:
    """Its own security policy forbids it, opened as a file; without one, all of it would happen."""
    spoiled = tmp_path / "letter.html"
    whole = shown.file.read_text(encoding="utf-8")
    if not has_policy:
        whole = re.sub("<meta http-equiv=[^>]*>", "", whole)
    attack = ATTACK.format(elsewhere=f"http://127.0.0.1:{elsewhere.server_port}/")
    spoiled.write_text(whole.replace("</main>", f"</main>{attack}"), encoding="utf-8")
    page = browser.new_page()

    page.goto(spoiled.as_uri())
    page.evaluate("document.getElementById('trap').click()")
    page.screenshot(full_page=True)
    is_taken_over = page.title() == "taken over"
    page.close()

    assert (is_taken_over, sorted(elsewhere.asked)) == expected
