"""Markup that fetches nothing and runs nothing: which elements and attributes a page may have.

What is not known to be harmless is refused. A list of what is dangerous would have to grow with
every browser; a letter needs few elements, and they seldom change.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise

import tinycss2
from tinycss2.ast import (
    AtKeywordToken,
    CurlyBracketsBlock,
    FunctionBlock,
    IdentToken,
    Node,
    ParenthesesBlock,
    ParseError,
    SquareBracketsBlock,
    URLToken,
)

from generator.edition.yaml_tree import shown
from generator.rendering.plain_styles import hidden_or_added


@dataclass(frozen=True)
class StyleComplaint:
    """What styles may not say, and where; line and column count from 1."""

    line: int
    column: int
    message: str


@lru_cache(maxsize=1024)  # the same styles, and the same few attributes, stand in every letter
def complaints_about_styles(text: str, *, of_element: bool = False) -> tuple[StyleComplaint, ...]:
    """What would fetch or run something, hide or add words, or end the element they stand in.

    `of_element` are those of an attribute.
    """
    found = [
        StyleComplaint(node.source_line, node.source_column, message)
        for node, following in _walk(tinycss2.parse_component_value_list(text))
        if (message := _styles_complaint(node, following))
    ]
    found += [
        StyleComplaint(node.source_line, node.source_column, message)
        for node, message in hidden_or_added(text, of_element=of_element)
    ]
    for end in re.finditer("</style", text, re.IGNORECASE):
        before = text[: end.start()]
        line, column = before.count("\n") + 1, end.start() - before.rfind("\n")
        message = "</style> would end the styles of the page; remove it"
        found.append(StyleComplaint(line, column, message))
    return tuple(sorted(found, key=lambda complaint: (complaint.line, complaint.column)))


def _walk(nodes: Sequence[Node]) -> Iterator[tuple[Node, Node | None]]:
    """Every token with the one that follows it, also those inside blocks; however deep."""
    waiting = [nodes]
    while waiting:
        level = [node for node in waiting.pop() if node.type not in {"whitespace", "comment"}]
        for node, following in pairwise([*level, None]):
            yield node, following
            if isinstance(node, FunctionBlock):
                waiting.append(node.arguments)
            elif isinstance(node, ParenthesesBlock | SquareBracketsBlock | CurlyBracketsBlock):
                waiting.append(node.content)


def _styles_complaint(node: Node, following: Node | None) -> str | None:
    match node:
        case URLToken() if not _DATA_PICTURE.match(node.value):
            return f"url({shown(node.value)}) would load another file; {_INSIDE}"
        case FunctionBlock() if node.lower_name == "url":
            values = [each.value for each in node.arguments if each.type == "string"]
            if len(values) != 1 or not _DATA_PICTURE.match(values[0]):
                said = shown(" ".join(values))
                return f"url({said}) would load another file; {_INSIDE}"
        case FunctionBlock() if node.lower_name == "attr" and _is_address(node):
            return f"attr(… url) would load another file; {_INSIDE}"
        case FunctionBlock() if node.lower_name not in _FUNCTIONS:
            return f"{shown(node.name)}() may load another file or run code; {_INSIDE}"
        case AtKeywordToken() if node.lower_value not in _AT_RULES:
            would = "would" if node.lower_value == "import" else "may"
            return f"@{shown(node.value)} {would} load another file; {_INSIDE}"
        case IdentToken() if node.lower_value in _RUNNING and following == ":":
            return f"{node.value} may run code; remove it"
        case ParseError():
            return f"is not valid CSS ({node.message}); correct it"
    return None


def _is_address(function: FunctionBlock) -> bool:
    words = [node.lower_value for node in function.arguments if isinstance(node, IdentToken)]
    return "url" in words


_INSIDE = "letters must be self-contained"
_DATA_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
_RUNNING = {"behavior", "-moz-binding", "-ms-behavior"}

_MARGIN_BOXES = frozenset(
    {
        *("top-left-corner", "top-left", "top-center", "top-right", "top-right-corner"),
        *("bottom-left-corner", "bottom-left", "bottom-center", "bottom-right"),
        *("bottom-right-corner", "left-top", "left-middle", "left-bottom"),
        *("right-top", "right-middle", "right-bottom"),
    }
)
_AT_RULES = _MARGIN_BOXES | {
    *("media", "supports", "container", "layer", "scope", "page", "footnote", "charset"),
    *("counter-style", "keyframes", "property", "starting-style"),
}
"""At-rules that name no file; not among them are `import`, `font-face`, `namespace`, `document`."""

_FUNCTIONS = frozenset(
    {
        # colours
        *("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"),
        *("color-mix", "light-dark", "linear-gradient", "radial-gradient", "conic-gradient"),
        *("repeating-linear-gradient", "repeating-radial-gradient", "repeating-conic-gradient"),
        # sums, and values from elsewhere on the page
        *("calc", "min", "max", "clamp", "round", "mod", "rem", "abs", "sign", "sin", "cos"),
        *("tan", "asin", "acos", "atan", "atan2", "pow", "sqrt", "hypot", "log", "exp"),
        *("var", "env", "attr", "counter", "counters", "symbols", "string", "content"),
        *("target-counter", "target-counters", "target-text", "leader", "running", "element"),
        # layout and shapes
        *("minmax", "repeat", "fit-content", "inset", "circle", "ellipse", "polygon", "path"),
        *("matrix", "matrix3d", "perspective", "rotate", "rotatex", "rotatey", "rotatez"),
        *("rotate3d", "scale", "scalex", "scaley", "scalez", "scale3d", "skew", "skewx", "skewy"),
        *("translate", "translatex", "translatey", "translatez", "translate3d"),
        *("blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert"),
        *("opacity", "saturate", "sepia", "cubic-bezier", "steps", "linear"),
        # selectors and conditions
        *("is", "not", "where", "has", "nth-child", "nth-last-child", "nth-of-type"),
        *("nth-last-of-type", "nth", "lang", "dir", "selector", "style"),
    }
)
"""Functions that name no file; not among them are `image-set`, `src`, `expression`."""


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
_INERT = "letters must not run or load anything"


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
            message = f"<{shown(tag)}> is not allowed: {_INERT}; {advice}"
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
        """A remark: browsers do not agree where one ends that holds the brackets of a tag."""
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
        message = f"{what} may be misread; for a comment write {{# … #}}"
        self.live.append(LivePart(message, text))

    def _say_attribute(self, message: str, tag: str, name: str) -> None:
        text = self.get_starttag_text() or ""
        found = re.search(rf"[\s/\"']({re.escape(name)})\b", text, re.IGNORECASE)
        at = found.start(1) if found else 0
        self.live.append(LivePart(message, text, at, tag, name))


def _complaint(tag: str, name: str, value: str) -> str | None:
    """Why an attribute may not stand on a page; None where it may."""
    if name == "style":
        return next((c.message for c in complaints_about_styles(value, of_element=True)), None)
    own = _ATTRIBUTES.get(tag, set())
    if not (name in _EVERYWHERE or name in own or _NAMED_FREELY.fullmatch(name)):
        return f"{shown(name)} on <{tag}> is not allowed: {_INERT}; remove it"
    if name == "href" and not _LINK.match(value):
        return f'a link to "{shown(value)}"; expected https://…, mailto:… or #…'
    if name == "src" and not _PICTURE.match(value):
        return (
            f'<img> would fetch "{shown(value)}"; letters must be self-contained; write '
            '{{ image("crest.png") }} for a file beside the template'
        )
    if name == "http-equiv" and value.strip().casefold() != "content-type":
        return f'<meta http-equiv="{shown(value)}"> is not allowed: {_INERT}; remove it'
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
