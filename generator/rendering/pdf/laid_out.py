"""The texts of a page as the engine laid them out, and whether each has the room it needs."""

import math
from typing import Any, NamedTuple

from generator.problems import shortened
from generator.rendering.pdf.weasyprint_parts import TableCellBox, TextBox

_TOLERANCE_PX = 0.5


class LaidOut(NamedTuple):
    """A text where it was laid out, and how far to the right it may reach."""

    box: Any
    edge: float
    edge_name: str

    @property
    def family(self) -> str:
        """The first choice among its families: the engine would set it in another unasked."""
        return str(self.box.style["font_family"][0])

    @property
    def overflows(self) -> bool:
        """Whether it ends to the right of its cell or of the margin."""
        return bool(self.box.position_x + self.box.width > self.edge + _TOLERANCE_PX)

    def overflowing(self, page: int) -> str:
        """The sentence that says so."""
        words = shortened(self.box.text)
        return f'"{words}" does not fit: on page {page} it runs over {self.edge_name}'


def texts_of(page: Any) -> list[LaidOut]:
    """All texts of a page; those in the margins, and marks across the page, may reach anywhere."""
    texts: list[LaidOut] = []
    root, *margin_boxes = page._page_box.children
    _collect(root, root.position_x + root.margin_width(), "the margin", texts)
    for box in margin_boxes:
        _collect(box, math.inf, "", texts)
    return texts


def _collect(box: Any, edge: float, edge_name: str, texts: list[LaidOut]) -> None:
    if isinstance(box, TextBox):
        texts.append(LaidOut(box, edge, edge_name))
        return
    if isinstance(box, TableCellBox) and edge < math.inf:
        edge, edge_name = box.position_x + box.border_width(), "its cell"
    beyond = getattr(box, "margin_right", 0)
    if isinstance(beyond, int | float) and beyond < 0:  # the styles let it out into the margin
        edge -= beyond
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)  # what is placed absolutely has a stand-in
        fixed = inner.style["position"] == "fixed"
        _collect(inner, math.inf if fixed else edge, edge_name, texts)
