"""Mends the tags of a PDF before it is written.

WeasyPrint 70 builds the structure tree page by page and box by box, which leaves defects that
validators mostly pass and a reader's software does not: a paragraph that crosses a page is two, a
figure is announced under its neighbour's header, page numbers are read out with the text. To mend
them, the elements of the tree must be connected with those of the HTML they came from, as
`page_boxes` notes it. Where the engine is not what is expected here, `EngineChangedError` is raised
rather than a letter left as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

from generator.rendering.pdf.page_boxes import EngineChangedError, MadeElement, Tagging, where_to

Element = Any
"""A structure element: a dictionary of the PDF with `S`, `P`, `K`, `Pg`."""

_NOT_FROM_HTML = {"/Document", "/Span", "/NonStruct"}
"""Kinds of elements that the engine also makes where the HTML has none."""

_STRESSED = {"strong": "/Strong", "em": "/Em"}
"""What PDF 1.7 has no kinds of element for; they are explained by one that it has."""


@dataclass(frozen=True)
class GridCell:
    """A cell of a table, and the slot of the grid that its upper left corner is in."""

    element: Element
    html: Any
    row: int
    column: int
    body: int = 0
    """Which group of rows its own is in."""

    @property
    def rows(self) -> range:
        """All rows that it stands in."""
        return range(self.row, self.row + int(self.element["A"].get("RowSpan", 1)))

    @property
    def columns(self) -> range:
        """All columns that it stands in."""
        return range(self.column, self.column + int(self.element["A"].get("ColSpan", 1)))

    @property
    def scope(self) -> str:
        """Which way a header looks: down its columns, unless it says that it heads a row."""
        return "/Row" if self.html.get("scope") in {"row", "rowgroup"} else "/Column"

    def stands_over(self, other: "GridCell") -> bool:
        """Whether this header is one of the other cell's."""
        if self.html.get("scope") == "rowgroup":
            return self.body == other.body and self.row < other.row
        if self.scope == "/Row":
            return self.column < other.column and _overlap(self.rows, other.rows)
        return self.row < other.row and _overlap(self.columns, other.columns)


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def announce_headers(table: Any, cells: list[GridCell]) -> list[Any]:
    """Say of each cell which headers stand over it, from the outermost; return the headers."""
    headers = [cell for cell in cells if cell.element["S"] == "/TH"]
    for header in headers:
        header.element["ID"] = pydyf.String(f"{table.number}-{header.row}-{header.column}")
        header.element["A"]["Scope"] = header.scope
    for cell in cells:
        over = [header.element["ID"] for header in headers if header.stands_over(cell)]
        cell.element["A"].pop("Headers", None)
        if over:
            cell.element["A"]["Headers"] = pydyf.Array(over)
    return [header.element for header in headers]


def mend(tagging: Tagging, pdf: pydyf.PDF) -> None:
    """Mend the structure tree of a PDF that is about to be written."""
    _Mender(tagging, pdf).mend()


class _Nothing(pydyf.Object):  # type: ignore[misc]  # it comes without types
    """Stands where an object was: to a reader as good as none; the others keep their numbers."""

    data = b"null"


