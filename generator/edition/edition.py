"""An edition: what `edition.yaml` says, and what follows from it.

The models that read the file are the objects that all else works with, and its JSON Schema follows
from them. They are made of what the figure kinds know of a column, so they are pickled by name.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any

from pydantic import Field, create_model

from generator.edition.charts import StatedChart
from generator.edition.comparators import EVERYONE, Comparator
from generator.edition.data_files import DataFile, FileModel
from generator.edition.figure_kind import FigureKind
from generator.edition.figure_kinds import figure_kinds
from generator.edition.groups import Column as Column  # part of what an edition is
from generator.edition.groups import Group as Group
from generator.edition.groups import OfFigureKinds, group_models, settle_figures, with_kinds
from generator.edition.languages import Language, PrintedText, file_stem
from generator.edition.letterhead import FixedWords, Letterhead, Typeface
from generator.edition.number_values import Count, Number
from generator.edition.office import Approvals, MailSettings
from generator.edition.operands import Address, in_order
from generator.edition.people import CopyRoles, Recipients, Signatory
from generator.edition.tables import StatedTable
from generator.edition.values import Date, Id, Section, SingleLineText, reads_one_of


class Part(StrEnum):
    """The parts of every letter beside its sections, which may not take these names."""

    OPENING = "opening"
    CLOSING = "closing"
    REPORT = "report"
    EACH_PAGE = "each-page"
    """What stands at the head or foot of pages."""


class AuthorityType(FileModel):
    """A kind of authority, and what the wording calls it."""

    noun: PrintedText = Field(description="What `{{ authority.noun }}` prints, such as council.")
    aliases: tuple[SingleLineText, ...] = Field(
        (), description="Other names for it in spreadsheets."
    )


class AtMost(FileModel):
    """A relation that usually holds between the figures of one authority."""

    at_most: SingleLineText = Field(
        description="The figure, as group.id, that the sum rarely exceeds."
    )


class Outliers(FileModel):
    """What is worth a look against last year."""

    factor: Number = Field(
        description="Report figures that grew or shrank by more than this factor."
    )
    at_least: Number = Field(description="Ignore them if both figures are smaller than this.")


class Edition(DataFile, OfFigureKinds):
    """The facts of the year, its fixed words, and which figures it prints."""

    year: Number = Field(description="The same as the folder's name.")
    language: Language = Field(description="Language of the letters, their dates and numbers.")
    languages: tuple[Language, ...] = Field(
        (), description="Instead of language, for letters in several languages."
    )
    typeface: Annotated[Typeface, reads_one_of(Typeface, "typeface")] = Field(
        Typeface.LIBERATION_SANS,
        description=f"Typeface of the letters [default: {Typeface.LIBERATION_SANS}].",
    )
    subject: PrintedText = Field(description="The letter's title.")
    letter_date: Date = Field(description="The date of the letter.")
    period_end: Date = Field(description="The last day of the period that the figures cover.")
    signatory: Signatory = Field(description="Who signs.")
    sections: tuple[Section, ...] = Field(
        min_length=1, description="The sections of the shared wording, in order."
    )
    kinds: dict[Id, AuthorityType] = Field(
        min_length=1, description="The kinds of authority; the first is the default."
    )
    words: FixedWords = Field(description="The fixed wording.")
    letterhead: Letterhead = Field(
        default_factory=lambda: Letterhead.model_validate({}),
        description="The letterhead: logo, signature, sender and the like.",
    )
    figures: dict[Id, Group]
    tables: dict[Id, StatedTable] = Field(
        default_factory=dict, description="Tables of figures from several groups, or of only some."
    )
    charts: dict[Id, StatedChart] = Field(
        default_factory=dict, description="Charts that the wording can place."
    )
    usually: dict[Id, AtMost] = Field(
        default_factory=dict,
        description="Warn if the counts of a group add up to more than another figure.",
    )
    comparators: dict[Id, Comparator] = Field(
        default_factory=dict, description="What figures are compared with: averages, earlier years."
    )
    national: dict[Id, dict[Id, Count]] = Field(
        default_factory=dict, description="Published national figures."
    )
    outliers: Outliers | None = Field(
        None, description="Which changes since last year are reported."
    )
    copies: CopyRoles = Field(
        default_factory=dict, description="The roles that can get copies of a letter."
    )
    letters: Recipients | None = Field(
        None, description="Which authorities get a letter [default: all]."
    )

    approvals: Approvals | None = Field(
        None, description="Who must approve letters before they are issued."
    )

    publish_from: Date | None = Field(
        None, description="The first day on which letters may be published."
    )
    mail: MailSettings | None = Field(None, description="How letters are mailed.")

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self.of_kinds,), self.__getstate__()

    def model_post_init(self, context: Any) -> None:
        """Keep its places, and tell the groups and columns theirs."""
        super().model_post_init(context)
        settle_figures(self.figures, self.place)

    def stem(self, name: str) -> str:
        """The name of a file in its language, without the ending: of its letters, its wording."""
        return file_stem(name, self.languages, self.language)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of figures, in the order printed."""
        return tuple(self.figures.values())

    @cached_property
    def titled_groups(self) -> tuple[Group, ...]:
        """The groups that are tables by their own names, in the order printed."""
        return tuple(group for group in self.groups if group.title)

    def column(self, address: Address) -> Column:
        """One column; raises `KeyError` where there is none."""
        group, id_ = address
        return self.figures[group].by_id[id_]

    @cached_property
    def given_columns(self) -> tuple[Column, ...]:
        """The columns whose figures are given, in the order printed."""
        return tuple(column for column in self.columns() if column.kind.is_given)

    @cached_property
    def columns_in_order(self) -> tuple[Column, ...]:
        """All columns, in the order printed."""
        return tuple(self.columns())

    @cached_property
    def numbers(self) -> Mapping[Address, int]:
        """The number of each column in that order."""
        return {column.address: number for number, column in enumerate(self.columns_in_order)}

    @cached_property
    def working_order(self) -> tuple[Column, ...]:
        """All columns, each after those that it is worked out from."""
        order = in_order({column.address: column.needs for column in self.columns()})
        return tuple(map(self.column, order))

    @property
    def compares_kinds(self) -> bool:
        """Whether it hangs on an authority's kind what its figures are compared with."""
        return any(
            comparator.among and comparator.among != (EVERYONE,)
            for comparator in self.comparators.values()
        )

    @property
    def years_compared(self) -> list[int]:
        """The other years whose figures its letters may name."""
        back = (each.years_back for each in self.comparators.values())
        return sorted({self.year + years for years in back if years is not None})

    def columns(self) -> Iterator[Column]:
        """All columns of all groups, in the order printed."""
        for group in self.groups:
            yield from group.columns


def edition_model() -> type[Edition]:
    """The model of `edition.yaml`, whose columns may have the keys of all figure kinds."""
    return _model(figure_kinds())


def _unpickled(kinds: tuple[FigureKind, ...]) -> object:
    """An edition for pickle to fill in, whose columns know the keys of these kinds."""
    return object.__new__(_model(kinds))


@lru_cache(maxsize=8)
def _model(kinds: tuple[FigureKind, ...]) -> type[Edition]:
    group: Any = group_models(kinds)["GroupFile"]
    figures = (
        dict[Id, group],
        Field(min_length=1, description="The groups of figures, in the order printed."),
    )
    edition = create_model(
        "EditionFile", __base__=Edition, __doc__=Edition.__doc__, figures=figures
    )
    with_kinds(kinds, edition)
    return edition
