"""A PDF as data, as a reader finds it: its pages' texts and where they stand, tables, files."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.edition.letterhead import Typeface


@dataclass(frozen=True)
class PieceOfText:
    """A piece of text on one line, and the rectangle it fills, in points from the lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    font: str

    @property
    def middle(self) -> float:
        """Half way between its left and its right."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Half way between its bottom and its top."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True)
class ReadPage:
    """One page: its size in points, its text in reading order, and its pieces."""

    width: float
    height: float
    text: str
    pieces: tuple[PieceOfText, ...]


@dataclass(frozen=True)
class ReadCell:
    """A cell of a table as the structure has it: `TH` or `TD`, and its text."""

    kind: str
    text: str


ReadTable = tuple[tuple[ReadCell, ...], ...]


@dataclass(frozen=True)
class ReadLetter:
    """All that was read back from one PDF."""

    title: str
    author: str
    pages: tuple[ReadPage, ...]
    tables: tuple[ReadTable, ...]
    files: Mapping[str, bytes]
    loose_fonts: frozenset[str]
    """Fonts that are used and not embedded."""
    declares: frozenset[str]
    """`PDF/A-3a` and `PDF/UA-1`, as far as its metadata say so."""
    nesting: frozenset[str] = frozenset()
    """Which kinds of elements stand in which, in its structure: `Table/TR`."""
    pictures: tuple[str, ...] = ()
    """The words that stand for each picture in its structure."""

    @property
    def fonts(self) -> list[str]:
        """The names of the fonts that its words are printed in."""
        return sorted({piece.font for page in self.pages for piece in page.pieces})

    @property
    def typeface(self) -> Typeface:
        """The typeface that it was made in; the usual one where it is none of ours."""
        made_in = (face for face in Typeface if any(map(face.is_face, self.fonts)))
        return next(made_in, Typeface.LIBERATION_SANS)