class _Mender:
    def __init__(self, tagging: Tagging, pdf: pydyf.PDF) -> None:
        self.tagging = tagging
        self.pdf = pdf
        self.made = {id(made.element): made for made in tagging.made}
        self.joined: dict[bytes, bytes] = {}
        """The references of elements that were joined to another, and those of the others."""

    def mend(self) -> None:
        if not self.made:
            raise EngineChangedError("no structure element was noticed while the PDF was made")
        root = self._at(self.pdf.catalog["StructTreeRoot"])
        self._mark_furniture()
        self._join(self._at(root["K"][0]))
        self._map_again(self._at(root["ParentTree"])["Nums"])
        self._drop_joined()
        headers = []
        for made in self._kept():
            element, language = made.element, made.html.get("lang")
            if language:
                element["Lang"] = pydyf.String(language)
            if element["S"] == "/Table":
                headers += announce_headers(element, self._cells(element))
            if element["S"] == "/LI":
                self._divide(element)
            element["S"] = _STRESSED.get(made.tag, element["S"])
        self._caption(self._at(root["K"][0]))
        root["RoleMap"] = pydyf.Dictionary({kind[1:]: "/Span" for kind in _STRESSED.values()})
        if headers:
            self._index(root, headers)
        for html, annotation in self.tagging.links:
            annotation["Contents"] = pydyf.String(where_to(html))

    def _caption(self, element: Element) -> None:
        """Make captions of the titles that stand before tables and are named as theirs."""
        before: Element | None = None
        for _, item in list(self._kids(element)):
            if item is None:
                continue
            if before is not None and item["S"] == "/Table" and self._is_titled(item, before):
                element["K"].remove(before.reference)
                caption = self._element("/Caption", [before.reference], item)
                before["P"] = caption.reference
                item["K"].insert(0, caption.reference)
            self._caption(item)
            before = item

    def _is_titled(self, table: Element, title: Element) -> bool:
        """Whether the HTML says that a table is labelled by what stands before it."""
        made, other = self.made.get(id(table)), self.made.get(id(title))
        label = made.html.get("aria-labelledby") if made else None
        return label is not None and other is not None and other.html.get("id") == label

    def _element(self, kind: str, kids: list[Any], parent: Element) -> Element:
        """One more element, for its parent to put in its place."""
        element = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": kind,
                "K": pydyf.Array(kids),
                "Pg": parent["Pg"],
                "P": parent.reference,
            }
        )
        self.pdf.add_object(element)
        return element

    def _divide(self, item: Element) -> None:
        """Divide an item of a list into its sign and its body, where the sign stands inside it."""
        kids = list(self._kids(item))
        signs = [kid for kid, inner in kids if inner is not None and inner["S"] == "/Lbl"]
        rest = [kid for kid in item["K"] if kid not in signs]
        if not signs or any(inner is not None and inner["S"] == "/LBody" for _, inner in kids):
            return
        body = self._element("/LBody", rest, item)
        for kid, inner in kids:
            if inner is not None and kid not in signs:
                inner["P"] = body.reference
        item["K"][:] = [*signs, body.reference]

    def _at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def _kids(self, element: Element) -> Iterator[tuple[Any, Element | None]]:
        """What stands in an element: each kid, and the element that it refers to, if it does."""
        for kid in element["K"]:
            item = self._at(kid) if isinstance(kid, bytes) else None
            yield kid, item if item is not None and item["Type"] == "/StructElem" else None

    def _kept(self) -> Iterator[MadeElement]:
        return (made for made in self.tagging.made if made.element.reference not in self.joined)

    def _mark_furniture(self) -> None:
        """Make artifacts of marked content that is no text of the letter: they are not read out."""
        wanted = dict(self.tagging.furniture)
        for page, reference in enumerate(self.pdf.page_references):
            content = self._at(self._at(reference)["Contents"]).stream
            for position, part in enumerate(content):
                if isinstance(part, dict) and (page, part.get("MCID")) in wanted:
                    kind = wanted.pop((page, part["MCID"]))
                    content[position - 1] = "/Artifact"
                    content[position] = pydyf.Dictionary({"Type": kind})
        if wanted:
            raise EngineChangedError(f"page furniture is not on its page: {sorted(wanted)}")

    def _join(self, element: Element) -> None:
        """Make one element again of what one HTML element became on several pages or lines."""
        self._unwrap(element)
        kept: list[Any] = []
        last: Element | None = None
        for kid, item in list(self._kids(element)):
            if item is not None and id(item) not in self.made and item["S"] not in _NOT_FROM_HTML:
                raise EngineChangedError(f"an element {item['S']} was made unnoticed")
            if last is not None and item is not None and self._same(last, item):
                self._move_kids(item, last)
                self.joined[item.reference] = last.reference
            else:
                kept.append(kid)
                last = item
        element["K"][:] = kept
        for _, item in list(self._kids(element)):
            if item is not None:
                self._join(item)

    def _unwrap(self, element: Element) -> None:
        """Take out elements inside that are the same once more: around `::before` and the like."""
        kids = list(self._kids(element))
        element["K"][:] = []
        for kid, item in kids:
            if item is None or item["S"] != element["S"] or not self._same_html(item, element):
                element["K"].append(kid)
                continue
            self._unwrap(item)
            self._move_kids(item, element)
            self.joined[item.reference] = element.reference

    def _same(self, one: Element, other: Element) -> bool:
        return (
            self._same_html(one, other)
            and self.made[id(one)].tag == self.made[id(other)].tag
            and one["S"] == other["S"]
        )

    def _same_html(self, one: Element, other: Element) -> bool:
        made, also = self.made.get(id(one)), self.made.get(id(other))
        return made is not None and also is not None and made.html is also.html

    def _move_kids(self, source: Element, target: Element) -> None:
        for kid, item in list(self._kids(source)):
            if item is not None:
                item["P"] = target.reference
            marked = {"Type": "/MCR", "Pg": source["Pg"], "MCID": kid}
            target["K"].append(pydyf.Dictionary(marked) if isinstance(kid, int) else kid)

    def _map_again(self, numbers: list[Any]) -> None:
        """The map from marked content and links to elements, after some were joined."""
        for position, item in enumerate(numbers):
            if isinstance(item, list):
                item[:] = [self.joined.get(kid, kid) for kid in item]
            elif isinstance(item, bytes):
                numbers[position] = self.joined.get(item, item)

    def _drop_joined(self) -> None:
        """Leave out of the file what nothing refers to any more."""
        for reference in self.joined:
            nothing = _Nothing()
            nothing.number = self._at(reference).number
            self.pdf.objects[nothing.number] = nothing

    def _cells(self, table: Element) -> list[GridCell]:
        """The cells of a table, each at its place on the grid that the spans make."""
        cells = []
        taken: set[tuple[int, int]] = set()
        for row, (body, elements) in enumerate(self._rows(table)):
            column = 0
            for element in elements:
                while (row, column) in taken:
                    column += 1
                html = self.made[id(element)].html
                cell = GridCell(element, html, row, column, body)
                taken |= {(r, c) for r in cell.rows for c in cell.columns}
                cells.append(cell)
        return cells

    def _rows(self, element: Element) -> Iterator[tuple[int, list[Element]]]:
        """The rows of a table, each with its cells, and a number for the group of rows it is in."""
        for _, item in self._kids(element):
            if item is not None and item["S"] == "/TR":
                cells = (cell for _, cell in self._kids(item))
                yield id(element), [c for c in cells if c is not None and c["S"] in {"/TH", "/TD"}]
            elif item is not None:
                yield from self._rows(item)

    def _index(self, root: Any, headers: list[Element]) -> None:
        """The map from the names of headers to the headers, which cells with headers need."""
        names = pydyf.Array()
        for header in sorted(headers, key=lambda header: header["ID"].string):
            names += [header["ID"], header.reference]
        tree = pydyf.Dictionary({"Names": names})
        self.pdf.add_object(tree)
        root["IDTree"] = tree.reference
