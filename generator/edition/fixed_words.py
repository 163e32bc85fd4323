"""The fixed words of an edition's letters."""

from typing import Annotated

from pydantic import Field

from generator.edition.data_files import FileModel
from generator.edition.languages import InLanguages, PrintedText
from generator.edition.values import Expected, SingleLineText

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
    numbers: tuple[PrintedText, ...] = Field((), description="One, two, … for in_words.")
    ordinals: tuple[PrintedText, ...] = Field((), description="First, … for ordinal_in_words.")
    plurals: dict[str, _Forms] = Field(
        default_factory=dict,
        description="For count: what follows a number, by the noun that count is given; for each "
        "form of the language (one, other; in Welsh also zero, two, few, many).",
    )
