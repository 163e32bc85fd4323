"""The structure of a letter, read from its PDF and read from its HTML, in one form to compare.

Neither reading shares a line with the code that writes the structure. The PDF is read with pikepdf
and its words, by the marked content they stand in, with pdfplumber; the HTML with html5lib.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pdfplumber
import pikepdf


@dataclass
class Node:
    """A piece of structure with what stands in it: further pieces, and words."""

    kind: str
    kids: list["Node | str"] = field(default_factory=list)
    language: str = ""
    """Its own and, where it has none, that of what it stands in."""
    source: Any = None
    """What it was read from: the dictionary of the PDF, or the element of the HTML."""

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def all(self, *kinds: str) -> list["Node"]:
        """All nodes of these kinds, in reading order."""
        return [node for node in self.walk() if node.kind in kinds]

    @property
    def text(self) -> str:
        """All its words on one line, also where it was broken after a hyphen."""
        return _one_line(self.raw)

    @property
    def raw(self) -> str:
        """All its words as they stand,."""
        return "".join(kid if isinstance(kid, str) else kid.raw for kid in self.kids)


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"-\s+", "-", text).split())


TRANSPARENT = {"NonStruct", "Span", "LBody"}


def outline(node: Node, depth: int = 0, ignoring: str = "\0") -> list[str]:
    """A tree as indented lines: each element, and the words between elements.

    What stands for no element of the letter's structure (emphasis, a list item's body) is passed
    through; the words before and after are put together.
    """
    lines: list[str] = []
    words: list[str] = []

    def flush() -> None:
        text = _one_line("".join(words).replace(ignoring, ""))
        words.clear()
        if text:
            lines.append(f"{'  ' * (depth + 1)}“{text}”")

    lines.append(f"{'  ' * depth}{node.kind}")
    for kid in _seen_through(node):
        if isinstance(kid, str):
            words.append(kid)
        else:
            flush()
            lines.extend(outline(kid, depth + 1, ignoring))
    flush()
    return lines


def _seen_through(node: Node) -> Iterator["Node | str"]:
    for kid in node.kids:
        if isinstance(kid, Node) and kid.kind in TRANSPARENT:
            yield from _seen_through(kid)
        else:
            yield kid


def by_language(node: Node) -> list[tuple[str, str]]:
    """The words of a tree in reading order, cut where the language changes."""
    found: list[list[str]] = []
    for language, text in _spoken(node):
        if text.strip() and found and found[-1][0] == language:
            found[-1][1] += f" {text}"
        elif text.strip():
            found.append([language, text])
    return [(language, "".join(text.split())) for language, text in found]


def _spoken(node: Node) -> Iterator[tuple[str, str]]:
    for kid in node.kids:
        if isinstance(kid, str):
            yield node.language, kid
        elif kid.kind != "Lbl":
            yield from _spoken(kid)


# The PDF


@dataclass(frozen=True)
class Words:
    """The words of one piece of marked content, and how far down its page they stand."""

    text: str
    top: float


Marked = dict[tuple[int, int], Words]
"""What is printed, by page (from 0) and by the number of the marked content on it."""


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    """The PDF for looking at its insides."""
    return pikepdf.open(io.BytesIO(pdf))


def read_words(pdf: bytes) -> tuple[Marked, list[str]]:
    """The words in marked content, and of each page those outside of it."""
    marked: dict[tuple[int, int], list[Any]] = {}
    outside = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            loose = [char["text"] for char in page.chars if char["mcid"] is None]
            outside.append("".join(loose))
            for char in page.chars:
                if char["mcid"] is not None:
                    marked.setdefault((page.page_number - 1, char["mcid"]), []).append(char)
    words = {
        key: Words("".join(char["text"] for char in chars), chars[0]["top"])
        for key, chars in marked.items()
    }
    return words, outside


class PdfReader:
    """Reads the structure tree of one PDF."""

    def __init__(self, pdf: bytes, *, as_written: bool = False) -> None:
        """With a space between two lines, as people see them; or with what is written alone."""
        self.as_written = as_written
        self.document = open_pdf(pdf)
        self.words, self.outside = read_words(pdf)
        self.pages = {page.objgen: number for number, page in enumerate(self.document.pages)}
        self.owners: dict[tuple[int, int], Any] = {}
        """The structure element that each piece of marked content stands in."""
        self._last: tuple[int, float] = (-1, 0.0)
        (root,) = self.document.Root.StructTreeRoot.K
        assert root.P.objgen == self.document.Root.StructTreeRoot.objgen
        self.tree = self._node(root, str(self.document.Root.Lang))

    def _node(self, element: Any, language: str) -> Node:
        assert element.Type == pikepdf.Name.StructElem
        language = str(element.get("/Lang", language))
        node = Node(str(element.S).removeprefix("/"), [], language, element)
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                node.kids.append(self._content(element, element.Pg, kid))
            elif kid.get("/Type") == pikepdf.Name.MCR:
                node.kids.append(self._content(element, kid.Pg, int(kid.MCID)))
            elif kid.get("/Type") == pikepdf.Name.StructElem:
                assert kid.P.objgen == element.objgen
                node.kids.append(self._node(kid, language))
            else:
                assert kid.Type == pikepdf.Name.OBJR
        if node.kind == "Figure":
            node.kids = [str(element.Alt)]  # heard in place of what is drawn, words too
        return node

    def _content(self, element: Any, page: Any, mcid: int) -> str:
        key = (self.pages[page.objgen], mcid)
        assert key not in self.owners, f"marked content {key} stands in two elements"
        self.owners[key] = element
        if key not in self.words:  # a picture
            return ""
        words = self.words[key]
        page_before, top_before = self._last
        same_line = page_before == key[0] and abs(top_before - words.top) < 3
        self._last = (key[0], words.top)
        return words.text if same_line or self.as_written else f" {words.text}"


def _begun(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    """The marked content that begins on a page, with properties: its tag and they."""
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "BDC":
            operands: Any = instruction.operands
            yield str(operands[0]), operands[1]


def marked_content(document: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Every marked content of every page that has a number: its page and number, as written."""
    return [
        (number, int(properties.MCID))
        for number, page in enumerate(document.pages)
        for _, properties in _begun(page)
        if "/MCID" in properties
    ]


