"""Variables: the named values that wording may use, each with its type and its place."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
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


_NAMES = {
    "edition.year": Type.YEAR,
    "edition.letter_date": Type.DATE,
    "edition.period_end": Type.DATE,
    "edition.signatory.name": Type.TEXT,
    "authority.name": Type.TEXT,
    "authority.kind": Type.TEXT,
    "authority.noun": Type.TEXT,
    "authority.addressee.name": Type.TEXT,
    "authority.addressee.office": Type.TEXT,
    "authority.addressee.salutation": Type.TEXT,
}
"""The names beside those of figures and copies; each says by itself where its value is."""


def _value_of(name: str, edition: Edition, authority: Authority) -> tuple[Value, Place]:
    """The value of such a name and where it is said, in the model and the file of that name."""
    file = edition if name.startswith("edition.") else authority
    _, _, path = name.partition(".")
    match name:
        case "authority.noun":
            noun = edition.kinds[authority.kind].noun
            return noun, edition.place("kinds", authority.kind, "noun")
        case "authority.addressee.name":
            value = formats.names(authority.addressee.names, edition.language)
        case "authority.addressee.salutation" if authority.addressee.salutation_is_name:
            return authority.addressee.salutation, authority.place("addressee", "name")
        case _:
            value = attrgetter(path)(file)
    return value, file.place(*path.split("."))


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
            name: VocabularyEntry(type_, choices=choices.get(name, ()))
            for name, type_ in _NAMES.items()
        }
    )
    for column in edition.columns():
        parts = tuple(full_name(address) for address in column.parts)
        entry = VocabularyEntry(
            _type_of(column), column.may_be_nothing, parts, at_least=column.kind.at_least
        )
        names[full_name(column.address)] = entry
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


def full_name(address: Address) -> str:
    """The name of a figure of an authority."""
    return ".".join(("authority", *address))


def variables_of(edition: Edition, authority: Authority) -> dict[str, Variable]:
    """The value of every name in the vocabulary, for one authority."""
    variables = {}
    for name, type_ in _NAMES.items():
        value, place = _value_of(name, edition, authority)
        is_date = isinstance(value, datetime.date)
        printed = formats.long_date(value, edition.language) if is_date else str(value)
        variables[name] = Variable(type_, value, printed, place)
    for role in edition.copies:
        person = authority.copies.get(role)
        said = (person.name, person.office) if person else (None, None)
        for name, text in zip(copy_names(role), said, strict=True):
            place = authority.place(*name.split(".")[1:])
            variables[name] = Variable(Type.TEXT, text, GAP if text is None else text, place)
    for address, figure in authority.figures.items():
        variables[full_name(address)] = _of_figure(figure, edition.language)
    for name, figure in authority.compared.items():
        variables[name] = _of_figure(figure, edition.language)
        comparator, *_ = name.split(".")
        if comparator in edition.comparators:
            own = full_name(figure.column.address)
            change = _change(variables[own], figure, edition.language)
            variables[change_of(own, comparator)] = change
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
