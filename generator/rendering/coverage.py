"""Which characters the typeface has, from its files: known without starting the engine."""

import os
from functools import cache
from io import BytesIO
from unicodedata import normalize

from generator.rendering.fonts import FOLDER_VARIABLE, FontsMissingError, find_fonts

_ALWAYS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) - {"\xad"}
_ALWAYS |= frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac")
"""What every version of the typeface that is taken has; most letters hold nothing else."""

_WITHOUT = frozenset(["\u2011", *map(chr, range(0xFE00, 0xFE10))])
"""What the engine sets though the typeface has it not: another hyphen; shapes, not signs."""


def without_glyph(text: str) -> list[str]:
    """The characters of a text that the typeface has not, each once, in order.

    None where the typeface is not on this machine: then no letter can be printed, and that is said.
    """
    unusual = [c for c in dict.fromkeys(text) if c not in _ALWAYS and c not in _WITHOUT]
    if not unusual:
        return []
    known = _characters(os.environ.get(FOLDER_VARIABLE))
    return [c for c in unusual if known and not known.issuperset(normalize("NFD", c))]


@cache
def _characters(_folder: str | None) -> frozenset[str]:
    """The characters that all four faces have."""
    from fontTools.ttLib import TTFont  # here: it takes longer than the checks of an edition

    try:
        faces = find_fonts()
    except FontsMissingError:
        return frozenset()
    fonts = (TTFont(BytesIO(face.content), lazy=True) for face in faces)
    return frozenset.intersection(*(frozenset(map(chr, font.getBestCmap())) for font in fonts))
