"""An edition: what `edition.yaml` says, and what follows from it.

The models that read the file are the objects that all else works with, and its JSON Schema follows
from them. They are made of what the figure kinds know of a column, so they are pickled by name.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    create_model,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.edition.charts import StatedChart
from generator.edition.data_files import DataFile, FileModel
from generator.edition.figure_kind import FigureKind, Said
from generator.edition.figure_kinds import figure_kinds, kinds_of
from generator.edition.fixed_words import FixedWords
from generator.edition.letterhead import Letterhead, Typeface
from generator.edition.tables import StatedTable
from generator.edition.values import (
    Count,
    Date,
    Expected,
    Id,
    Number,
    Section,
    SingleLineText,
    choice,
    read_text,
)
from generator.edition.yaml_tree import YamlScalar
from generator.problems import Place


class Part(StrEnum):
    """The parts of every letter beside its sections, which may not take these names."""

    OPENING = "opening"
    CLOSING = "closing"
    REPORT = "report"
    EACH_PAGE = "each-page"
    """What stands at the head or foot of pages."""


class Signatory(FileModel):
    """Who signs every letter."""

    name: SingleLineText = Field(description="As printed under the signature.")
    offices: tuple[SingleLineText, ...] = Field(
        min_length=1, description="One line each, below the name."
    )


class AuthorityType(FileModel):
    """A kind of authority, and what the wording calls it."""

    noun: SingleLineText = Field(description="What `{{ authority.noun }}` prints, such as council.")


class _OfFigureKinds(FileModel):
    """What has other keys where other figure kinds are registered."""

    of_kinds: ClassVar[tuple[FigureKind, ...]] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self.of_kinds, type(self).__name__), self.__getstate__()


def _unpickled(kinds: tuple[FigureKind, ...], name: str) -> object:
    """An object for pickle to fill in, of a model that knows the keys of these kinds."""
    return object.__new__(_models(kinds)[name])


class _ColumnHeader(_OfFigureKinds):
    """What a column says first, of whatever kind it is."""

    label: SingleLineText = Field(description="As printed over the figure.")
    header_group: SingleLineText | None = Field(
        None,
        alias="under",
        description="The head printed over this column and its neighbours of the same head.",
    )


class Column(_ColumnHeader):
    """One column of a table: a count, the sum of counts (`sum`), or a rate (`percent`, `of`)."""

    none_said: SingleLineText | None = Field(
        None,
        alias="none",
        description="Printed where there is nothing to take a percentage of; N/A unless said.",
    )
    aliases: tuple[SingleLineText, ...] = Field(
        (), description="Other labels of it in spreadsheets, for import."
    )
    _group: str = ""
    _id: str = ""
    _counts: tuple[str, ...] = ()
    _place: Place = Place(Path())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Editors accept the label alone, too."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core_schema)]}

    def __hash__(self) -> int:
        return hash((self._group, self._id))

    def settle(self, group: str, id_: str, counts: tuple[str, ...], place: Place) -> None:
        """Tell it where it stands, and which counts stand beside it."""
        self._group, self._id, self._counts, self._place = group, id_, counts, place

    @property
    def group(self) -> str:
        """The id of its group."""
        return self._group

    @property
    def id(self) -> str:
        """The key that it stands under."""
        return self._id

    @property
    def place(self) -> Place:
        """Where it is said."""
        return self._place

    @property
    def none(self) -> str:
        """Printed for a rate of nothing."""
        return self.none_said or "N/A"

    @cached_property
    def kinds(self) -> list[FigureKind]:
        """The kinds that it is of; one, unless there is a mistake."""
        return kinds_of(key for key in type(self).model_fields if getattr(self, key) is not None)

    @property
    def kind(self) -> FigureKind:
        """What its figures are."""
        return self.kinds[0]

    def said(self, kind: FigureKind) -> Said:
        """What it says under the keys of a kind."""
        return {key: getattr(self, key) for key in kind.column_keys()}

    @cached_property
    def _operands(self) -> tuple[str | None, tuple[str, ...]]:
        return self.kind.parts(self.said(self.kind), self._counts)

    @property
    def numerator(self) -> str | None:
        """The id of the count that a rate is of."""
        return self._operands[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of the counts it is worked out from: that a sum adds up, a rate is taken of."""
        return self._operands[1]

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The ids of all counts that it is worked out from."""
        numerator = (self.numerator,) if self.numerator else ()
        return tuple(dict.fromkeys([*numerator, *self.parts]))

    def work_out(self, counts: Mapping[str, int]) -> int | None:
        """Its value, from counts by id, of which those it needs are there."""
        numerator = counts[self.numerator] if self.numerator else None
        return self.kind.work_out(numerator, [counts[part] for part in self.parts])

    def state(self, value: int | None) -> str:
        """A value that is supplied, as an authority's file states it."""
        return self.none if value is None else self.kind.state(value)


