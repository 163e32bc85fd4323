"""The small language of placeholders and rules: parsed by Jinja, checked here, worked out here.

Jinja's own evaluation is not used: it turns an unknown name in a rule into a silent "false", and
allows far more than wording needs. Every name, filter and comparison is checked against the
vocabulary before any letter is composed.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.composing import formats
from generator.composing.facts import Fact, Facts, Type
from generator.problems import did_you_mean

_PARSER = Environment(autoescape=False)

Vocabulary = Mapping[str, Type]


class ExpressionError(Exception):
    """An expression that is outside the language; the text says why, for its author."""


@dataclass(frozen=True)
class Placeholder:
    """A value to be filled in: a name, and the filter that says how it is printed."""

    source: str
    name: str
    show: Callable[[Fact, str], str]
    """From a fact and a language to the words printed."""


@dataclass(frozen=True)
class Rule:
    """A condition on an authority's facts."""

    source: str
    names: tuple[str, ...]
    decide: Callable[[Facts], bool | None]
    """True or false; None where it hangs on a figure that is not yet supplied."""


def parse_placeholder(source: str, vocabulary: Vocabulary) -> Placeholder:
    """Read what stands between `{{` and `}}`. Raises `ExpressionError`."""
    node = _parse(source)
    if not isinstance(node, nodes.Filter):
        name, type_ = _name(node, vocabulary)
        if type_ is Type.DATE:
            raise ExpressionError(f"{name} is a date; write {name} | long_date, or numeric_date")
        return Placeholder(source, name, _as_it_stands)
    if node.node is None or isinstance(node.node, nodes.Filter):
        raise ExpressionError("expected a name and one filter")
    name, type_ = _name(node.node, vocabulary)
    if node.name not in _FILTERS:
        hint = did_you_mean(node.name, _FILTERS) or f"; there is {', '.join(sorted(_FILTERS))}"
        raise ExpressionError(f'unknown filter "{node.name}"{hint}')
    wants, make = _FILTERS[node.name]
    if type_ is not wants:
        raise ExpressionError(f"{node.name} is for {wants}, and {name} is {type_}")
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise ExpressionError(f"{node.name} takes plain texts only")
    return Placeholder(source, name, make(node.name, [_text_argument(a) for a in node.args]))


def parse_rule(source: str, vocabulary: Vocabulary) -> Rule:
    """Read a rule, such as `authority.decided.upheld > 0`. Raises `ExpressionError`."""
    names: list[str] = []
    decide = _truth(_parse(source), vocabulary, names)
    return Rule(source, tuple(names), decide)


def end_of_placeholder(text: str, start: int) -> int | None:
    """Where the placeholder that opens at `start` ends (after its `}}`); None if it never does.

    Found with Jinja's lexer, so that `}}` inside a quoted text does not end it.
    """
    position = start
    try:
        for _, kind, value in _PARSER.lex(text[start:]):
            position += len(value)
            if kind == "variable_end":
                return position
    except TemplateSyntaxError:
        return None
    return None


