"""The ink of a page: whether its words can be seen, each on its own ground and nothing over it.

What PDFium says of a text, its colour and its size, is exact. What else may be done to it, by a
clip, a mask or something over it, is seen on the page as it is drawn: a pixel for each point, and
closer where there is a doubt.
"""

import ctypes
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import ceil, floor, hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from generator.rendering.contrast import LEAST_CONTRAST, contrast
from generator.verification.read_back import Box, SeenText, UnseenWords

LEAST_SIZE_POINTS = 5.0

_CLOSER = 4
"""So many pixels a point where there is a doubt."""
_STRONG, _STRONG_CLOSER = 0.55, 0.8
"""What the strongest pixel of a text has of the difference between its ink and its ground."""
_WHOLE = 0.75
"""What there is at least of a letter's width and of its height, seen from near."""
_FAINT = 0.15
"""What there is of that wherever there is ink."""
_GAP_IN_WORDS, _GAP = 0.15, 0.35
"""How far letters stand apart at most, in a word and in a line, in parts of their size."""

_Colour = tuple[int, ...]
"""Red, green and blue."""


class DrawnObject(NamedTuple):
    """An object of a page: a text with its words, or one of another kind, which has none."""

    item: Any
    kind: int
    """As PDFium numbers them."""
    box: Box
    text: str | None = None


def unseen_words(
    page: Any, number: int, textpage: Any, objects: Sequence[DrawnObject], seen: set[SeenText]
) -> Iterator[UnseenWords]:
    """The words of a page that cannot be seen; its objects are given in the order of drawing.

    Those that were `seen` are not looked at; the others are added once they are.
    """
    looked_at = _Page(page, textpage, [d.box for d in objects if _is_new(d, number, seen)])
    yield from _overprinted([drawn for drawn in objects if drawn.text and drawn.text.strip()])
    others = [(n, drawn) for n, drawn in enumerate(objects) if drawn.text is None]
    for order, drawn in enumerate(objects):
        if _is_new(drawn, number, seen):
            over = [o.item for n, o in others if n > order and _meet(o.box, drawn.box)]
            found = list(looked_at.unseen(drawn, over))
            seen.update([] if found else [_seen(drawn, number)])
            yield from found


def _seen(drawn: DrawnObject, number: int) -> SeenText:
    return number, drawn.text or "", drawn.box


def _is_new(drawn: DrawnObject, number: int, seen: set[SeenText]) -> bool:
    return bool(drawn.text and drawn.text.strip()) and _seen(drawn, number) not in seen


def _overprinted(texts: Sequence[DrawnObject]) -> Iterator[UnseenWords]:
    """The words that others are printed over."""
    in_order = sorted(texts, key=lambda drawn: drawn.box[1])
    for number, drawn in enumerate(in_order, start=1):
        left, _, right, top = drawn.box
        for other in in_order[number:]:
            others_left, bottom, others_right, others_top = other.box
            if bottom >= top:
                break
            least = _OVERPRINTED * min(top - drawn.box[1], others_top - bottom)
            across = min(right, others_right) - max(left, others_left)
            if min(top, others_top) - bottom > least and across > _TOUCHING_POINTS:
                yield UnseenWords(drawn.text or "", f'and "{(other.text or "").strip()}" overlap')


_OVERPRINTED = 0.4
"""Lines overlap that share so much of the height of the lower one."""
_TOUCHING_POINTS = 1.5
"""So far words may reach into those beside them, as slanting letters do."""


def _bands(boxes: Sequence[Box]) -> list[Box]:
    """Boxes put together that share some of their height."""
    bands: list[Box] = []
    for box in sorted(boxes, key=lambda box: box[1]):
        if bands and box[1] < bands[-1][3] + _MARGIN_POINTS:
            left, bottom, right, top = bands.pop()
            box = min(left, box[0]), bottom, max(right, box[2]), max(top, box[3])
        bands.append(box)
    return bands


