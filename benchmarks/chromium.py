"""Pages printed by one headless Chromium that stays open, and the seconds that took.

    .venv/bin/python -m benchmarks.chromium OUTPUT PAGE...

A program of its own, since Playwright suffers no other event loop in its process. The browser's
start and its first page, which takes longer, are not counted. Says nothing where there is none.
"""

import shutil
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, NAMES


def main(output: str, *pages: str) -> None:
    """Print these pages to PDF, then say how long it took."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        window = browser.new_page()
        start = 0.0
        for path in map(Path, [pages[0], *pages]):
            window.goto(path.as_uri())
            made = window.pdf(prefer_css_page_size=True, tagged=True)
            (Path(output) / f"{path.stem}.pdf").write_bytes(made)
            start = start or time.perf_counter()
        print(time.perf_counter() - start)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
