"""Rules: conditions on an authority's variables, such as `authority.decided.upheld > 0`.

A rule over a figure that is not yet supplied is undecided, unless the rest of it decides it.
"""

import functools
import itertools
import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, Protocol

from jinja2 import nodes

from generator.edition.edition import Edition
from generator.edition.figures import Figures
from generator.edition.groups import Column
from generator.edition.yaml_tree import shown
from generator.letter.expressions import (
    ExpressionError,
    dotted_name,
    known_name,
    parse_expression,
)
from generator.letter.variables import (
    Type,
    Value,
    Variable,
    Variables,
    Vocabulary,
    full_name,
    sides_of,
    vocabulary,
)
from generator.problems import Place, Problem, suggestion


class Formula(Protocol):
    """What a rule says: one of the four below, of which all rules are made."""

    def decide(self, variables: Variables) -> bool | None:
        """True or false; None where it hangs on a figure that is not yet supplied."""


@dataclass(frozen=True)
class Both:
    """Two formulas joined by `and`; those joined by `or` are neither of them not."""

    left: Formula
    right: Formula

    def decide(self, variables: Variables) -> bool | None:
        """False where either is, whatever the other."""
        return _both(self.left.decide(variables), self.right.decide(variables))


@dataclass(frozen=True)
class Negation:
    """A formula that must not hold."""

    inner: Formula

    def decide(self, variables: Variables) -> bool | None:
        """The other way round."""
        truth = self.inner.decide(variables)
        return None if truth is None else not truth


@dataclass(frozen=True)
class IsKnown:
    """There is such a value: `authority.decided.fault_rate is known`."""

    name: str

    def decide(self, variables: Variables) -> bool | None:
        """False of nothing."""
        variable = variables[self.name]
        return variable.value is not None if variable.supplied else None


@dataclass(frozen=True)
class Side:
    """One side of a comparison: as it was written, its type, and the name or fixed value."""

    said: str
    type: Type
    name: str | None = None
    fixed: str | int | Decimal | None = None

    def value(self, variables: Variables) -> Variable:
        """Its value in one letter."""
        if self.name is not None:
            return variables[self.name]
        return Variable(self.type, self.fixed, self.said, _NOWHERE)


_NOWHERE = Place(Path())


@dataclass(frozen=True)
class Relation:
    """Two values compared; a rate of nothing is neither above nor below nor equal to any."""

    left: Side
    sign: str
    """As Jinja calls it: `gt`."""
    right: Side

    def decide(self, variables: Variables) -> bool | None:
        """Undecided where a figure is missing."""
        left, right = self.left.value(variables), self.right.value(variables)
        if not (left.supplied and right.supplied):
            return None
        if left.value is None or right.value is None:
            return self.sign == "ne"
        return _COMPARISONS[self.sign](left.value, right.value)


@dataclass(frozen=True)
class Rule:
    """A condition on an authority's variables."""

    source: str
    names: tuple[str, ...]
    formula: Formula

    def decide(self, variables: Variables) -> bool | None:
        """True or false; None where it hangs on a figure that is not yet supplied."""
        return self.formula.decide(variables)


@dataclass(frozen=True)
class Requirement:
    """A rule that must hold where words stand, or must not."""

    rule: Rule
    holds: bool = True
    place: Place = field(default=_NOWHERE, compare=False)
    """Where the rule is said."""


def all_met(conditions: Iterable[Requirement], variables: Variables) -> bool | None:
    """Whether all conditions are met; None where that hangs on a figure not yet supplied."""
    met: bool | None = True
    for condition in conditions:
        truth = condition.rule.decide(variables)
        met = _both(met, None if truth is None else truth is condition.holds)
    return met


def parse_rule(source: str, vocabulary: Vocabulary) -> Rule:
    """Read a rule, such as `authority.decided.upheld > 0`. Raises `ExpressionError`."""
    if "{{" in source:
        raise ExpressionError(WITHOUT_BRACES)
    names: list[str] = []
    node = parse_expression(source, f"a comparison, such as {_EXAMPLE} > 0; equal is written ==")
    formula = _formula(node, vocabulary, names)
    _refuse_what_never_is(node, vocabulary)
    return Rule(source, tuple(dict.fromkeys(names)), formula)


def read_rule(
    source: str | None, place: Place, where: str, vocabulary: Vocabulary
) -> tuple[Rule | None, list[Problem]]:
    """A rule that a data file has, or why it cannot be read; none where it says none."""
    if source is None:
        return None, []
    try:
        return parse_rule(source, vocabulary), []
    except ExpressionError as error:
        return None, [Problem(place, str(error), where)]


def _refuse_what_never_is(root: nodes.Expr, vocabulary: Vocabulary) -> None:
    """A comparison with a text that a name never is would be a rule that silently never holds."""
    compared = [root] if isinstance(root, nodes.Compare) else []
    for node in (*compared, *root.find_all(nodes.Compare)):
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        for left, right in itertools.pairwise(sides):
            for named, text in ((left, right), (right, left)):
                name = dotted_name(named) or ""
                known = vocabulary[name].choices if name in vocabulary else ()
                if known and isinstance(text, nodes.Const) and text.value not in known:
                    said = str(text.value)
                    hint = suggestion(said, known)
                    raise ExpressionError(f'{name} is never "{shown(said)}"{hint}')