_MARGIN_POINTS = 4.0
"""What is nearer is not drawn apart."""


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class _Page:
    """A page that is looked at, text by text."""

    def __init__(self, page: Any, textpage: Any, looked_at: Sequence[Box]) -> None:
        self.page = page
        self._bands = _bands(looked_at)
        self._drawn_bands: dict[Box, _Picture] = {}
        self.textpage = textpage
        self.height = page.get_height()
        self._said = [ctypes.c_uint() for _ in range(4)]
        self._number, self._matrix = ctypes.c_float(), pdfium.FS_MATRIX()

    def _picture(self, box: Box) -> "_Picture":
        """The page around a box, drawn with all else that is looked at beside it."""
        band = next(each for each in self._bands if each[1] <= box[1] and box[3] <= each[3])
        if band not in self._drawn_bands:
            self._drawn_bands[band] = self._drawn(self._on_page(band), 1)
        return self._drawn_bands[band]

    def unseen(self, drawn: DrawnObject, over: Sequence[Any]) -> Iterator[UnseenWords]:
        """The words of one text that cannot be seen, with all that is drawn after it over it."""
        words = drawn.text or ""
        if pdfium.FPDFTextObj_GetTextRenderMode(drawn.item) in _INVISIBLE:
            yield UnseenWords(words, "is invisible")
            return
        size = self._size(drawn.item)
        if size < LEAST_SIZE_POINTS:
            why = f"is {size:.1f} pt high; expected at least {LEAST_SIZE_POINTS:.0f} pt"
            yield UnseenWords(words, why)
            return
        if over and self._is_covered(drawn.box, over):
            yield UnseenWords(words, "is partly or wholly covered")
            return
        block = self._picture(drawn.box).block(self._from_above(drawn.box))
        ground = block.ground()
        ink = self._fill_colour(drawn.item, ground)
        if ink is not None and (apart := contrast(ink, ground)) < LEAST_CONTRAST:
            why = f"has a contrast ratio of {apart:.1f}:1; expected at least {LEAST_CONTRAST:.0f}:1"
            yield UnseenWords(words, why)
        elif ink is None or block.is_doubtful(ink, ground, _widest_gap(words, size)):
            for word in self._without_ink(drawn, ink, ground):
                yield UnseenWords(word, "is invisible against its background")

    def _drawn(self, box: Box, scale: int) -> "_Picture":
        """A part of the page as it is drawn."""
        left, top, right, bottom = self._from_above(box)
        left, top = floor(left) - 1, floor(top) - 1
        width, height = (ceil(right) + 1 - left) * scale, (ceil(bottom) + 1 - top) * scale
        pixels = (ctypes.c_char * (4 * width * height)).from_buffer(
            bytearray(b"\xff") * (4 * width * height)
        )
        bitmap = pdfium.FPDFBitmap_CreateEx(
            width, height, pdfium.FPDFBitmap_BGRx, pixels, 4 * width
        )
        try:
            placed = pdfium.FS_MATRIX(scale, 0, 0, scale, -left * scale, -top * scale)
            whole = pdfium.FS_RECTF(0, 0, width, height)
            pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, self.page, placed, whole, 0)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return _Picture(memoryview(pixels), width, left, top, scale)

    def _on_page(self, box: Box) -> Box:
        """What of a box is on the page, at least a point."""
        width = self.page.get_width()
        left, bottom = max(min(box[0], width - 1), 0), max(min(box[1], self.height - 1), 0)
        right, top = min(box[2], width), min(box[3], self.height)
        return left, bottom, max(right, left + 1), max(top, bottom + 1)

    def _size(self, item: Any) -> float:
        """How large the letters of a text are, in points, where they are smallest."""
        size, matrix = self._number, self._matrix
        pdfium.FPDFTextObj_GetFontSize(item, size)
        pdfium.FPDFPageObj_GetMatrix(item, matrix)
        scale = min(hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d))
        return float(size.value * scale)

    def _fill_colour(self, item: Any, ground: _Colour) -> _Colour | None:
        """The colour of a text as it looks on its ground; None where it is no colour alone."""
        if not pdfium.FPDFPageObj_GetFillColor(item, *self._said):
            return None
        *colour, opacity = (each.value for each in self._said)
        if opacity == 255:
            return tuple(colour)
        pairs = zip(colour, ground, strict=True)
        return tuple(round(pale + (ink - pale) * opacity / 255) for ink, pale in pairs)

    def _from_above(self, box: Box) -> Box:
        """A box as left, top, right and bottom, from the page's upper left."""
        return box[0], self.height - box[3], box[2], self.height - box[1]

    def _is_covered(self, box: Box, over: Sequence[Any]) -> bool:
        """Whether a text looks otherwise without what is drawn over it."""
        covered = self._drawn(box, _CLOSER).block(self._from_above(box))
        for item in over:
            pdfium.FPDFPageObj_SetIsActive(item, False)
        bare = self._drawn(box, _CLOSER).block(self._from_above(box))
        for item in over:
            pdfium.FPDFPageObj_SetIsActive(item, True)
        for under, above, pale in zip(bare.planes, covered.planes, bare.ground(), strict=True):
            if under == above:
                continue
            pixels = zip(under, above, strict=True)
            if sum(abs(a - pale) > 64 and abs(a - b) > 32 for a, b in pixels) >= _CLOSER:
                return True
        return False

    def _without_ink(
        self, drawn: DrawnObject, ink: _Colour | None, ground: _Colour
    ) -> Iterator[str]:
        """The words of a text with a letter that is not there, seen from near."""
        picture = self._drawn(drawn.box, _CLOSER)
        word, is_whole = "", True
        for letter, box in [*self._letters[_address(drawn.item)], (" ", (0.0, 0.0, 0.0, 0.0))]:
            if letter.isspace():
                if not is_whole:
                    yield word
                word, is_whole = "", True
                continue
            word += letter
            if box[2] - box[0] > _THINNEST and box[3] - box[1] > _THINNEST:
                is_whole &= picture.block(self._from_above(box)).is_whole(ink, ground)

    @cached_property
    def _letters(self) -> dict[int, list[tuple[str, Box]]]:
        """The letters of each text of the page, by its address, and where they are."""
        found = defaultdict[int, list[tuple[str, Box]]](list)
        edges = left, right, bottom, top = [ctypes.c_double() for _ in range(4)]
        for number in range(pdfium.FPDFText_CountChars(self.textpage)):
            letter = chr(pdfium.FPDFText_GetUnicode(self.textpage, number))
            pdfium.FPDFText_GetCharBox(self.textpage, number, *edges)
            item = pdfium.FPDFText_GetTextObject(self.textpage, number)
            box = left.value, bottom.value, right.value, top.value
            found[_address(item)].append((letter, box))
        return found


