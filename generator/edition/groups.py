"""The groups of figures of an edition and their columns, as `edition.yaml` defines them.

The models that read the file are the objects that all else works with. They are made of what the
figure kinds know of a column, so they are pickled by name.
"""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    create_model,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.edition.data_files import FileModel
from generator.edition.figure_kind import Exact, FigureKind, Quantity, Said
from generator.edition.figure_kinds import kinds_of
from generator.edition.languages import InLanguages, PrintedText
from generator.edition.operands import Address, address_of, given_parts, name_of
from generator.edition.values import Expected, Id, SingleLineText, reject
from generator.edition.yaml_tree import YamlScalar
from generator.problems import Place


class OfFigureKinds(FileModel):
    """What has other keys where other figure kinds are registered."""

    of_kinds: ClassVar[tuple[FigureKind, ...]] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self.of_kinds, type(self).__name__), self.__getstate__()


def _unpickled(kinds: tuple[FigureKind, ...], name: str) -> object:
    """An object for pickle to fill in, of a model that knows the keys of these kinds."""
    return object.__new__(group_models(kinds)[name])


class _ColumnHeader(OfFigureKinds):
    """What a column says first, of whatever kind it is."""

    label: PrintedText = Field(description="Column heading as printed.")
    header_group: PrintedText | None = Field(
        None,
        alias="under",
        description="Heading printed across this column and its neighbours with the same one.",
    )


class Column(_ColumnHeader):
    """One figure, a column of its table.

    It is a count, a sum (`sum`), a rate (`percent`, `of`), a decimal (`decimal`) or a rate per so
    many (`quotient`, `by`).
    """

    none_said: PrintedText | None = Field(
        None,
        alias="none",
        description="Printed if there is no rate [default: N/A].",
    )
    aliases: tuple[SingleLineText, ...] = Field(
        (), description="Other labels for it in spreadsheets."
    )
    _group: str = ""
    _id: str = ""
    _counts: tuple[str, ...] = ()
    _place: Place = Place(Path())
    _steps: tuple[str, ...] = ()
    _sources: tuple[Address, ...] = ()

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Editors accept the label alone, too."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core_schema)]}

    def __hash__(self) -> int:
        return hash(self.address)

    def settle(self, group: str, id_: str, counts: tuple[str, ...], steps: tuple[str, ...]) -> None:
        """Tell it where it stands, and which counts stand beside it."""
        self._group, self._id, self._counts, self._steps = group, id_, counts, steps
        self.__dict__.pop("address", None)

    def settle_sources(self, sources: tuple[Address, ...], place: Place) -> None:
        """Tell it the given figures that it is made of, and where it is said."""
        self._sources, self._place = sources, place
        self.__dict__.pop("place", None)

    @cached_property
    def address(self) -> Address:
        """Its group's id, and its own; kept, since private attributes of a model are slow."""
        return self._group, self._id

    @property
    def steps(self) -> tuple[str, ...]:
        """The keys of `edition.yaml` that lead to it."""
        return self._steps

    @property
    def group(self) -> str:
        """The id of its group."""
        return self.address[0]

    @property
    def id(self) -> str:
        """The key that it stands under."""
        return self.address[1]

    @cached_property
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

    @cached_property
    def kind(self) -> FigureKind:
        """What its figures are."""
        return self.kinds[0].for_column(self.said(self.kinds[0]))

    @property
    def may_be_nothing(self) -> bool:
        """Whether it may be no number, since there is nothing to take it of: any whole can be 0."""
        return self.kind.is_rate

    def said(self, kind: FigureKind) -> Said:
        """What it says under the keys of a kind."""
        return {key: getattr(self, key) for key in _keys_of(kind)}

    @cached_property
    def _operands(self) -> tuple[Address | None, tuple[Address, ...]]:
        numerator, parts = self.kind.parts(self.said(self.kind), self._counts)
        return (
            address_of(numerator, self._group) if numerator else None,
            tuple(address_of(part, self._group) for part in parts if part),
        )

    @property
    def numerator(self) -> Address | None:
        """The figure that a rate is of."""
        return self._operands[0]

    @property
    def parts(self) -> tuple[Address, ...]:
        """The figures it is worked out from: that a sum adds up, that a rate is taken of."""
        return self._operands[1]

    @cached_property
    def needs(self) -> tuple[Address, ...]:
        """All figures that it is worked out from, of any group; they may be worked out, too."""
        numerator = (self.numerator,) if self.numerator else ()
        return tuple(dict.fromkeys([*numerator, *self.parts]))

    @property
    def sources(self) -> tuple[Address, ...]:
        """The given figures that it is made of in the end; itself, if it is given."""
        return self._sources

    def operands(self, values: Mapping[Address, Exact]) -> tuple[Exact | None, list[Exact]]:
        """Its numerator and its parts as its kind takes them, from values that it needs."""
        numerator = values[self.numerator] if self.numerator else None
        return numerator, [values[part] for part in self.parts]

    def rule(self, labels: Mapping[Address, str] | None = None, *, short: bool = False) -> str:
        """How it is worked out, in words; by the names in its definition, or by these labels."""
        names = labels or {address: name_of(address, self._group) for address in self.needs}
        numerator = names[self.numerator] if self.numerator else None
        of_one_table = all(group == self._group for group, _ in self.parts)
        say = self.kind.short_rule if short and of_one_table else self.kind.rule
        return say(numerator, [names[part] for part in self.parts])

    def state(self, value: Quantity | None) -> str:
        """A value that is supplied, as an authority's file states it."""
        return self.none if value is None else self.kind.state(value)


