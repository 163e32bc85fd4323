"""Ways to draw the texts of a letter's PDF otherwise than they are."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Dictionary
from pypdfium2 import PdfDocument

from generator.verification.pdfium_texts import text_of_object

Tampering = Callable[[pikepdf.Pdf], None]
FIGURE = "14"


def _texts(document: pikepdf.Pdf, page: int) -> list[str]:
    """The words of each text of a page, in the order of drawing."""
    file = io.BytesIO()
    document.save(file, fix_metadata_version=False)
    opened = PdfDocument(file.getvalue())[page]
    textpage = opened.get_textpage()
    return [text_of_object(text, textpage).strip() for text in opened.get_objects([1])]


def drawn(words: str, change: Callable[[float, float, bytes], bytes], page: int = -1) -> Tampering:
    """Draw the text that says these words otherwise: given its place and how it is drawn."""

    def tamper(document: pikepdf.Pdf) -> None:
        number = page % len(document.pages)
        at = _texts(document, number).index(words)
        instructions: list[Any] = list(pikepdf.parse_content_stream(document.pages[number]))
        names = [str(each.operator) for each in instructions]
        shown = [n for n, name in enumerate(names) if name in {"Tj", "TJ"}][at]
        start = max(n for n in range(shown) if names[n] == "BT")
        end = names.index("ET", shown) + 1
        place = next(each for each in instructions[start:end] if str(each.operator) == "Tm")
        left, bottom = (float(each) for each in place.operands[-2:])
        before, own, after = (
            pikepdf.unparse_content_stream(part)
            for part in (instructions[:start], instructions[start:end], instructions[end:])
        )
        content = b"\n".join([before, change(left, bottom, own), after])
        document.pages[number].Contents = document.make_stream(content)

    return tamper


def painted(how: bytes, words: str = FIGURE, page: int = -1) -> Tampering:
    """Paint the text that says these words with something set before it."""
    return drawn(words, lambda _x, _y, own: b"q %b %b Q" % (how, own), page)


def cut(words: str, left: float, width: float, page: int = -1) -> Tampering:
    """Cut a stretch out of the text that says these words, by a clip."""

    def change(x: float, y: float, own: bytes) -> bytes:
        hole = b"%f %f %f 30 re" % (x + left, y - 20, width)
        return b"q -1000 -1000 5000 5000 re %b W* n %b Q" % (hole, own)

    return drawn(words, change, page)


def over(what: bytes, words: str = FIGURE) -> Tampering:
    """Draw something over the text that says these words: in a square of one."""

    def change(x: float, y: float, own: bytes) -> bytes:
        return b"%b q 30 0 0 20 %f %f cm %b Q" % (own, x - 2, y - 15, what)

    return drawn(words, change)


def opaque(document: pikepdf.Pdf, name: str, **state: Any) -> None:
    for page in document.pages:
        page.Resources.ExtGState[name] = Dictionary(**state)
