"""What each kind of value takes, and in which words it refuses the rest."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.load import load_data
from generator.problems import errors
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, build_tree
from tests.edition.lines import FILE, ambridge_lines

Build = Callable[..., EditionFolders]

COUNTS = [
    pytest.param(
        "-3",
        "a.yaml:6:10: error: received.roads: found -3, which is negative; expected a "
        "whole number, or null if not yet supplied",
        id="negative",
    ),
    pytest.param(
        "2.5",
        "a.yaml:6:10: error: received.roads: found 2.5, which has a decimal point; "
        "expected a whole number, or null if not yet supplied",
        id="fraction",
    ),
    pytest.param(
        ".5",
        "a.yaml:6:10: error: received.roads: found .5, which has a decimal point; "
        "expected a whole number, or null if not yet supplied",
        id="fraction without 0",
    ),
    pytest.param(
        "3.0",
        "a.yaml:6:10: error: received.roads: found 3.0, which has a decimal point; "
        "expected a whole number, or null if not yet supplied",
        id="whole with a point",
    ),
    pytest.param(
        '"17"',
        'a.yaml:6:10: error: received.roads: found the text "17"; write the number without quotes',
        id="quoted",
    ),
    pytest.param(
        '"many"',
        'a.yaml:6:10: error: received.roads: found the text "many"; expected a whole '
        "number, or null if not yet supplied",
        id="quoted word",
    ),
    pytest.param(
        "''",
        'a.yaml:6:10: error: received.roads: found the text ""; expected a whole '
        "number, or null if not yet supplied",
        id="empty quotes",
    ),
    pytest.param(
        "1_7",
        "a.yaml:6:10: error: received.roads: found 1_7; write 17, digits only",
        id="underscore",
    ),
    pytest.param(
        "1,234",
        "a.yaml:6:10: error: received.roads: found 1,234; write 1234, digits only",
        id="thousands",
    ),
    pytest.param(
        "60%",
        "a.yaml:6:10: error: received.roads: found 60%; write 60, without %",
        id="percent",
    ),
    pytest.param(
        "\u201c60\u201d",
        "a.yaml:6:10: error: received.roads: found \u201c60\u201d; write 60, without quotes",
        id="curly quotes",
    ),
    pytest.param(
        "N/A",
        "a.yaml:6:10: error: received.roads: found N/A; write 0 if there were none, null if not "
        "yet supplied",
        id="not available",
    ),
    pytest.param(
        "12,5",
        "a.yaml:6:10: error: received.roads: found 12,5; expected a whole number, or null if "
        "not yet supplied",
        id="decimal comma",
    ),
    pytest.param(
        "010",
        "a.yaml:6:10: error: received.roads: found 010; write 10, digits only",
        id="leading zero",
    ),
    pytest.param(
        "no",
        "a.yaml:6:10: error: received.roads: found no; expected a whole number, or "
        "null if not yet supplied",
        id="no",
    ),
    pytest.param(
        "12:30",
        "a.yaml:6:10: error: received.roads: found 12:30; expected a whole number, "
        "or null if not yet supplied",
        id="time",
    ),
    pytest.param(
        "many",
        "a.yaml:6:10: error: received.roads: found many; expected a whole number, or "
        "null if not yet supplied",
        id="word",
    ),
    pytest.param(
        "",
        "a.yaml:6:9: error: received.roads: left blank; write 0 if there were none, null if not "
        "yet supplied",
        id="blank",
    ),
    pytest.param(
        "~",
        "a.yaml:6:10: error: received.roads: found ~; expected a whole number, or "
        "null if not yet supplied",
        id="tilde",
    ),
    pytest.param(
        "+3",
        "a.yaml:6:10: error: received.roads: found +3; expected a whole number, or "
        "null if not yet supplied",
        id="plus",
    ),
    pytest.param(
        "1e3",
        "a.yaml:6:10: error: received.roads: found 1e3; expected a whole number, or "
        "null if not yet supplied",
        id="exponent",
    ),
    pytest.param(
        "0x1F",
        "a.yaml:6:10: error: received.roads: found 0x1F; expected a whole number, or "
        "null if not yet supplied",
        id="hexadecimal",
    ),
    pytest.param(
        "1000000001",
        "a.yaml:6:10: error: received.roads: found 1000000001; expected at most 1000000000",
        id="too large",
    ),
    pytest.param(
        "99999999999999999999999999999999999999999999999999999999999999999999999999999999",
        "a.yaml:6:10: error: received.roads: found "
        "99999999999999999999999999999999999999999999999999999999999…; expected at most 1000000000",
        id="far too large",
    ),
    pytest.param(
        "\u0661\u0667",
        "a.yaml:6:10: error: received.roads: found \u0661\u0667; expected a whole number, or "
        "null if not yet supplied",
        id="other digits",
    ),
    pytest.param(
        "[3]",
        "a.yaml:6:10: error: received.roads: found a list; expected a whole number, "
        "or null if not yet supplied",
        id="list",
    ),
    pytest.param(
        "{a: 1}",
        "a.yaml:6:10: error: received.roads: found keys and values; expected a whole "
        "number, or null if not yet supplied",
        id="keys",
    ),
    pytest.param(
        "|\n    3\n    4",
        'a.yaml:6:10: error: received.roads: found the text "3\\n4\\n"; expected a '
        "whole number, or null if not yet supplied",
        id="several lines",
    ),
    pytest.param(
        '"\\e[31m"',
        'a.yaml:6:10: error: received.roads: found the text "\\x1b[31m"; expected a '
        "whole number, or null if not yet supplied",
        id="escape codes",
    ),
]

NAMES = [
    pytest.param("", "a.yaml:1:6: error: name: left blank; expected one line of text", id="blank"),
    pytest.param('""', "a.yaml:1:7: error: name: empty; expected one line of text", id="empty"),
    pytest.param("'   '", "a.yaml:1:7: error: name: empty; expected one line of text", id="spaces"),
    pytest.param(
        "null",
        "a.yaml:1:7: error: name: found null, which means no value; put it in quotes if it is text",
        id="null",
    ),
    pytest.param(
        "~",
        "a.yaml:1:7: error: name: found ~, which means no value; put it in quotes if it is text",
        id="tilde",
    ),
    pytest.param(
        "Borchester #1 Council",
        'a.yaml:1:7: error: name: " #" begins a comment, so the value would be '
        '"Borchester"; put it in quotes, or move the comment to a line of its own',
        id="comment in it",
    ),
    pytest.param(
        "#1 Council",
        'a.yaml:1:6: error: name: left blank; expected one line of text; " #" begins a '
        "comment; put the value in quotes if it is part of the text",
        id="nothing but a comment",
    ),
    pytest.param(
        "|\n  two\n  lines",
        "a.yaml:1:7: error: name: spans several lines; expected one line of text",
        id="block",
    ),
    pytest.param(
        "two\n  lines",
        "a.yaml:1:7: error: name: spans several lines; expected one line of text",
        id="folded",
    ),
    pytest.param(
        '"two\\nlines"',
        "a.yaml:1:7: error: name: spans several lines; expected one line of text",
        id="escaped line end",
    ),
    pytest.param(
        '"a\\tb"',
        'a.yaml:1:7: error: name: an invisible control character (U+0009) after "a"; delete it',
        id="escaped tab",
    ),
    pytest.param(
        '"\\0b"',
        "a.yaml:1:7: error: name: an invisible control character (U+0000) at the beginning; "
        "delete it",
        id="escaped nul",
    ),
    pytest.param(
        '"a\\u2028b"',
        'a.yaml:1:7: error: name: an invisible line separator (U+2028) after "a"; delete it',
        id="line separator",
    ),
    pytest.param(
        "Borchester\xa0Council",
        "a.yaml:1:7: error: name: an invisible no-break space (U+00A0) after "
        '"Borchester"; type a plain space instead',
        id="no-break space",
    ),
    pytest.param(
        "Bor\u200bchester",
        'a.yaml:1:7: error: name: an invisible zero width space (U+200B) after "Bor"; delete it',
        id="zero width space",
    ),
    pytest.param(
        "Bor\xadchester",
        'a.yaml:1:7: error: name: an invisible soft hyphen (U+00AD) after "Bor"; delete it',
        id="soft hyphen",
    ),
    pytest.param(
        "Bor\ue000chester",
        "a.yaml:1:7: error: name: an invisible character without a name (U+E000) after "
        '"Bor"; delete it',
        id="private character",
    ),
    pytest.param(
        '"a\\ufeffb"',
        "a.yaml:1:7: error: name: an invisible zero width no-break space (U+FEFF) after "
        '"a"; delete it',
        id="byte order mark inside",
    ),
    pytest.param(
        "Borchester  Council",
        "a.yaml:1:7: error: name: has two spaces in a row; remove one",
        id="two spaces",
    ),
    pytest.param(
        '" Borchester"',
        "a.yaml:1:7: error: name: begins or ends with a space; remove it",
        id="leading space",
    ),
    pytest.param(
        '"Borchester "',
        "a.yaml:1:7: error: name: begins or ends with a space; remove it",
        id="trailing space",
    ),
    pytest.param(
        "Cafe\u0301",
        'a.yaml:1:7: error: name: a letter is stored in an unusual form; retype it: "Café"',
        id="decomposed accent",
    ),
    pytest.param(
        "[a, b]", "a.yaml:1:7: error: name: found a list; expected one line of text", id="list"
    ),
    pytest.param(
        "{a: b}",
        "a.yaml:1:7: error: name: found keys and values; expected one line of text",
        id="keys",
    ),
    pytest.param(
        "{{ edition.year }}",
        "a.yaml:1:7: error: name: a value that begins with {{ needs quotes around it",
        id="placeholder",
    ),
]

RATES = [
    pytest.param(
        "37%",
        "a.yaml:6:67: error: decided.uphold_rate: 37% is stated, but the figures "
        "give 38%; correct one of them",
        id="disagrees",
    ),
    pytest.param(
        "37",
        "a.yaml:6:67: error: decided.uphold_rate: 37% is stated, but the figures "
        "give 38%; correct one of them",
        id="disagrees, no sign",
    ),
    pytest.param(
        "N/A",
        "a.yaml:6:67: error: decided.uphold_rate: N/A is stated, but the figures "
        "give 38%; correct one of them",
        id="word for none",
    ),
    pytest.param(
        "n/a",
        "a.yaml:6:67: error: decided.uphold_rate: found n/a; expected a whole "
        "percentage such as 65%, or N/A",
        id="another word",
    ),
    pytest.param(
        "",
        "a.yaml:6:67: error: decided.uphold_rate: left blank; write the rate, or leave out the "
        "line",
        id="blank",
    ),
    pytest.param(
        "38.0%",
        "a.yaml:6:67: error: decided.uphold_rate: found 38.0%; expected a whole "
        "percentage such as 65%, or N/A",
        id="decimal",
    ),
    pytest.param(
        "038%",
        "a.yaml:6:67: error: decided.uphold_rate: found 038%; expected a whole "
        "percentage such as 65%, or N/A",
        id="leading zero",
    ),
    pytest.param(
        "0.38",
        "a.yaml:6:67: error: decided.uphold_rate: found 0.38; expected a whole "
        "percentage such as 65%, or N/A",
        id="fraction",
    ),
    pytest.param(
        "[38]",
        "a.yaml:6:67: error: decided.uphold_rate: found a list; expected a whole "
        "percentage such as 65%, or N/A",
        id="list",
    ),
    pytest.param(
        "{a: 1}",
        "a.yaml:6:67: error: decided.uphold_rate: found keys and values; expected a "
        "whole percentage such as 65%, or N/A",
        id="keys",
    ),
]

TOTALS = [
    pytest.param(
        "18",
        "a.yaml:5:40: error: received.total: 18 is stated, but the figures add up to "
        "17; correct one of them",
        id="disagrees",
    ),
    pytest.param(
        '"17"',
        'a.yaml:5:40: error: received.total: found the text "17"; write the number without quotes',
        id="quoted",
    ),
    pytest.param(
        "",
        "a.yaml:5:40: error: received.total: left blank; write the sum, or leave out the line",
        id="blank",
    ),
    pytest.param(
        "many",
        "a.yaml:5:40: error: received.total: found many; expected a whole number, or "
        "null if not yet supplied",
        id="word",
    ),
    pytest.param(
        "[17]",
        "a.yaml:5:40: error: received.total: found a list; expected a whole number, "
        "or null if not yet supplied",
        id="list",
    ),
]


@pytest.mark.parametrize(("written", "expected"), COUNTS)
def test_a_count_is_refused(borsetshire: Build, written: str, expected: str) -> None:
    figures = f"\n  roads: {written}\n  ponds: 14"
    text = AMBRIDGE.replace("{roads: 3, ponds: 14}", figures)

    assert ambridge_lines(borsetshire, text) == [expected]


@pytest.mark.parametrize("written", ["0", "7", "1000000000", "17 # counted twice"])
def test_a_count_is_accepted(borsetshire: Build, written: str) -> None:
    figures = f"\n  roads: {written}\n  ponds: 14"
    text = AMBRIDGE.replace("{roads: 3, ponds: 14}", figures)

    assert ambridge_lines(borsetshire, text) == []


@pytest.mark.parametrize(("written", "expected"), NAMES)
def test_a_name_is_refused(borsetshire: Build, written: str, expected: str) -> None:
    text = AMBRIDGE.replace("Ambridge District Council", written)

    assert ambridge_lines(borsetshire, text) == [expected]


NAMES_AS_WRITTEN = [
    pytest.param("Brighton & Hove", "Brighton & Hove", id="ampersand"),
    pytest.param("King's Lynn", "King's Lynn", id="apostrophe"),
    pytest.param("Borchester#1", "Borchester#1", id="hash without a space"),
    pytest.param('"Borchester #1"', "Borchester #1", id="hash in quotes"),
    pytest.param("<b>Borchester</b>", "<b>Borchester</b>", id="angle brackets"),
    pytest.param('"{{ 7*7 }}"', "{{ 7*7 }}", id="placeholder in quotes"),
    pytest.param("no", "no", id="a word that YAML 1.1 reads as false"),
    pytest.param("010", "010", id="digits that YAML 1.1 reads as 8"),
    pytest.param("'null'", "null", id="null in quotes"),
    pytest.param('"caf\\u00e9"', "caf\u00e9", id="escaped accent"),
]


@pytest.mark.parametrize(("written", "expected"), NAMES_AS_WRITTEN)
def test_a_name_is_taken_as_written(borsetshire: Build, written: str, expected: str) -> None:
    data = load_data(borsetshire({FILE: AMBRIDGE.replace("Ambridge District Council", written)}))

    assert errors(data.problems) == []
    assert data.authorities["ambridge-district-council"].name == expected


@pytest.mark.parametrize(("written", "expected"), RATES)
def test_a_stated_rate_is_refused(borsetshire: Build, written: str, expected: str) -> None:
    text = AMBRIDGE.replace("upheld: 3}", f"upheld: 3, uphold_rate: {written}}}")

    assert ambridge_lines(borsetshire, text) == [expected]


@pytest.mark.parametrize("written", ["38%", "38", '"38%"', "38 %", "null"])
def test_a_stated_rate_that_agrees(borsetshire: Build, written: str) -> None:
    text = AMBRIDGE.replace("upheld: 3}", f"upheld: 3, uphold_rate: {written}}}")

    assert ambridge_lines(borsetshire, text) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("N/A", [], id="the word for none"),
        pytest.param(
            "0%",
            [
                "a.yaml:6:67: error: decided.uphold_rate: 0% is stated, "
                "but the figures give N/A; correct one of them"
            ],
            id="a rate",
        ),
    ],
)
def test_a_stated_rate_of_nothing(borsetshire: Build, written: str, expected: list[str]) -> None:
    figures = f"not_upheld: 0, upheld: 0, uphold_rate: {written}"
    text = AMBRIDGE.replace("not_upheld: 5, upheld: 3", figures)

    assert ambridge_lines(borsetshire, text) == expected


@pytest.mark.parametrize(("written", "expected"), TOTALS)
def test_a_stated_total_is_refused(borsetshire: Build, written: str, expected: str) -> None:
    text = AMBRIDGE.replace("ponds: 14}", f"ponds: 14, total: {written}}}")

    assert ambridge_lines(borsetshire, text) == [expected]


@pytest.mark.parametrize("written", ["17", "null"])
def test_a_stated_total_that_agrees(borsetshire: Build, written: str) -> None:
    text = AMBRIDGE.replace("ponds: 14}", f"ponds: 14, total: {written}}}")

    assert ambridge_lines(borsetshire, text) == []


# Visible letters of three alphabets, marks and digits; composed, and single spaces inside.
VISIBLE = st.characters(categories=["Lu", "Ll"], min_codepoint=0x41, max_codepoint=0x4FF)
NAME = (
    st.lists(st.text(VISIBLE | st.sampled_from("'&.-()0123456789"), min_size=1), min_size=1)
    .map(" ".join)
    .filter(lambda name: unicodedata.normalize("NFC", name) == name)
)


@given(name=NAME)
def test_any_name_loads_unchanged(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    text = AMBRIDGE.replace("Ambridge District Council", f'"{name}"')
    data = load_data(build_tree(tmp_path_factory.getbasetemp() / "names", {FILE: text}))

    assert errors(data.problems) == []
    assert data.authorities["ambridge-district-council"].name == name
