"""A chart as SVG: shapes and words, of its figures alone; nothing in it runs or is fetched.

Its words are set in the letter's typeface where that is at hand, as in a PDF; their widths are
taken from the files of the typeface, and are kept in whatever else a browser sets them. All are
placed by where they begin: those placed by their end the PDF engine draws where no reader of the
text looks for them.
"""

import base64
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from html import escape
from io import BytesIO
from math import ceil, cos, pi, sin

from generator.edition.charts import ChartForm
from generator.edition.figure_kinds import kind_named
from generator.edition.figures import GAP
from generator.edition.letterhead import Typeface
from generator.letter.printed_table import ChartPart, PrintedChart
from generator.rendering.fonts import families, font_files

WIDTH = 320
"""Of the drawing, in its own units: so narrow that on a phone its words can be read."""
_SIZE = 12
_LINE = 16
_GAP = 14
"""Between a label and its figure, so that they are two words to all who read the page."""
_INK = "#1a1a1a"
_DARK = "#12375c"
_RULE = "#5b6b7b"
_MARK = 'fill="#ffe066"'


def chart_address(chart: PrintedChart, language: str, typeface: Typeface) -> str:
    """The drawing as a `data:` address, for a page to show."""
    svg = draw_chart(chart, language, typeface)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def draw_chart(chart: PrintedChart, language: str, typeface: Typeface) -> str:
    """The drawing as SVG; the same chart gives the same text."""
    draw = _donut if chart.form == ChartForm.DONUT else _bars
    height, shapes = draw(chart.parts, typeface)
    fonts = families(typeface).replace('"', "'")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" xml:lang="{escape(language)}" '
        f'font-family="{fonts}" font-size="{_SIZE}" fill="{_INK}">'
        f"{''.join(shapes)}</svg>"
    )


Drawing = tuple[int, list[str]]
"""How tall a drawing is, and its shapes and words in reading order."""


class _Lines(Enum):
    """Which way the lines of a hatching run."""

    RISING = 1
    FALLING = -1
    LEVEL = 0


@dataclass(frozen=True)
class _Fill:
    """How a part is told from others, without colour: how dark it is, and hatched how."""

    tint: str
    hatch: str = ""
    """The colour of its lines; blank where it has none."""
    lines: _Lines = _Lines.RISING


_FILLS = (
    _Fill(_DARK),
    _Fill("#d3dee9"),
    _Fill("#ffffff", _DARK),
    _Fill("#8ba5be"),
    _Fill("#ffffff", _DARK, _Lines.LEVEL),
    _Fill("#8ba5be", "#ffffff", _Lines.FALLING),
)
_MIDDLE, _OUTER, _INNER = 50, 48, 25
"""Of the ring, its middle from the left, and its radii."""
_SWATCH = 11
_LEGEND = 114
"""From there on stand the labels of a ring, behind their swatches."""


def _donut(parts: Sequence[ChartPart], typeface: Typeface) -> Drawing:
    """A ring, clockwise from above; beside it each part's swatch, label and figure."""
    label_left = _LEGEND + _SWATCH + 7
    figures_width = max(_width(part.text, typeface, bold=True) for part in parts)
    room = WIDTH - label_left - _GAP - figures_width
    labels = [_lines(part.label, room, typeface) for part in parts]
    widest = max(_width(line, typeface) for label in labels for line in label)
    figures_right = label_left + widest + _GAP + figures_width
    legend_height = sum(_LINE * len(label) for label in labels) + 7 * (len(parts) - 1)
    height = round(max(2 * _OUTER + 4, legend_height + 4))
    shapes = [*_ring(parts, height / 2)]
    top = (height - legend_height) / 2
    for number, (part, label) in enumerate(zip(parts, labels, strict=True)):
        x, y = _LEGEND, top + (_LINE - _SWATCH) / 2
        square = f"M{x} {y:g}h{_SWATCH}v{_SWATCH}h-{_SWATCH}z"
        shapes += _filled(square, f"s{number}", number, (x, y, x + _SWATCH, y + _SWATCH))
        shapes += _label(label, label_left, top, typeface)
        left = figures_right - _width(part.text, typeface, bold=True)
        shapes += _figure(part, left, top, typeface)
        top += _LINE * len(label) + 7
    return height, shapes


