"""A line that was set anew is drawn by the engine as if it stood where the one before it did."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pydyf

from generator.rendering.pdf.page_boxes import where_to
from generator.rendering.pdf.pdf_file import as_bytes, written
from generator.rendering.pdf.recording import (
    Drawing,
    Glyphs,
    UnfitError,
    own,
    sizes,
    state_of,
    take_glyphs,
)
from generator.rendering.pdf.weasyprint_parts import (
    Matrix,
    add_links,
    engine_drawing,
    gather_anchors,
    layout_box_backgrounds,
)

SCALE = 0.75
"""Of a page in a PDF: points for each CSS pixel."""


def draw_again(
    drawing: Drawing, box: Any, fonts: dict[Any, Any], image_at: Callable[..., Any]
) -> tuple[bytes, Glyphs]:
    """What is written for a line in the place of another, and what it adds to the fonts.

    It is drawn with the colours and fonts in force that the other met, and must leave those that
    it left, for all that comes after was written with them.
    """
    layout_box_backgrounds(drawing.page, box, image_at)
    return write_again(
        drawing, fonts, lambda to: engine_drawing.draw_inline_level(to, drawing.page, box)
    )


def write_again(
    drawing: Drawing, fonts: dict[Any, Any], draw: Callable[[Any], None]
) -> tuple[bytes, Glyphs]:
    """What `draw` writes in the place of what was drawn, and what it adds to the fonts."""
    stream = drawing.stream.clone(fonts=fonts, tags={})
    vars(stream).update({name: own(value) for name, value in drawing.before.items()})
    before = (len(fonts), sizes(stream))
    draw(stream)
    if state_of(stream) != drawing.after or (len(fonts), sizes(stream)) != before:
        raise UnfitError("a line or picture leaves other colours or fonts behind it")
    return _bytes(_with_marks(stream.stream, drawing.written)), take_glyphs(fonts)


def _bytes(items: list[Any]) -> bytes:
    return b"\n".join(map(as_bytes, items))


def _with_marks(items: list[Any], others: list[Any]) -> list[Any]:
    """What was written, with the marks of its content that stand in the other line."""
    marks, other_marks = (
        [n for n, item in enumerate(each) if item == b"BDC"] for each in (items, others)
    )
    if len(marks) != len(other_marks):
        raise UnfitError("a line has other marks")
    for mark, other in zip(marks, other_marks, strict=True):
        items[mark - 2 : mark] = others[other - 2 : other]
    return items


def written_before(drawing: Drawing) -> bytes:
    """What was written for the line or picture of before."""
    return _bytes(drawing.written)


def links_again(drawing: Drawing, old: Any, new: Any) -> Iterator[tuple[int, bytes]]:
    """The links in a line, each by its number in the PDF: where it is now, and what it says."""
    before, after = _links(old), _links(new)
    annotations = [box.link_annotation for box in old.descendants() if box.link_annotation]
    if not annotations:
        return
    height = drawing.page.margin_height() * SCALE
    matrix = Matrix(SCALE, 0, 0, -SCALE, 0, height)
    add_links((after, []), matrix, pydyf.PDF(), pydyf.Dictionary(), [], {})
    if not len(before) == len(after) == len(annotations):
        raise UnfitError("a line has other links")
    for annotation, (_, _, _, box) in zip(annotations, after, strict=True):
        changes: Mapping[str, Any] = {
            "Rect": box.link_annotation["Rect"],
            "Contents": pydyf.String(where_to(box.element)),
        }
        yield annotation.number, written(pydyf.Dictionary({**annotation, **changes}))


def _links(box: Any) -> list[Any]:
    links: list[Any] = []
    gather_anchors(box, {}, links, [], {None: []})
    return links
