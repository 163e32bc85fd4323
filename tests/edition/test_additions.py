"""Keys and items added to a YAML file: below their neighbours, and nothing else moves."""

import pytest

from generator.edition.edit_yaml import Added, SpliceError, splice_yaml


@pytest.mark.parametrize(
    ("text", "added", "expected"),
    [
        pytest.param(
            "received:\n  roads: 3 # by post\n  ponds: 14\n\nname: A\n",
            [Added(("received",), "total", "17")],
            "received:\n  roads: 3 # by post\n  ponds: 14\n  total: 17\n\nname: A\n",
            id="below its neighbours",
        ),
        pytest.param(
            "received:\n  roads: 3 # by post\n  total: 14\n",
            [Added(("received",), "ponds", "11", after=("roads",))],
            "received:\n  roads: 3 # by post\n  ponds: 11\n  total: 14\n",
            id="below a certain one",
        ),
        pytest.param(
            "name: A\r\nkind: council\r\n",
            [Added((), "received", {"roads": "3", "ponds": "14"}, after=("name",))],
            "name: A\r\nreceived:\r\n  roads: 3\r\n  ponds: 14\r\nkind: council\r\n",
            id="a part with its keys, and line ends of Windows",
        ),
        pytest.param(
            "name: A",
            [Added((), "one", "1"), Added((), "two", "2")],
            "name: A\none: 1\ntwo: 2",
            id="several, in their order, and no line end",
        ),
        pytest.param(
            "{name: A, received: {}, aliases: []}\n",
            [
                Added(("received",), "roads", "3"),
                Added(("aliases",), "", "B"),
                Added((), "decided", {"upheld": "1"}),
            ],
            "{name: A, received: {roads: 3}, aliases: [B], decided: {upheld: 1}}\n",
            id="in braces",
        ),
        pytest.param(
            "aliases:\n  - B # as the police say\n  - C\nname: A\n",
            [Added(("aliases",), "", '"D: E"')],
            'aliases:\n  - B # as the police say\n  - C\n  - "D: E"\nname: A\n',
            id="an item of a list",
        ),
        pytest.param(
            "aliases: [B] # two\nname: A\n",
            [Added(("aliases",), "", "C")],
            "aliases: [B, C] # two\nname: A\n",
            id="an item in brackets",
        ),
        pytest.param(
            "note: |\n  one\n  two\nname: A\n",
            [Added((), "kind", "council", after=("note",))],
            "note: |\n  one\n  two\nkind: council\nname: A\n",
            id="below a text of several lines",
        ),
    ],
)
def test_what_is_added_stands_where_people_would_write_it(
    text: str, added: list[Added], expected: str
) -> None:
    assert splice_yaml(text, {}, added=added) == expected


def test_what_was_left_blank_is_filled_in() -> None:
    text = "addressee:\n  name:\n  office: # not known\nreceived:\n"

    new = splice_yaml(
        text,
        {
            ("addressee", "name"): '"Ann: B"',
            ("addressee", "office"): "Clerk",
            ("received",): "\n  roads: 3",
        },
    )

    assert new == (
        'addressee:\n  name: "Ann: B"\n  office: Clerk # not known\nreceived:\n  roads: 3\n'
    )


def test_what_would_be_read_as_something_else_is_refused() -> None:
    with pytest.raises(SpliceError):
        splice_yaml("name: A\n", {}, added=[Added((), "name", "B")])
