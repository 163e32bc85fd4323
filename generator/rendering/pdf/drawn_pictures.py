"""Pictures drawn of a letter's figures, such as charts: others of the same size in their places."""

from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

import pydyf

from generator.rendering.pdf.drawn_lines import write_again
from generator.rendering.pdf.drawn_pieces import DrawnPieces
from generator.rendering.pdf.page_texts import Picture, is_plainly_escaped
from generator.rendering.pdf.pdf_file import written
from generator.rendering.pdf.recording import Drawing, Glyphs, Recording, UnfitError
from generator.rendering.pdf.weasyprint_parts import engine_drawing


class DrawnPicture:
    """A picture where it was drawn."""

    def __init__(self, picture: Picture, element: Any, recording: Recording) -> None:
        self.picture = picture
        self._drawn = [each for each in recording.pictures if each[0].element is element]
        self._figure = recording.figures.get(element)
        self._image_at = recording.image_at
        self._pieces = DrawnPieces()
        self.is_proven = False
        """Whether it was drawn once more as it is and came out as it was."""

    @property
    def drawing(self) -> Drawing:
        """What was written for it. Raises `UnfitError` where it was not drawn once, by itself."""
        if len(self._drawn) != 1:
            raise UnfitError("a picture does not stand once, by itself")
        return self._drawn[0][1]

    def draw(self, picture: Picture, fonts: dict[Any, Any]) -> tuple[bytes, Glyphs]:
        """What is written for another one in its place, and what that adds to the fonts."""
        drawing, box = self.drawing, self._drawn[0][0]
        before, other = box.replacement, _image(picture.drawing, self._image_at)
        if _size(other, box.style) != _size(before, box.style):
            raise UnfitError("a picture has another size")
        self._pieces.serve(other)
        box.replacement = other
        try:
            return write_again(drawing, fonts, lambda to: engine_drawing.draw_replacedbox(to, box))
        finally:
            box.replacement = before

    def described_as(self, picture: Picture) -> dict[int, bytes]:
        """The structure element with the words of another one, by its number."""
        if picture.alternative == self.picture.alternative:
            return {}
        before, words = (unescape(each.alternative) for each in (self.picture, picture))
        if self._figure is None or self._figure["Alt"].string != before:
            raise UnfitError("the words in the place of a picture stand elsewhere")
        if not is_plainly_escaped(picture.alternative):
            raise UnfitError("the words in the place of a picture are not plainly written")
        said = pydyf.Dictionary({**self._figure, "Alt": pydyf.String(words)})
        return {self._figure.number: written(said)}


def _image(address: str, image_at: Any) -> Any:
    """The engine's picture of an address, which it does not keep."""
    kept = image_at.keywords["cache"]
    was_kept = address in kept
    image = image_at(url=address) if address else None
    if not was_kept:
        kept.pop(address, None)
    if image is None:
        raise UnfitError("a picture is not drawn")
    return image


def _size(image: Any, style: Any) -> Any:
    return image.get_intrinsic_size(style["image_resolution"], style["font_size"])


def drawn_pictures(
    pictures: Sequence[Picture], root: Any, recording: Recording
) -> Iterator[DrawnPicture]:
    """The pictures of a page, in order. Raises `UnfitError` where the page is read otherwise."""
    elements = list(root.iter("img"))
    if len(elements) != len(pictures):
        raise UnfitError("the page is not read as it is written")
    for element, picture in zip(elements, pictures, strict=True):
        said = [element.get("src"), element.get("alt") or ""]
        if said != [picture.drawing or said[0], unescape(picture.alternative)]:
            raise UnfitError("the page is not read as it is written")
        yield DrawnPicture(picture, element, recording)
