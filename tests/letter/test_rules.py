"""Rules: what decides them, what leaves them undecided, and what they cannot say."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.letter.expressions import ExpressionError
from generator.letter.rules import parse_rule
from generator.letter.variables import Variable, Vocabulary

DECIDED = {
    "more-than": ("authority.decided.upheld > 2", True),
    "not-more-than": ("authority.decided.upheld > 3", False),
    "at-least": ("authority.decided.upheld >= 3", True),
    "less-than": ("authority.decided.upheld < 3", False),
    "at-most": ("authority.decided.upheld <= 3", True),
    "equal": ("authority.decided.upheld == 3", True),
    "unequal": ("authority.decided.upheld != 3", False),
    "figure-with-figure": ("authority.decided.not_upheld > authority.decided.upheld", True),
    "rate-in-whole-percent": ("authority.decided.uphold_rate == 38", True),
    "number-first": ("2 < authority.decided.upheld", True),
    "chain": ("0 < authority.decided.upheld < 4", True),
    "chain-that-breaks-late": ("0 < authority.decided.upheld < 3", False),
    "chain-that-breaks-early": ("3 < authority.decided.upheld < 9", False),
    "text": ('authority.kind == "council"', True),
    "other-text": ("authority.kind == 'authority'", False),
    "dates": ("edition.letter_date > edition.period_end", True),
    "year": ("edition.year >= 2031", True),
    "and": ('authority.decided.upheld > 0 and authority.kind == "authority"', False),
    "or": ('authority.decided.upheld > 9 or authority.kind == "council"', True),
    "not": ("not authority.decided.upheld > 9", True),
    "brackets": ("not (authority.decided.upheld > 0 or edition.year == 1)", False),
    "and-before-or": ("1 == 1 or 1 == 1 and 1 == 2", True),
}


@pytest.mark.parametrize(("source", "truth"), DECIDED.values(), ids=DECIDED.keys())
def test_a_rule_is_decided_by_the_facts(
    source: str, truth: bool, known: Vocabulary, ambridge: Mapping[str, Variable]
) -> None:
    assert parse_rule(source, known).decide(ambridge) is truth


OF_NOTHING = {
    "above": ("authority.decided.uphold_rate > 0", False),
    "at-least": ("authority.decided.uphold_rate >= 0", False),
    "below": ("authority.decided.uphold_rate < 50", False),
    "at-most": ("authority.decided.uphold_rate <= 100", False),
    "equal": ("authority.decided.uphold_rate == 0", False),
    "unequal": ("authority.decided.uphold_rate != 0", True),
    "not-above": ("not authority.decided.uphold_rate > 0", True),
}


@pytest.mark.parametrize(("source", "truth"), OF_NOTHING.values(), ids=OF_NOTHING.keys())
def test_a_rate_of_nothing_is_above_and_below_nothing(
    source: str, truth: bool, known: Vocabulary, felpersham: Mapping[str, Variable]
) -> None:
    assert parse_rule(source, known).decide(felpersham) is truth


UNDECIDED = {
    "it-hangs-on-the-gap": ("authority.decided.upheld > 0", None),
    "not": ("not authority.decided.upheld > 0", None),
    "unequal": ("authority.decided.upheld != 0", None),
    "and-true": ("edition.year == 2031 and authority.decided.upheld > 0", None),
    "and-false": ("edition.year == 1 and authority.decided.upheld > 0", False),
    "and-false-after": ("authority.decided.upheld > 0 and edition.year == 1", False),
    "or-true": ("edition.year == 2031 or authority.decided.upheld > 0", True),
    "or-true-after": ("authority.decided.upheld > 0 or edition.year == 2031", True),
    "or-false": ("edition.year == 1 or authority.decided.upheld > 0", None),
    "chain-already-broken": ("1 > 2 > authority.decided.upheld", False),
    "chain-not-yet-broken": ("2 > 1 > authority.decided.upheld", None),
}


@pytest.mark.parametrize(("source", "truth"), UNDECIDED.values(), ids=UNDECIDED.keys())
def test_a_rule_over_a_gap_is_undecided_unless_the_rest_decides_it(
    source: str, truth: bool | None, known: Vocabulary, ambridge: Mapping[str, Variable]
) -> None:
    gap = replace(ambridge["authority.decided.upheld"], value=None, supplied=False)
    variables = {**ambridge, "authority.decided.upheld": gap}
    assert parse_rule(source, known).decide(variables) is truth


def test_a_rule_knows_its_names_once_each(known: Vocabulary) -> None:
    source = "0 < authority.decided.upheld and authority.decided.upheld < authority.received.total"
    names = ("authority.decided.upheld", "authority.received.total")
    assert parse_rule(source, known).names == names


_COMPARISON = "expected a comparison, such as authority.decided.upheld > 0; equal is written =="
_SIDE = "expected a name, a number or a text in quotes"
NO_RULES = {
    "unknown-name": (
        "authority.decided.uphled > 0",
        'unknown name "authority.decided.uphled"; did you mean "authority.decided.upheld"?',
    ),
    "unknown-name-behind-or": (
        "edition.year > 0 or authority.decided.uphled > 0",
        'unknown name "authority.decided.uphled"; did you mean "authority.decided.upheld"?',
    ),
    "text-without-quotes": (
        "authority.kind == council",
        'unknown name "council"; put text in quotes, as in "council"',
    ),
    "several-values": (
        "authority == 1",
        '"authority" has several values; expected one, such as authority.name',
    ),
    "value-of-an-insert": (
        'insert.matter == "x"',
        'unknown name "insert.matter"; only the words of a file in inserts/ may name its '
        "values; here names begin with edition. or authority.",
    ),
    "empty": (" ", f"empty; {_COMPARISON}"),
    "half": ("authority.decided.upheld >", f"cannot be read; {_COMPARISON}"),
    "one-equals-sign": ("authority.decided.upheld = 3", f"cannot be read; {_COMPARISON}"),
    "percent-sign": ("authority.decided.uphold_rate > 65%", f"cannot be read; {_COMPARISON}"),
    "and-as-signs": ("1 == 1 && 2 == 2", f"cannot be read; {_COMPARISON}"),
    "braces": (
        "{{ authority.decided.upheld > 0 }}",
        "a rule has no {{ and }}; remove them",
    ),
    "number-alone": (
        "authority.decided.upheld",
        "authority.decided.upheld is a number; "
        "expected a comparison, such as authority.decided.upheld > 0",
    ),
    "text-alone": (
        "edition.year > 0 and authority.name",
        'authority.name is a text; expected a comparison, such as authority.name == "…"',
    ),
    "fixed-number-alone": (
        "1",
        "1 is a number; expected a comparison, such as authority.decided.upheld > 0",
    ),
    "number-with-text": (
        'authority.decided.upheld > "3"',
        'authority.decided.upheld is a number and "3" is a text; they cannot be compared',
    ),
    "text-with-number": (
        "authority.kind > 3",
        "authority.kind is a text and 3 is a number; they cannot be compared",
    ),
    "date-with-text": (
        'edition.letter_date > "2031-01-01"',
        'edition.letter_date is a date and "2031-01-01" is a text; they cannot be compared',
    ),
    "mismatch-late-in-a-chain": (
        '1 < 2 < "3"',
        '2 is a number and "3" is a text; they cannot be compared',
    ),
    "in": (
        "authority.decided.upheld in [1, 2]",
        '"in" cannot be used here; expected == != < <= > or >=',
    ),
    "not-in": (
        'authority.kind not in "x"',
        '"not in" cannot be used here; expected == != < <= > or >=',
    ),
    "is": ("edition.year is defined", f'a test with "is" cannot be used here; {_SIDE}'),
    "call": ("lipsum() > 3", f"a word with round brackets cannot be used here; {_SIDE}"),
    "calculation": ("edition.year + 1 > 2", f"a calculation cannot be used here; {_SIDE}"),
    "a-gigabyte": ('"x" * 10**9 == "y"', f"a calculation cannot be used here; {_SIDE}"),
    "negative": ("edition.year > -1", f"a calculation cannot be used here; {_SIDE}"),
    "fraction": ("edition.year > 1/2", f"a calculation cannot be used here; {_SIDE}"),
    "true": ("authority.name == true", f"a fixed value cannot be used here; {_SIDE}"),
    "brackets": (
        'authority["kind"] == "council"',
        f"a name with square brackets cannot be used here; {_SIDE}",
    ),
    "conditional": ("1 == 1 if 1", f'an "if" cannot be used here; {_SIDE}'),
    "list": ("(1, 2) == 1", f"a list cannot be used here; {_SIDE}"),
    "filter": (
        'authority.received.total | count("x") == "17 xs"',
        f"a filter cannot be used here; {_SIDE}",
    ),
    "comparison-of-comparisons": (
        "(1 == 1) == (2 == 2)",
        f"a comparison cannot be used here; {_SIDE}",
    ),
    "backslash": (r'authority.name == "\d"', "a backslash cannot be used here; remove it"),
    "too-long": ("1 == 1 and " * 100 + "1 == 1", f"longer than 1000 characters; {_COMPARISON}"),
    "too-deep": ("(" * 450 + "1 == 1" + ")" * 450, f"cannot be read; {_COMPARISON}"),
}


@pytest.mark.parametrize(("source", "message"), NO_RULES.values(), ids=NO_RULES.keys())
def test_what_a_rule_cannot_say_is_refused(source: str, message: str, known: Vocabulary) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_rule(source, known)
    assert str(caught.value) == message


SIGNS = st.text("authorityedn.decided.upheld nosx019\"'=<>!()[]{}%#|~-+*/\\,:_\n ", max_size=60)


@given(source=SIGNS | st.text(max_size=40))
def test_any_text_is_a_rule_or_refused_in_words(
    source: str, known: Vocabulary, ambridge: Mapping[str, Variable]
) -> None:
    said, truth = "", None
    try:
        truth = parse_rule(source, known).decide(ambridge)
    except ExpressionError as error:
        said = str(error)
    assert said or truth in {True, False}


@pytest.mark.parametrize("deep", ["not " * 200, "1 == 1 and " * 80], ids=["not", "and"])
def test_the_longest_rules_are_decided(
    deep: str, known: Vocabulary, ambridge: Mapping[str, Variable]
) -> None:
    assert parse_rule(f"{deep}1 == 1", known).decide(ambridge) is True