def _parse(source: str) -> nodes.Expr:
    if not source.strip():
        raise ExpressionError("empty; expected a name, such as authority.name")
    try:
        body = _PARSER.parse("{{ " + source + " }}").body
    except (TemplateSyntaxError, RecursionError):
        body = []
    output = body[0] if len(body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise ExpressionError(
            "cannot be read; expected names joined by dots, such as authority.name"
        )
    return output.nodes[0]


def _dotted(node: nodes.Node) -> str | None:
    """The dotted name that a node spells, if it does."""
    parts: list[str] = []
    while isinstance(node, nodes.Getattr):
        parts.insert(0, node.attr)
        node = node.node
    return ".".join([node.name, *parts]) if isinstance(node, nodes.Name) else None


def _name(node: nodes.Node, vocabulary: Vocabulary) -> tuple[str, Type]:
    name = _dotted(node)
    if name is None:
        raise ExpressionError(f"{_what(node)} is outside the language; expected a dotted name")
    if name in vocabulary:
        return name, vocabulary[name]
    below = [known for known in vocabulary if known.startswith(f"{name}.")]
    if below:
        raise ExpressionError(f'"{name}" has several values; expected one, such as {below[0]}')
    raise ExpressionError(f'unknown name "{name}"{did_you_mean(name, vocabulary)}')


def _what(node: nodes.Node) -> str:
    for kinds, words in _OUTSIDE:
        if isinstance(node, kinds):
            return words
    return f"this ({type(node).__name__.lower()})"


_OUTSIDE: list[tuple[tuple[type[nodes.Node], ...], str]] = [
    ((nodes.Call,), "a call"),
    ((nodes.BinExpr, nodes.Neg, nodes.Pos, nodes.Concat), "arithmetic"),
    ((nodes.CondExpr,), 'an "if"'),
    ((nodes.Getitem,), "a name in brackets"),
    ((nodes.Const, nodes.TemplateData), "a fixed value"),
    ((nodes.List, nodes.Tuple, nodes.Dict), "a list"),
    ((nodes.Test,), 'a test with "is"'),
    ((nodes.Filter,), "a filter"),
    ((nodes.Compare, nodes.And, nodes.Or, nodes.Not), "a comparison"),
]


def _text_argument(node: nodes.Node) -> str:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return node.value
    raise ExpressionError("a filter takes texts in quotation marks only")


def _as_it_stands(fact: Fact, _language: str) -> str:
    return fact.printed


def _long_date(name: str, arguments: list[str]) -> Callable[[Fact, str], str]:
    _count_arguments(name, arguments, 0, 0)
    return lambda fact, language: formats.long_date(_day(fact), language)


def _numeric_date(name: str, arguments: list[str]) -> Callable[[Fact, str], str]:
    _count_arguments(name, arguments, 0, 0)
    return lambda fact, language: formats.numeric_date(_day(fact), language)


def _count(name: str, arguments: list[str]) -> Callable[[Fact, str], str]:
    _count_arguments(name, arguments, 1, 2)
    one, many = (*arguments, f"{arguments[0]}s")[:2]
    return lambda fact, _language: f"{fact.printed} {one if fact.value == 1 else many}"


def _count_arguments(name: str, arguments: list[str], fewest: int, most: int) -> None:
    if not fewest <= len(arguments) <= most:
        expected = 'a noun, as in count("complaint")' if most else "nothing in brackets"
        raise ExpressionError(f"{name} takes {expected}")


def _day(fact: Fact) -> Any:
    return fact.value


_FILTERS = {
    "long_date": (Type.DATE, _long_date),
    "numeric_date": (Type.DATE, _numeric_date),
    "count": (Type.NUMBER, _count),
}


@dataclass(frozen=True)
class _Value:
    """A value within a rule; not `supplied` makes what hangs on it undecided."""

    value: Any
    supplied: bool = True


_Valued = Callable[[Facts], _Value]
_Decided = Callable[[Facts], bool | None]


def _truth(node: nodes.Node, vocabulary: Vocabulary, names: list[str]) -> _Decided:
    """The function that decides a rule or a part of it, its names noted in `names`."""
    match node:
        case nodes.And():
            left, right = (_truth(n, vocabulary, names) for n in (node.left, node.right))
            return lambda facts: _both(left(facts), right(facts))
        case nodes.Or():
            left, right = (_truth(n, vocabulary, names) for n in (node.left, node.right))
            return lambda facts: _not(_both(_not(left(facts)), _not(right(facts))))
        case nodes.Not():
            inner = _truth(node.node, vocabulary, names)
            return lambda facts: _not(inner(facts))
        case nodes.Compare():
            return _comparison(node, vocabulary, names)
    type_, _ = _valued(node, vocabulary, [])
    name = _dotted(node) or "authority.decided.upheld"
    raise ExpressionError(f"this is {type_}; expected a comparison, such as {name} > 0")


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _comparison(node: nodes.Compare, vocabulary: Vocabulary, names: list[str]) -> _Decided:
    left_type, left = _valued(node.expr, vocabulary, names)
    steps: list[tuple[_Valued, Callable[[Any, Any], bool], _Valued]] = []
    for operand in node.ops:
        if operand.op not in _COMPARISONS:
            said = {"in": "in", "notin": "not in"}.get(operand.op, operand.op)
            raise ExpressionError(f'"{said}" is outside the language; expected == != < <= > >=')
        right_type, right = _valued(operand.expr, vocabulary, names)
        if {left_type, right_type} - _COMPARABLE and left_type is not right_type:
            raise ExpressionError(f"{left_type} cannot be compared with {right_type}")
        steps.append((left, _COMPARISONS[operand.op], right))
        left_type, left = right_type, right

    def decide(facts: Facts) -> bool | None:
        truth: bool | None = True
        for first, compare, second in steps:
            truth = _both(truth, _compare(first(facts), compare, second(facts)))
        return truth

    return decide


def _compare(left: _Value, compare: Callable[[Any, Any], bool], right: _Value) -> bool | None:
    """Undecided where a figure is missing; a rate of nothing is not above or below anything."""
    if not (left.supplied and right.supplied):
        return None
    if left.value is None or right.value is None:
        return compare is operator.ne
    return compare(left.value, right.value)


_COMPARABLE = {Type.NUMBER, Type.YEAR, Type.PERCENT}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}


def _valued(node: nodes.Node, vocabulary: Vocabulary, names: list[str]) -> tuple[Type, _Valued]:
    """The type of one side of a comparison, and the function that looks its value up."""
    if isinstance(node, nodes.TemplateData):
        return Type.TEXT, _fixed(node.data)
    if isinstance(node, nodes.Const) and type(node.value) in {int, str}:
        return (Type.TEXT if type(node.value) is str else Type.NUMBER), _fixed(node.value)
    name, type_ = _name(node, vocabulary)
    names.append(name)
    return type_, lambda facts: _Value(facts[name].value, facts[name].supplied)


def _fixed(value: str | int) -> _Valued:
    return lambda _facts: _Value(value)
