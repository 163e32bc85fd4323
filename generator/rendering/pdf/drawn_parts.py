"""Parts of a page set and drawn again; what was drawn of one is kept, for the same words again."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from generator.rendering.pdf.drawn_lines import draw_again, links_again, written_before
from generator.rendering.pdf.page_boxes import LaidOut, appearance, end_lines
from generator.rendering.pdf.pdf_file import Objects, PdfFile
from generator.rendering.pdf.recording import Drawing, Glyphs, Recording, UnfitError
from generator.rendering.pdf.word_parts import SetAnew, WordPart, texts_in

_MOST = 64
"""So much is kept of each part: most figures are small, and offices are few."""
_MOST_LINES = 1024


class Redrawn(NamedTuple):
    """What is written in the place of a line or picture, and what it adds to the fonts."""

    content: bytes
    glyphs: Glyphs


class DrawnParts:
    """Draws parts of one page in the words that they now have."""

    def __init__(
        self, recording: Recording, file: PdfFile, laid_out: Mapping[int, LaidOut]
    ) -> None:
        """`laid_out` are the texts of the page, by the ids of their boxes."""
        self._recording, self._file, self._laid_out = recording, file, laid_out
        self._lines: OrderedDict[Any, Redrawn] = OrderedDict()
        """What was drawn of each line, by all that decides it."""

    def prove(self, parts: Sequence[WordPart], blank: dict[Any, Any]) -> None:
        """Set parts in their own words, and see that they come out as they are.

        `blank` are fonts without glyphs, and are left so. Raises `UnfitError`.
        """
        for part, made in _set(parts):
            for line, box in made:
                (drawing,) = line.drawings
                check_same(drawing, Redrawn(*self._draw(drawing, box, blank)))
                for number, link in links_again(drawing, line.box, box):
                    if self._file.objects[number] != link:
                        raise UnfitError("a part is not drawn again as it was")
            part.is_proven = True

    def draw(
        self, parts: Sequence[WordPart], blank: dict[Any, Any]
    ) -> tuple[dict[Drawing, Redrawn], Objects]:
        """What is written in the place of each line of these parts, and the links in them.

        Raises `UnfitError`.
        """
        redrawn: dict[Drawing, Redrawn] = {}
        links: Objects = {}
        unknown = []
        for part in parts:
            known = part.drawn.get(part.decided_by)
            if known is None:
                unknown.append(part)
            else:
                part.drawn.move_to_end(part.decided_by)
                redrawn |= known
        for part, made in _set(unknown):
            anew: dict[Drawing, Redrawn] = {}
            others: Objects = {}
            for line, box in made:
                self._check_room(line.box, box)
                (drawing,) = line.drawings
                anew[drawing] = self._draw_line(drawing, box, blank)
                others |= links_again(drawing, line.box, box)
            redrawn |= anew
            links |= others
            if part.decided_by is not None and not others:
                part.drawn[part.decided_by] = anew
                if len(part.drawn) > _MOST:
                    part.drawn.popitem(last=False)
        return redrawn, links

    def _draw_line(self, drawing: Drawing, box: Any, blank: dict[Any, Any]) -> Redrawn:
        """A line that was set anew; of a paragraph in other words many are as they were before."""
        key = drawing, appearance(box)
        if key not in self._lines:
            self._lines[key] = Redrawn(*self._draw(drawing, box, blank))
            if len(self._lines) > _MOST_LINES:
                self._lines.popitem(last=False)
        self._lines.move_to_end(key)
        return self._lines[key]

    def _draw(self, drawing: Drawing, box: Any, blank: dict[Any, Any]) -> tuple[bytes, Glyphs]:
        return draw_again(drawing, box, blank, self._recording.image_at)

    def _check_room(self, old: Any, new: Any) -> None:
        """Raises `UnfitError` where a text ends to the right of its cell or of the margin."""
        for before, after in zip(texts_in(old), texts_in(new), strict=True):
            if self._laid_out[id(before)]._replace(box=after).overflows:
                raise UnfitError("a text is too wide")


def _set(parts: Sequence[WordPart]) -> list[tuple[WordPart, SetAnew]]:
    """Set all these parts in the words that they have."""
    made = [(part, part.set()) for part in parts]
    lines = [(line.order, box) for _, each in made for line, box in each if line.order is not None]
    end_lines(box for _, box in sorted(lines, key=lambda pair: pair[0]))
    return made


def check_same(drawing: Drawing, redrawn: Redrawn) -> None:
    """That what was drawn again is what was drawn. Raises `UnfitError`."""
    before = written_before(drawing), _in_order(drawing.glyphs)
    if (redrawn.content, _in_order(redrawn.glyphs)) != before:
        raise UnfitError("a part is not drawn again as it was")


def _in_order(glyphs: Glyphs) -> list[Any]:
    return [(key, *(list(added.items()) for added in both)) for key, both in glyphs.items()]
