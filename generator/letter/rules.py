"""Rules: conditions on an authority's variables, such as `authority.decided.upheld > 0`.

A rule over a figure that is not yet supplied is undecided, unless the rest of it decides it.
"""

import itertools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations_with_replacement
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import nodes

from generator.edition.edition import Edition
from generator.edition.figures import work_out
from generator.edition.groups import Column
from generator.edition.yaml_tree import shown
from generator.letter.expressions import (
    ExpressionError,
    Vocabulary,
    dotted_name,
    known_name,
    parse_expression,
)
from generator.letter.variables import Type, Variable, Variables, vocabulary
from generator.problems import Place, did_you_mean


@dataclass(frozen=True)
class Rule:
    """A condition on an authority's variables."""

    source: str
    names: tuple[str, ...]
    decide: Callable[[Variables], bool | None]
    """True or false; None where it hangs on a figure that is not yet supplied."""


def parse_rule(
    source: str, vocabulary: Vocabulary, choices: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> Rule:
    """Read a rule, such as `authority.decided.upheld > 0`. Raises `ExpressionError`.

    `choices` has the texts of each name that can only be one of a few; no other can be compared.
    """
    if "{{" in source:
        raise ExpressionError(WITHOUT_BRACES)
    names: list[str] = []
    node = parse_expression(source, f"a comparison, such as {_EXAMPLE} > 0; equal is written ==")
    decide = _truth(node, vocabulary, names)
    _refuse_what_never_is(node, choices)
    return Rule(source, tuple(dict.fromkeys(names)), decide)


def _refuse_what_never_is(root: nodes.Expr, choices: Mapping[str, Iterable[str]]) -> None:
    """A comparison with a text that a name never is would be a rule that silently never holds."""
    compared = [root] if isinstance(root, nodes.Compare) else []
    for node in (*compared, *root.find_all(nodes.Compare)):
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        for left, right in itertools.pairwise(sides):
            for named, text in ((left, right), (right, left)):
                name = dotted_name(named) or ""
                known = list(choices.get(name, ()))
                if known and isinstance(text, nodes.Const) and text.value not in known:
                    said = str(text.value)
                    hint = did_you_mean(said, known) or f"; expected one of {', '.join(known)}"
                    raise ExpressionError(f'{name} is never "{shown(said)}"{hint}')


WITHOUT_BRACES = "a rule stands without {{ and }}; remove them"
_EXAMPLE = "authority.decided.upheld"


_Valued = Callable[[Variables], Variable]
"""A value within a rule; one that is not supplied makes what hangs on it undecided."""
_Decided = Callable[[Variables], bool | None]


def _truth(node: nodes.Node, vocabulary: Vocabulary, names: list[str]) -> _Decided:
    """The function that decides a rule or a part of it, its names noted in `names`."""
    match node:
        case nodes.And():
            left, right = (_truth(n, vocabulary, names) for n in (node.left, node.right))
            return lambda variables: _both(left(variables), right(variables))
        case nodes.Or():
            left, right = (_truth(n, vocabulary, names) for n in (node.left, node.right))
            return lambda variables: _not(_both(_not(left(variables)), _not(right(variables))))
        case nodes.Not():
            inner = _truth(node.node, vocabulary, names)
            return lambda variables: _not(inner(variables))
        case nodes.Compare():
            return _comparison(node, vocabulary, names)
    side = _side(node, vocabulary, [])
    name = dotted_name(node) or _EXAMPLE
    example = f'{name} == "…"' if side.type is Type.TEXT else f"{name} > 0"
    raise ExpressionError(f"{side.said} is {side.type}; expected a comparison, such as {example}")


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _comparison(node: nodes.Compare, vocabulary: Vocabulary, names: list[str]) -> _Decided:
    left = _side(node.expr, vocabulary, names)
    steps: list[tuple[_Valued, Callable[[Any, Any], bool], _Valued]] = []
    for operand in node.ops:
        if operand.op not in _COMPARISONS:
            said = {"notin": "not in"}.get(operand.op, operand.op)
            raise ExpressionError(f'"{said}" cannot be used here; expected == != < <= > or >=')
        right = _side(operand.expr, vocabulary, names)
        if {left.type, right.type} - _COMPARABLE and left.type is not right.type:
            found = f"{left.said} is {left.type} and {right.said} is {right.type}"
            raise ExpressionError(f"{found}; they cannot be compared")
        steps.append((left.value, _COMPARISONS[operand.op], right.value))
        left = right

    def decide(variables: Variables) -> bool | None:
        truth: bool | None = True
        for first, compare, second in steps:
            truth = _both(truth, _compare(first(variables), compare, second(variables)))
        return truth

    return decide


def _compare(left: Variable, compare: Callable[[Any, Any], bool], right: Variable) -> bool | None:
    """Undecided where a figure is missing; a rate of nothing is not above or below anything."""
    if not (left.supplied and right.supplied):
        return None
    if left.value is None or right.value is None:
        return compare is operator.ne
    return compare(left.value, right.value)


_COMPARABLE = {Type.NUMBER, Type.DECIMAL, Type.YEAR, Type.PERCENT}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}


