"""The fixed words of an edition's letters."""

from pydantic import Field

from generator.edition.data_files import FileModel
from generator.edition.values import SingleLineText


class FixedWords(FileModel):
    """The fixed words of every letter; placeholders in them are filled in."""

    masthead: SingleLineText = Field(description="At the top of the first page.")
    delivery: SingleLineText = Field(description="Below the date.")
    salutation: SingleLineText = Field(description="Begins the letter.")
    closing: SingleLineText = Field(description="Ends the letter, above the signature.")
    report_title: SingleLineText | None = Field(
        None, description="Where wording places it, before the authority's name."
    )
    report_period: SingleLineText | None = Field(
        None, description="Where wording places it, before the period's end."
    )
    notes_title: SingleLineText | None = Field(
        None, description="Where wording places it, over the notes on the statistics page."
    )
    numbers: tuple[SingleLineText, ...] = Field((), description="One, two, … for in_words.")
    ordinals: tuple[SingleLineText, ...] = Field((), description="First, … for ordinal_in_words.")
