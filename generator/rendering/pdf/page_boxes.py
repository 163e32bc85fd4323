"""The boxes that the engine laid out: which are no part of the letter, and where its lines end."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.rendering.pdf.weasyprint_parts import boxes


def inner_box(box: Any) -> Any:
    """A box itself; what is placed absolutely has a stand-in."""
    return box._box if hasattr(box, "_box") else box


def beside_the_body(html: Any) -> Iterator[Any]:
    """What has a fixed place on every page: only on its own page does it stand in the body."""
    return (child for child in html.children if inner_box(child).style["position"] == "fixed")


def furniture_kind(box: Any) -> str:
    """The kind of artifact that a box is; blank for the letter's text.

    Page numbers and marks across pages are, and pictures that say nothing.
    """
    generated = "::" in (box.element_tag or "")
    if isinstance(box, boxes.MarginBox) or (generated and box.style["position"] == "fixed"):
        return "/Pagination"
    is_picture = isinstance(box, boxes.ReplacedBox) and box.element_tag == "img"
    return "/Layout" if is_picture and box.element.get("alt") == "" else ""


def marked_in(box: Any) -> Iterator[Any]:
    """What the engine marked as content inside: texts and pictures."""
    inner = inner_box(box)
    if isinstance(inner, boxes.TextBox | boxes.ReplacedBox):
        yield inner
    for child in getattr(inner, "children", ()):
        yield from marked_in(child)


def end_lines(lines: Iterable[Any]) -> None:
    """Print the space between the last word of a line and the first of the next.

    The engine leaves it out, and what reads the tags runs "the Local" and "Government" together.
    None stands where a line is broken inside a word, as after a hyphen.
    """
    last: dict[Any, Any] = {}
    for line in lines:
        texts = [box for box in marked_in(line) if isinstance(box, boxes.TextBox)]
        if not texts:
            continue
        before = last.get(line.element)
        if before and before.text + texts[0].text not in words_of_html(line.element):
            before.pango_layout.text = before.text + " "
        last[line.element] = texts[-1]


def lines_of(document: Any) -> Iterator[Any]:
    """The lines of the letter's text, from the first to the last."""
    return (line for page in document.pages for line in _lines(page._page_box))


def _lines(box: Any) -> Iterator[Any]:
    inner = inner_box(box)
    if furniture_kind(inner):
        return
    if isinstance(inner, boxes.LineBox):
        yield inner
    for child in getattr(inner, "children", ()):
        yield from _lines(child)


def words_of_html(html: Any) -> str:
    """The text of an element as a browser would show it on one line."""
    return re.sub(r"[ \t\n\f\r]+", " ", "".join(_texts(html))).strip()


def _texts(html: Any) -> Iterator[str]:
    yield html.text or ""
    for child in html:
        yield from [" "] if child.tag == "br" else _texts(child)
        yield child.tail or ""
