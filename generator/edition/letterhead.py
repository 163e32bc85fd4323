"""The look of an edition's letters: their typeface, and what they bear beside their words."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from generator.edition.data_files import FileModel
from generator.edition.languages import NameText, PrintedText
from generator.edition.values import Expected, Number, read_text, reject
from generator.edition.yaml_tree import YamlScalar


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


_EXPECTED_FILE = "expected a PNG or SVG file, such as logo.svg"
PICTURE_FILE = r"[A-Za-z0-9_-]+\.(png|svg)"
PICTURE_MM = range(5, 161)
"""How wide a picture may be; the last is the width of the page between its margins."""


def _read_true(value: Any) -> Any:
    if value is True or (isinstance(value, YamlScalar) and value.plain and value.text == "true"):
        return True
    return reject("expected true; leave the line out where it is not so")


def _check_width(width: int) -> int:
    if width not in PICTURE_MM:
        reject(f"found {width}; expected {PICTURE_MM[0]} to {PICTURE_MM[-1]} millimetres")
    return width


def _check_file(name: str) -> str:
    if not re.fullmatch(PICTURE_FILE, name):
        reject(f'found "{name}"; {_EXPECTED_FILE}, named with a-z, A-Z, 0-9, - and _')
    return name


PictureFile = Annotated[
    str,
    BeforeValidator(read_text(_EXPECTED_FILE)),
    AfterValidator(_check_file),
    Expected(_EXPECTED_FILE),
    WithJsonSchema({"type": "string", "pattern": f"^{PICTURE_FILE}$"}),
]
OnlyTrue = Annotated[
    bool, BeforeValidator(_read_true), Expected("expected true"), WithJsonSchema({"const": True})
]


class LetterheadPicture(FileModel):
    """A picture: a PNG or SVG file in `templates/<year>/pictures/`, and what stands for it."""

    file: PictureFile = Field(description="Its name in that folder.")
    alternative: PrintedText | None = Field(
        None, description="What it shows or says, for who cannot see it. This, or `decorative`."
    )
    decorative: OnlyTrue | None = Field(
        None, description="Where it says nothing that the words beside it do not say."
    )
    width: Annotated[Number, AfterValidator(_check_width)] = Field(
        40, description="In millimetres, on paper; 40 unless said."
    )

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.alternative is None) == (self.decorative is None):
            has = "has neither alternative: nor decorative:"
            if self.alternative is not None:
                has = "has both alternative: and decorative:"
            todo = "the words that stand for it, or decorative: true where it says nothing"
            reject(f"{has}; expected one of them, {todo}")
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
        description="Such as `Page {{ page.number }} of {{ page.count }}`; 2 / 3 unless said.",
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
