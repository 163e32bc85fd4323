"""The typefaces that an edition can choose from; they travel with the program."""

from enum import StrEnum


class Typeface(StrEnum):
    """A typeface, by the name that `edition.yaml` and styles call it; the first is the usual one.

    `rendering/fonts.py` has their files.
    """

    LIBERATION_SANS = "Liberation Sans"
    SOURCE_SERIF_4 = "Source Serif 4"

    def is_face(self, font: str) -> bool:
        """Whether a font of a PDF, by its name, is one of its faces."""
        face = self.replace(" ", "-")
        font = font.replace(",", "")  # with which the engine ends a name that ends in a number
        return font == face or font.startswith(f"{face}-")
