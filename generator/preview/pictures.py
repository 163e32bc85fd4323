"""The pages of a PDF as pictures, and the words on them in their places."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from generator.letter.letter import ComposedBlock, ComposedLetter
from generator.verification.reading import PieceOfText, opened, read_letter

_DOTS_PER_POINT = 2
_QUICKLY = 1
"""How hard a picture is compressed: it goes no further than to this computer's browser."""


@dataclass(frozen=True)
class PlacedWords:
    """Words on one line of a page: where, in points from the upper left, and what they are of.

    `address` is that of their block, `figure` that of their figure (`decided.upheld`); None for
    what is no part of the letter, such as a page number.
    """

    text: str
    left: float
    top: float
    width: float
    height: float
    address: str | None
    figure: str | None


@dataclass(frozen=True)
class PageWords:
    """One page: its size in points, and all words on it."""

    width: float
    height: float
    words: tuple[PlacedWords, ...]


def words_on_pages(pdf: bytes, letter: ComposedLetter) -> tuple[PageWords, ...]:
    """The words of each page of a letter's PDF, in reading order. Raises `UnreadableError`."""
    parts = _Parts(letter)
    return tuple(
        PageWords(
            page.width,
            page.height,
            tuple(_placed(piece, page.height, parts) for piece in page.pieces if piece.text),
        )
        for page in read_letter(pdf).pages
    )


def picture_of_page(pdf: bytes, number: int) -> bytes | None:
    """A page, by its number from 1, as a PNG; None where there is no such page.

    Raises `UnreadableError`.
    """
    with opened(pdf) as document:
        if not 1 <= number <= len(document):
            return None
        picture = document[number - 1].render(scale=_DOTS_PER_POINT).to_pil()
    content = BytesIO()
    picture.save(content, "PNG", compress_level=_QUICKLY)
    return content.getvalue()


def _placed(piece: PieceOfText, page_height: float, parts: "_Parts") -> PlacedWords:
    address, figure = parts.next(piece.text)
    return PlacedWords(
        text=piece.text,
        left=piece.left,
        top=page_height - piece.top,
        width=piece.right - piece.left,
        height=piece.top - piece.bottom,
        address=address,
        figure=figure,
    )


class _Parts:
    """What words on a page are of.

    They come in the order of the letter; what is not of it, such as a page number, stands between.
    """

    def __init__(self, letter: ComposedLetter) -> None:
        self._parts = [part for block in letter.blocks for part in _parts(block)]
        self._number = 0
        self._left = ""

    def next(self, text: str) -> tuple[str | None, str | None]:
        """The block and the figure that the next words are of."""
        wanted = _squeezed(text)
        if self._left.startswith(wanted) and self._left:
            self._left = self._left[len(wanted) :]
        else:
            found = self._beginning(wanted)
            if found is None:
                return None, None
            self._number = found + 1
            self._left = self._parts[found][2][len(wanted) :]
        address, figure, _ = self._parts[self._number - 1]
        return address, figure

    def _beginning(self, wanted: str) -> int | None:
        """The next part that begins with these words."""
        for number in range(self._number, len(self._parts)):
            if self._parts[number][2].startswith(wanted):
                return number
        return None


def _parts(block: ComposedBlock) -> Iterator[tuple[str, str | None, str]]:
    """A block's address, the figure and the words, for each stretch that stands by itself."""
    table = block.table
    if table is None:
        yield block.address, None, _squeezed(block.text)
        return
    for words in (*(head.text for head in table.spanning_headers), *table.labels):
        if words:
            yield block.address, None, _squeezed(words)
    for cell in table.cells:
        column = cell.column
        yield block.address, f"{column.group}.{column.id}", _squeezed(cell.text)


def _squeezed(text: str) -> str:
    return "".join(text.split())
