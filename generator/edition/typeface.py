"""The typefaces that an edition can choose from; they travel with the program."""

from enum import StrEnum


class Typeface(StrEnum):
    """A typeface, by the name that `edition.yaml` and styles call it; the first is the usual one.

    `rendering/fonts.py` has their files.
    """

    LIBERATION_SANS = "Liberation Sans"
    SOURCE_SERIF_4 = "Source Serif 4"
