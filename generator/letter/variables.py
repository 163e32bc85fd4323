"""Variables: the named values that wording may use, each with its type and its place."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.edition.authority import Authority, ChosenInsert
from generator.edition.edition import Column, Edition
from generator.letter import formats
from generator.problems import Place


class Type(StrEnum):
    """What a value is, and so what may be done with it."""

    TEXT = "a text"
    NUMBER = "a number"
    YEAR = "a year"
    PERCENT = "a rate"
    DATE = "a date"


Value = str | int | datetime.date | None


@dataclass(frozen=True)
class Variable:
    """One value. `value` is None where a figure is not supplied, or is a rate of nothing."""

    type: Type
    value: Value
    printed: str
    """As it stands in a text when no filter says otherwise."""
    place: Place
    supplied: bool = True


def vocabulary(edition: Edition) -> dict[str, Type]:
    """Every name that wording may use in this edition, and what it names."""
    names = {
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
    for column in edition.columns():
        type_ = _type_of(column)
        names[f"authority.{column.group}.{column.id}"] = type_
    return names


def _type_of(column: Column) -> Type:
    return Type.PERCENT if column.kind.is_rate else Type.NUMBER


def choices(edition: Edition) -> dict[str, list[str]]:
    """The names whose value is one of a few texts, and these texts."""
    nouns = [kind.noun for kind in edition.kinds.values()]
    return {"authority.kind": [*edition.kinds], "authority.noun": nouns}


def variables_of(edition: Edition, authority: Authority) -> dict[str, Variable]:
    """The value of every name in the vocabulary, for one authority."""
    language = edition.language
    addressee = authority.addressee

    def text(value: str, place: Place) -> Variable:
        return Variable(Type.TEXT, value, value, place)

    def date(day: datetime.date, key: str) -> Variable:
        return Variable(Type.DATE, day, formats.long_date(day, language), edition.place(key))

    name_place = authority.place("addressee", "name")
    variables = {
        "edition.year": Variable(Type.YEAR, edition.year, str(edition.year), edition.place("year")),
        "edition.letter_date": date(edition.letter_date, "letter_date"),
        "edition.period_end": date(edition.period_end, "period_end"),
        "edition.signatory.name": text(edition.signatory.name, edition.place("signatory", "name")),
        "authority.name": text(authority.name, authority.place("name")),
        "authority.kind": text(authority.kind, authority.place("kind")),
        "authority.noun": text(
            edition.kinds[authority.kind].noun, edition.place("kinds", authority.kind, "noun")
        ),
        "authority.addressee.name": text(formats.names(addressee.names, language), name_place),
        "authority.addressee.office": text(
            addressee.office, authority.place("addressee", "office")
        ),
        "authority.addressee.salutation": text(addressee.salutation, _salutation_place(authority)),
    }
    for group, figures in authority.figures.items():
        for figure in figures:
            type_ = _type_of(figure.column)
            printed = formats.figure(figure, language)
            variables[f"authority.{group}.{figure.column.id}"] = Variable(
                type_, figure.value, printed, figure.place, figure.supplied
            )
    return variables


def _salutation_place(authority: Authority) -> Place:
    given = authority.addressee.salutation != authority.addressee.names[0]
    return authority.place("addressee", "salutation" if given else "name")


def insert_variables(names: Iterable[str], chosen: ChosenInsert | None) -> dict[str, Variable]:
    """The values of these names that an authority gives to an insert; a gap for one it omits."""
    variables = {}
    for name in names:
        value = chosen.values.get(name) if chosen else None
        place = chosen.place if chosen else Place(Path())
        printed, supplied = value or formats.GAP, value is not None
        variables[f"insert.{name}"] = Variable(Type.TEXT, value, printed, place, supplied)
    return variables


Variables = Mapping[str, Variable]
