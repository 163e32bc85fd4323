"""A wording with its values: which words were printed for which."""

from dataclasses import replace

from generator.comparison.passages import fill
from tests.comparison.sides import read, words

WORDING = "The {{ authority.noun }}’s ponds of {{ edition.year }}"


def test_each_word_of_a_wording_knows_what_was_printed_for_it() -> None:
    filled = fill(words(WORDING, "National Park", "2031"))

    assert filled is not None
    assert list(zip(filled.words, filled.printed, filled.starts, strict=False)) == [
        ("The", ("The",), 0),
        ("{{ authority.noun }}'s", ("National", "Park's"), 1),
        ("ponds", ("ponds",), 3),
        ("of", ("of",), 4),
        ("{{ edition.year }}", ("2031",), 5),
    ]
    assert filled.starts[-1] == 6
    assert filled.between(1, 3) == ("National", "Park's", "ponds")
    assert list(filled.ranges()) == [(1, 3, "authority.noun"), (5, 6, "edition.year")]


def test_a_text_without_wording_is_not_filled() -> None:
    assert fill(read("The ponds")) is None


def test_a_text_that_is_not_what_its_wording_gives_is_not_filled() -> None:
    passage = words(WORDING, "National Park", "2031")

    assert fill(replace(passage, text="Other words")) is None
