"""Variables: the named values that wording may use, each with its type and its place."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from generator.edition import formats
from generator.edition.authority import Authority
from generator.edition.comparisons import NATIONAL, compared_columns
from generator.edition.edition import Column, Edition
from generator.edition.figures import GAP, Figure
from generator.edition.operands import Address
from generator.problems import Place


class Type(StrEnum):
    """What a value is, and so what may be done with it."""

    TEXT = "a text"
    NUMBER = "a number"
    DECIMAL = "a decimal"
    YEAR = "a year"
    PERCENT = "a rate"
    DATE = "a date"


Value = str | int | Decimal | datetime.date | None


@dataclass(frozen=True)
class Variable:
    """One value. `value` is None where a figure is not supplied, or it is of nothing or nobody."""

    type: Type
    value: Value
    printed: str
    """As it stands in a text when no filter says otherwise."""
    place: Place
    supplied: bool = True


def _salutation_place(_edition: Edition, authority: Authority) -> Place:
    given = authority.addressee.salutation != authority.addressee.names[0]
    return authority.place("addressee", "salutation" if given else "name")


@dataclass(frozen=True)
class _Named:
    """What a name means: its type, its value, and where that is said."""

    type: Type
    value: Callable[[Edition, Authority], Value]
    place: Callable[[Edition, Authority], Place] | None = None
    """None where the name itself says the file and the keys."""


_NAMES = {
    "edition.year": _Named(Type.YEAR, lambda edition, _: edition.year),
    "edition.letter_date": _Named(Type.DATE, lambda edition, _: edition.letter_date),
    "edition.period_end": _Named(Type.DATE, lambda edition, _: edition.period_end),
    "edition.signatory.name": _Named(Type.TEXT, lambda edition, _: edition.signatory.name),
    "authority.name": _Named(Type.TEXT, lambda _, authority: authority.name),
    "authority.kind": _Named(Type.TEXT, lambda _, authority: authority.kind),
    "authority.noun": _Named(
        Type.TEXT,
        lambda edition, authority: edition.kinds[authority.kind].noun,
        lambda edition, authority: edition.place("kinds", authority.kind, "noun"),
    ),
    "authority.addressee.name": _Named(
        Type.TEXT,
        lambda edition, authority: formats.names(authority.addressee.names, edition.language),
    ),
    "authority.addressee.office": _Named(
        Type.TEXT, lambda _, authority: authority.addressee.office
    ),
    "authority.addressee.salutation": _Named(
        Type.TEXT, lambda _, authority: authority.addressee.salutation, _salutation_place
    ),
}


@dataclass(frozen=True)
class VocabularyEntry:
    """What is known of a name before any letter is composed."""

    type: Type
    may_be_nothing: bool = False
    """Whether there may be no such value in some letter: a rate of nothing."""
    parts: tuple[str, ...] = ()
    """The names that a sum adds up, or that make up the whole of a rate."""
    choices: tuple[str, ...] = ()
    """The texts of which its value is one; empty where it can be any."""
    at_least: int = 1
    """Of a rate, how large its whole must be for it to be known."""
    sides: tuple[str, ...] = ()
    """Of a change the two names between which it is: it is known where both are."""


class Vocabulary(dict[str, VocabularyEntry]):
    """Every name that some wording may use, and how the edition spells numbers out.

    Changes are no names of their own, so none is listed; each can be looked up.
    """

    number_words = formats.NumberWords()
    comparators: tuple[str, ...] = ()
    """Since when, or from what, a figure may be said to have changed."""

    def __missing__(self, name: str) -> VocabularyEntry:
        own, compared = sides_of(name) if " | " in name else (name, "")
        if own == name:
            raise KeyError(name)
        type_ = Type.DECIMAL if self[own].type is Type.DECIMAL else Type.NUMBER
        return VocabularyEntry(type_, may_be_nothing=True, sides=(own, compared))

    def also(self, names: Mapping[str, Type]) -> Self:
        """The same with further names, whose values are always given."""
        more = {name: VocabularyEntry(type_) for name, type_ in names.items()}
        extended = type(self)({**self, **more})
        extended.number_words = self.number_words
        extended.comparators = self.comparators
        return extended


def vocabulary(edition: Edition) -> Vocabulary:
    """Every name that wording may use in this edition, and what it names."""
    choices = {
        "authority.kind": tuple(edition.kinds),
        "authority.noun": tuple(kind.noun for kind in edition.kinds.values()),
    }
    names = Vocabulary(
        {
            name: VocabularyEntry(named.type, choices=choices.get(name, ()))
            for name, named in _NAMES.items()
        }
    )
    for column in edition.columns():
        parts = tuple(_full_name(address) for address in column.parts)
        entry = VocabularyEntry(
            _type_of(column), column.may_be_nothing, parts, at_least=column.kind.at_least
        )
        names[_full_name(column.address)] = entry
    for name, comparator, column in compared_columns(edition):
        names[name] = VocabularyEntry(_type_of(column), comparator != NATIONAL)
    for role in edition.copies:
        for name in copy_names(role):
            names[name] = VocabularyEntry(Type.TEXT, may_be_nothing=True)
    words = edition.words
    names.number_words = formats.number_words(
        edition.language, words.numbers, words.ordinals, words.plurals
    )
    names.comparators = tuple(edition.comparators)
    return names


PAGE_NAMES = {"page.number": Type.NUMBER, "page.count": Type.NUMBER}
"""What the words of a page number alone may name, beside all else."""


def change_of(figure: str, comparator: str) -> str:
    """The name of the difference between a figure and a comparator's view of it."""
    return f"{figure} | change({comparator})"


