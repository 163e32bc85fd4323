"""The letter's typeface: four files that travel with the program, so that none is ever replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from unicodedata import normalize

from generator.edition.letterhead import Typeface

_FILES: Mapping[Typeface, tuple[str, ...]] = {
    Typeface.LIBERATION_SANS: (
        "LiberationSans-Regular.ttf",
        "LiberationSans-Italic.ttf",
        "LiberationSans-Bold.ttf",
        "LiberationSans-BoldItalic.ttf",
    ),
    Typeface.SOURCE_SERIF_4: (
        "SourceSerif4-Regular.ttf",
        "SourceSerif4-It.ttf",
        "SourceSerif4-Bold.ttf",
        "SourceSerif4-BoldIt.ttf",
    ),
}
_FAMILIES = {
    Typeface.LIBERATION_SANS: "Arial, Helvetica, sans-serif",
    Typeface.SOURCE_SERIF_4: 'Georgia, "Times New Roman", serif',
}
"""What is nearest to each, on a screen that has it not."""
_FACES = (("normal", "normal"), ("normal", "italic"), ("bold", "normal"), ("bold", "italic"))
"""The weight and style of each file, in the order of the files."""


@dataclass(frozen=True)
class FontFile:
    """One file of a typeface."""

    typeface: Typeface
    file: str
    weight: str
    style: str
    content: bytes

    @property
    def rule(self) -> str:
        """The `@font-face` rule that gives this face to the engine."""
        return (
            f'@font-face {{ font-family: "{self.typeface}"; font-weight: {self.weight}; '
            f'font-style: {self.style}; src: url("face:{self.file}") }}'
        )


def font_files(typeface: Typeface) -> tuple[FontFile, ...]:
    """The four faces of a typeface: regular, italic, bold, bold italic."""
    folder = files("generator.assets") / "fonts" / typeface.lower().replace(" ", "-")
    return tuple(
        FontFile(typeface, file, weight, style, (folder / file).read_bytes())
        for file, (weight, style) in zip(_FILES[typeface], _FACES, strict=True)
    )


def families(typeface: Typeface) -> str:
    """A typeface and what may stand in for it, as styles name them."""
    return f'"{typeface}", {_FAMILIES[typeface]}'


def typeface_styles(typeface: Typeface) -> str:
    """The styles that set a letter in another typeface than that of the template's own styles.

    They come after those, which name the usual one.
    """
    if typeface is Typeface.LIBERATION_SANS:
        return ""
    return (
        f"\n:root {{ font-family: {families(typeface)}; }}\n"
        f'@media print {{ @page {{ font-family: "{typeface}"; }} }}\n'
    )


_ALWAYS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) - set("\xadĬĭĲĳŦŧ")
_ALWAYS |= frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac")
"""What every typeface has; most letters hold nothing else."""

_WITHOUT = frozenset(["\u2011", *map(chr, range(0xFE00, 0xFE10))])
"""What the engine sets though the typeface has it not: another hyphen; shapes, not characters."""


def without_glyph(text: str, typeface: Typeface) -> list[str]:
    """The characters of a text that the typeface has not, each once, in order.

    Also those that the engine would put together from parts: they do not read back as they are.
    """
    unusual = [c for c in dict.fromkeys(text) if c not in _ALWAYS and c not in _WITHOUT]
    if not unusual:
        return []
    known = _characters(typeface)
    return [c for c in unusual if normalize("NFC", c) not in known]


@cache
def _characters(typeface: Typeface) -> frozenset[str]:
    """The characters that all four faces have."""
    from fontTools.ttLib import TTFont  # here: it takes longer than the checks of an edition

    fonts = (TTFont(BytesIO(face.content), lazy=True) for face in font_files(typeface))
    return frozenset.intersection(*(frozenset(map(chr, font.getBestCmap())) for font in fonts))
