"""The page of a letter as markup and words: letters of equal markup have the same shape."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

_MARKUP = re.compile(r"((?:[ \t\n\f\r]*<[^>]*>)+[ \t\n\f\r]*)")
SPACE = " \t\n\f\r"
_SPACES = re.compile("[ \t\n\f\r]+")
"""What is space to HTML; others, like a no-break space, are characters."""
_PICTURE = re.compile(r"<img\b[^>]*>")
_VALUES = re.compile(r'(?<=\ssrc=")data:image/svg\+xml;[^"]*|(?<=\salt=")[^"]+')
_ESCAPED = re.compile("&(?!(?:amp|lt|gt|#39|#34);)")
_UNUSUAL = re.compile(
    "[^!-~\u00a0-\u00ac\u00ae-\u058f\u10a0-\u1fff\u2000-\u200a\u2010-\u2027\u202f-\u205e\u20a0-\u20cf]"
)
"""What is not set from left to right, a sign after the other; or is not seen."""


class Picture(NamedTuple):
    """What a picture shows and says."""

    drawing: str
    """The `data:` address of an SVG; blank for a picture of another kind."""
    alternative: str
    """The words in its place, escaped."""


class PageTexts(NamedTuple):
    """A page taken apart."""

    markup: str
    """All tags with their attributes, and the space around them; of pictures without the values."""
    texts: tuple[str, ...]
    """What stands between them, escaped, without space at its ends."""
    pictures: tuple[Picture, ...]

    @classmethod
    def of(cls, page: str) -> "PageTexts":
        """Those of an HTML page."""
        pictures: list[Picture] = []

        def take_out(tag: re.Match[str]) -> str:
            values = _VALUES.findall(tag[0])
            drawing = "".join(value for value in values if value.startswith("data:"))
            pictures.append(Picture(drawing, "".join(v for v in values if v != drawing)))
            return _VALUES.sub("…", tag[0])

        pieces = _MARKUP.split(_PICTURE.sub(take_out, page))
        return cls("\0".join(pieces[1::2]), tuple(pieces[0::2]), tuple(pictures))


class TextNode(NamedTuple):
    """Where a text stands in the tree that was parsed from a page."""

    element: Any
    """The element whose own text it is."""
    before: Any
    """The child of the element that it follows; None where it comes before all."""

    @property
    def text(self) -> str:
        """As it is now."""
        return (self.element.text if self.before is None else self.before.tail) or ""

    def say(self, words: str) -> None:
        """Put other words in the place of these; the space around them stays."""
        new = in_its_place(self.text, words)
        if self.before is None:
            self.element.text = new
        else:
            self.before.tail = new


def on_one_line(text: str) -> str:
    """A text as it is set: all space in it is a single one."""
    return _SPACES.sub(" ", text.strip(SPACE))


def in_its_place(text: str, words: str) -> str:
    """Words between the spaces that stand around those of a text."""
    start = len(text) - len(text.lstrip(SPACE))
    return text[:start] + words + text[len(text.rstrip(SPACE)) :]


def text_nodes(element: Any) -> Iterator[TextNode]:
    """The texts in an element that are more than space, in order."""
    if isinstance(element.tag, str):  # no comment
        yield from _not_blank(TextNode(element, None))
    for child in element:
        yield from text_nodes(child)
        yield from _not_blank(TextNode(element, child))


def _not_blank(node: TextNode) -> Iterator[TextNode]:
    if node.text.strip(SPACE):
        yield node


def is_plain(text: str) -> bool:
    """Whether it is certain what comes of an escaped text.

    Not of signs that are set from right to left, are joined to others or are not seen.
    """
    words = on_one_line(unescape(text)).replace(" ", "")
    return is_plainly_escaped(text) and not _UNUSUAL.search(words)


def is_plainly_escaped(text: str) -> bool:
    """Whether it is certain which characters an escaped text is read as."""
    return not _ESCAPED.search(text)
