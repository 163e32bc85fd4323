"""Which inserts a letter has, and in which order: those its authority names, then those by rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from generator.edition.authority import Authority
from generator.edition.values import read_date, read_number
from generator.edition.yaml_tree import follow
from generator.letter.read_inserts import Insert
from generator.letter.variables import Type, Value, Variables, insert_variables
from generator.letter.wording import Wording
from generator.problems import Place, Problem, did_you_mean, nearest


@dataclass(frozen=True)
class PlacedInsert:
    """An insert in one letter, with the values that the authority gives it."""

    insert: Insert
    values: Variables


@dataclass(frozen=True)
class Choice:
    """The inserts of one letter, in order, with what is wrong in the authority's choice."""

    placed: list[PlacedInsert]
    undecided: list[str]
    """Those whose rule hangs on a figure that is not yet supplied."""
    problems: list[Problem]


def choose(authority: Authority, wording: Wording, variables: Variables, language: str) -> Choice:
    """Choose the inserts of one letter, none twice."""
    problems = []
    undecided = []
    placed: dict[str, PlacedInsert] = {}
    for number, chosen in enumerate(authority.inserts):
        insert = wording.inserts.get(chosen.insert)
        where = f"inserts.{number + 1}.{chosen.insert}"
        if chosen.insert in placed:
            message = "named twice; remove one"
            problems.append(Problem(chosen.place, message, where))
        elif insert is not None:
            values, more = _values(authority, number, insert)
            problems += more
            given = insert_variables(insert.values, values, chosen.place, language)
            placed[chosen.insert] = PlacedInsert(insert, given)
        elif chosen.insert not in wording.insert_files:
            problems.append(_unknown(chosen.insert, wording, chosen.place, where))
    for name, insert in wording.inserts.items():
        if insert.rule is None or name in placed or name in authority.declines:
            continue
        decision = insert.rule.decide(variables)
        if decision:
            given = insert_variables(insert.values, {}, insert.place, language)
            placed[name] = PlacedInsert(insert, given)
        elif decision is None:
            undecided.append(name)
    problems += _declined(authority, wording)
    return Choice(list(placed.values()), undecided, problems)


@dataclass(frozen=True)
class _Typed:
    """How a value of a type is read, and what is expected of one."""

    read: Callable[[Any], Value]
    expected: str


_TYPES = {
    Type.NUMBER: _Typed(read_number, "counts it, so expected a whole number"),
    Type.DATE: _Typed(read_date, "prints it as a date, so expected a day, written 2018-07-18"),
}
_TEXT = _Typed(lambda node: str(node.text), "prints it, so expected one line of text")


def _values(
    authority: Authority, number: int, insert: Insert
) -> tuple[Mapping[str, Value], list[Problem]]:
    """The values given to an insert; those it lacks, and those it has no use for.

    A mistyped one is one, and so is one that is not of the type that the insert prints.
    """
    given = authority.inserts[number].values
    values: dict[str, Value] = {}
    missing = insert.values.keys() - given.keys()
    problems = []
    for name in given.keys() & insert.values.keys():
        steps = ("inserts", number, insert.name, name)
        node = follow(authority.tree, steps).node
        try:
            values[name] = _TYPES.get(insert.values[name], _TEXT).read(node)
        except PydanticCustomError as error:
            where = f"inserts.{number + 1}.{insert.name}.{name}"
            problems.append(Problem(authority.place(*steps), error.message(), where))
    for name in sorted(given.keys() - insert.values.keys()):
        meant = nearest(name, missing)
        missing -= {meant}
        hint = f'; did you mean "{meant}"?' if meant else "; remove it"
        message = f"{insert.path.name} has no place for this value{hint}"
        place = authority.place("inserts", number, insert.name, name)
        problems.append(Problem(place, message, f"inserts.{number + 1}.{insert.name}.{name}"))
    for name in sorted(missing):
        expected = _TYPES.get(insert.values[name], _TEXT).expected
        message = f"missing; {insert.path.name} {expected}"
        place = authority.inserts[number].place
        problems.append(Problem(place, message, f"inserts.{number + 1}.{insert.name}.{name}"))
    return values, problems


def _declined(authority: Authority, wording: Wording) -> list[Problem]:
    problems = []
    named = {chosen.insert for chosen in authority.inserts}
    for name, place in authority.declines.items():
        insert = wording.inserts.get(name)
        if name in named:
            message = "both named and declined; remove one of them"
            problems.append(Problem(place, message, f"declines.{name}"))
        elif name not in wording.insert_files:
            problems.append(_unknown(name, wording, place, f"declines.{name}"))
        elif insert is not None and insert.rule is None:
            message = "no rule would place it, so there is nothing to decline; remove it"
            problems.append(Problem(place, message, f"declines.{name}"))
    return problems


def _unknown(name: str, wording: Wording, place: Place, where: str) -> Problem:
    hint = did_you_mean(name, wording.insert_files)
    return Problem(place, f"there is no insert of this name{hint}", where)