class Group(_OfFigureKinds):
    """One table of figures."""

    title: SingleLineText = Field(description="Printed over the table.")
    by_id: dict[Id, Column] = Field(alias="columns")
    _id: str = ""
    _place: Place = Place(Path())

    def settle(self, id_: str, edition: "Edition") -> None:
        """Tell it and its columns where they stand."""
        self._id, self._place = id_, edition.place("figures", id_, "title")
        counts = tuple(key for key, column in self.by_id.items() if column.kind.is_given)
        for key, column in self.by_id.items():
            column.settle(id_, key, counts, edition.place("figures", id_, "columns", key))

    @property
    def id(self) -> str:
        """The key that it stands under."""
        return self._id

    @property
    def place(self) -> Place:
        """Where its title is said."""
        return self._place

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Its columns in the order printed."""
        return tuple(self.by_id.values())

    @cached_property
    def counts(self) -> tuple[Column, ...]:
        """The columns whose figures are given, not worked out."""
        return tuple(column for column in self.columns if column.kind.is_given)


class AtMost(FileModel):
    """A relation that usually holds between the figures of one authority."""

    at_most: SingleLineText = Field(
        description="The figure, as group.id, that is usually not exceeded."
    )


class Outliers(FileModel):
    """What is worth a look against last year."""

    factor: Number = Field(description="Grown or shrunk by more than this factor.")
    at_least: Number = Field(description="Unless both figures are smaller than this.")


LANGUAGE = "[a-z]{2,3}(-[A-Z]{2})?"


class Edition(DataFile, _OfFigureKinds):
    """The facts of the year, its fixed words, and which figures it prints."""

    year: Number = Field(description="The same as the folder's name.")
    language: Annotated[
        str,
        BeforeValidator(read_text("expected a language, such as en-GB")),
        Expected("expected a language, such as en-GB"),
        WithJsonSchema({"type": "string", "pattern": f"^{LANGUAGE}$"}),
    ] = Field(description="Of the document, and of its dates and numbers.")
    typeface: choice(Typeface, "typeface", Typeface) = Field(  # type: ignore[valid-type]  # made at run time
        Typeface.LIBERATION_SANS,
        description=f"What letters are set in; {Typeface.LIBERATION_SANS} unless said.",
    )
    subject: SingleLineText = Field(description="The letter's title.")
    letter_date: Date = Field(description="The day on the letter.")
    period_end: Date = Field(description="The last day that the figures cover.")
    signatory: Signatory = Field(description="Who signs.")
    sections: tuple[Section, ...] = Field(
        min_length=1, description="The shared wording, in its order."
    )
    kinds: dict[Id, AuthorityType] = Field(
        min_length=1, description="The kinds of authority; the first is the usual one."
    )
    words: FixedWords = Field(description="The fixed words.")
    letterhead: Letterhead = Field(
        default_factory=lambda: Letterhead.model_validate({}),
        description="What the letters bear beside their words.",
    )
    figures: dict[Id, Group]
    tables: dict[Id, StatedTable] = Field(
        default_factory=dict, description="Tables of other figures than those of one group."
    )
    charts: dict[Id, StatedChart] = Field(
        default_factory=dict, description="Drawings of figures that wording places."
    )
    usually: dict[Id, AtMost] = Field(
        default_factory=dict,
        description="Warn where the counts of a group add up to more than another figure.",
    )
    national: dict[Id, dict[Id, Count]] = Field(
        default_factory=dict, description="Published figures for the whole country."
    )
    outliers: Outliers | None = Field(None, description="What is worth a look.")

    def model_post_init(self, context: Any) -> None:
        """Keep its places, and tell the groups and columns theirs."""
        super().model_post_init(context)
        for id_, group in self.figures.items():
            group.settle(id_, self)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The tables, in the order printed."""
        return tuple(self.figures.values())

    def columns(self) -> Iterator[Column]:
        """All columns of all groups, in the order printed."""
        for group in self.groups:
            yield from group.columns


def edition_model() -> type[Edition]:
    """The model of `edition.yaml`, whose columns may have the keys of all figure kinds."""
    model: type[Edition] = _models(figure_kinds())["EditionFile"]
    return model


@lru_cache(maxsize=8)
def _models(kinds: tuple[FigureKind, ...]) -> Mapping[str, Any]:
    """By name the models of an edition, its groups and columns, with the keys of these kinds."""
    keys = {key: field for kind in kinds for key, field in kind.column_keys().items()}
    # Between what all columns say first and last, as pydantic takes the fields of bases.
    of_kinds = create_model("_ColumnKeys", __base__=_ColumnHeader, **keys)
    column: Any = create_model("ColumnFile", __base__=(Column, of_kinds), __doc__=Column.__doc__)
    about = "The columns in the order printed; the id of each is stable across the years."
    type_ = Annotated[
        column,
        BeforeValidator(_label_alone),
        Expected('expected a label, or lines such as "label: …" below it'),
    ]
    columns = (dict[Id, type_], Field(min_length=1, alias="columns", description=about))
    group: Any = create_model("GroupFile", __base__=Group, __doc__=Group.__doc__, by_id=columns)
    figures = (
        dict[Id, group],
        Field(min_length=1, description="The tables, in the order printed."),
    )
    edition = create_model(
        "EditionFile", __base__=Edition, __doc__=Edition.__doc__, figures=figures
    )
    models: tuple[Any, ...] = (column, group, edition)
    for model in models:
        model.of_kinds = kinds
    return {model.__name__: model for model in models}


def _label_alone(value: Any) -> Any:
    """A column written as its label alone is a count."""
    return {"label": value} if isinstance(value, YamlScalar) and not value.is_blank else value