def _ring(parts: Sequence[ChartPart], middle_y: float) -> Iterator[str]:
    """The segments of a ring; a part of nothing has none."""
    values = [float(part.value or 0) for part in parts]
    total, begun = sum(values), 0.0
    box = (_MIDDLE - _OUTER, middle_y - _OUTER, _MIDDLE + _OUTER, middle_y + _OUTER)
    for number, value in enumerate(values):
        if value:
            path = _segment(begun / total, (begun + value) / total, middle_y)
            yield from _filled(path, f"r{number}", number, box)
        begun += value
    if not total:  # of a draft, whose figures are not there yet
        yield f'<path d="{_segment(0, 1, middle_y)}" fill="none" stroke="{_RULE}"/>'


def _segment(begin: float, end: float, middle_y: float) -> str:
    """The path of a segment, from one part of the turn to another; of the whole ring, its edges."""
    outer, inner = _arc(begin, end, _OUTER, middle_y), _arc(end, begin, _INNER, middle_y)
    return f"M{outer}zM{inner}z" if end - begin == 1 else f"M{outer}L{inner}z"


_LONGEST_ARC = 1 / 8
"""Of a turn: longer ones the PDF engine does not draw round."""


def _arc(begin: float, end: float, radius: int, middle_y: float) -> str:
    """The path of an arc from where it begins, in pieces."""
    pieces = ceil(abs(end - begin) / _LONGEST_ARC)
    turns = (begin + (end - begin) * n / pieces for n in range(pieces + 1))
    angles = [2 * pi * turn for turn in turns]
    points = [
        f"{_MIDDLE + radius * sin(angle):.2f} {middle_y - radius * cos(angle):.2f}"
        for angle in angles
    ]
    return f"A{radius} {radius} 0 0 {int(end > begin)} ".join(points)


Box = tuple[float, float, float, float]


def _filled(path: str, id_: str, number: int, box: Box) -> Iterator[str]:
    """A shape in its tint, hatched, with its edge: on white paper and in print without colour."""
    fill = _FILLS[number]
    edge = f'stroke="{_DARK}" stroke-width="1"'
    if not fill.hatch:
        yield f'<path d="{path}" fill="{fill.tint}" {edge}/>'
        return
    yield f'<path d="{path}" fill="{fill.tint}"/>'
    yield f'<clipPath id="{id_}"><path d="{path}"/></clipPath>'
    yield (
        f'<g clip-path="url(#{id_})"><path d="{_hatching(fill.lines, box)}" fill="none" '
        f'stroke="{fill.hatch}" stroke-width="1.4"/></g>'
    )
    yield f'<path d="{path}" fill="none" {edge}/>'


_BETWEEN_LINES = 4.5


def _hatching(lines: _Lines, box: Box) -> str:
    """The path of lines over a box."""
    left, top, right, bottom = box
    height = bottom - top
    if lines is _Lines.LEVEL:
        steps = range(int(height / _BETWEEN_LINES) + 1)
        return "".join(f"M{left:g} {top + 2 + _BETWEEN_LINES * n:g}H{right:g}" for n in steps)
    start, end = (bottom, top) if lines is _Lines.RISING else (top, bottom)
    begins = (
        left - height + _BETWEEN_LINES * n for n in range(1, int((right - left + height) / 4))
    )
    return "".join(f"M{x:g} {start:g}L{x + height:g} {end:g}" for x in begins)


_BAR = 14
_ROW_GAP = 7
_WIDEST_LABEL = 124


