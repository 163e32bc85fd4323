"""Which of the boxes that the engine laid out are no part of the letter: they are not read out."""

from collections.abc import Iterator
from typing import Any

from generator.rendering.weasyprint_parts import boxes


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
