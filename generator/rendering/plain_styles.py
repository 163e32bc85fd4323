"""Styles that neither hide the words of a letter nor add any: what they may set, and how far.

On paper the proof reads back what styles made of a letter; in a browser nobody does. So a property
is refused unless it is known to leave words where they are and as they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, Node, QualifiedRule
from tinycss2.color4 import parse_color

from generator.edition.yaml_tree import shown
from generator.rendering.contrast import LEAST_CONTRAST, contrast


def hidden_or_added(text: str, *, of_element: bool = False) -> Iterator[tuple[Node, str]]:
    """What in styles may hide words or add some; `of_element` are those of an attribute."""
    read = tinycss2.parse_blocks_contents if of_element else tinycss2.parse_stylesheet
    nodes = read(text, skip_comments=True, skip_whitespace=True)
    try:
        customs = list(_declared(nodes, re.compile("--.+")))
        said = _declared(nodes, _GROUNDS)
        grounds = [c for each in said for c in _colours(each, customs, _GROUND) if c]
        light = [c for c in grounds if contrast(_INK, c) >= LEAST_CONTRAST]
        yield from list(_of_rules(nodes, _Place(customs=customs, grounds=[*light, _GROUND])))
    except RecursionError:
        yield nodes[0], "rules or brackets nested too deeply; remove some"


@dataclass(frozen=True)
class _Place:
    """Where a declaration stands: for which elements, for paper alone, for the margins of pages."""

    selector: str = ""
    on_paper: bool = False
    in_margin: bool = False
    customs: Sequence[Declaration] = ()
    """The custom properties that are set anywhere."""
    grounds: Sequence["_Colour"] = ()
    """The light grounds that are set anywhere: any words may come to stand on any of them."""


def _declared(nodes: Sequence[Node], names: re.Pattern[str]) -> Iterator[Declaration]:
    """The declarations of these names, however deep in rules."""
    for node in nodes:
        if isinstance(node, Declaration):
            yield from [node] if names.fullmatch(node.lower_name) else []
        elif getattr(node, "content", None) is not None:
            yield from _declared(_contents(node), names)


def _of_rules(nodes: Sequence[Node], place: _Place) -> Iterator[tuple[Node, str]]:
    for node in nodes:
        match node:
            case Declaration():
                if wrong := _wrong(node, place):
                    yield node, f"{node.lower_name}: {_said(node)} {wrong}"
            case QualifiedRule():
                inner = replace(place, selector=tinycss2.serialize(node.prelude).strip())
                yield from _of_rules(_contents(node), inner)
            case AtRule() if node.lower_at_keyword in _MAKING_WORDS:
                yield node, f"@{node.at_keyword} may hide words or add some; remove it"
            case AtRule() if node.content is not None:
                condition = tinycss2.serialize(node.prelude).strip().lower()
                in_margin = place.in_margin or node.lower_at_keyword == "page"
                on_paper = place.on_paper or in_margin or condition == "print"
                yield from _of_rules(
                    _contents(node), replace(place, on_paper=on_paper, in_margin=in_margin)
                )
    yield from _too_pale([node for node in nodes if isinstance(node, Declaration)], place)


_MAKING_WORDS = {"keyframes", "counter-style", "property", "starting-style"}


def _contents(rule: QualifiedRule | AtRule) -> Sequence[Node]:
    content: Sequence[Node] = tinycss2.parse_blocks_contents(
        rule.content, skip_comments=True, skip_whitespace=True
    )
    return content


def _said(declaration: Declaration) -> str:
    return shown(tinycss2.serialize(declaration.value).strip())


def _wrong(declaration: Declaration, place: _Place) -> str:
    """Why a declaration may hide words or add some; blank where it cannot."""
    name = declaration.lower_name
    values = [node for node in declaration.value if node.type not in {"whitespace", "comment"}]
    functions = {node.lower_name for node in values if isinstance(node, FunctionBlock)}
    words = {node.lower_value for node in values if node.type == "ident"}
    if not (_HARMLESS.fullmatch(name) or (place.on_paper and _ON_PAPER.fullmatch(name))):
        return "is not an allowed property; remove it"
    if name == "display" and "none" in words:
        without = _FURNITURE if place.on_paper else _WORDLESS
        return "" if without.fullmatch(place.selector) else "hides words of the letter; remove it"
    if name in _KEYWORDS and not words <= _KEYWORDS[name] and not place.on_paper:
        return f"may hide words of the letter; expected {' or '.join(sorted(_KEYWORDS[name]))}"
    for limited, (least, least_on_paper) in _LEAST_POINTS.items():
        if name == limited or name.startswith(f"{limited}-"):
            if functions - {"clamp"} and limited not in _SIZES:
                return "may hide words of the letter; expected a plain length"
            whole = _PAGE if limited in _SIZES else _SIZE
            of = {n.value for f in values if isinstance(f, FunctionBlock) for n in _names_in(f)}
            said = [declaration, *(each for each in place.customs if each.name in of)]
            points = [_points(node, whole) for each in said for node in _numbers(each.value, name)]
            if any(each < (least_on_paper if place.on_paper else least) for each in points):
                return f"may hide words of the letter; expected {least:g}pt or more"
    if name in _SAYING and not place.in_margin:
        strings = [node.value for node in values if node.type == "string"]
        if functions - {"element"} or any(re.search(r"\w", each) for each in strings):
            return "adds words that are not the letter's; remove it"
    return ""


_HARMLESS = re.compile(
    r"--.+|(-webkit-)?(print-color|text-size)-adjust"
    r"|(margin|padding|border|outline|background|list-style|flex|grid|align|justify|place|column)(-.+)?"
    r"|(font|break|page-break|overflow|scroll|text-(align|decoration|underline|wrap))(-.+)?"
    r"|(min-|max-)?(width|height|inline-size|block-size)|columns|gap|row-gap|box-(sizing|shadow)"
    r"|color|color-scheme|content|counter-.+|cursor|display|float|clear|hyphens|hyphenate-.+"
    r"|letter-spacing|word-(spacing|break|wrap)|line-(height|break)|white-space|tab-size|quotes"
    r"|orphans|widows|page|size|table-layout|caption-side|vertical-align|position"
    r"|image-rendering|object-(fit|position)|aspect-ratio|text-(indent|transform|rendering)"
)
_ON_PAPER = re.compile("top|left|right|bottom|string-set|bookmark-.+|marks|bleed|footnote-.+")
"""What reaches the margins of pages, too; the proof of the PDF sees it."""
_KEYWORDS: Mapping[str, set[str]] = {
    "position": {"static"},
    "color-scheme": {"light", "only"},
    "overflow": {"visible", "auto", "scroll"},
    "text-transform": {"none", "uppercase", "lowercase", "capitalize"},
}
_WORDLESS = re.compile(r"[^,]*\b(col|colgroup|hr)")
"""What has no words: `:not(.turned) > colgroup`."""
_FURNITURE = re.compile(r"(\s*(body\s*>\s*)?(\.draft|\.running_head|\.footer|footer)\s*,?)+")
"""What a browser prints in the margins of pages from the words that the page bears."""
_SIZES = {
    **dict.fromkeys(("height", "max-height", "block-size", "max-block-size"), (12, 0)),
    **dict.fromkeys(("width", "max-width", "inline-size", "max-inline-size"), (24, 0)),
}
"""The sizes of boxes, in which words that have no room might be scrolled out of sight."""
_LEAST_POINTS: Mapping[str, tuple[float, float]] = {
    "font-size": (5, 5),
    "font": (5, 5),
    "line-height": (8, 8),
    "letter-spacing": (-1, -1),
    "word-spacing": (-2, -2),
    "text-indent": (-30, -60),
    "margin": (-30, -90),
    "outline-offset": (0, 0),
    **_SIZES,
}
"""The least length of each, and on paper; what is relative is reckoned at 10 points."""
_PAGE = 300.0
"""What percentages of the size of a box are reckoned of: a narrow page."""
_SAYING = {
    "content",
    "list-style",
    "list-style-type",
    "quotes",
    "hyphenate-character",
    "string-set",
}
"""What prints what it is given."""

_UNITS = {"pt": 1, "px": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "pc": 12, "q": 18 / 25.4}
_SIZE = 10.0


def _numbers(values: Sequence[Node], name: str) -> Iterator[Node]:
    """The lengths among values, and in functions; of `font` the first, which is its size."""
    for node in values:
        if isinstance(node, FunctionBlock):
            yield from _numbers(node.arguments, name)
        elif node.type in {"dimension", "percentage"} or (node.type == "number" and name != "font"):
            yield node
            if name == "font":
                return


def _names_in(function: FunctionBlock) -> Iterator[Node]:
    for node in function.arguments:
        if isinstance(node, FunctionBlock):
            yield from _names_in(node)
        elif node.type == "ident":
            yield node


def _points(node: Node, whole: float) -> float:
    """How long a length is; a percentage is a part of the whole, a number one of the size."""
    if node.type == "percentage":
        return float(node.value) / 100 * whole
    unit = node.lower_unit if node.type == "dimension" else ""
    return float(node.value) * _UNITS.get(unit, _SIZE)


_GROUNDS = re.compile("background|background-color")
_Colour = tuple[float, ...]
_INK, _GROUND = (0.0, 0.0, 0.0), (255.0, 255.0, 255.0)
"""What is reckoned with where a rule sets one without the other."""


def _too_pale(rule: Sequence[Declaration], place: _Place) -> Iterator[tuple[Node, str]]:
    """What is wrong with the colours that a rule sets.

    Each ink must be read on its rule's ground or, where that sets none, on every light one; what
    has a dark ground may hold nothing that another rule might colour.
    """
    inks = [node for node in rule if node.lower_name == "color"]
    grounds = [node for node in rule if _GROUNDS.fullmatch(node.lower_name)]
    own = [c for each in grounds for c in _colours(each, place.customs, _GROUND)]
    dark = [c for c in own if c and contrast(_INK, c) < LEAST_CONTRAST]
    if dark and inks and not place.on_paper and not _MARK.fullmatch(place.selector):
        said = f"{grounds[0].lower_name}: {_said(grounds[0])}"
        yield grounds[0], f"{said} is too dark behind other rules' text; only .draft may be dark"
    for node in inks or grounds[:1]:
        said = f"{node.lower_name}: {_said(node)}"
        on = own or ([_GROUND] if place.on_paper else place.grounds)
        under = on[0] or _GROUND
        of = list(_colours(node, place.customs, under)) if inks else [_INK]
        pairs = [contrast(ink, ground) for ink in of for ground in on if ink and ground]
        if of == [None] and not _OF_OTHERS.search(_said(node)):
            yield node, f"{said} cannot be compared with its background; write #rrggbb"
        elif min(pairs, default=LEAST_CONTRAST) < LEAST_CONTRAST:
            advice = "expected at least 3:1; set color and background in one rule"
            yield node, f"{said} gives a contrast ratio of {min(pairs):.1f}:1; {advice}"


_MARK = re.compile(r"(body\s*>\s*)?\.draft")
"""What bears words of its own alone."""
_OF_OTHERS = re.compile(r"^(inherit|unset|revert|currentcolor|initial)$|^var\(", re.IGNORECASE)


def _colours(
    declaration: Declaration, customs: Sequence[Declaration], under: _Colour
) -> Iterator[_Colour | None]:
    """The colour that is set, or those of a custom property; None where it cannot be known."""
    yield _colour(declaration.value, under)
    for node in declaration.value:
        if isinstance(node, FunctionBlock) and node.lower_name == "var":
            yield _colour(node.arguments, under)
            names = {each.value for each in node.arguments if each.type == "ident"}
            yield from (_colour(each.value, under) for each in customs if each.name in names)


def _colour(values: Sequence[Node], under: _Colour) -> _Colour | None:
    """The colour among these, mixed with what is under it; None where it cannot be known."""
    for node in values:
        try:
            found = parse_color(node)
            if found is not None and not isinstance(found, str):
                pairs = zip(found.to("srgb").coordinates, under, strict=True)
                return tuple(pale + (255 * said - pale) * found.alpha for said, pale in pairs)
        except (NotImplementedError, ValueError):
            return None
    return None
