"""The boxes that the engine laid out: which are no part of the letter, and where its lines end.

Of the texts in them, whether each has the room that it needs. Of each box, what became of it in the
tree of tags, which only a private function of the engine knows.
"""

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pydyf

from generator.problems import shortened
from generator.rendering.pdf.weasyprint_parts import boxes, engine_tags, wrapped


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


def appearance(line: Any) -> tuple[Any, ...]:
    """All in which a line can look otherwise than another of the same elements in its place."""
    return tuple(_appearances(line))


def _appearances(box: Any) -> Iterator[tuple[Any, ...]]:
    yield (box.element, box.position_x, box.position_y, box.width, box.height, box.baseline)
    if isinstance(box, boxes.TextBox):
        yield (box.text, box.pango_layout.text, box.justification_spacing)
        return
    for child in box.children:
        yield from _appearances(child)


def words_of_html(html: Any) -> str:
    """The text of an element as a browser would show it on one line."""
    return re.sub(r"[ \t\n\f\r]+", " ", "".join(_texts(html))).strip()


def _texts(html: Any) -> Iterator[str]:
    yield html.text or ""
    for child in html:
        yield from [" "] if child.tag == "br" else _texts(child)
        yield child.tail or ""


def where_to(link: Any) -> str:
    """A link's words and, unless they say it or it is in the letter, where it leads."""
    words, address = words_of_html(link), link.get("href", "#").removeprefix("mailto:")
    is_said = re.sub("^https?://|/$", "", address) in words or address.startswith("#")
    return words if is_said else f"{words} ({address})"


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
        return f'"{words}" does not fit: on page {page} it runs past {self.edge_name}'


def texts_of(page: Any) -> list[LaidOut]:
    """All texts of a page; those in the margins, and marks across the page, may reach anywhere."""
    texts: list[LaidOut] = []
    root, *margin_boxes = page._page_box.children
    _collect(root, root.position_x + root.margin_width(), "the margin", texts)
    for box in margin_boxes:
        _collect(box, math.inf, "", texts)
    return texts


def _collect(box: Any, edge: float, edge_name: str, texts: list[LaidOut]) -> None:
    if isinstance(box, boxes.TextBox):
        texts.append(LaidOut(box, edge, edge_name))
        return
    if isinstance(box, boxes.TableCellBox) and edge < math.inf:
        edge, edge_name = box.position_x + box.border_width(), "its cell"
    beyond = getattr(box, "margin_right", 0)
    if isinstance(beyond, int | float) and beyond < 0:  # the styles let it out into the margin
        edge -= beyond
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)  # what is placed absolutely has a stand-in
        fixed = inner.style["position"] == "fixed"
        _collect(inner, math.inf if fixed else edge, edge_name, texts)


class EngineChangedError(AssertionError):
    """WeasyPrint does not do what is built on here; the text says what is amiss."""


@dataclass(frozen=True)
class MadeElement:
    """A structure element and the HTML it was made from."""

    element: Any
    html: Any
    tag: str
    """The HTML element's name, with `::marker` and the like for what styles generate."""


@dataclass
class Tagging:
    """What was noticed while the engine built the tree of one document."""

    made: list[MadeElement] = field(default_factory=list)
    furniture: dict[tuple[int, int], str] = field(default_factory=dict)
    """By page number and id, marked content that is no part of the letter's text: its kind."""
    repeated: set[int] = field(default_factory=set)
    """The ids of boxes that the engine puts on a page once more, where they have no place."""
    links: list[tuple[Any, Any]] = field(default_factory=list)
    """The HTML of each link and its annotation; one for each line the link runs over."""
    heads: list[Any] = field(default_factory=list)
    """The HTML of the headers of tables."""

    @property
    def figures(self) -> Iterator[tuple[Any, Any]]:
        """The HTML of each picture, and the structure element that was made of it."""
        return ((made.html, made.element) for made in self.made if made.element["S"] == "/Figure")

    def heads_again(self, box: Any) -> bool:
        """Whether a box is the headers of a table once more, on a further page of it."""
        if not isinstance(box, boxes.TableRowGroupBox) or not box.is_header:
            return False
        again = any(head is box.element for head in self.heads)
        self.heads.append(box.element)
        return again

    def note(
        self, build: Any, box: Any, parent: Any, pdf: Any, page: int, nums: Any, *more: Any
    ) -> Iterator[Any]:
        """What the engine's function makes of a box, with notes taken of it."""
        _, tags = more
        inner = inner_box(box)
        again = id(inner) in self.repeated or self.heads_again(inner)
        kind = "/Pagination" if again else furniture_kind(inner)
        if kind:
            for cell in _cells_in(inner):  # the engine looks for the elements of all of a table
                cell.mark = pydyf.Dictionary({"A": pydyf.Dictionary()})
            for marked in marked_in(inner):
                mcid = tags.pop(marked)["mcid"]
                self.furniture[page, mcid] = kind
                nums[mcid] = "null"
            return
        if inner.element_tag == "html" and not isinstance(inner, boxes.PageBox):
            self.repeated |= {id(inner_box(child)) for child in beside_the_body(inner)}
        if inner.link_annotation:
            self.links.append((inner.element, inner.link_annotation))
        # Of these it makes no element and passes on those of their children, noticed by themselves.
        passed_on = inner.element is None or inner.element_tag in {"html", "body"}
        for element in build(box, parent, pdf, page, nums, *more):
            if not passed_on:
                self.made.append(MadeElement(element, inner.element, inner.element_tag))
            yield element


@contextmanager
def noticing() -> Iterator[Tagging]:
    """While a PDF is written, notice which structure element comes from which HTML element."""
    if getattr(engine_tags, "_build_box_tree", None) is None:
        raise EngineChangedError("WeasyPrint has no _build_box_tree any more")
    tagging = Tagging()
    with wrapped(engine_tags, "_build_box_tree", tagging.note):
        yield tagging


def _cells_in(box: Any) -> Iterator[Any]:
    """The cells of tables inside a box."""
    inner = inner_box(box)
    if isinstance(inner, boxes.TableCellBox):
        yield inner
    for child in getattr(inner, "children", ()):
        yield from _cells_in(child)
