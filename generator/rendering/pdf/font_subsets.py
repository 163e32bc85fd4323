"""Fonts with only the glyphs that a letter uses: most letters use the same, so they are kept."""

from copy import copy
from functools import lru_cache, partial
from typing import Any

import pydyf

from generator.rendering.pdf.pdf_file import stream, written

_MOST = 64


class FontSubsets:
    """The subsets that were made last, of a few fonts."""

    def __init__(self) -> None:
        self._kept: dict[Any, bytes] = {}

    def fonts(self, fonts: dict[Any, Any]) -> dict[Any, Any]:
        """The same fonts for another letter, without any glyphs yet."""
        return {key: self._copy(font) for key, font in fonts.items()}

    def _copy(self, font: Any) -> Any:
        other = copy(font)
        other.to_unicode, other.widths, other.missing = {}, {}, {}
        other.clean = partial(self._clean, other)
        return other

    def _clean(self, font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        """What the engine calls to leave only some glyphs in a font."""
        key = (font.hash, frozenset(to_unicode), hinting)
        if key not in self._kept:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            type(font).clean(font, to_unicode, hinting)
            self._kept[key] = font.file_content
        font.file_content = self._kept[key]


def written_font(thing: pydyf.Object) -> bytes:
    """An object that a font became, as it is written."""
    if isinstance(thing, pydyf.Stream) and "Length1" in thing.extra:
        (content,) = thing.stream
        return _font_file(content, thing.compress)
    return written(thing)


@lru_cache(maxsize=_MOST)
def _font_file(content: bytes, compressed: bool) -> bytes:
    return stream([content], {"Length1": len(content)}, compressed=compressed)