class Group(OfFigureKinds):
    """A group of figures that belong together: a table, or facts that no table prints."""

    title: PrintedText | None = Field(
        None, description="Title above the table; without one, the group is not a table of its own."
    )
    figures_said: dict[Id, Column] | None = Field(None, alias="figures")
    columns_said: dict[Id, Column] | None = Field(None, alias="columns")
    _id: str = ""
    _place: Place = Place(Path())

    @model_validator(mode="after")
    def _one_of_both(self) -> "Group":
        if self.figures_said is None and self.columns_said is None:
            reject('no figures; expected a key "figures" and, below it, lines such as "id: Label"')
        if self.figures_said is not None and self.columns_said is not None:
            reject("both figures and columns, which mean the same; put all below one of them")
        return self

    def settle(self, id_: str) -> None:
        """Tell it and its columns where they stand."""
        self._id = id_
        counts = tuple(
            k for k, c in self.by_id.items() if c.kinds[0].is_given and c.kinds[0].adds_up
        )
        for key, column in self.by_id.items():
            column.settle(id_, key, counts, (*self.steps, key))

    def settle_place(self, place: Place) -> None:
        """Tell it where its title is said."""
        self._place = place

    @property
    def by_id(self) -> dict[Id, Column]:
        """Its columns by their ids."""
        return self.figures_said or self.columns_said or {}

    @property
    def steps(self) -> tuple[str, ...]:
        """The keys of `edition.yaml` that lead to its figures, below whichever key they stand."""
        return "figures", self._id, "columns" if self.figures_said is None else "figures"

    @property
    def name(self) -> str:
        """Its title, or what else it may be called: its id, in words."""
        return self.title or self._id.replace("_", " ").capitalize()

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
    def given(self) -> tuple[Column, ...]:
        """The columns whose figures are given, not worked out."""
        return tuple(column for column in self.columns if column.kind.is_given)

    @cached_property
    def counts(self) -> tuple[Column, ...]:
        """Those of them that add up."""
        return tuple(column for column in self.given if column.kind.adds_up)


@lru_cache(maxsize=64)
def _keys_of(kind: FigureKind) -> tuple[str, ...]:
    """Kept, since it is asked for every column, and types are made to answer it."""
    return tuple(kind.column_keys())


def settle_figures(groups: Mapping[str, Group], place: Callable[..., Place]) -> None:
    """Tell groups and columns where they stand, and which given figures each is made of."""
    for id_, group in groups.items():
        group.settle(id_)
        group.settle_place(place("figures", id_, "title"))
    columns = [column for group in groups.values() for column in group.columns]
    needs = {column.address: column.needs for column in columns}
    for column in columns:
        sources = tuple(given_parts(column.address, needs))
        column.settle_sources(sources, place(*column.steps))


@lru_cache(maxsize=8)
def group_models(kinds: tuple[FigureKind, ...]) -> Mapping[str, Any]:
    """By name the models of groups and columns, with the keys of these kinds."""
    keys = {key: field for kind in kinds for key, field in kind.column_keys().items()}
    # Between what all columns say first and last, as pydantic takes the fields of bases.
    of_kinds = create_model("_ColumnKeys", __base__=_ColumnHeader, **keys)
    column: Any = create_model("ColumnFile", __base__=(Column, of_kinds), __doc__=Column.__doc__)
    about = "The figures in the order printed; the id of each is stable across the years."
    type_ = Annotated[
        column,
        BeforeValidator(_label_alone),
        Expected('expected a label, or lines such as "label: …" below it'),
        InLanguages(),
    ]
    by_id: Any = Annotated[dict[Id, type_], Field(min_length=1)] | None
    said = (by_id, Field(None, alias="figures", description=about))
    same = (by_id, Field(None, alias="columns", description="Older name of figures."))
    group: Any = create_model(
        "GroupFile", __base__=Group, __doc__=Group.__doc__, figures_said=said, columns_said=same
    )
    with_kinds(kinds, column, group)
    return {model.__name__: model for model in (column, group)}


def with_kinds(kinds: tuple[FigureKind, ...], *models: type[OfFigureKinds]) -> None:
    """Tell models of which kinds they have the keys."""
    for model in models:
        model.of_kinds = kinds


def _label_alone(value: Any) -> Any:
    """A column written as its label alone is a count."""
    return {"label": value} if isinstance(value, YamlScalar) and not value.is_blank else value
