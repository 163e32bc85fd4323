"""The pages of letters as they are shown, kept while they are looked at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from generator.edition.edition import Part
from generator.letter.letter import ComposedBlock, ComposedLetter
from generator.letter.roles import Role
from generator.plain_text import strip_whitespace
from generator.preview.background_tasks import BackgroundTasks
from generator.preview.edition_snapshot import GoodLetter, LastAsked, RenderCache, ShownLetter
from generator.verification.output_formats import PDF
from generator.verification.read_back import PieceOfText
from generator.verification.reading import opened, read_letter

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
        return picture_in(document, number - 1) if 1 <= number <= len(document) else None


def picture_in(document: Any, number: int) -> bytes:
    """A page of a PDF that is open, by its number from 0, as a PNG."""
    picture = document[number].render(scale=_DOTS_PER_POINT).to_pil()
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
        standing = [block for block in letter.blocks if block.part == Part.EACH_PAGE]
        self._parts = [p for b in letter.blocks if b not in standing for p in _parts(b)]
        self._standing = {b.address: strip_whitespace(b.text) for b in standing}
        self._number = 0
        self._left = ""

    def next(self, text: str) -> tuple[str | None, str | None]:
        """The block and the figure that the next words are of."""
        wanted = strip_whitespace(text)
        if self._left.startswith(wanted) and self._left:
            self._left = self._left[len(wanted) :]
        else:
            found = self._beginning(wanted)
            stands = [a for a, said in self._standing.items() if said.startswith(wanted)]
            if found is None or (stands and found > self._number):
                return (stands[0] if stands else None), None
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
    if block.chart is not None:
        for part in block.chart.parts:
            yield from _words(block, [part.label])
            yield block.address, f"{part.group}.{part.id}", strip_whitespace(part.text)
        return
    if table is None:
        yield block.address, None, strip_whitespace(block.text)
        return
    yield from _words(block, table.header_words)
    cells = iter(table.lines_of_cells)
    for group in table.line_groups:
        yield from _words(block, [group.header])
        for line in group.lines:
            yield from _words(block, [line.label])
            for cell in next(cells):
                yield block.address, f"{cell.group}.{cell.id}", strip_whitespace(cell.text)


def _words(block: ComposedBlock, said: Iterable[str]) -> Iterator[tuple[str, None, str]]:
    """The labels of a table, each by itself."""
    yield from ((block.address, None, strip_whitespace(words)) for words in said if words)


_HEADINGS = {Role.SUBJECT, Role.HEADING, Role.SUBHEADING, Role.REPORT_TITLE, Role.TABLE_TITLE}
"""What a screen reader goes through a letter by."""


def headings_of(letter: ShownLetter) -> frozenset[str]:
    """The addresses of a letter's blocks that are headings."""
    blocks = letter.good.letter.blocks if letter.good else ()
    return frozenset(block.address for block in blocks if block.role in _HEADINGS)


_AT_ONCE = 4
"""So many pages are drawn before they are asked for: those of any usual letter."""


@dataclass(frozen=True)
class ShownPages:
    """The pages of a letter."""

    key: str
    """By what their pictures are known: what decided the bytes of the PDF."""
    pages: tuple[PageWords, ...]
    is_old: bool
    """Whether the letter has changed since, and is not yet printed again."""


class PageImageCache:
    """The pages that were shown last, and their pictures."""

    def __init__(self, render_cache: RenderCache, tasks: BackgroundTasks) -> None:
        self._render_cache = render_cache
        self._tasks = tasks
        self._words = LastAsked[tuple[PageWords, ...]](100)
        self._pictures = LastAsked[bytes](100)
        self._last = LastAsked[GoodLetter](100)

    def has(self, slug: str) -> bool:
        """Whether a letter's pages were ever shown, so that there are some to be seen meanwhile."""
        return self._last.get(slug) is not None

    async def prerender(self, good: GoodLetter, name: str) -> None:
        """Have the pages that changed of a letter ready, when it was printed and is to be shown.

        The others are drawn when they are asked for, which is after these. Its `name` is its slug,
        or that of a draft of it.
        """
        last = self._last.get(name) or self._last.get(good.letter.slug)
        before = (self._words.get(last.key) if last else None) or ()
        pages = enumerate(await self._words_of(good))
        changed = [number for number, page in pages if page not in before[number : number + 1]]
        for number in changed[:_AT_ONCE] or [0]:
            await self.picture(good.key, number + 1)

    async def pages(self, letter: ShownLetter, name: str = "") -> ShownPages | None:
        """The pages of a letter; while it is printed again, or cannot be printed, those of before.

        None where there never were any. A draft has a `name` of its own.
        """
        good, last = letter.good, self._last.get(name) or self._last.get(letter.slug)
        if good is None:
            return None
        made = self._render_cache.get(good.key)
        if made is not None and PDF.name in made.contents:
            self._last.put(name or letter.slug, good)
            return ShownPages(good.key, await self._words_of(good), letter.is_old)
        if last is not None and self._render_cache.get(last.key) is not None:
            return ShownPages(last.key, await self._words_of(last), is_old=True)
        return None

    async def picture(self, key: str, number: int) -> bytes | None:
        """The picture of a page, by its number from 1; None where it is not to be had any more."""
        found = self._pictures.get((key, number))
        made = self._render_cache.get(key)
        if found is None and made is not None and PDF.name in made.contents:
            draw: Callable[[bytes, int], bytes | None] = picture_of_page
            found = await self._tasks.do("picture", draw, made.contents[PDF.name], number)
            if found is not None:
                self._pictures.put((key, number), found)
        return found

    async def _words_of(self, good: GoodLetter) -> tuple[PageWords, ...]:
        found = self._words.get(good.key)
        made = self._render_cache.get(good.key)
        if found is None and made is not None and PDF.name in made.contents:
            pdf = made.contents[PDF.name]
            found = await self._tasks.do("picture", words_on_pages, pdf, good.letter)
            self._words.put(good.key, found)
        return found or ()
