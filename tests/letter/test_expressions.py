"""The small language of placeholders: what it says, and what it refuses."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.formats import number_words
from generator.letter.expressions import (
    ExpressionError,
    end_of_placeholder,
    parse_placeholder,
)
from generator.letter.variables import Type, Variable, Vocabulary
from generator.problems import Place
from tests.letter.reading import read

PRINTED = {
    "text": ("authority.name", "Ambridge District Council"),
    "noun-of-the-kind": ("authority.noun", "council"),
    "number": ("authority.received.total", "17"),
    "rate": ("authority.decided.uphold_rate", "38%"),
    "year-without-thousands": ("edition.year", "2031"),
    "long-date": ("edition.period_end | long_date", "31 March 2031"),
    "numeric-date": ("edition.period_end | numeric_date", "31/03/2031"),
    "empty-brackets": ("edition.period_end | long_date()", "31 March 2031"),
    "count-many": ('authority.received.total | count("complaint")', "17 complaints"),
    "count-one": ('authority.decided.advice_given | count("complaint")', "1 complaint"),
    "count-one-of-two-nouns": ('authority.decided.advice_given | count("box", "boxes")', "1 box"),
    "count-many-of-two-nouns": ("authority.received.total | count('box', 'boxes')", "17 boxes"),
    "digits-from-ten": ("authority.received.total | in_words", "17"),
    "in-words": ("authority.decided.upheld | in_words", "three"),
    "counted-in-words": (
        "authority.decided.upheld | in_words | count('goose', 'geese')",
        "three geese",
    ),
    "one-in-words": ('authority.decided.advice_given | in_words | count("goose")', "one goose"),
    "ordinal": ("authority.decided.upheld | ordinal_in_words", "third"),
    "ordinal-from-ten": ("authority.received.total | ordinal_in_words", "17th"),
    "signed": ("authority.decided.upheld | signed", "+3"),
    "signed-count": ('authority.decided.upheld | signed | count("point")', "+3 points"),
    "braces-in-a-noun": ('authority.received.total | count("}}")', "17 }}s"),
    "no-spaces": ("authority.name", "Ambridge District Council"),
}


@pytest.mark.parametrize(("source", "printed"), PRINTED.values(), ids=PRINTED.keys())
def test_a_placeholder_prints_a_fact(
    source: str, printed: str, known: Vocabulary, ambridge: Mapping[str, Variable]
) -> None:
    placeholder = parse_placeholder(source, known)
    assert placeholder.show(ambridge[placeholder.name], "en-GB") == printed


NUMBERS = {
    ("in_words", 0): "0",
    ("in_words", 9): "nine",
    ("in_words", 10): "10",
    ("in_words", 1234): "1,234",
    ("ordinal_in_words", 0): "0th",
    ("ordinal_in_words", 9): "ninth",
    ("ordinal_in_words", 11): "11th",
    ("ordinal_in_words", 21): "21st",
    ("ordinal_in_words", 112): "112th",
    ("ordinal_in_words", 1002): "1,002nd",
    ("signed", -2): "\N{MINUS SIGN}2",
    ("signed", 0): "0",
    ("signed", 1234): "+1,234",
    ('in_words | count("complaint")', 0): "0 complaints",
}


@pytest.mark.parametrize(("filters", "value"), NUMBERS)
def test_how_a_filter_prints_a_number(filters: str, value: int, known: Vocabulary) -> None:
    placeholder = parse_placeholder(f"authority.decided.upheld | {filters}", known)
    variable = Variable(Type.NUMBER, value, f"{value:,}", Place(Path()))

    assert placeholder.show(variable, "en-GB") == NUMBERS[filters, value]


@pytest.mark.parametrize("filters", ["in_words", "ordinal_in_words", "signed"])
def test_a_number_that_is_not_supplied_stays_a_gap(filters: str, known: Vocabulary) -> None:
    placeholder = parse_placeholder(f"authority.decided.upheld | {filters}", known)
    variable = Variable(Type.NUMBER, None, "[?]", Place(Path()), supplied=False)

    assert placeholder.show(variable, "en-GB") == "[?]"


def test_words_for_numbers_are_the_editions(known: Vocabulary) -> None:
    welsh = known.also({})
    welsh.number_words = number_words("cy", ("un", "dau", "tri"), (), {})
    variable = Variable(Type.NUMBER, 3, "3", Place(Path()))
    shown = parse_placeholder("authority.decided.upheld | in_words", welsh).show(variable, "cy")

    assert shown == "tri"
    with pytest.raises(ExpressionError) as caught:
        parse_placeholder("authority.decided.upheld | ordinal_in_words", welsh)
    assert str(caught.value) == (
        "ordinal_in_words has no words for the edition's language; "
        "list them in edition.yaml as words: ordinals"
    )


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("ordinal_in_words | count('x')", "two filters in a row; "),
        ("signed | in_words", "two filters in a row; "),
        ("count('x') | count('y')", "two filters in a row; "),
        ("in_words | signed | count('x')", "3 filters in a row; "),
    ],
)
def test_only_count_follows_another_filter(filters: str, said: str, known: Vocabulary) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_placeholder(f"authority.decided.upheld | {filters}", known)
    assert str(caught.value) == said + _AFTER


def test_a_count_of_none_is_plural(known: Vocabulary, felpersham: Mapping[str, Variable]) -> None:
    placeholder = parse_placeholder('authority.decided.upheld | count("fault")', known)
    assert placeholder.show(felpersham[placeholder.name], "en-GB") == "0 faults"


def test_a_rate_of_nothing_prints_the_editions_word(
    known: Vocabulary, felpersham: Mapping[str, Variable]
) -> None:
    placeholder = parse_placeholder("authority.decided.uphold_rate", known)
    assert placeholder.show(felpersham[placeholder.name], "en-GB") == "N/A"


_NAME = "expected a name, such as authority.name"
_COUNT = 'count takes a noun, as in count("complaint") or count("box", "boxes")'
_AFTER = 'only count may follow another, as in | in_words | count("complaint")'
_OTHERS = "expected one of long_date, numeric_date, count, in_words, ordinal_in_words, signed"
REFUSED = {
    "mistyped-figure": (
        "authority.decided.uphled",
        'unknown name "authority.decided.uphled"; did you mean "authority.decided.upheld"?',
    ),
    "mistyped-start": (
        "athority.name",
        'unknown name "athority.name"; did you mean "authority.name"?',
    ),
    "nothing-near": ("foo", 'unknown name "foo"; names begin with edition. or authority.'),
    "nothing-near-in-a-group": (
        "authority.remedied.zzzzzzzzzzzzzzzzzzzz",
        'unknown name "authority.remedied.zzzzzzzzzzzzzzzzzzzz"; '
        "authority.remedied has by_us, by_authority",
    ),
    "jinja's-own-name": (
        "loop.index",
        'unknown name "loop.index"; names begin with edition. or authority.',
    ),
    "value-of-an-insert-elsewhere": (
        "insert.matter",
        'unknown name "insert.matter"; only the words of a file in inserts/ may name its '
        "values; here names begin with edition. or authority.",
    ),
    "value-with-a-capital": (
        "insert.Matter",
        'unknown name "insert.Matter"; '
        "the name of a value has lower-case letters, digits and _, such as insert.matter",
    ),
    "group": (
        "authority.decided",
        '"authority.decided" has several values; expected one, such as '
        "authority.decided.advice_given",
    ),
    "date-without-a-filter": (
        "edition.letter_date",
        "a date has two formats; "
        "write edition.letter_date | long_date, or edition.letter_date | numeric_date",
    ),
    "half-a-filter": ("authority.name |", f"cannot be read; {_NAME}"),
    "two-dots": ("authority..name", f"cannot be read; {_NAME}"),
    "two-names": ("authority.name authority.noun", f"cannot be read; {_NAME}"),
    "stray-quotation-mark": ("authority.name'", f"cannot be read; {_NAME}"),
    "open-bracket": ("authority.received.total | count(", f"cannot be read; {_NAME}"),
    "brace-too-many": ("authority.name }", f"cannot be read; {_NAME}"),
    "statement-inside": ("authority.name {% x %}", f"cannot be read; {_NAME}"),
    "remark-inside": ("authority.name {# x #}", f"cannot be read; {_NAME}"),
    "trimming-signs": ("- authority.name -", f"cannot be read; {_NAME}"),
    "assignment": ("a=1", f"cannot be read; {_NAME}"),
    "backslash": (r'"\x41"', "a backslash cannot be used here; remove it"),
    "call": ("lipsum()", f"a word with round brackets cannot be used here; {_NAME}"),
    "method": (
        "authority.name.upper()",
        f"a word with round brackets cannot be used here; {_NAME}",
    ),
    "addition": ("authority.received.total + 1", f"a calculation cannot be used here; {_NAME}"),
    "a-gigabyte": ('"x" * 10**9', f"a calculation cannot be used here; {_NAME}"),
    "minus": ("-authority.received.total", f"a calculation cannot be used here; {_NAME}"),
    "joining": ('authority.name ~ "x"', f"a calculation cannot be used here; {_NAME}"),
    "brackets": ("authority['name']", f"a name with square brackets cannot be used here; {_NAME}"),
    "conditional": (
        'authority.name if authority.kind == "council"',
        f'an "if" cannot be used here; {_NAME}',
    ),
    "is": ("authority.name is defined", f'a test with "is" cannot be used here; {_NAME}'),
    "in": ('authority.name in "x"', f"a comparison cannot be used here; {_NAME}"),
    "comparison": ('authority.name == "x"', f"a comparison cannot be used here; {_NAME}"),
    "not": ("not authority.name", f"a comparison cannot be used here; {_NAME}"),
    "list": ("[1, 2]", f"a list cannot be used here; {_NAME}"),
    "pairs": ('{"a": 1}', f"a list cannot be used here; {_NAME}"),
    "fixed-text": ('"fixed"', f"a fixed value cannot be used here; {_NAME}"),
    "fixed-number": ("17", f"a fixed value cannot be used here; {_NAME}"),
    "none": ("none", f"a fixed value cannot be used here; {_NAME}"),
    "mistyped-filter": (
        "edition.letter_date | long_dat",
        'unknown filter "long_dat"; did you mean "long_date"?',
    ),
    "default": ("authority.name | default('')", f'unknown filter "default"; {_OTHERS}'),
    "jinja's-own-filter": ("authority.name | upper", f'unknown filter "upper"; {_OTHERS}'),
    "two-filters": (
        "authority.received.total | count('x') | in_words",
        f"two filters in a row; {_AFTER}",
    ),
    "a-text-in-words": (
        "authority.name | in_words",
        "in_words is for a number, and authority.name is a text",
    ),
    "in-words-of-something": (
        "authority.received.total | in_words(12)",
        "in_words takes no argument in brackets",
    ),
    "filtered-text": ('"x" | count("y")', f"a fixed value cannot be used here; {_NAME}"),
    "count-of-a-text": (
        'authority.name | count("x")',
        "count is for a number, and authority.name is a text",
    ),
    "count-of-a-date": (
        'edition.letter_date | count("x")',
        "count is for a number, and edition.letter_date is a date",
    ),
    "count-of-a-rate": (
        'authority.decided.uphold_rate | count("x")',
        "count is for a number, and authority.decided.uphold_rate is a rate",
    ),
    "count-of-a-year": (
        'edition.year | count("x")',
        "count is for a number, and edition.year is a year",
    ),
    "date-of-a-number": (
        "authority.received.total | long_date",
        "long_date is for a date, and authority.received.total is a number",
    ),
    "count-of-nothing": ("authority.received.total | count", _COUNT),
    "count-of-three": ('authority.received.total | count("a", "b", "c")', _COUNT),
    "count-of-a-blank": ('authority.received.total | count(" ")', _COUNT),
    "count-of-a-number": ("authority.received.total | count(1)", _COUNT),
    "count-of-a-name": ("authority.received.total | count(authority.noun)", _COUNT),
    "count-with-a-key": ('authority.received.total | count(noun="a")', _COUNT),
    "count-of-a-list": ("authority.received.total | count(*[1])", _COUNT),
    "date-with-a-pattern": (
        'edition.letter_date | numeric_date("d.m.")',
        "numeric_date takes no argument in brackets",
    ),
}


@pytest.mark.parametrize(("source", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_a_placeholder_cannot_say_is_refused_where_it_stands(
    source: str, message: str, known: Vocabulary
) -> None:
    placeholder = f"{{{{ {source} }}}}"
    _, problems = read(f"# Words\n\nFirst line\nand words, {placeholder} and on.\n", known)
    assert problems == [f"file.md:4:12: error: {placeholder}: {message}"]


@pytest.mark.parametrize("source", ["", " ", "\n"], ids=["nothing", "space", "line-end"])
def test_an_empty_placeholder_is_refused(source: str, known: Vocabulary) -> None:
    _, problems = read(f"On {{{{{source}}}}}.\n", known)
    shown = "{{ }}" if source else "{{}}"
    assert problems == [f"file.md:1:4: error: {shown}: empty; {_NAME}"]


def test_an_expression_without_end_is_refused(known: Vocabulary) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_placeholder("a" * 1001, known)
    assert str(caught.value) == f"longer than 1000 characters; {_NAME}"


ENDS = {
    "after-a-name": ("{{ a }} b }}", 7),
    "not-in-a-text": ('{{ a | b("}}") }} c', 17),
    "at-once-where-a-quotation-mark-is-forgotten": ("{{ a' }} b", 8),
    "on-the-next-line": ("{{ a\n}} b", 7),
    "never": ("{{ a } b", None),
    "never-before-another": ("{{ a {{ b }}", None),
}


@pytest.mark.parametrize(("text", "end"), ENDS.values(), ids=ENDS.keys())
def test_a_placeholder_ends(text: str, end: int | None) -> None:
    assert end_of_placeholder(text, 0) == end


SIGNS = st.text("authorityedn.decided.upheld nosx019\"'=<>!()[]{}%#|~-+*/\\,:_\n ", max_size=60)


@given(source=SIGNS | st.text(max_size=40))
def test_any_text_is_a_placeholder_or_refused_in_words(source: str, known: Vocabulary) -> None:
    said, found = "", ""
    try:
        found = parse_placeholder(source, known).name
    except ExpressionError as error:
        said = str(error)
    assert said or found in known
