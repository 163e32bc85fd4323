"""Variables: the named values that wording may use, each with its type and its place."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.edition import formats
from generator.edition.authority import Authority
from generator.edition.edition import Column, Edition
from generator.edition.figures import GAP
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


def vocabulary(edition: Edition) -> dict[str, Type]:
    """Every name that wording may use in this edition, and what it names."""
    figures = {f"authority.{c.group}.{c.id}": _type_of(c) for c in edition.columns()}
    names = {name: named.type for name, named in _NAMES.items()}
    people = {name: Type.TEXT for role in edition.copies for name in copy_names(role)}
    return names | people | figures


def copy_names(role: str) -> tuple[str, str]:
    """The names of what is said of one to whom a copy goes: the name, the office."""
    return f"{COPIES_PREFIX}{role}.name", f"{COPIES_PREFIX}{role}.office"


COPIES_PREFIX = "authority.copies."


def _type_of(column: Column) -> Type:
    return Type.PERCENT if column.kind.is_rate else Type.NUMBER


def choices(edition: Edition) -> dict[str, list[str]]:
    """The names whose value is one of a few texts, and these texts."""
    nouns = [kind.noun for kind in edition.kinds.values()]
    return {"authority.kind": [*edition.kinds], "authority.noun": nouns}


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
            variables[f"authority.{group}.{figure.column.id}"] = Variable(
                _type_of(figure.column),
                figure.value,
                figure.printed(edition.language),
                figure.place,
                figure.supplied,
            )
    return variables


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