def artifacts(document: pikepdf.Pdf) -> list[int]:
    """How many artifacts of pagination (page numbers, watermarks) each page has."""
    return [
        sum(
            tag == "/Artifact" and str(properties.Type) == "/Pagination"
            for tag, properties in _begun(page)
        )
        for page in document.pages
    ]


def number_tree(tree: Any) -> dict[int, Any]:
    """What a number tree, such as the one from content to elements, says."""
    numbers = list(tree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def bookmarks(document: pikepdf.Pdf) -> list[tuple[int, str]]:
    """The bookmarks in order, each with its depth from 1."""
    with document.open_outline() as found:
        return list(_bookmarks(found.root, 1))


def _bookmarks(items: Any, depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, item.title
        yield from _bookmarks(item.children, depth + 1)


@dataclass(frozen=True)
class Heard:
    """A cell as it is announced: its kind, its words, and the words of its heads."""

    kind: str
    text: str
    heads: frozenset[str]


def pdf_tables(tree: Node) -> list[list[list[Heard]]]:
    """Of each table its rows of cells, with the heads that the PDF names."""
    ids = {str(node.source.ID): node for node in tree.walk() if "/ID" in node.source}
    return [
        [
            [
                Heard(cell.kind, cell.text, frozenset(ids[i].text for i in _heads(cell)))
                for cell in row.all("TH", "TD")
            ]
            for row in table.all("TR")
        ]
        for table in tree.all("Table")
    ]


def _heads(cell: Node) -> list[str]:
    return [str(name) for name in table_attributes(cell).get("/Headers", [])]


def table_attributes(cell: Node) -> Any:
    """The attributes of a cell that concern tables."""
    attributes = cell.source.A
    assert str(attributes.O) == "/Table"
    return attributes


# The HTML

_KINDS = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "div": "Div",
    "p": "P",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "a": "Link",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    "span": "Span",
    "strong": "Strong",
    "em": "Em",
    **{f"h{depth}": f"H{depth}" for depth in range(1, 7)},
}
"""What an element of HTML is in a PDF; those not named have no meaning of their own there."""


def read_html(page: str) -> Node:
    """The structure that the PDF of an HTML page should have."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    html = parser.parse(page)
    (body,) = html.iter("body")
    node = _html_node(body, html.get("lang"), bulleted="list-style-type: none" not in page)
    node.kind = "Document"
    return node


def _html_node(element: Any, language: str, *, bulleted: bool) -> Node:
    language = element.get("lang", language)
    node = Node(_KINDS.get(element.tag, "NonStruct"), [], language, element)
    if node.kind == "Figure":
        node.kids.append(element.get("alt"))
    node.kids.append(element.text or "")
    number = 0
    for child in element:
        kid = _html_node(child, language, bulleted=bulleted)
        if element.tag in {"ul", "ol"} and (element.tag == "ol" or bulleted):
            number += 1
            kid.kids.insert(0, Node("Lbl", ["•" if element.tag == "ul" else f"{number}."]))
        before = node.kids[-2] if len(node.kids) > 1 else ""  # after it, white space
        titled = child.get("aria-labelledby") if child.tag == "table" else None
        if titled and isinstance(before, Node) and before.source.get("id") == titled:
            node.kids.remove(before)
            kid.kids.insert(0, Node("Caption", [before], language))
        node.kids += [kid, child.tail or ""]
    return node


def html_tables(page: str) -> list[list[list[Heard]]]:
    """Of each table its rows of cells, with the heads that HTML's own algorithm gives them."""
    html = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return [_TableModel(table).rows() for table in html.iter("table")]


@dataclass(frozen=True, eq=False)
class _Cell:
    element: Element
    x: int
    y: int
    width: int
    height: int
    group: int

    @property
    def is_head(self) -> bool:
        return self.element.tag == "th"

    @property
    def scope(self) -> str:
        return self.element.get("scope", "auto")

    @property
    def text(self) -> str:
        return _one_line("".join(self.element.itertext()))


class _TableModel:
    """The table model of HTML, 4.9.12: forming a table, and the header cells of each cell.

    One leniency, as in browsers: a head with scope="colgroup" in a table without <colgroup> heads
    the columns that it spans (the standard would have it head none).
    """

    def __init__(self, table: Element) -> None:
        self.slots: dict[tuple[int, int], _Cell] = {}
        self.cells: list[list[_Cell]] = []
        groups = [child for child in table if child.tag in {"thead", "tbody", "tfoot"}]
        for number, group in enumerate(groups):
            rows = list(group.iter("tr"))
            end = len(self.cells) + len(rows)
            for row in rows:
                self.cells.append(list(self._row(row, number, end)))
        self.column_groups: list[range] = []
        for column_group in table.iter("colgroup"):
            start = self.column_groups[-1].stop if self.column_groups else 0
            width = sum(int(c.get("span", 1)) for c in column_group.iter("col"))
            width = width or int(column_group.get("span", 1))
            self.column_groups.append(range(start, start + width))

    def _row(self, row: Element, group: int, end: int) -> Iterator[_Cell]:
        x, y = 0, len(self.cells)
        for element in row:
            while (x, y) in self.slots:
                x += 1
            width, height = int(element.get("colspan", 1)), int(element.get("rowspan", 1))
            cell = _Cell(element, x, y, width, min(height, end - y), group)
            for slot in ((x + i, y + j) for i in range(width) for j in range(cell.height)):
                assert slot not in self.slots, "cells of the table overlap"
                self.slots[slot] = cell
            yield cell

    def rows(self) -> list[list[Heard]]:
        return [
            [
                Heard(
                    cell.element.tag.upper(),
                    cell.text,
                    frozenset(head.text for head in self._heads(cell)),
                )
                for cell in row
            ]
            for row in self.cells
        ]

    def _heads(self, cell: _Cell) -> list[_Cell]:
        found: list[_Cell] = []
        for y in range(cell.y, cell.y + cell.height):
            found += self._scan(cell, cell.x, y, -1, 0)
        for x in range(cell.x, cell.x + cell.width):
            found += self._scan(cell, x, cell.y, 0, -1)
        every = [other for row in self.cells for other in row if other.is_head]
        for group in self.column_groups:
            if cell.x in group:
                found += [
                    other
                    for other in every
                    if other.scope == "colgroup"
                    and other.x in group
                    and other.x < cell.x + cell.width
                    and other.y < cell.y + cell.height
                ]
        found += [
            other
            for other in every
            if other.scope == "rowgroup"
            and other.group == cell.group
            and other.x < cell.x + cell.width
            and other.y < cell.y + cell.height
        ]
        return [head for head in dict.fromkeys(found) if head is not cell and head.text]

    def _scan(self, principal: _Cell, x: int, y: int, dx: int, dy: int) -> Iterator[_Cell]:
        opaque: list[_Cell] = []
        block = [principal] if principal.is_head else []
        in_block = principal.is_head
        while x + dx >= 0 and y + dy >= 0:
            x, y = x + dx, y + dy
            current = self.slots.get((x, y))
            if current is None:
                continue
            if current.is_head:
                in_block = True
                block.append(current)
                if dx == 0:
                    blocked = any(o.x == current.x and o.width == current.width for o in opaque)
                    blocked = blocked or not self._heads_column(current)
                else:
                    blocked = any(o.y == current.y and o.height == current.height for o in opaque)
                    blocked = blocked or not self._heads_row(current)
                if not blocked:
                    yield current
            elif in_block:
                in_block = False
                opaque += block
                block = []

    def _heads_column(self, cell: _Cell) -> bool:
        if cell.scope == "colgroup":
            return not self.column_groups
        return cell.scope == "col" or (
            cell.scope == "auto"
            and not any(
                not other.is_head and slot[1] in range(cell.y, cell.y + cell.height)
                for slot, other in self.slots.items()
            )
        )

    def _heads_row(self, cell: _Cell) -> bool:
        return cell.scope == "row" or (
            cell.scope == "auto"
            and not self._heads_column(cell)
            and not any(
                not other.is_head and slot[0] in range(cell.x, cell.x + cell.width)
                for slot, other in self.slots.items()
            )
        )


def links_of(page: str) -> list[tuple[str, str]]:
    """The links of an HTML page in order: words and target."""
    html = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return [(_one_line("".join(a.itertext())), a.get("href")) for a in html.iter("a")]


def headings_of(page: str) -> list[tuple[int, str]]:
    """The headings of an HTML page in order: depth and words."""
    html = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return [
        (int(e.tag[1]), _one_line("".join(e.itertext())))
        for e in html.iter()
        if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)
    ]