_INVISIBLE = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
_THINNEST = 0.2
"""No letter that is drawn is thinner, in points."""


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _widest_gap(words: str, size: float) -> int:
    """The pixels without ink side by side that make a doubt: with one at each end of a gap."""
    return round((_GAP if len(words.split()) > 1 else _GAP_IN_WORDS) * size) + 2


@dataclass(frozen=True)
class _Picture:
    """A part of a page as it is drawn, and where its upper left is, in points from above."""

    pixels: memoryview
    width: int
    left: int
    top: int
    scale: int

    def block(self, box: tuple[float, float, float, float]) -> "_Block":
        """The pixels of a box, given from above, and those around it."""
        left = max(floor((box[0] - self.left) * self.scale) - 1, 0)
        right = min(ceil((box[2] - self.left) * self.scale) + 1, self.width)
        top = max(floor((box[1] - self.top) * self.scale) - 1, 0)
        bottom = ceil((box[3] - self.top) * self.scale) + 1
        starts = range(4 * top * self.width, 4 * bottom * self.width, 4 * self.width)
        rows = b"".join(self.pixels[at + 4 * left : at + 4 * right] for at in starts)
        return _Block(tuple(rows[plane::4] for plane in (2, 1, 0)), right - left)


@dataclass(frozen=True)
class _Block:
    """Some pixels: their red, their green and their blue, row by row."""

    planes: tuple[bytes, ...]
    width: int

    def ground(self) -> _Colour:
        """The colour that a text in it stands on: that of most of what is there."""
        return tuple(map(_commonest, self.planes))

    def strongest(self, ground: _Colour) -> _Colour:
        """What is farthest from the ground."""
        pairs = zip(self.planes, ground, strict=True)
        ends = ((min(plane, default=pale), max(plane, default=pale), pale) for plane, pale in pairs)
        return tuple(low if pale - low > high - pale else high for low, high, pale in ends)

    def is_doubtful(self, ink: _Colour, ground: _Colour, gap: int) -> bool:
        """Whether a part of a text may not be there, or be paler than its ink."""
        marks = self._marks(ink, ground)
        return b"\3" not in marks or bytes(gap) in self._columns(marks)

    def is_whole(self, ink: _Colour | None, ground: _Colour) -> bool:
        """Whether a letter is all there, whose box this is: there is ink from edge to edge."""
        strongest = self.strongest(ground)
        is_strong = ink is not None and _part(strongest, ink, ground) >= _STRONG_CLOSER
        if not (is_strong or contrast(strongest, ground) >= LEAST_CONTRAST):
            return False
        marks = self._marks(ink or strongest, ground)
        columns, height = self._columns(marks), len(marks) // self.width
        rows = marks.strip(b"\0")
        across = len(columns.strip(b"\0")), self.width
        down = len(rows) / self.width + 1, height
        return all(inked >= _WHOLE * (size - 2) - 1 for inked, size in (across, down))

    def _marks(self, ink: _Colour, ground: _Colour) -> bytes:
        """For each pixel 0 where it is ground, 3 where it is much of the ink, else 1."""
        apart = [abs(i - g) for i, g in zip(ink, ground, strict=True)]
        plane = apart.index(max(apart))
        return self.planes[plane].translate(_marks(ground[plane], ink[plane]))

    def _columns(self, marks: bytes) -> bytes:
        """For each column of pixels 0 where all of it is ground."""
        inked = 0
        for start in range(0, len(marks), self.width):
            inked |= int.from_bytes(marks[start : start + self.width], "big")
        return inked.to_bytes(self.width, "big")


def _commonest(values: bytes) -> int:
    if 3 * values.count(255) > len(values):
        return 255
    return Counter(values or b"\xff").most_common(1)[0][0]


@cache
def _marks(ground: int, ink: int) -> bytes:
    """For each value of a pixel 0 where it is ground, 3 where it is much of the ink, else 1."""
    parts = [(value - ground) / (ink - ground) for value in range(256)] if ink != ground else []
    return bytes(3 if part >= _STRONG else part >= _FAINT for part in parts) or bytes(256)


def _part(colour: _Colour, ink: _Colour, ground: _Colour) -> float:
    """How much of an ink a colour has."""
    full = sum(abs(i - g) for i, g in zip(ink, ground, strict=True))
    return sum(abs(c - g) for c, g in zip(colour, ground, strict=True)) / max(full, 1)
