"""YAML files changed in place: what is replaced, what is left out, and that nothing else is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.edit_yaml import SpliceError, splice_yaml
from generator.edition.yaml_splices import Steps

NULLS: dict[Steps, str] = {("received", name): "null" for name in ("roads", "ponds", "total")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "received:\n  roads: 3 # by post\n\n  ponds:   14\n",
            "received:\n  roads: null # by post\n\n  ponds:   null\n",
            id="comments, spaces and blank lines stay",
        ),
        pytest.param(
            "received: {roads: 3, ponds: 14, total: 17} # all\n",
            "received: {roads: null, ponds: null, total: null} # all\n",
            id="in braces",
        ),
        pytest.param(
            "received:\r\n  roads: 3 # é\r\n  ponds: 14\r\n",
            "received:\r\n  roads: null # é\r\n  ponds: null\r\n",
            id="line ends of Windows",
        ),
        pytest.param(
            "name: Käse & Brot 🦆\nreceived: {'roads': 3, \"ponds\": 0}",
            "name: Käse & Brot 🦆\nreceived: {'roads': null, \"ponds\": null}",
            id="quoted keys after signs of several bytes, and no line end",
        ),
        pytest.param(
            "received:\n  roads: |-\n    3\n  ponds: 1\n",
            "received:\n  roads: null\n  ponds: null\n",
            id="a value on lines of its own",
        ),
        pytest.param("name: Ambridge\n", "name: Ambridge\n", id="nothing to replace"),
    ],
)
def test_values_are_replaced_where_they_stand(text: str, expected: str) -> None:
    assert splice_yaml(text, NULLS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("name: A\n\ninserts:\n  - one\n  - two\n", "name: A\n", id="at the end"),
        pytest.param(
            "name: A\n\ninserts:\n- one\n\naliases: [B]\n",
            "name: A\n\naliases: [B]\n",
            id="in the middle, leaving one blank line",
        ),
        pytest.param("inserts: [one, two]\nname: A\n", "name: A\n", id="a list in brackets"),
        pytest.param("name: A\ninserts: [one]", "name: A\n", id="no line end"),
        pytest.param(
            "name: A\r\n\r\ninserts:\r\n  - one\r\n", "name: A\r\n", id="line ends of Windows"
        ),
        pytest.param(
            "inserts:\n  - one: {matter: ducks, place: the pond}\n  - two:\n      matter: geese\n"
            "# the end\nname: A\n",
            "# the end\nname: A\n",
            id="inserts with values, and the comment after them",
        ),
        pytest.param(
            "# agreed in May\ninserts: # two of them\n  # about ducks\n  - one # see #4\n"
            "  - two#x\nname: A\n",
            "# agreed in May\n# two of them\n  # about ducks\n  # see #4\nname: A\n",
            id="comments within are kept",
        ),
        pytest.param(
            "{name: A, inserts: [one, two], aliases: [B]}\n",
            "{name: A, inserts: [], aliases: [B]}\n",
            id="a file in braces",
        ),
    ],
)
def test_keys_are_left_out_with_their_lines(text: str, expected: str) -> None:
    assert splice_yaml(text, {}, ["inserts"]) == expected


def test_a_value_that_would_be_read_as_something_else_is_refused() -> None:
    with pytest.raises(SpliceError):
        splice_yaml("letter_date: 2031-07-16\n", {("letter_date",): "a: b"})


_SPACES = st.sampled_from(["", " ", "   "])
_COMMENTS = st.sampled_from(["", "  # 17 by post", " # null: none", " #"])
_LINES = st.sampled_from(["", "\n", "  # roads: 9\n", "# é 🦆\n\n"])


@st.composite
def _files(draw: st.DrawFn) -> tuple[str, str]:
    """A file, and the same with `null` for each of its counts."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    before = after = "name: Ambridge\nreceived:\n"
    for name in ("roads", "ponds", "total"):
        beginning = draw(_LINES) + f"  {name}: {draw(_SPACES)}"
        rest = draw(_COMMENTS) + "\n"
        before += f"{beginning}{draw(st.integers(0, 999_999))}{rest}"
        after += f"{beginning}null{rest}"
    rest = draw(_LINES) + draw(st.sampled_from(["", "kind: council\n", "aliases: ['3', b]\n"]))
    return re.sub("\n", end, before + rest), re.sub("\n", end, after + rest)


@given(_files())
def test_not_a_sign_besides_the_values_is_changed(file: tuple[str, str]) -> None:
    before, expected = file

    assert splice_yaml(before, NULLS) == expected


OWN = """\
name: A
inserts:
  - place: statistics
    text: |
      # no comment, and see #5
        of two lines.

  # kept
  - flood
received: {roads: 1} # kept, too
"""


def test_words_of_several_lines_stay_as_they_are_when_a_value_is_replaced() -> None:
    assert splice_yaml(OWN, {("received", "roads"): "7"}) == OWN.replace("roads: 1", "roads: 7")


def test_words_of_several_lines_are_left_out_whole_and_nothing_else_is() -> None:
    expected = "name: A\n  # kept\nreceived: {roads: 1} # kept, too\n"
    assert splice_yaml(OWN, {}, ["inserts"]) == expected
    last = OWN.split("  # kept")[0]
    assert splice_yaml(last + "next: 1\n", {}, ["inserts"]) == "name: A\n\nnext: 1\n"


PEOPLE = (
    "addressee:\n  name: Ann # née Ash\n  email: ann@ambridge.example # hers\n"
    "copies:\n  leader: {name: Bob, office: Leader, email: bob@ambridge.example}\nduck: 1\n"
)


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        pytest.param(
            [("addressee", "email"), ("copies", "leader", "email")],
            PEOPLE.replace("  email: ann@ambridge.example # hers", "  # hers").replace(
                ", email: bob@ambridge.example", ""
            ),
            id="lines and parts of lines go, comments stay",
        ),
        pytest.param(
            [("copies", "leader", key) for key in ("name", "office", "email")],
            PEOPLE.replace(
                "copies:\n  leader: {name: Bob, office: Leader, email: bob@ambridge.example}\n", ""
            ),
            id="what would be left with nothing in it goes, too",
        ),
        pytest.param(
            [("copies", "mayor"), ("duck", "pond")], PEOPLE, id="what is not there stays away"
        ),
    ],
)
def test_keys_within_a_person_are_taken_out(without: list[Steps], expected: str) -> None:
    assert splice_yaml(PEOPLE, {}, without=without) == expected
