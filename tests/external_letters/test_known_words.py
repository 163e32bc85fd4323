"""What an edition's letters tell of broken lines, and what they do not."""

import pytest

from generator.external_letters.known_words import KnownWords
from generator.external_letters.read_figures import SoughtTable, read_figures, tables_in
from generator.external_letters.reference_edition import Grid
from tests.external_letters.letters_read import pattern

PONDS = "We looked at the ponds of the vale and at all the ducks that live on them since May."
GEESE = "Our information on geese, which we publish each year, is well-established there."
WORDS = KnownWords(
    [("ponds", PONDS), ("geese", GEESE), ("closing", "Yours faithfully,")], ["Report:"]
)

LINES = {
    "the words stand so in a letter": ("We looked at the ponds", "of the vale and", True),
    "a block begins": ("and more of that.", "Our information on geese, which", False),
    "fixed words are a block": ("and more of that", "Yours faithfully,", False),
    "a block ended": (PONDS, "And more of it.", False),
    "a word beside the break is another": (
        "at the ponds of the",
        "dale and at all the ducks",
        True,
    ),
    "both are of one block, but in another order": (
        "all the ducks that swim",
        "at the ponds of us",
        None,
    ),
    "they are of two blocks": ("all the ducks that swim", "which we publish each month", None),
    "nobody knows them": ("Nothing of this is", "in any letter of ours", None),
}


@pytest.mark.parametrize("what", LINES)
def test_a_line_goes_on_where_a_letter_has_the_words_on_both_sides(what: str) -> None:
    before, line, expected = LINES[what]

    assert WORDS.goes_on(before, line) is expected


BROKEN = {
    ("Our infor-", "mation on"): "Our information on",
    ("is well-", "established"): "is well-established",
    ("in 2017-", "18 we"): "in 2017-18 we",
    ("a pre-", "and postfix"): "a pre- and postfix",
    ("the duck-", "geese rule"): "the duckgeese rule",
    ("of geese-", "ponds"): "of geese-ponds",
    ("a vale\N{SOFT HYPHEN}", "dictorian"): "a valedictorian",
    ("ponds –", "ducks"): "ponds – ducks",
}


@pytest.mark.parametrize("lines", BROKEN)
def test_a_hyphen_at_a_lines_end_stays_where_the_word_has_one(lines: tuple[str, str]) -> None:
    assert WORDS.rejoin(lines) == BROKEN[lines]


def test_figures_in_another_order_are_told_by_their_heads_and_no_other_is() -> None:
    """Where a head is known to stand elsewhere, no figure is what its place would make it."""
    edition = pattern("a plain letter").edition
    group = edition.groups[0]
    rows = (("Ponds and Ducks", "Roads", "Wood"), ("14", "3", "5"))

    [table], _ = tables_in(Grid(rows), pattern("a plain letter"))
    figures, rest, _ = read_figures(table, SoughtTable(group, group.columns))

    assert {figure.id: figure.value for figure in figures} == {"ponds": 14, "roads": 3, "wood": 5}
    assert [column.id for column in rest.columns] == ["total"]