@dataclass(frozen=True)
class _Side:
    """One side of a comparison: as it was written, its type, and how its value is looked up."""

    said: str
    type: Type
    value: _Valued


def _side(node: nodes.Node, vocabulary: Vocabulary, names: list[str]) -> _Side:
    if isinstance(node, nodes.Const) and type(node.value) is str:
        return _Side(f'"{shown(node.value)}"', Type.TEXT, _fixed(Type.TEXT, node.value))
    if isinstance(node, nodes.Const) and type(node.value) is int:
        return _Side(str(node.value), Type.NUMBER, _fixed(Type.NUMBER, node.value))
    if isinstance(node, nodes.Const) and type(node.value) is float:
        number = Decimal(str(node.value))  # as it was written, not its nearest binary fraction
        return _Side(str(number), Type.DECIMAL, _fixed(Type.DECIMAL, number))
    name = dotted_name(node)
    if name and "." not in name and not any(known.startswith(f"{name}.") for known in vocabulary):
        raise ExpressionError(
            f'unknown name "{shown(name)}"; a text stands in quotes, as in "{shown(name)}"'
        )
    name, type_ = known_name(node, vocabulary, "a name, a number or a text in quotes")
    names.append(name)
    return _Side(name, type_, lambda variables: variables[name])


def _fixed(type_: Type, value: str | int | Decimal) -> _Valued:
    variable = Variable(type_, value, str(value), Place(Path()))
    return lambda _variables: variable


def can_be(edition: Edition, column: Column, value: int, rule: Rule | None) -> bool:
    """Whether a figure can be `value` in a letter that a rule chooses; of a rate, its whole.

    Without a rule it can. For a few small values: all ways to add up to one are tried.
    """
    if rule is None:
        return True
    unknown = {
        name: Variable(type_, None, "", Place(Path()), supplied=False)
        for name, type_ in vocabulary(edition).items()
    }
    ways = _ways(edition, column, value)
    return any(rule.decide({**unknown, **figures}) is not False for figures in ways)


def _ways(edition: Edition, column: Column, value: int) -> Iterator[dict[str, Variable]]:
    """The figures that are known, for each way in which a figure can be `value`."""
    types = vocabulary(edition)
    wholes = [edition.column(part) for part in column.parts] or [column]
    parts = list(dict.fromkeys(address for whole in wholes for address in whole.sources))
    for picked in combinations_with_replacement(parts, value):
        figures = work_out(edition, {part: picked.count(part) for part in parts}, {})
        yield {
            name: Variable(types[name], figure.value, "", figure.place, figure.supplied)
            for figure in itertools.chain.from_iterable(figures.values())
            for name in [".".join(("authority", *figure.column.address))]
        }
