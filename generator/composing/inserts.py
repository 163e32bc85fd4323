"""Which inserts a letter has, and in which order: those its authority names, then those by rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.composing.facts import Facts, insert_facts
from generator.composing.wording import Insert, Wording
from generator.loading.authority import Authority
from generator.problems import Place, Problem, Severity, did_you_mean


@dataclass(frozen=True)
class PlacedInsert:
    """An insert in one letter, with the values that the authority gives it."""

    insert: Insert
    values: Facts


def choose(
    authority: Authority, wording: Wording, facts: Facts
) -> tuple[list[PlacedInsert], list[Problem]]:
    """The inserts of one letter, none twice; with what is wrong in the authority's choice."""
    problems = []
    placed: dict[str, PlacedInsert] = {}
    for chosen in authority.inserts:
        insert = wording.inserts.get(chosen.insert)
        where = f"inserts.{chosen.insert}"
        if chosen.insert in placed:
            message = "named twice; remove one"
            problems.append(Problem(chosen.place, message, where))
        elif chosen.insert in authority.declines:
            message = "named here and declined below; remove one of them"
            problems.append(Problem(chosen.place, message, where))
        elif insert is not None:
            problems += _values(chosen.values, insert, chosen.place, where)
            placed[chosen.insert] = PlacedInsert(insert, insert_facts(chosen))
        elif chosen.insert not in wording.insert_files:
            problems.append(_unknown(chosen.insert, wording, chosen.place, where))
    for name, insert in wording.inserts.items():
        if insert.rule is None or name in placed or name in authority.declines:
            continue
        decision = insert.rule.decide(facts)
        if decision:
            placed[name] = PlacedInsert(insert, {})
        elif decision is None:
            missing = [n for n in insert.rule.names if not facts[n].supplied]
            message = f"not decided, so not placed: {', '.join(missing)} is not yet supplied"
            place = facts[missing[0]].place
            problems.append(Problem(place, message, f"insert {name}", Severity.WARNING))
    problems += _declined(authority, wording)
    return list(placed.values()), problems


def _values(given: Mapping[str, str], insert: Insert, place: Place, where: str) -> list[Problem]:
    problems = []
    for name in sorted(insert.values - set(given)):
        message = f"missing; {insert.path.name} uses insert.{name}"
        problems.append(Problem(place, message, f"{where}.{name}"))
    for name in sorted(set(given) - insert.values):
        message = f"not used in {insert.path.name}{did_you_mean(name, insert.values)}"
        problems.append(Problem(place, message, f"{where}.{name}"))
    return problems


def _declined(authority: Authority, wording: Wording) -> list[Problem]:
    problems = []
    for name, place in authority.declines.items():
        insert = wording.inserts.get(name)
        if name not in wording.insert_files:
            problems.append(_unknown(name, wording, place, f"declines.{name}"))
        elif insert is not None and insert.rule is None:
            message = "no rule would place it, so there is nothing to decline; remove it"
            problems.append(Problem(place, message, f"declines.{name}"))
    return problems


def _unknown(name: str, wording: Wording, place: Place, where: str) -> Problem:
    hint = did_you_mean(name, wording.insert_files)
    return Problem(place, f"there is no insert of this name{hint}", where)


def unused(wording: Wording, used: Iterable[str]) -> list[Problem]:
    """A warning for each insert that no letter has, so that none is forgotten."""
    names = set(used)
    return [
        Problem(Place(insert.path), "no letter has this insert", severity=Severity.WARNING)
        for name, insert in wording.inserts.items()
        if name not in names
    ]
