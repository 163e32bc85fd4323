"""YAML read strictly: what is refused, where, and in which words."""

from collections.abc import Callable

import pytest

from generator.edition.load import load_data
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE
from tests.edition.lines import FILE, ambridge_lines

Build = Callable[..., EditionFolders]

SYNTAX = [
    pytest.param(
        "Walter",
        '"Walter',
        ["a.yaml:3:9: error: a quotation mark is never closed"],
        id="unclosed double quote",
    ),
    pytest.param(
        "Walter",
        "'Walter",
        ["a.yaml:3:9: error: a quotation mark is never closed"],
        id="unclosed single quote",
    ),
    pytest.param(
        "Walter Gabriel",
        '"Walter" Gabriel',
        [
            "a.yaml:3:18: error: text after the end of a value; remove it, put the whole value "
            "in quotes, or close the open quotation mark"
        ],
        id="text after a quoted text",
    ),
    pytest.param(
        "Walter Gabriel",
        "Walter: Gabriel",
        ["a.yaml:3:15: error: a second colon in this line; put the value in quotes"],
        id="a second colon",
    ),
    pytest.param(
        "office: Chief",
        "office:Chief",
        ["a.yaml:4:9: error: a space is missing after the colon"],
        id="no space after the colon",
    ),
    pytest.param(
        "name: Amb",
        "name:Amb",
        ["a.yaml:1:5: error: a space is missing after the colon"],
        id="no space after the first colon",
    ),
    pytest.param(
        "ponds: 14}",
        "ponds:14}",
        ["a.yaml:5:22: error: received.ponds:14: a space is missing after the colon"],
        id="no space in braces",
    ),
    pytest.param(
        "office: Chief",
        "office Chief",
        ["a.yaml:4:3: error: expected a key, a colon and a space here"],
        id="no colon",
    ),
    pytest.param(
        "  office",
        "   office",
        ["a.yaml:4:10: error: this line does not fit the lines above it; check its indentation"],
        id="indented too far",
    ),
    pytest.param(
        "  office",
        " office",
        ["a.yaml:4:2: error: this line does not fit the lines above it; check its indentation"],
        id="indented too little",
    ),
    pytest.param(
        "addressee:",
        " addressee:",
        ["a.yaml:2:11: error: this line does not fit the lines above it; check its indentation"],
        id="top level indented",
    ),
    pytest.param(
        "ponds: 14}",
        "ponds: 14",
        ["a.yaml:5:11: error: a bracket is never closed, or a comma is missing"],
        id="unclosed brace",
    ),
    pytest.param(
        "ponds: 14}",
        "ponds: 14]",
        ["a.yaml:5:11: error: a bracket is never closed, or a comma is missing"],
        id="wrong bracket",
    ),
    pytest.param(
        "ponds: 14}",
        "ponds: 14}}",
        [
            "a.yaml:5:32: error: text after the end of a value; remove it, put the whole value "
            "in quotes, or close the open quotation mark"
        ],
        id="brace too many",
    ),
    pytest.param(
        "roads: 3, ponds",
        "roads: 3 ponds",
        ["a.yaml:5:11: error: a bracket is never closed, or a comma is missing"],
        id="no comma",
    ),
    pytest.param(
        "Walter",
        "@Walter",
        ["a.yaml:3:9: error: a value cannot begin with this character; put the value in quotes"],
        id="at sign",
    ),
    pytest.param(
        "Walter",
        "%Walter",
        ["a.yaml:3:9: error: a value cannot begin with this character; put the value in quotes"],
        id="percent sign",
    ),
    pytest.param(
        "Walter",
        "`Walter",
        ["a.yaml:3:9: error: a value cannot begin with this character; put the value in quotes"],
        id="backtick",
    ),
    pytest.param(
        "Walter",
        "- Walter",
        ["a.yaml:3:9: error: a value cannot begin with this character; put the value in quotes"],
        id="hyphen",
    ),
    pytest.param(
        "Walter",
        "? Walter",
        ["a.yaml:3:9: error: a value cannot begin with this character; put the value in quotes"],
        id="question mark",
    ),
    pytest.param(
        "Walter",
        "> Walter",
        ["a.yaml:3:9: error: a value cannot begin with this character; put the value in quotes"],
        id="greater than",
    ),
    pytest.param(
        "Walter",
        "|Walter",
        ["a.yaml:3:9: error: a value cannot begin with this character; put the value in quotes"],
        id="vertical bar",
    ),
    pytest.param(
        "Walter Gabriel",
        '"Walter \\Gabriel"',
        [
            "a.yaml:3:9: error: an unknown escape after a backslash; use 'single quotes' "
            "around the text"
        ],
        id="unknown escape",
    ),
    pytest.param(
        "Walter Gabriel",
        '"\\ud800"',
        [
            "a.yaml:3:9: error: an unknown escape after a backslash; use 'single quotes' "
            "around the text"
        ],
        id="surrogate escape",
    ),
    pytest.param(
        "Walter",
        "{{ who }} Walter",
        [
            "a.yaml:3:9: error: addressee.name: a value that begins with {{ needs quotes around it",
        ],
        id="placeholder before a text",
    ),
    pytest.param(
        "addressee:",
        "name: Other\naddressee:",
        ["a.yaml:2:1: error: name: written twice (first on line 1); remove one of them"],
        id="duplicate key",
    ),
    pytest.param(
        "upheld: 3}",
        "upheld: 3, upheld: 4}",
        ["a.yaml:6:54: error: decided.upheld: written twice (first on line 6); remove one of them"],
        id="duplicate figure",
    ),
    pytest.param(
        "remedied:",
        "received: {roads: 3, ponds: 14}\nremedied:",
        ["a.yaml:7:1: error: received: written twice (first on line 5); remove one of them"],
        id="duplicate group",
    ),
    pytest.param(
        "Walter",
        "&w Walter",
        [
            "a.yaml:3:9: error: addressee.name: &w is a YAML anchor; remove it, or "
            "put the value in quotes if the & belongs to it"
        ],
        id="anchor",
    ),
    pytest.param(
        "received: {",
        "received: &r {",
        [
            "a.yaml:5:11: error: received: &r is a YAML anchor; remove it, or put "
            "the value in quotes if the & belongs to it"
        ],
        id="anchor on a group",
    ),
    pytest.param(
        "{by_us: 2, by_authority: 1}",
        "*r",
        [
            "a.yaml:7:11: error: remedied: *r is a YAML alias; write out the value, or put it in "
            "quotes if the * is part of it"
        ],
        id="alias",
    ),
    pytest.param(
        "Walter",
        "*Walter",
        [
            "a.yaml:3:9: error: addressee.name: *Walter is a YAML alias; write out the value, or "
            "put it in quotes if the * is part of it",
            "a.yaml:3:17: error: text after the end of a value; remove it, put the whole value "
            "in quotes, or close the open quotation mark",
        ],
        id="name that begins with a star",
    ),
    pytest.param(
        "addressee:\n",
        "addressee:\n  <<: *base\n",
        ["a.yaml:3:3: error: addressee: << is a YAML merge key; write out the keys here"],
        id="merge key",
    ),
    pytest.param(
        "addressee:\n",
        "addressee:\n  <<: {salutation: Walter}\n",
        ["a.yaml:3:3: error: addressee: << is a YAML merge key; write out the keys here"],
        id="merge of keys",
    ),
    pytest.param(
        "addressee:",
        "*x : 3\naddressee:",
        [
            "a.yaml:2:1: error: *x is a YAML alias; write out the value, or put it in quotes if "
            "the * is part of it"
        ],
        id="alias as a key",
    ),
    pytest.param(
        "Walter",
        "!!str Walter",
        [
            "a.yaml:3:9: error: addressee.name: !!str is a YAML tag; remove it, or put "
            "the value in quotes if the ! belongs to it"
        ],
        id="tag on a text",
    ),
    pytest.param(
        "roads: 3",
        "roads: !!int 3",
        [
            "a.yaml:5:19: error: received.roads: !!int is a YAML tag; remove it, or put "
            "the value in quotes if the ! belongs to it"
        ],
        id="tag on a number",
    ),
    pytest.param(
        "received: {",
        "received: !!map {",
        [
            "a.yaml:5:11: error: received: !!map is a YAML tag; remove it, or put the "
            "value in quotes if the ! belongs to it"
        ],
        id="tag on a group",
    ),
    pytest.param(
        "Walter Gabriel",
        "!Walter",
        [
            "a.yaml:3:9: error: addressee.name: !Walter is a YAML tag; remove it, or put "
            "the value in quotes if the ! belongs to it"
        ],
        id="name that begins with !",
    ),
    pytest.param(
        "Walter Gabriel",
        "!!python/name:os.system",
        [
            "a.yaml:3:9: error: addressee.name: !!python/name:os.system is a YAML tag; "
            "remove it, or put the value in quotes if the ! belongs to it"
        ],
        id="python tag",
    ),
    pytest.param(
        "addressee:",
        "[a, b]: 3\naddressee:",
        ["a.yaml:2:1: error: found a list as a key; expected a word and a colon"],
        id="list as a key",
    ),
    pytest.param(
        "addressee:",
        "{a: b}: 3\naddressee:",
        ["a.yaml:2:1: error: found keys and values as a key; expected a word and a colon"],
        id="keys as a key",
    ),
    pytest.param(
        "addressee:",
        "17: 3\naddressee:",
        [
            "a.yaml:2:1: error: 17: unknown key; expected one of kind, inserts, "
            "declines, formerly, aliases, domains, other_domain"
        ],
        id="number as a key",
    ),
]

