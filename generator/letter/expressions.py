"""The small language of placeholders: parsed by Jinja, checked here, worked out here.

Jinja's own evaluation is not used: it turns an unknown name in a rule into a silent "false", and
allows far more than wording needs. Every name and filter is checked against the vocabulary
before any letter is composed. Rules, in `rules`, are of the same language.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TypeGuard

from jinja2 import Environment, TemplateSyntaxError, nodes

from generator.edition import formats
from generator.edition.formats import NumberWords
from generator.edition.letterhead import PLURAL_FORMS
from generator.edition.values import ID
from generator.edition.yaml_tree import shown
from generator.letter.variables import Type, Value, Variable, Vocabulary, change_of, sides_of
from generator.problems import did_you_mean, nearest, suggestion

_PARSER = Environment(autoescape=False)


class ExpressionError(Exception):
    """An expression that is outside the language; the text says why, for its author."""


@dataclass(frozen=True)
class Placeholder:
    """A value to be filled in: a name, and the filters that say how it is printed."""

    source: str
    name: str
    show: Callable[[Variable, str], str]
    """From a variable and a language to the words printed."""
    type: Type
    nouns: tuple[str, ...] | None = None
    """What a number counts, in the singular and the plural; None for one without `count`."""
    is_spelt_out: bool = False
    """Whether it prints a word, which at the beginning of a sentence has a capital."""
    has_sign: bool = False
    """Whether it says of a difference which way it is."""


def parse_placeholder(source: str, vocabulary: Vocabulary) -> Placeholder:
    """Read what stands between `{{` and `}}`. Raises `ExpressionError`."""
    node = parse_expression(source, "a name, such as authority.name")
    if not _is_filter(node):
        name, type_ = known_name(node, vocabulary)
        if type_ is Type.DATE:
            expected = f"write {name} | long_date, or {name} | numeric_date"
            raise ExpressionError(f"a date has two formats; {expected}")
        return Placeholder(source, name, _as_it_stands, type_)
    filters = [node]
    while _is_filter(filters[0].node):
        filters.insert(0, filters[0].node)
    named = filters[0].node
    if named is None or len(filters) > 2:
        raise ExpressionError(f"{len(filters)} filters in a row; {_TWO_AT_MOST}")
    name, type_ = known_name(named, vocabulary)
    steps = [_step(each, name, type_, vocabulary) for each in filters]
    first = _FILTERS[filters[0].name]
    if len(filters) == 2 and (first.is_last or filters[1].name != "count"):
        raise ExpressionError(f"two filters in a row; {_TWO_AT_MOST}")
    words = vocabulary.number_words
    nouns = _nouns(_arguments(node, _FILTERS["count"]), words) if node.name == "count" else None

    def show(variable: Variable, language: str) -> str:
        for step in steps:
            variable = replace(variable, printed=step(variable, language))
        return variable.printed

    return Placeholder(source, name, show, type_, nouns, bool(first.needs), first.has_sign)


def _is_filter(node: nodes.Node | None) -> TypeGuard[nodes.Filter]:
    """Whether it says how a value is printed; `change` says which value it is."""
    return isinstance(node, nodes.Filter) and node.name != CHANGE


_TWO_AT_MOST = 'only count may follow another, as in | in_words | count("complaint")'


def _step(
    node: nodes.Filter, name: str, type_: Type, vocabulary: Vocabulary
) -> Callable[[Variable, str], str]:
    """How one filter prints a value. Raises `ExpressionError`."""
    if node.name not in _FILTERS:
        hint = suggestion(node.name, _FILTERS)
        raise ExpressionError(f'unknown filter "{shown(node.name)}"{hint}')
    filter_ = _FILTERS[node.name]
    if type_ is not filter_.type and not (type_ is Type.DECIMAL and filter_.has_sign):
        raise ExpressionError(f"{node.name} is for {filter_.type}, and {name} is {type_}")
    texts = _arguments(node, filter_)
    words = vocabulary.number_words
    if filter_.needs and not getattr(words, filter_.needs):
        key = {"cardinals": "numbers"}.get(filter_.needs, filter_.needs)
        message = f"{node.name} has no words for the edition's language"
        raise ExpressionError(f"{message}; list them in edition.yaml as words: {key}")
    if node.name == "count":
        _check_noun(texts, words)
    more = (words, *texts) if filter_.needs or filter_.most else tuple(texts)
    return lambda variable, language: filter_.show(variable, language, *more)


def end_of_placeholder(text: str, start: int) -> int | None:
    """Where the placeholder that opens at `start` ends (after its `}}`); None if it never does.

    A `}}` inside a quoted text does not end it, unless a quotation mark was forgotten.
    """
    found = _WITH_TEXTS.match(text, start) or _WITHOUT_TEXTS.match(text, start)
    return found.end() if found else None


_BARE = r"(?!\{\{|\}\})"
_WITH_TEXTS = re.compile(
    rf"""\{{\{{(?:{_BARE}[^"']|"(?:{_BARE}[^"\n]|\}}\}})*"|'(?:{_BARE}[^'\n]|\}}\}})*')*\}}\}}"""
)
_WITHOUT_TEXTS = re.compile(rf"\{{\{{(?:{_BARE}.)*\}}\}}", re.DOTALL)

_LONGEST = 1000
"""Characters; a rule nests no deeper than it is long, so none can exhaust the program's stack."""


def parse_expression(source: str, expected: str) -> nodes.Expr:
    """The syntax tree of an expression. Raises `ExpressionError`, which says what was expected."""
    if not source.strip():
        raise ExpressionError(f"empty; expected {expected}")
    if len(source) > _LONGEST:
        raise ExpressionError(f"longer than {_LONGEST} characters; expected {expected}")
    if "\\" in source:
        raise ExpressionError("a backslash cannot be used here; remove it")
    try:
        body = _PARSER.parse("{{ " + source + " }}").body
    except (TemplateSyntaxError, RecursionError):
        body = []
    output = body[0] if len(body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise ExpressionError(f"cannot be read; expected {expected}")
    return output.nodes[0]


def dotted_name(node: nodes.Node) -> str | None:
    """The dotted name that a node spells, if it does."""
    parts: list[str] = []
    while isinstance(node, nodes.Getattr):
        parts.insert(0, node.attr)
        node = node.node
    return ".".join([node.name, *parts]) if isinstance(node, nodes.Name) else None


def known_name(
    node: nodes.Node, vocabulary: Vocabulary, expected: str = "a name, such as authority.name"
) -> tuple[str, Type]:
    """The name of the vocabulary that a node spells, and its type. Raises `ExpressionError`."""
    if isinstance(node, nodes.Filter) and node.name == CHANGE:
        return _known_change(node, vocabulary)
    name = dotted_name(node)
    if name is None:
        raise ExpressionError(f"{_what(node)} cannot be used here; expected {expected}")
    if name in vocabulary:
        return name, vocabulary[name].type
    below = [known for known in vocabulary if known.startswith(f"{name}.")]
    if below:
        raise ExpressionError(
            f'"{shown(name)}" has several values; expected one, such as {below[0]}'
        )
    raise ExpressionError(f'unknown name "{shown(name)}"{_instead(name, vocabulary)}')


CHANGE = "change"


def _known_change(node: nodes.Filter, vocabulary: Vocabulary) -> tuple[str, Type]:
    """The difference between a figure of the authority and a comparator's."""
    own = known_name(node.node, vocabulary)[0] if node.node else ""
    said = [argument.name for argument in node.args if isinstance(argument, nodes.Name)]
    if node.kwargs or len(said) != 1 or len(node.args) != 1:
        example = (vocabulary.comparators or ("last_year",))[0]
        raise ExpressionError(f"change takes a comparator, as in change({example})")
    known = vocabulary.comparators
    if said[0] not in known:
        hint = suggestion(said[0], known, none="; the edition has none")
        raise ExpressionError(f'no comparator "{shown(said[0])}"{hint}')
    if sides_of(name := change_of(own, said[0]))[-1] not in vocabulary:
        raise ExpressionError(f"change applies to a figure of the authority; {own} is none")
    return name, vocabulary[name].type


def _instead(name: str, vocabulary: Vocabulary) -> str:
    """What could stand there instead of an unknown name, as the end of a sentence."""
    starts = " or ".join(dict.fromkeys(f"{known.split('.')[0]}." for known in vocabulary))
    if name.startswith("insert."):
        if re.fullmatch(ID, name.removeprefix("insert.")):
            where = "only the words of a file in inserts/ may name its values"
            return f"; {where}; here names begin with {starts}"
        return "; the name of a value has lower-case letters, digits and _, such as insert.matter"
    group, _, last = name.rpartition(".")
    below = [
        known.removeprefix(f"{group}.") for known in vocabulary if known.startswith(f"{group}.")
    ]
    if below:
        siblings = dict.fromkeys(known.split(".")[0] for known in below)
        near = nearest(last, siblings)
        if near:
            return f'; did you mean "{group}.{near}"?'
        return f"; {group} has {', '.join(siblings)}"
    return did_you_mean(name, vocabulary) or f"; names begin with {starts}"


def _what(node: nodes.Node) -> str:
    return next((words for kinds, words in _OUTSIDE if isinstance(node, kinds)), "this")


_OUTSIDE: list[tuple[tuple[type[nodes.Node], ...], str]] = [
    ((nodes.Call,), "a word with round brackets"),
    ((nodes.BinExpr, nodes.Neg, nodes.Pos, nodes.Concat), "a calculation"),
    ((nodes.CondExpr,), 'an "if"'),
    ((nodes.Getitem,), "a name with square brackets"),
    ((nodes.List, nodes.Tuple, nodes.Dict), "a list"),
    ((nodes.Test,), 'a test with "is"'),
    ((nodes.Filter,), "a filter"),
    ((nodes.Compare, nodes.And, nodes.Or, nodes.Not), "a comparison"),
    ((nodes.Const,), "a fixed value"),
]


def _as_it_stands(variable: Variable, _language: str) -> str:
    return variable.printed


def _dated(show: Callable[..., str], variable: Variable, language: str) -> str:
    return show(variable.value, language) if variable.supplied else variable.printed


def _count(variable: Variable, language: str, words: NumberWords, one: str, many: str = "") -> str:
    return f"{variable.printed} {words.noun(_size(variable), language, one, many)}"


def _size(variable: Variable) -> Value:
    """A value without its sign, which only a difference can have."""
    return abs(variable.value) if isinstance(variable.value, int) else variable.value


def _in_words(variable: Variable, _language: str, words: NumberWords) -> str:
    size = _size(variable)
    return words.cardinal(size, variable.printed) if isinstance(size, int) else variable.printed


def _ordinal(variable: Variable, language: str, words: NumberWords) -> str:
    size = _size(variable)
    return words.ordinal(size, language) if isinstance(size, int) else variable.printed


def _signed(variable: Variable, _language: str) -> str:
    if not isinstance(variable.value, int | Decimal):
        return variable.printed
    return formats.sign(variable.value) + variable.printed.lstrip("-−")


def _check_noun(nouns: Sequence[str], words: NumberWords) -> None:
    """Raise `ExpressionError` where what follows a number would be guessed."""
    listed = nouns[0] in words.plurals
    if listed and len(nouns) > 1:
        raise ExpressionError(f'"{nouns[0]}" is in words: plurals; give count only this noun')
    if not listed and words.forms - {"one", "other"}:
        forms = ", ".join(form for form in PLURAL_FORMS if form in words.forms)
        message = f"nouns after numbers have several forms in this language: {forms}"
        raise ExpressionError(
            f'{message}; list them in edition.yaml as words: plurals: "{nouns[0]}"'
        )


def _nouns(nouns: Sequence[str], words: NumberWords) -> tuple[str, str]:
    """What a number counts, in the singular and the plural; twice the same where there are more."""
    if words.forms - {"one", "other"}:
        return nouns[0], nouns[0]
    return words.noun(1, "en", *nouns), words.noun(0, "en", *nouns)


@dataclass(frozen=True)
class _Filter:
    """How a value is printed: of which type it must be, and what may stand in brackets."""

    type: Type
    show: Callable[..., str]
    """From a variable, a language, words for numbers where it takes or needs any, and what stands
    in brackets to the words printed."""
    takes: str = "takes no argument in brackets"
    fewest: int = 0
    most: int = 0
    needs: str = ""
    """Which of the words for numbers it is given, before what stands in brackets: it spells out."""
    is_last: bool = False
    """Whether it prints no number that a noun could follow as it is counted."""
    has_sign: bool = False
    """Whether it says which way a difference is, a decimal one, too."""


_FILTERS = {
    "long_date": _Filter(Type.DATE, partial(_dated, formats.long_date)),
    "numeric_date": _Filter(Type.DATE, partial(_dated, formats.numeric_date)),
    "count": _Filter(
        *(Type.NUMBER, _count, 'takes a noun, as in count("complaint") or count("box", "boxes")'),
        *(1, 2),
        is_last=True,
    ),
    "in_words": _Filter(Type.NUMBER, _in_words, needs="cardinals"),
    "ordinal_in_words": _Filter(Type.NUMBER, _ordinal, needs="ordinals", is_last=True),
    "signed": _Filter(Type.NUMBER, _signed, has_sign=True),
}


def type_for(filter_name: str) -> Type:
    """The type of what a filter prints; a text where there is none."""
    return _FILTERS[filter_name].type if filter_name in _FILTERS else Type.TEXT


def _arguments(node: nodes.Filter, filter_: _Filter) -> list[str]:
    """The texts in a filter's brackets."""
    texts = [a.value for a in node.args if isinstance(a, nodes.Const) and isinstance(a.value, str)]
    others = node.kwargs or node.dyn_args or node.dyn_kwargs or len(texts) != len(node.args)
    blank = any(not text.strip() for text in texts)
    if others or blank or not filter_.fewest <= len(texts) <= filter_.most:
        raise ExpressionError(f"{node.name} {filter_.takes}")
    return texts
