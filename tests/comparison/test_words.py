"""Words: what is one word, what differs, and that it can be put back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.comparison.words import (
    Edit,
    edits_between,
    whole_units,
    wording_words,
    words_of,
)
from tests.comparison.applied import apply_edits, undo_edits
from tests.comparison.made_up import WORDS

TEXTS = st.lists(st.one_of(WORDS, st.text(min_size=1).map(lambda text: "".join(text.split()))))


def edits_of(old: str, new: str) -> list[tuple[str, str, int]]:
    edits = edits_between(words_of(old), words_of(new))
    return [(" ".join(edit.removed), " ".join(edit.added), edit.start) for edit in edits]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("all of  the\nponds", "all of the ponds"),
        ("the council's ducks", "the council’s ducks"),
        ('a "duck" pond', "a “duck” pond"),
        ("18\u00a0July 2018", "18 July 2018"),
    ],
    ids=["white space and ends of lines", "apostrophes", "quotation marks", "fixed spaces"],
)
def test_what_a_reader_does_not_see_is_no_difference(old: str, new: str) -> None:
    assert edits_of(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("on 18 July 2018 we", "on 18 July 2019 we", [("18 July 2018", "18 July 2019", 1)]),
        ("on 18 July 2018, we", "on 3 May 2018, we", [("18 July 2018,", "3 May 2018,", 1)]),
        ("on July 18, 2018 we", "on May 18, 2018 we", [("July 18, 2018", "May 18, 2018", 1)]),
        ("some 1,204 ducks", "some 1,304 ducks", [("1,204", "1,304", 1)]),
        ("a rate of 65% here", "a rate of 66% here", [("65%", "66%", 3)]),
        ("a rate of 65 % here", "a rate of 66 % here", [("65 %", "66 %", 3)]),
        ("paid £20 million in", "paid £21 million in", [("£20 million", "£21 million", 1)]),
        ("of 31/03/2018 at", "of 31/03/2019 at", [("31/03/2018", "31/03/2019", 1)]),
        (
            "at www.borsetshire.example/ponds we",
            "at www.borsetshire.example/ducks we",
            [("www.borsetshire.example/ponds", "www.borsetshire.example/ducks", 1)],
        ),
    ],
    ids=[
        "a date",
        "a date and a comma",
        "an American date",
        "a number",
        "a rate",
        "a rate after a space",
        "an amount",
        "a date in figures",
        "an address",
    ],
)
def test_what_says_nothing_in_part_is_one_word(
    old: str, new: str, expected: list[tuple[str, str, int]]
) -> None:
    assert edits_of(old, new) == expected


def test_numbers_that_only_stand_near_each_other_are_not_one() -> None:
    assert whole_units(words_of("58 courses in 2017-18")) == [
        ("58",),
        ("courses",),
        ("in",),
        ("2017-18",),
    ]


def test_each_stretch_of_words_is_an_edit_of_its_own() -> None:
    assert edits_of(
        "more comprehensibly publish all it has", "more plainly publish all its has"
    ) == [
        ("comprehensibly", "plainly", 1),
        ("it", "its", 4),
    ]


def test_a_sentence_written_anew_is_not_divided_by_a_word_that_happens_to_stay() -> None:
    old = "Ducks like quiet ponds and clean water best."
    new = "Ducks prefer still lakes and much rain best."

    assert edits_of(old, new) == [
        ("like quiet ponds and clean water", "prefer still lakes and much rain", 1)
    ]


def test_a_single_word_beside_a_sentence_written_anew_is_told_by_itself() -> None:
    assert edits_of("One fish swims in deep lakes", "Two fish ran over shallow ponds") == [
        ("One", "Two", 0),
        ("swims in deep lakes", "ran over shallow ponds", 2),
    ]


def test_a_placeholder_is_one_word_with_what_is_joined_to_it() -> None:
    wording = 'The {{ authority.noun }}’s *own* {{ authority.upheld_all | count("a b") }}'

    assert wording_words(wording) == (
        "The",
        "{{ authority.noun }}'s",
        "own",
        '{{ authority.upheld_all | count("a b") }}',
    )


def test_an_edit_says_where_it_stands_on_both_sides() -> None:
    old, new = words_of("a b c d"), words_of("x a c y d")

    assert edits_between(old, new) == (
        Edit((), ("x",), start=0, old_start=0),
        Edit(("b",), (), start=2, old_start=1),
        Edit((), ("y",), start=3, old_start=3),
    )


@given(TEXTS, TEXTS)
def test_the_edits_applied_to_the_old_words_give_the_new_and_back(
    old: list[str], new: list[str]
) -> None:
    before, after = words_of(" ".join(old)), words_of(" ".join(new))

    edits = edits_between(before, after)

    assert apply_edits(before, edits) == after
    assert undo_edits(after, edits) == before


@given(TEXTS)
def test_units_hold_every_word_once(words: list[str]) -> None:
    given_words = words_of(" ".join(words))

    assert tuple(word for unit in whole_units(given_words) for word in unit) == given_words


@given(TEXTS)
def test_words_that_stay_the_same_have_no_edits(words: list[str]) -> None:
    same = words_of(" ".join(words))

    assert edits_between(same, same) == ()
