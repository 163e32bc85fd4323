"""What `edition.yaml` may say: the form of the file, from which its JSON Schema follows."""

from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    create_model,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.edition.figure_kind import FigureKind, Said
from generator.edition.figure_kinds import figure_kinds, kinds_of
from generator.edition.typeface import Typeface
from generator.edition.values import (
    Count,
    Date,
    Expected,
    Id,
    Number,
    Section,
    SingleLineText,
    one_of,
    read_text,
)
from generator.edition.yaml_tree import YamlScalar


class Part(StrEnum):
    """The parts of every letter beside its sections, which may not take these names."""

    OPENING = "opening"
    CLOSING = "closing"
    REPORT = "report"


class FileModel(BaseModel):
    """A part of a data file: every key known, nothing changed after it is read.

    Built when a file is first read, so that parts are not built once more each by itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class SignatoryFile(FileModel):
    """Who signs every letter."""

    name: SingleLineText = Field(description="As printed under the signature.")
    offices: list[SingleLineText] = Field(
        min_length=1, description="One line each, below the name."
    )


class KindFile(FileModel):
    """A kind of authority, and what the wording calls it."""

    noun: SingleLineText = Field(description="What `{{ authority.noun }}` prints, such as council.")


class WordsFile(FileModel):
    """The fixed words of every letter; placeholders in them are filled in."""

    masthead: SingleLineText = Field(description="At the top of the first page.")
    delivery: SingleLineText = Field(description="Below the date.")
    salutation: SingleLineText = Field(description="Begins the letter.")
    closing: SingleLineText = Field(description="Ends the letter, above the signature.")
    report_title: SingleLineText = Field(
        description="On the statistics page, before the authority's name."
    )
    report_period: SingleLineText = Field(
        description="On the statistics page, before the period's end."
    )
    notes_title: SingleLineText = Field(description="Over the notes on the statistics page.")


class ColumnHead(FileModel):
    """What a column says first, of whatever kind it is."""

    label: SingleLineText = Field(description="As printed over the figure.")
    under: SingleLineText | None = Field(
        None, description="The head printed over this column and its neighbours of the same head."
    )


class ColumnFile(ColumnHead):
    """One column of a table: a count, the sum of counts (`sum`), or a rate (`percent`, `of`)."""

    none: SingleLineText | None = Field(
        None, description="Printed where there is nothing to take a percentage of; N/A unless said."
    )
    aliases: list[SingleLineText] = Field(
        default_factory=list, description="Other labels of it in spreadsheets, for import."
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Editors accept the label alone, too."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core_schema)]}

    def said(self, kind: FigureKind) -> Said:
        """What it says under the keys of a kind."""
        return {key: getattr(self, key) for key in kind.column_keys()}

    @property
    def kinds(self) -> list[FigureKind]:
        """The kinds that it is of; one, unless there is a mistake."""
        return kinds_of(key for key in type(self).model_fields if getattr(self, key) is not None)


def _label_alone(value: Any) -> Any:
    """A column written as its label alone is a count."""
    return {"label": value} if isinstance(value, YamlScalar) and not value.is_blank else value


class GroupFile(FileModel):
    """One table of figures."""

    title: SingleLineText = Field(description="Printed over the table.")
    columns: dict[Id, ColumnFile]


class AtMostFile(FileModel):
    """A relation that usually holds between the figures of one authority."""

    at_most: SingleLineText = Field(
        description="The figure, as group.id, that is usually not exceeded."
    )


class OutliersFile(FileModel):
    """What is worth a look against last year."""

    factor: Number = Field(description="Grown or shrunk by more than this factor.")
    at_least: Number = Field(description="Unless both figures are smaller than this.")


_EXPECTED_TYPEFACE = f"expected one of {', '.join(Typeface)}"
LANGUAGE = "[a-z]{2,3}(-[A-Z]{2})?"


class EditionFile(FileModel):
    """The facts of the year, its fixed words, and which figures it prints."""

    year: Number = Field(description="The same as the folder's name.")
    language: Annotated[
        str,
        BeforeValidator(read_text("expected a language, such as en-GB")),
        Expected("expected a language, such as en-GB"),
        WithJsonSchema({"type": "string", "pattern": f"^{LANGUAGE}$"}),
    ] = Field(description="Of the document, and of its dates and numbers.")
    typeface: Annotated[
        Typeface,
        BeforeValidator(one_of(list(Typeface), "typeface")),
        BeforeValidator(read_text(_EXPECTED_TYPEFACE)),
        Expected(_EXPECTED_TYPEFACE),
        WithJsonSchema({"enum": list(Typeface)}),
    ] = Field(
        Typeface.LIBERATION_SANS,
        description=f"What letters are set in; {Typeface.LIBERATION_SANS} unless said.",
    )
    subject: SingleLineText = Field(description="The letter's title.")
    letter_date: Date = Field(description="The day on the letter.")
    period_end: Date = Field(description="The last day that the figures cover.")
    signatory: SignatoryFile = Field(description="Who signs.")
    sections: list[Section] = Field(min_length=1, description="The shared wording, in its order.")
    kinds: dict[Id, KindFile] = Field(
        min_length=1, description="The kinds of authority; the first is the usual one."
    )
    words: WordsFile = Field(description="The fixed words.")
    figures: dict[Id, GroupFile]
    usually: dict[Id, AtMostFile] = Field(
        default_factory=dict,
        description="Warn where the counts of a group add up to more than another figure.",
    )
    national: dict[Id, dict[Id, Count]] = Field(
        default_factory=dict, description="Published figures for the whole country."
    )
    outliers: OutliersFile | None = Field(None, description="What is worth a look.")


def edition_model() -> type[EditionFile]:
    """The model of `edition.yaml`, whose columns may have the keys of all figure kinds."""
    return _edition_model(figure_kinds())


@lru_cache(maxsize=8)
def _edition_model(kinds: tuple[FigureKind, ...]) -> type[EditionFile]:
    keys = {key: field for kind in kinds for key, field in kind.column_keys().items()}
    # Between what all columns say first and last, as pydantic takes the fields of bases.
    of_kinds = create_model("_ColumnKeys", __base__=ColumnHead, **keys)
    column: Any = create_model(
        "ColumnFile", __base__=(ColumnFile, of_kinds), __doc__=ColumnFile.__doc__
    )
    about = "The columns in the order printed; the id of each is stable across the years."
    type_ = Annotated[
        column,
        BeforeValidator(_label_alone),
        Expected('expected a label, or lines such as "label: …" below it'),
    ]
    columns = (dict[Id, type_], Field(min_length=1, description=about))
    group: Any = create_model(
        "GroupFile", __base__=GroupFile, __doc__=GroupFile.__doc__, columns=columns
    )
    figures = (
        dict[Id, group],
        Field(min_length=1, description="The tables, in the order printed."),
    )
    return create_model(
        "EditionFile", __base__=EditionFile, __doc__=EditionFile.__doc__, figures=figures
    )
