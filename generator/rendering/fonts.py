"""The letter's typeface: four files of Liberation Sans 2, found on the machine, never replaced."""

import os
import struct
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

from generator.files.bounded_read import Sort, read_bytes

FAMILY = "Liberation Sans"
FACES = {
    "LiberationSans-Regular.ttf": ("normal", "normal"),
    "LiberationSans-Italic.ttf": ("normal", "italic"),
    "LiberationSans-Bold.ttf": ("bold", "normal"),
    "LiberationSans-BoldItalic.ttf": ("bold", "italic"),
}
"""The files, and the weight and style of each."""

FOLDER_VARIABLE = "LETTERS_FONTS"
"""Names a folder with the files where they are in none of the usual places."""

_ROOTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
"""Where fonts are installed; the same places that `set-up` looks in."""


class FontsMissingError(Exception):
    """The letter's typeface is not on this machine; the text says what to install."""


@dataclass(frozen=True)
class FontFile:
    """One file of the typeface."""

    file: str
    weight: str
    style: str
    content: bytes

    @property
    def rule(self) -> str:
        """The `@font-face` rule that gives this face to the engine."""
        return (
            f'@font-face {{ font-family: "{FAMILY}"; font-weight: {self.weight}; '
            f'font-style: {self.style}; src: url("face:{self.file}") }}'
        )


def find_fonts() -> tuple[FontFile, ...]:
    """The four faces, all from the first folder that has them in version 2.

    Version 1 bears the same family name with other shapes, so a letter made with it would differ.
    Raises `FontsMissingError`.
    """
    given = os.environ.get(FOLDER_VARIABLE)
    roots = [Path(root).expanduser() for root in ([given] if given else _ROOTS)]
    for root in roots:
        for regular in sorted(root.rglob(next(iter(FACES)))):
            folder = regular.parent
            if all((folder / file).is_file() for file in FACES):
                faces = _read(folder)
                if faces and all(2 <= _version(face.content) < 3 for face in faces):
                    return faces
    looked = ", ".join(map(str, roots))
    raise FontsMissingError(
        f"{FAMILY} 2 is not on this machine (looked in {looked}); "
        f"install the package fonts-liberation2, or name its folder in {FOLDER_VARIABLE}"
    )


def _read(folder: Path) -> tuple[FontFile, ...]:
    """The faces in a folder; none where one cannot be read."""
    try:
        return tuple(
            FontFile(file, weight, style, read_bytes(folder / file, Sort.TYPEFACE))
            for file, (weight, style) in FACES.items()
        )
    except OSError:
        return ()


def _version(content: bytes) -> float:
    """The revision in a font file's `head` table; 0 where the file is none."""
    try:
        (tables,) = struct.unpack_from(">H", content, 4)
        for number in range(tables):
            tag, _, offset, _ = struct.unpack_from(">4sIII", content, 12 + 16 * number)
            if tag == b"head":
                (revision,) = struct.unpack_from(">i", content, offset + 4)
                return float(revision / 65536)
    except struct.error:
        pass
    return 0.0


_ALWAYS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) - {"\xad"}
_ALWAYS |= frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac")
"""What every version of the typeface that is taken has; most letters hold nothing else."""

_WITHOUT = frozenset(["\u2011", *map(chr, range(0xFE00, 0xFE10))])
"""What the engine sets though the typeface has it not: another hyphen; shapes, not characters."""


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
