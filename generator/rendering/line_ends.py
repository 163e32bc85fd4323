"""The space between the words of two lines, which whoever reads the tags needs."""

from collections.abc import Iterator
from typing import Any

from generator.rendering.artifacts import furniture_kind, marked_in
from generator.rendering.tags import words_of_html
from generator.rendering.weasyprint_parts import boxes


def end_lines(document: Any) -> None:
    """Print the space between the last word of a line and the first of the next.

    The engine leaves it out, and what reads the tags runs "the Local" and "Government" together.
    None stands where a line is broken inside a word, as after a hyphen.
    """
    last: dict[Any, Any] = {}
    for page in document.pages:
        for line in _lines(page._page_box):
            texts = [box for box in marked_in(line) if isinstance(box, boxes.TextBox)]
            if not texts:
                continue
            before = last.get(line.element)
            if before and before.text + texts[0].text not in words_of_html(line.element):
                before.pango_layout.text = before.text + " "
            last[line.element] = texts[-1]


def _lines(box: Any) -> Iterator[Any]:
    """The lines of the letter's text, from the first to the last."""
    inner = box._box if hasattr(box, "_box") else box
    if furniture_kind(inner):
        return
    if isinstance(inner, boxes.LineBox):
        yield inner
    for child in getattr(inner, "children", ()):
        yield from _lines(child)
