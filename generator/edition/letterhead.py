"""What all letters of an edition have: their fixed words, their typeface, what they bear beside."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from generator.edition.data_files import FileModel
from generator.edition.languages import InLanguages, NameText, PrintedText
from generator.edition.number_values import Number
from generator.edition.values import Expected, Reads, SingleLineText, reads_file_name, reject
from generator.edition.yaml_tree import YamlScalar

PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
"""What Unicode calls the forms that words may have after a number; a language has some of them."""
_Forms = Annotated[
    dict[str, SingleLineText],
    InLanguages(),
    Expected('expected lines such as "one: complaint" and "other: complaints" below it'),
]


class FixedWords(FileModel):
    """The fixed words of every letter; placeholders in them are filled in."""

    masthead: PrintedText = Field(description="At the top of the first page.")
    delivery: PrintedText = Field(description="Below the date.")
    salutation: PrintedText = Field(description="Begins the letter.")
    closing: PrintedText = Field(description="Ends the letter, above the signature.")
    report_title: PrintedText | None = Field(
        None, description="Where wording places it, before the authority's name."
    )
    report_period: PrintedText | None = Field(
        None, description="Where wording places it, before the period's end."
    )
    notes_title: PrintedText | None = Field(
        None, description="Where wording places it, over the notes on the statistics page."
    )
    numbers: tuple[PrintedText, ...] = Field((), description="One, two, … as printed by in_words.")
    ordinals: tuple[PrintedText, ...] = Field(
        (), description="First, second, … as printed by ordinal_in_words."
    )
    plurals: dict[str, _Forms] = Field(
        default_factory=dict,
        description="For count: what follows a number, by the noun that count is given; for each "
        "form of the language (one, other; in Welsh also zero, two, few, many).",
    )


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


PICTURE_FILE = r"[A-Za-z0-9_-]+\.(png|svg)"
PICTURE_MM = range(5, 161)
"""How wide a picture may be; the last is the width of the page between its margins."""


def _read_true(value: Any) -> Any:
    if value is True or (isinstance(value, YamlScalar) and value.plain and value.text == "true"):
        return True
    return reject("expected true; otherwise leave out the line")


def _check_width(width: int) -> int:
    if width not in PICTURE_MM:
        reject(f"found {width}; expected {PICTURE_MM[0]} to {PICTURE_MM[-1]} millimetres")
    return width


PictureFile = Annotated[
    str,
    reads_file_name(
        *(PICTURE_FILE, "expected a PNG or SVG file, such as logo.svg"),
        "a-z, A-Z, 0-9, - and _",
    ),
]
OnlyTrue = Annotated[bool, Reads("expected true", _read_true, {"const": True})]


class LetterheadPicture(FileModel):
    """A picture: a PNG or SVG file in `templates/<year>/pictures/`, and what stands for it."""

    file: PictureFile = Field(description="Its name in that folder.")
    alternative: PrintedText | None = Field(
        None,
        description="Text alternative: what it shows, for those who cannot see it. Either this "
        "or `decorative`.",
    )
    decorative: OnlyTrue | None = Field(
        None, description="True if it says nothing that the words beside it do not."
    )
    width: Annotated[Number, AfterValidator(_check_width)] = Field(
        40, description="Width on paper in millimetres [default: 40]."
    )

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.alternative is None) == (self.decorative is None):
            has = "has neither alternative: nor decorative:"
            if self.alternative is not None:
                has = "has both alternative: and decorative:"
            todo = "the text alternative, or decorative: true if it says nothing"
            reject(f"{has}; give one of them, {todo}")
        return self


class Letterhead(FileModel):
    """What letters bear beside their words; placeholders in it are filled in."""

    logo: LetterheadPicture | None = Field(None, description="Beside the masthead.")
    sender: tuple[NameText, ...] = Field(
        (), description="The sender's address, line by line, at the top right of the first page."
    )
    reference: PrintedText | None = Field(None, description="Above the date.")
    running_head: PrintedText | None = Field(
        None, description="At the head of each page but the first."
    )
    footer: PrintedText | None = Field(None, description="At the foot of each page.")
    page_number: PrintedText | None = Field(
        None,
        description="Such as `Page {{ page.number }} of {{ page.count }}`; by default 2 / 3.",
    )
    signature: LetterheadPicture | None = Field(
        None, description="Between the closing and the signatory's name."
    )
    after_signature: tuple[PrintedText, ...] = Field(
        (), description="Below the signature, line by line: enclosures, copies."
    )

    def texts(self) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
        """Each of its texts: its key, its words, and the steps to it; of a picture, for it."""
        for key in type(self).model_fields:
            match getattr(self, key):
                case str() as line:
                    yield key, line, (key,)
                case tuple() as lines:
                    yield from ((key, line, (key, number)) for number, line in enumerate(lines))
                case LetterheadPicture() as picture:
                    yield key, picture.alternative or "", (key, "alternative")
                case _:
                    pass

    def pictures(self) -> Iterator[tuple[str, LetterheadPicture]]:
        """Its pictures, by key."""
        for key in ("logo", "signature"):
            picture = getattr(self, key)
            if picture is not None:
                yield key, picture
