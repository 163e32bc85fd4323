"""Markup that fetches nothing and runs nothing: which elements and attributes a page may have.

What is not known to be harmless is refused. A list of what is dangerous would have to grow with
every browser; a letter needs few elements, and they seldom change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from generator.edition.yaml_tree import shown
from generator.rendering.inert_styles import complaints_about_styles

_ELEMENTS = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body"),
        *("header", "footer", "main", "article", "section", "aside", "nav", "div", "address"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "p", "hr", "br", "wbr", "pre"),
        *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "figure", "figcaption", "img"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
        *("a", "span", "strong", "em", "b", "i", "u", "s", "small", "mark", "sub", "sup"),
        *("abbr", "cite", "q", "dfn", "time", "data", "code", "kbd", "samp", "var", "bdi", "bdo"),
        *("del", "ins"),
    }
)
_EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title", "role", "tabindex", "translate"})
_ATTRIBUTES = {
    "meta": {"charset", "name", "content", "http-equiv"},
    "style": {"media", "type"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "col": {"span"},
    "colgroup": {"span"},
    "th": {"scope", "colspan", "rowspan", "headers", "abbr"},
    "td": {"colspan", "rowspan", "headers"},
    "time": {"datetime"},
    "data": {"value"},
}
"""What is not among them: `on…`, `ping`, `target`, `rel` (which may attach a file), `srcset` …"""
_NAMED_FREELY = re.compile(r"(aria|data)-[a-z0-9-]+")

_LINK = re.compile(r"https?://[^\s\\]|mailto:[^\s\\]|#", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,", re.IGNORECASE)
_ADVICE = {
    "svg": 'for a picture write <img src="{{ image("crest.svg") }}" alt="…">',
    "link": "styles belong in letter.css and screen.css",
}
_INERT = "a letter runs and fetches nothing"


@dataclass(frozen=True)
class LivePart:
    """A part of a page that may run or fetch something: what it is, and how it is written."""

    message: str
    text: str = ""
    """The tag or the styles, as they stand on the page."""
    at: int = 0
    """Where in that text it is."""
    tag: str = ""
    name: str = ""
    """Of the attribute, if it is one."""

    def place_in(self, template: str) -> tuple[int, int]:
        """Its line and column in the template; no line where that cannot be told.

        A tag into which Jinja writes is not found as it stands: then the only one like it is named.
        """
        start = template.find(self.text) if self.text else -1
        if start >= 0:
            start += self.at
        else:
            tag, name = re.escape(self.tag), re.escape(self.name)
            like = [rf"<{tag}\b[^>]*?[\s/]({name})\b", rf"\b({name})\b"] if name else []
            like += [rf"(<{tag})\b", rf"\b({tag})\b"] if tag else []
            found = [[*re.finditer(each, template)] for each in like]
            start = next((alike[0].start(1) for alike in found if len(alike) == 1), -1)
        if start < 0:
            return 0, 0
        return template.count("\n", 0, start) + 1, start - template.rfind("\n", 0, start)


class InertReader(HTMLParser):
    """Goes through a page and collects what is live in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.live: list[LivePart] = []
        self._styles: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element that must be known, with attributes that must be known."""
        self._styles = [] if tag == "style" else None
        if tag not in _ELEMENTS:
            advice = _ADVICE.get(tag, "remove it")
            message = f"<{shown(tag)}> cannot be used, since {_INERT}; {advice}"
            self.live.append(LivePart(message, self.get_starttag_text() or "", tag=tag))
            return
        for name, value in attrs:
            complaint = _complaint(tag, name, value or "")
            if complaint:
                self._say_attribute(complaint, tag, name)

    def handle_data(self, data: str) -> None:
        """Words, or styles."""
        if self._styles is not None:
            self._styles.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element; where it is one of styles, they are looked through."""
        if tag == "style" and self._styles is not None:
            text = "".join(self._styles)
            for complaint in complaints_about_styles(text):
                at = _offset(text, complaint.line, complaint.column)
                self.live.append(LivePart(complaint.message, text, at, "style"))
            self._styles = None

    def close(self) -> None:
        """Read what is left; styles that never end are none that can be trusted."""
        super().close()
        if self._styles is not None:
            self.live.append(LivePart("<style> never ends; write </style>", tag="style"))

    def handle_comment(self, data: str) -> None:
        """A remark: browsers do not agree where one ends that holds the signs of a tag."""
        if "<" in data or ">" in data:
            self._say_odd(f"<!--{data}", "a comment with < or > in it")

    def handle_decl(self, decl: str) -> None:
        """The kind of document: there is one alone."""
        if decl.casefold() != "doctype html":
            self._say_odd(f"<!{decl}", f"<!{shown(decl)}>")

    def unknown_decl(self, data: str) -> None:
        """What only XML knows, and browsers read as something else."""
        self._say_odd(f"<![{data}", f"<![{shown(data)}")

    def handle_pi(self, data: str) -> None:
        """The same."""
        self._say_odd(f"<?{data}", f"<?{shown(data)}>")

    def _say_odd(self, text: str, what: str) -> None:
        message = f"{what} may be read as something else; for a remark write {{# … #}}"
        self.live.append(LivePart(message, text))

    def _say_attribute(self, message: str, tag: str, name: str) -> None:
        text = self.get_starttag_text() or ""
        found = re.search(rf"[\s/\"']({re.escape(name)})\b", text, re.IGNORECASE)
        at = found.start(1) if found else 0
        self.live.append(LivePart(message, text, at, tag, name))


def _complaint(tag: str, name: str, value: str) -> str | None:
    """Why an attribute may not stand on a page; None where it may."""
    if name == "style":
        return next((c.message for c in complaints_about_styles(value)), None)
    own = _ATTRIBUTES.get(tag, set())
    if not (name in _EVERYWHERE or name in own or _NAMED_FREELY.fullmatch(name)):
        return f"{shown(name)} on <{tag}> cannot be used, since {_INERT}; remove it"
    if name == "href" and not _LINK.match(value):
        return f'a link to "{shown(value)}"; expected https://…, mailto:… or #…'
    if name == "src" and not _PICTURE.match(value):
        return (
            f'<img> would fetch "{shown(value)}"; a letter has all inside, so write '
            '{{ image("crest.png") }} for a file beside the template'
        )
    if name == "http-equiv" and value.strip().casefold() != "content-type":
        return f'<meta http-equiv="{shown(value)}"> cannot be used, since {_INERT}; remove it'
    return None


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1


def live_parts(page: str) -> Iterator[LivePart]:
    """What may run or fetch something on a page."""
    reader = InertReader()
    reader.feed(page)
    reader.close()
    yield from reader.live
