"""Takes the pictures of the documentation from the program itself, with the example office.

.venv/bin/python -m benchmarks.picture [FOLDER]
"""

import contextlib
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import Page, expect, sync_playwright

from generator.api import compose_letter, load_edition, render_pdf
from generator.commands.app import run_command
from generator.workspace import Workspace
from tests.borsetshire import ROOT
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.desk.running import running_desk

EXAMPLE = ROOT / "generator/assets/examples/borsetshire"
SLUG = "felpersham-city-council"
HEIGHT, GAP = 620, 14
"""Of the letter's picture, and around each page, in dots."""
PAPER, DESK = "#c3ccd6", "#e9edf2"
SIZE = {"width": 1280, "height": 800}
COLOURS = 64
PATIENCE_MS = 600_000
"""A machine may be busy."""


def picture_of(pdf: bytes) -> Image.Image:
    """The first and the last page side by side, each on its edge of paper."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for number in (0, len(document) - 1):
        page = document[number]
        large = page.render(scale=3).to_pil()
        scale = (HEIGHT - 2 * GAP) / document[0].render(scale=3).height
        small = large.resize((round(large.width * scale), round(large.height * scale)))
        pages.append(ImageOps.expand(small, 1, PAPER))
    width = sum(page.width + GAP for page in pages) + GAP
    picture = Image.new("RGB", (width, HEIGHT), DESK)
    left = GAP
    for page in pages:
        picture.paste(page, (left, GAP))
        left += page.width + GAP
    return picture


def pictures(workspace: Path) -> Iterator[tuple[str, Image.Image]]:
    """Each picture with its name: a letter, and in a browser the desk, changes and a review.

    Of the desk: a letter, the form of an authority being filled in, last year beside this year.
    """
    edition = load_edition(workspace)
    yield "letter", picture_of(render_pdf(edition, compose_letter(edition, SLUG)))
    where = ("--workspace", str(workspace), "--quiet")
    for command in (("build",), ("diff", "--html", "changes.html"), ("review", "--html", "r.html")):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.chdir(workspace):
            run_command([*command, *where])
    browser_file = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_file, args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.set_viewport_size({"width": SIZE["width"], "height": SIZE["height"]})
        with running_desk(Workspace(workspace).edition()) as desk:
            page.goto(desk.letter(SLUG))
            figure = page.locator("#pages text", has_text="We investigated 68").first
            expect(figure).to_be_attached()
            figure.click(position={"x": 5, "y": 5})
            expect(page.locator(".sources details[open]")).to_be_visible()
            yield "desk", _seen(page)
            page.goto(f"{desk.address}letters/{SLUG}/form")
            expect(page.locator("#pages image").first).to_be_attached()
            page.get_by_label("Fault found", exact=False).first.fill("44")
            expect(
                page.locator("#pages text", has_text="We investigated 71").first
            ).to_be_attached()
            yield "desk-form", _seen(page)
            page.goto(f"{desk.address}letters/{SLUG}?view=beside&panel=")
            for picture in (0, 1):
                page.locator("#beside image").nth(picture).evaluate("image => image.decode()")
            yield "desk-last-year", _seen(page)
        for name, file in (("changes", "changes.html"), ("review", "r.html")):
            page.goto((workspace / file).as_uri())
            yield name, _seen(page)
        browser.close()


def _seen(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def main(folder: Path) -> None:
    """Write the pictures into a folder, in few colours, so that they are small."""
    with tempfile.TemporaryDirectory() as scratch:
        workspace = Path(shutil.copytree(EXAMPLE, Path(scratch) / "borsetshire"))
        for name, picture in pictures(workspace):
            few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs/images")
