"""What PDFium reads back is what stands on the pages, however long and in whatever face."""

import pytest

from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.verification.read_back import ReadLetter
from generator.verification.reading import read_letter

STYLES = '@page { size: 297mm 210mm; margin: 10mm } * { font: 3pt "Liberation Sans"; margin: 0 }'
PAGE = '<!DOCTYPE html><html lang="en-GB"><title>t</title><body>{body}</body></html>'


def read(body: str) -> ReadLetter:
    return read_letter(PdfEngine(STYLES).print(PAGE.format(body=body)))


@pytest.mark.parametrize("length", [1, 2, 254, 255, 256, 257, 400])
def test_a_piece_of_any_length_is_read_whole(length: int) -> None:
    words = ("ducks, ponds & roads; " * 40)[: length - 1] + "."

    letter = read(f"<p>{words.replace('&', '&amp;')}</p>")

    assert [piece.text for piece in letter.pages[0].pieces] == [" ".join(words.split())]


def test_a_cell_of_any_length_is_read_whole() -> None:
    words = "ducks, ponds and roads; " * 20

    letter = read(f"<table><tr><th>{words}</th></tr><tr><td>7</td></tr></table>")

    texts = [[(cell.kind, cell.text) for cell in row] for table in letter.tables for row in table]
    assert texts == [[("TH", words.strip())], [("TD", "7")]]


def test_each_piece_is_in_its_own_face() -> None:
    strong = '<b style="font-weight: bold">ponds</b>'
    other = '<i style="font-style: italic">roads</i>'

    letter = read(f"<p>ducks {strong} ducks {other} {strong}</p><p>ducks {other}</p>")

    pieces = {(piece.text, piece.font) for page in letter.pages for piece in page.pieces}
    assert pieces == {
        ("ducks", "Liberation-Sans"),
        ("ponds", "Liberation-Sans-Bold"),
        ("roads", "Liberation-Sans-Italic"),
    }
    assert all(program for _, program in letter.font_programs)
