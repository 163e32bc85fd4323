"""Makes the README's picture: the first and the last page of a letter of the example office.

.venv/bin/python -m benchmarks.picture [FILE]
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from generator.api import compose_letter, load_edition, render_pdf
from tests.borsetshire import ROOT

EXAMPLE = ROOT / "generator/assets/examples/borsetshire"
SLUG = "felpersham-city-council"
HEIGHT, GAP = 620, 14
"""Of the picture, and around each page, in dots."""
PAPER, DESK = "#c3ccd6", "#e9edf2"


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
    return picture.quantize(64, dither=Image.Dither.NONE)


def main(file: Path) -> None:
    """Write the picture to a file."""
    edition = load_edition(EXAMPLE)
    picture_of(render_pdf(edition, compose_letter(edition, SLUG))).save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs/images/letter.png")
