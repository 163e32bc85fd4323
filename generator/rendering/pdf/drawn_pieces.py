"""Pieces of a drawing, such as a chart's labels, that are drawn as they were in another drawing."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from xml.etree.ElementTree import tostring

from generator.rendering.pdf.recording import Glyphs, add_glyphs, own, sizes, state_of, take_glyphs

_MOST = 256
_KEPT = {"path", "rect", "text"}
"""What depends on nothing but what it says itself and the drawing around it."""


class _Drawn(NamedTuple):
    """What was written for a piece."""

    before: dict[str, Any]
    """The colours and fonts in force."""
    after: dict[str, Any]
    items: list[Any]
    glyphs: Glyphs


class DrawnPieces:
    """The pieces that were drawn in one place, in one size, each by all that it says."""

    def __init__(self) -> None:
        self._kept: dict[Any, _Drawn] = {}

    def serve(self, image: Any) -> None:
        """Let an SVG of the engine take its pieces from here, when it is drawn.

        Not where it has styles of its own, for then a piece does not say how it looks.
        """
        svg = image._svg
        if not any(_tag(element) == "style" for element in svg.tree._etree_node.iter()):
            svg.draw_node = partial(self._draw, svg, partial(type(svg).draw_node, svg))

    def _draw(
        self, svg: Any, draw: Callable[..., None], node: Any, font_size: float, *more: Any
    ) -> None:
        root, stream = svg.tree, svg.stream
        text = tostring(node._etree_node)
        is_piece = any(node._etree_node is each for each in root._etree_node)
        if not is_piece or node.tag not in _KEPT or b"url" in text or b"href" in text:
            draw(node, font_size, *more)
            return
        key = (text, tuple(root.attrib.items()), font_size, more)
        before, known = state_of(stream), self._kept.get(key)
        if known is not None and known.before == before:
            stream.stream += known.items
            vars(stream).update({name: own(value) for name, value in known.after.items()})
            add_glyphs(stream._fonts, known.glyphs)
            return
        so_far, start, resources = take_glyphs(stream._fonts), len(stream.stream), sizes(stream)
        fonts = set(stream._fonts)
        draw(node, font_size, *more)
        glyphs = take_glyphs(stream._fonts)
        add_glyphs(stream._fonts, so_far)
        add_glyphs(stream._fonts, glyphs)
        if sizes(stream) == resources and set(stream._fonts) == fonts:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            items = list(stream.stream[start:])
            self._kept[key] = _Drawn(before, state_of(stream), items, glyphs)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