def _bars(parts: Sequence[ChartPart], typeface: Typeface) -> Drawing:
    """A bar for each part between its label and its figure.

    Rates are drawn as parts of 100%, which a frame shows, and counts as parts of the largest.
    """
    are_rates = all(kind_named(part.kind).whole for part in parts)
    labels = [_lines(part.label, _WIDEST_LABEL, typeface) for part in parts]
    widest = max(_width(line, typeface) for label in labels for line in label)
    figures_width = max(_width(part.text, typeface, bold=True) for part in parts)
    left = round(widest + 10)
    room = WIDTH - left - 8 - figures_width
    values = [float(part.value or 0) for part in parts]
    whole = max(100.0 if are_rates else 0.0, *values) or 1.0
    shapes: list[str] = []
    top = 2.0
    for part, label, value in zip(parts, labels, values, strict=True):
        height = max(_LINE * len(label), _BAR)
        length, bar_top = room * value / whole, top + (height - _BAR) / 2
        shapes += _label(label, 0, top + (height - _LINE * len(label)) / 2, typeface)
        if are_rates and part.value is not None:
            shapes.append(_bar(left, bar_top, room, f'fill="#ffffff" stroke="{_RULE}"'))
        if length:
            shapes.append(_bar(left, bar_top, length, f'fill="{_DARK}"'))
        is_framed = are_rates and part.value is not None
        behind = left + (room if is_framed else length) + 8
        shapes += _figure(part, behind, top + (height - _LINE) / 2, typeface)
        top += height + _ROW_GAP
    bottom = top - _ROW_GAP + 2
    shapes.append(f'<path d="M{left} 0V{bottom:g}" stroke="{_INK}" stroke-width="1"/>')
    return round(bottom), shapes


def _bar(left: float, top: float, length: float, look: str) -> str:
    return f'<rect x="{left:g}" y="{top:g}" width="{length:.2f}" height="{_BAR}" {look}/>'


def _label(lines: Sequence[str], left: float, top: float, typeface: Typeface) -> Iterator[str]:
    return (_text(line, left, top + _LINE * number, typeface) for number, line in enumerate(lines))


def _figure(part: ChartPart, left: float, top: float, typeface: Typeface) -> Iterator[str]:
    """A figure; a gap in a draft is marked, as it is everywhere."""
    if part.text == GAP:
        width = _width(part.text, typeface, bold=True)
        yield f'<rect x="{left:.2f}" y="{top:g}" width="{width:.2f}" height="{_LINE}" {_MARK}/>'
    yield _text(part.text, left, top, typeface, bold=True)


def _text(words: str, left: float, top: float, typeface: Typeface, *, bold: bool = False) -> str:
    """Words on one line, as wide as in the letter's typeface, whatever they are set in."""
    weight = ' font-weight="bold"' if bold else ""
    width = f'textLength="{_width(words, typeface, bold=bold):.2f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{left:.2f}" y="{top + _SIZE:g}" {width}{weight}>{escape(words)}</text>'


def _lines(label: str, room: float, typeface: Typeface) -> list[str]:
    """A label in as many lines as it needs; a word that is too long is divided."""
    columns = max(len(label), 1)
    lines = [label]
    while columns > 1 and any(_width(line, typeface) > room for line in lines):
        columns -= 1
        lines = textwrap.wrap(label, columns, break_on_hyphens=False)
    return lines


@cache
def _advances(typeface: Typeface, *, bold: bool) -> tuple[dict[int, float], float]:
    """How wide each character of a face is, and one that it has not, in parts of its size."""
    from fontTools.ttLib import TTFont  # here: only letters with charts need it

    weight = "bold" if bold else "normal"
    (face,) = (f for f in font_files(typeface) if (f.weight, f.style) == (weight, "normal"))
    font = TTFont(BytesIO(face.content), lazy=True)
    size, widths = font["head"].unitsPerEm, font["hmtx"]
    characters = font.getBestCmap().items()
    return {character: widths[glyph][0] / size for character, glyph in characters}, 1.0


def _width(words: str, typeface: Typeface, *, bold: bool = False) -> float:
    """How wide words are, in CSS pixels."""
    known, other = _advances(typeface, bold=bold)
    return _SIZE * sum(known.get(ord(character), other) for character in words)