def sides_of(name: str) -> tuple[str, ...]:
    """The two names between which a change is; any other name is one by itself."""
    found = re.fullmatch(r"authority\.(.+) \| change\((.+)\)", name)
    return (f"authority.{found[1]}", f"{found[2]}.{found[1]}") if found else (name,)


def copy_names(role: str) -> tuple[str, str]:
    """The names of what is said of one to whom a copy goes: the name, the office."""
    return f"{COPIES_PREFIX}{role}.name", f"{COPIES_PREFIX}{role}.office"


COPIES_PREFIX = "authority.copies."


def _type_of(column: Column) -> Type:
    if column.kind.is_rate:
        return Type.PERCENT
    return Type.DECIMAL if column.kind.places else Type.NUMBER


def _full_name(address: Address) -> str:
    """The name of a figure of an authority."""
    return ".".join(("authority", *address))


def variables_of(edition: Edition, authority: Authority) -> dict[str, Variable]:
    """The value of every name in the vocabulary, for one authority."""
    files = {"edition": edition, "authority": authority}
    variables = {}
    for name, named in _NAMES.items():
        value = named.value(edition, authority)
        is_date = isinstance(value, datetime.date)
        printed = formats.long_date(value, edition.language) if is_date else str(value)
        file, *steps = name.split(".")
        place = named.place(edition, authority) if named.place else files[file].place(*steps)
        variables[name] = Variable(named.type, value, printed, place)
    for role in edition.copies:
        person = authority.copies.get(role)
        said = (person.name, person.office) if person else (None, None)
        for name, text in zip(copy_names(role), said, strict=True):
            place = authority.place(*name.split(".")[1:])
            variables[name] = Variable(Type.TEXT, text, GAP if text is None else text, place)
    for group, figures in authority.figures.items():
        for figure in figures:
            name = f"authority.{group}.{figure.column.id}"
            variables[name] = _of_figure(figure, edition.language)
    for name, figure in authority.compared.items():
        variables[name] = _of_figure(figure, edition.language)
        comparator, _, address = name.partition(".")
        if comparator in edition.comparators:
            own = variables[f"authority.{address}"]
            change = _change(own, figure, edition.language)
            variables[change_of(f"authority.{address}", comparator)] = change
    return variables


def _change(own: Variable, figure: Figure, language: str) -> Variable:
    """How far a figure is from another, both as they are printed; printed without its sign."""
    type_ = Type.DECIMAL if own.type is Type.DECIMAL else Type.NUMBER
    supplied = own.supplied and figure.supplied
    if not supplied:
        return Variable(type_, None, GAP, figure.place, supplied=False)
    if figure.value is None or not isinstance(own.value, int | Decimal):
        return Variable(type_, None, figure.column.none, figure.place)
    value = own.value - figure.value
    is_whole = isinstance(value, int)
    places = 0 if is_whole else -int(Decimal(value).as_tuple().exponent)
    return Variable(type_, value, formats.decimal(abs(value), places, language), figure.place)


def _of_figure(figure: Figure, language: str) -> Variable:
    printed = figure.printed(language)
    return Variable(_type_of(figure.column), figure.value, printed, figure.place, figure.supplied)


def insert_variables(
    types: Mapping[str, Type], given: Mapping[str, Value], place: Place, language: str
) -> dict[str, Variable]:
    """The values that an insert is given, of these types; a gap for one that it is not given."""
    variables = {}
    for name, type_ in types.items():
        value = given.get(name)
        printed = GAP if value is None else str(value)
        if isinstance(value, datetime.date):
            printed = formats.long_date(value, language)
        variables[f"insert.{name}"] = Variable(type_, value, printed, place, value is not None)
    return variables


Variables = Mapping[str, Variable]
