"""A letter read from a web page: one that was made here, or any other."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import count, product
from pathlib import Path

from generator.edition.edition import Part
from generator.external_letters.parse_letter import NoLetterError, parse_letter
from generator.external_letters.reference_edition import (
    Element,
    Grid,
    PartKind,
    ReferenceEdition,
    Words,
)
from generator.letter.letter import Letter, LetterSource
from generator.plain_text import single_spaced

_UNREAD = {"head", "script", "style", "template", "noscript", "svg", "nav", "title"}
_NO_END = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl",
    "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "html", "li", "main", "ol", "p", "pre", "section", "summary", "details", "table", "ul",
}  # fmt: skip


def read_html(text: str, path: Path, pattern: ReferenceEdition) -> Letter:
    """A letter from a page's content. Raises `NoLetterError` where it is none."""
    return parse_letter(elements_of(text), path, pattern, LetterSource.HTML, unsegmented=False)


def elements_of(text: str) -> list[Element]:
    """The paragraphs and tables of a page, in order."""
    reader = _PageReader()
    reader.feed(_without_comments(text))
    reader.close()
    reader.finish()
    return reader.elements


_COMMENT = re.compile(r"<!--|<!doctype|<!\[|<\?", re.IGNORECASE)


def _without_comments(text: str) -> str:
    """A page without comments and declarations; what is never closed goes on to the end.

    Left to the parser, beginnings without an end are each searched to the end of the page.
    """
    parts = []
    position = 0
    while start := _COMMENT.search(text, position):
        parts.append(text[position : start.start()])
        close = "-->" if start[0] == "<!--" else ">"
        end = text.find(close, start.start() + 2)
        position = end + len(close) if end >= 0 else len(text)
    return "".join([*parts, text[position:]])


class _PageReader(HTMLParser):
    """Collects paragraphs and tables in the order of the page.

    Our own pages say of each block which part it is in (`data-block`); other pages need not.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._lines: list[list[str]] = [[]]
        self._kind = PartKind.WORDS
        self._part: str | None = None
        self._lists: list[PartKind] = []
        self._unread: list[str] = []
        self._tables: list[_TableReader] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, a line or a cell."""
        given = dict(attrs)
        on_each_page = (given.get("data-block") or "").startswith(f"{Part.EACH_PAGE}/")
        if tag in _UNREAD or self._unread or "hidden" in given or on_each_page:
            if tag not in _NO_END:
                self._unread.append(tag)
            return
        if tag == "br":
            self._lines.append([])
        elif tag == "table":
            self.finish()
            self._tables.append(_TableReader())
        elif self._tables:
            self._tables[-1].start(tag, given)
        elif tag in _BLOCKS:
            self.finish()
            self._begin(tag, given)

    def _begin(self, tag: str, given: dict[str, str | None]) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append(PartKind.BULLET if tag == "ul" else PartKind.NUMBERED)
        if re.fullmatch("h[1-6]", tag):
            self._kind = PartKind.HEADING
        elif tag == "li" and self._lists:
            self._kind = self._lists[-1]
        elif tag != "p" or not self._lists:  # a paragraph in an item of a list is the item
            self._kind = PartKind.WORDS
        address = given.get("data-block") or ""
        self._part = address.rpartition("/")[0] or None

    def handle_endtag(self, tag: str) -> None:
        """A block ends, a line or a cell."""
        if self._unread:
            if tag in self._unread:
                while self._unread.pop() != tag:
                    pass
            return
        if tag == "table" and self._tables:
            table = self._tables.pop()
            if self._tables:
                self._tables[-1].text(" ".join(" ".join(row) for row in table.rows()))
            else:
                self.elements.append(Grid(tuple(table.rows())))
        elif self._tables:
            self._tables[-1].end(tag)
        elif tag in _BLOCKS:
            self.finish()
            if tag in {"ul", "ol"} and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Words; white space is what HTML takes it for."""
        if self._unread:
            return
        if self._tables:
            self._tables[-1].text(data)
        else:
            self._lines[-1].append(data)

    def finish(self) -> None:
        """The words collected so far are an element."""
        lines = tuple(filter(None, (single_spaced("".join(line)) for line in self._lines)))
        if lines:
            self.elements.append(Words(lines, self._kind, self._part))
            self._kind, self._part = PartKind.WORDS, None
        self._lines = [[]]


class _TableReader:
    """Collects the cells of a table; a cell over several columns or rows has its room."""

    def __init__(self) -> None:
        self._rows: list[dict[int, list[str]]] = []
        self._reserved: set[tuple[int, int]] = set()
        self._cell: int | None = None

    def start(self, tag: str, given: dict[str, str | None]) -> None:
        """A row or a cell begins."""
        if tag == "tr" or (tag in {"td", "th"} and not self._rows):
            self._rows.append({})
            self._cell = None
        if tag in {"td", "th"}:
            self._cell = self._reserve(_number(given.get("colspan")), _number(given.get("rowspan")))
            self._rows[-1][self._cell] = []
        elif tag in _BLOCKS or tag == "br":
            self.text(" ")

    def _reserve(self, columns: int, rows: int) -> int:
        row = len(self._rows) - 1
        if len(self._reserved) + columns * rows > _MOST_CELLS:
            raise NoLetterError("it has a table larger than any letter's")
        first = next(number for number in count() if (row, number) not in self._reserved)
        self._reserved.update(product(range(row, row + rows), range(first, first + columns)))
        return first

    def end(self, tag: str) -> None:
        """A cell ends."""
        if tag in {"td", "th", "tr"}:
            self._cell = None

    def text(self, data: str) -> None:
        """Words in a cell; white space between cells is none."""
        if self._cell is not None:
            self._rows[-1][self._cell].append(data)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows, each cell in its column."""
        for row in self._rows:
            width = max(row, default=-1) + 1
            yield tuple(single_spaced("".join(row.get(number, []))) for number in range(width))


_MOST_CELLS = 100_000


def _number(text: str | None) -> int:
    """How many columns or rows; never so many that a spoiled file takes all memory."""
    return min(int(text), 100) if text and text.isascii() and text.isdigit() and int(text) else 1