WITHOUT_BRACES = "a rule has no {{ and }}; remove them"
_EXAMPLE = "authority.decided.upheld"


def _formula(node: nodes.Node, vocabulary: Vocabulary, names: list[str]) -> Formula:
    """What a rule or a part of it says, its names noted in `names`."""
    match node:
        case nodes.And():
            left, right = (_formula(n, vocabulary, names) for n in (node.left, node.right))
            return Both(left, right)
        case nodes.Or():
            left, right = (_formula(n, vocabulary, names) for n in (node.left, node.right))
            return Negation(Both(Negation(left), Negation(right)))
        case nodes.Not():
            return Negation(_formula(node.node, vocabulary, names))
        case nodes.Compare():
            return _comparison(node, vocabulary, names)
        case nodes.Test(name="known", args=[]):
            return _is_known(node, vocabulary, names)
    side = _side(node, vocabulary, [])
    name = dotted_name(node) or _EXAMPLE
    example = f'{name} == "…"' if side.type is Type.TEXT else f"{name} > 0"
    raise ExpressionError(f"{side.said} is {side.type}; expected a comparison, such as {example}")


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _is_known(node: nodes.Test, vocabulary: Vocabulary, names: list[str]) -> IsKnown:
    name, _ = known_name(node.node, vocabulary, 'a name before "is known"')
    if not vocabulary[name].may_be_nothing:
        raise ExpressionError(
            f'{name} always has a value; "is known" is for what may have none, such as a rate'
        )
    names += sides_of(name)
    return IsKnown(name)


def _comparison(node: nodes.Compare, vocabulary: Vocabulary, names: list[str]) -> Formula:
    left = _side(node.expr, vocabulary, names)
    steps: list[Formula] = []
    for operand in node.ops:
        if operand.op not in _COMPARISONS:
            said = {"notin": "not in"}.get(operand.op, operand.op)
            raise ExpressionError(f'"{said}" cannot be used here; expected == != < <= > or >=')
        right = _side(operand.expr, vocabulary, names)
        if {left.type, right.type} - _COMPARABLE and left.type is not right.type:
            found = f"{left.said} is {left.type} and {right.said} is {right.type}"
            raise ExpressionError(f"{found}; they cannot be compared")
        steps.append(Relation(left, operand.op, right))
        left = right
    return functools.reduce(Both, steps)


_COMPARABLE = {Type.NUMBER, Type.DECIMAL, Type.YEAR, Type.PERCENT}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}


def _side(node: nodes.Node, vocabulary: Vocabulary, names: list[str]) -> Side:
    if isinstance(node, nodes.Const) and type(node.value) is str:
        return Side(f'"{shown(node.value)}"', Type.TEXT, fixed=node.value)
    if isinstance(node, nodes.Const) and type(node.value) is int:
        return Side(str(node.value), Type.NUMBER, fixed=node.value)
    if isinstance(node, nodes.Const) and type(node.value) is float:
        number = Decimal(str(node.value))  # as it was written, not its nearest binary fraction
        return Side(str(number), Type.DECIMAL, fixed=number)
    name = dotted_name(node)
    if name and "." not in name and not any(known.startswith(f"{name}.") for known in vocabulary):
        raise ExpressionError(
            f'unknown name "{shown(name)}"; put text in quotes, as in "{shown(name)}"'
        )
    name, type_ = known_name(node, vocabulary, "a name, a number or a text in quotes")
    names += sides_of(name)
    return Side(name, type_, name)


def can_be(edition: Edition, name: str, value: int, conditions: Iterable[Requirement] = ()) -> bool:
    """Whether a number can be `value` in a letter where these conditions are met.

    For a few small values: all ways to add up to a count or a sum of the authority are tried.
    """
    required = tuple(conditions)
    _, *address = name.split(".")
    ways: Iterable[Variables] = [_NothingSupplied({name: _supplied(Type.NUMBER, value)})]
    if required and name.startswith("authority.") and name == sides_of(name)[0]:
        ways = _ways(edition, edition.column((address[0], address[1])), value)
    return any(all_met(required, figures) is not False for figures in ways)


def _supplied(type_: Type, value: Value) -> Variable:
    return Variable(type_, value, "", _NOWHERE)


class _NothingSupplied(dict[str, Variable]):
    """Variables of which none is supplied but those it has."""

    def __missing__(self, _name: str) -> Variable:
        return Variable(Type.NUMBER, None, "", _NOWHERE, supplied=False)


def _ways(edition: Edition, column: Column, value: int) -> Iterator[Variables]:
    """The figures that are known, for each way in which a figure can be `value`."""
    types = vocabulary(edition)
    wholes = [edition.column(part) for part in column.parts] or [column]
    parts = list(dict.fromkeys(address for whole in wholes for address in whole.sources))
    for picked in combinations_with_replacement(parts, value):
        figures = Figures(edition, {part: picked.count(part) for part in parts}, {})
        yield _NothingSupplied(
            {
                name: Variable(types[name].type, figure.value, "", figure.place, figure.supplied)
                for name, figure in ((full_name(a), f) for a, f in figures.items())
            }
        )
