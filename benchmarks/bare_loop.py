"""A loop over WeasyPrint with nothing around it: the least that pages cost as PDFs.

    .venv/bin/python benchmarks/bare_loop.py PAGES STYLES OUTPUT FIRST EVERY

Fonts and styles are read once, as its documentation advises. Of the folder's pages it takes every
so-many-th one, so that several such programs can share them.
"""

import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def main(pages: str, styles: str, output: str, first: str, every: str) -> None:
    """Print these pages."""
    fonts = FontConfiguration()
    css = CSS(filename=styles, font_config=fonts)
    for page in sorted(Path(pages).glob("*.html"))[int(first) :: int(every)]:
        made = HTML(string=page.read_text("utf-8")).write_pdf(
            stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-3a"
        )
        (Path(output) / f"{page.stem}.pdf").write_bytes(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
