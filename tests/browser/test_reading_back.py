"""PDFs that a browser prints of our letters are read as any other program's: by their words."""

from pathlib import Path

from generator.external_letters.issued_pdf import read_pdf
from tests.browser.combining import each_once
from tests.browser.conftest import Open
from tests.browser.letters import ShownLetter
from tests.external_letters.letters_read import bare_pattern, said
from tests.real_letters import REAL


@each_once("slug, structure", REAL, ["with structure", "without structure"], most=2)
def test_a_browsers_pdf_says_what_the_letter_says(
    slug: str, shown: ShownLetter, open_page: Open, structure: str
) -> None:
    content = open_page(shown).pdf(
        tagged=structure == "with structure",
        display_header_footer=True,
        format="A4",
        margin={"top": "20mm", "bottom": "20mm", "left": "20mm", "right": "20mm"},
    )

    version = read_pdf(content, Path("letter.pdf"), bare_pattern(slug))

    assert said(version) == said(shown.letter)
