"""The outlines of a PDF's fonts against those of the typeface: no 5 is drawn as a 6."""

import logging
import struct
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any

from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables._g_l_y_f import Glyph

from generator.edition.letterhead import Typeface
from generator.rendering.fonts import font_files

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # its remarks are no findings


@lru_cache(maxsize=64)  # most letters have the same glyphs
def has_outlines_of(program: bytes, typeface: Typeface) -> bool:
    """Whether each glyph of a font program is that of the same number in a face of the typeface.

    What it leaves out, it does not draw; the numbers of the others stay, but of the parts that a
    glyph is put together from.
    """
    try:
        font = TTFont(BytesIO(program), lazy=True)
        places, outlines = list(font["loca"]), font.reader["glyf"]
        drawn = {n: outlines[a:b] for n, (a, b) in enumerate(pairwise(places)) if a < b}
        together = [n for n, outline in drawn.items() if outline.startswith(_OF_PARTS)]
        parts = {part for n in together for part in _parts(font, n)}
        faces = [face for face in _faces(typeface) if face["maxp"].numGlyphs >= len(places) - 1]
        return any(
            all(_is_same(outline, n, face) for n, outline in drawn.items() if n not in parts)
            and all(_curves(font, n) == _curves(face, n) for n in together)
            for face in faces
        )
    except (TTLibError, AssertionError, KeyError, IndexError, ValueError, struct.error):
        return False  # no font that can be read


_OF_PARTS = b"\xff\xff"
"""What the outline of a glyph that is put together from others begins with."""


@cache
def _faces(typeface: Typeface) -> list[TTFont]:
    return [TTFont(BytesIO(face.content), lazy=True) for face in font_files(typeface)]


def _parts(font: TTFont, number: int) -> list[int]:
    names = font["glyf"][font.getGlyphName(number)].getComponentNames(font["glyf"])
    return [font.getGlyphID(name) for name in names]


@lru_cache(maxsize=4096)
def _is_same(outline: bytes, number: int, face: TTFont) -> bool:
    """Whether this is what a face draws for a glyph, hints apart; of one of parts, not yet."""
    if outline.startswith(_OF_PARTS):
        return True
    glyph = Glyph(outline)
    glyph.expand(face["glyf"])
    return _drawn(glyph, face) == _curves(face, number)


def _curves(font: TTFont, number: int) -> tuple[Any, ...]:
    return _drawn(font["glyf"][font.getGlyphName(number)], font)


def _drawn(glyph: Any, font: TTFont) -> tuple[Any, ...]:
    points, ends, flags = glyph.getCoordinates(font["glyf"])
    return list(points), list(ends), [flag & 1 for flag in flags]
