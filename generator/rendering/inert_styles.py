r"""Styles that fetch nothing and run nothing: read as a browser reads them, token by token.

What is not known to be harmless is refused, since new ways of naming another file keep being added
to the language. Escapes (`u\72l(`) and comments are resolved by the tokeniser before we look.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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


@dataclass(frozen=True)
class StyleComplaint:
    """What styles may not say, and where; line and column count from 1."""

    line: int
    column: int
    message: str


@lru_cache(maxsize=1024)  # the same styles, and the same few attributes, stand in every letter
def complaints_about_styles(text: str) -> tuple[StyleComplaint, ...]:
    """What would fetch or run something, or end the element that the styles stand in."""
    found = [
        StyleComplaint(node.source_line, node.source_column, message)
        for node, following in _walk(tinycss2.parse_component_value_list(text))
        if (message := _complaint(node, following))
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


def _complaint(node: Node, following: Node | None) -> str | None:
    match node:
        case URLToken() if not _DATA_PICTURE.match(node.value):
            return f"url({shown(node.value)}) would fetch another file; {_INSIDE}"
        case FunctionBlock() if node.lower_name == "url":
            values = [each.value for each in node.arguments if each.type == "string"]
            if len(values) != 1 or not _DATA_PICTURE.match(values[0]):
                said = shown(" ".join(values))
                return f"url({said}) would fetch another file; {_INSIDE}"
        case FunctionBlock() if node.lower_name == "attr" and _is_address(node):
            return f"attr(… url) would fetch another file; {_INSIDE}"
        case FunctionBlock() if node.lower_name not in _FUNCTIONS:
            return f"{shown(node.name)}() may fetch another file or run something; {_INSIDE}"
        case AtKeywordToken() if node.lower_value not in _AT_RULES:
            would = "would" if node.lower_value == "import" else "may"
            return f"@{shown(node.value)} {would} fetch another file; {_INSIDE}"
        case IdentToken() if node.lower_value in _RUNNING and following == ":":
            return f"{node.value} may run something; remove it"
        case ParseError():
            return f"cannot be read as styles ({node.message}); mend it"
    return None


def _is_address(function: FunctionBlock) -> bool:
    words = [node.lower_value for node in function.arguments if isinstance(node, IdentToken)]
    return "url" in words


_INSIDE = "a letter has all inside"
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