FILES = [
    pytest.param(
        "{",
        "a.yaml:1:2: error: a bracket is never closed, or a comma is missing",
        id="nothing but an open brace",
    ),
    pytest.param(
        "", 'a.yaml:1:1: error: the file is empty; expected lines such as "key: …"', id="empty"
    ),
    pytest.param(
        "\n  \n",
        'a.yaml:1:1: error: the file is empty; expected lines such as "key: …"',
        id="white space",
    ),
    pytest.param(
        "# nothing\n# here\n",
        'a.yaml:1:1: error: the file is empty; expected lines such as "key: …"',
        id="only comments",
    ),
    pytest.param(
        "---\n",
        'a.yaml:1:1: error: the file is empty; expected lines such as "key: …"',
        id="only a document mark",
    ),
    pytest.param(
        "- a\n- b\n", 'a.yaml:1:1: error: found a list; expected lines such as "key: …"', id="list"
    ),
    pytest.param(
        "hello\n", 'a.yaml:1:1: error: found hello; expected lines such as "key: …"', id="text"
    ),
    pytest.param(
        "17\n", 'a.yaml:1:1: error: found 17; expected lines such as "key: …"', id="number"
    ),
    pytest.param(
        "null\n", 'a.yaml:1:1: error: found null; expected lines such as "key: …"', id="null"
    ),
    pytest.param(
        "[]\n", 'a.yaml:1:1: error: found a list; expected lines such as "key: …"', id="empty list"
    ),
    pytest.param(
        AMBRIDGE + "---\n" + AMBRIDGE,
        "a.yaml:8:1: error: a second document begins here; remove this line",
        id="two documents",
    ),
    pytest.param(
        AMBRIDGE + "...\nmore\n",
        "a.yaml:9:1: error: nothing may follow here; delete everything from this line on",
        id="text after the end",
    ),
    pytest.param(
        "%FOO bar\n---\n" + AMBRIDGE,
        "a.yaml:1:5: error: a line cannot begin with %; remove it",
        id="unknown directive",
    ),
    pytest.param(
        "[" * 50_000,
        "a.yaml:1:11: error: nested more than 10 levels deep; remove brackets or indentation",
        id="brackets without end",
    ),
    pytest.param(
        "[" * 50_000 + "]" * 50_000,
        "a.yaml:1:11: error: nested more than 10 levels deep; remove brackets or indentation",
        id="brackets with end",
    ),
    pytest.param(
        "{a: " * 50_000,
        "a.yaml:1:41: error: nested more than 10 levels deep; remove brackets or indentation",
        id="braces without end",
    ),
    pytest.param(
        "- " * 50_000,
        "a.yaml:1:21: error: nested more than 10 levels deep; remove brackets or indentation",
        id="lists without end",
    ),
    pytest.param(
        "".join(" " * i + "a:\n" for i in range(400)),
        "a.yaml:11:11: error: nested more than 10 levels deep; remove brackets or indentation",
        id="indents without end",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), SYNTAX)
def test_yaml_is_refused(borsetshire: Build, old: str, new: str, expected: list[str]) -> None:
    text = AMBRIDGE.replace(old, new, 1)

    assert text != AMBRIDGE
    assert ambridge_lines(borsetshire, text) == expected


@pytest.mark.parametrize(("content", "expected"), FILES)
def test_a_file_is_refused(borsetshire: Build, content: str, expected: str) -> None:
    assert ambridge_lines(borsetshire, content) == [expected]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("---\n" + AMBRIDGE + "...\n", id="one document, with its marks"),
        pytest.param(AMBRIDGE.replace("addressee:", '"addressee":'), id="quoted key"),
        pytest.param("# a comment\n\n" + AMBRIDGE, id="comment first"),
    ],
)
def test_a_file_is_accepted(borsetshire: Build, content: str) -> None:
    plain = load_data(borsetshire()).authorities["ambridge-district-council"]
    data = load_data(borsetshire({FILE: content}))

    assert data.problems == []
    assert data.authorities["ambridge-district-council"].addressee == plain.addressee
