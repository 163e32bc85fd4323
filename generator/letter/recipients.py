"""Who gets a letter: the edition's rule (`letters: when:`), decided for each authority."""

from dataclasses import dataclass

from generator.edition.edition import Edition
from generator.letter.expressions import ExpressionError
from generator.letter.rules import Rule, parse_rule
from generator.letter.variables import Type, Variable, Variables, Vocabulary
from generator.problems import Problem, listed


def recipients_of(edition: Edition, vocabulary: Vocabulary) -> tuple[Rule | None, list[Problem]]:
    """The rule that says who gets a letter, read and checked; None where everyone does."""
    if edition.letters is None:
        return None, []
    try:
        return parse_rule(edition.letters.when, vocabulary), []
    except ExpressionError as error:
        place = edition.place("letters", "when")
        return None, [Problem(place, str(error), "letters.when")]


@dataclass(frozen=True)
class NoLetter:
    """Why an authority gets no letter, or why it is not yet known whether it does."""

    because: str
    """The rule, with the values that it was decided by."""
    missing: tuple[str, ...] = ()
    """The names of what is not yet supplied and would decide it; none where it is decided."""


def why_no_letter(rule: Rule | None, variables: Variables) -> NoLetter | None:
    """Why an authority gets no letter, or may get none; None where it gets one."""
    decision = True if rule is None else rule.decide(variables)
    if decision or rule is None:
        return None
    if decision is None:
        missing = tuple(name for name in rule.names if not variables[name].supplied)
        return NoLetter(f"{rule.source} is undecided", missing)
    known = [
        f"{name} is {_said(variables[name])}" for name in rule.names if variables[name].supplied
    ]
    return NoLetter(": ".join([f"{rule.source} is false", *([listed(known)] if known else [])]))


def _said(variable: Variable) -> str:
    return f'"{variable.printed}"' if variable.type is Type.TEXT else variable.printed
