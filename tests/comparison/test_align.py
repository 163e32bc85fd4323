"""Alignment: the same passage is found wherever it stands, reworded or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.comparison.words import (
    ELSEWHERE,
    REWORDED,
    UNKNOWN,
    Key,
    Pair,
    align,
    longest_rising,
    passage_likeness,
)
from tests.comparison.made_up import PARTS, WORDINGS

PONDS = "We publish the state of all ponds every year so that people can see them."
DUCKS = "One duck in three was not counted because it had gone to another county."
GEESE = "Geese are a matter for the authority and not for this office to look into."


def key(words: str, part: str | None = "birds", role: str = "paragraph", **more: str) -> Key:
    return Key(part, role, more.get("insert"), words)


def keys(*words: str, part: str | None = "birds") -> tuple[Key, ...]:
    return tuple(key(each, part) for each in words)


def test_a_paragraph_added_at_the_top_shifts_all_and_changes_none() -> None:
    found = align(keys(PONDS, DUCKS), keys(GEESE, PONDS, DUCKS))

    assert found.pairs == (Pair(None, 0), Pair(0, 1), Pair(1, 2))


def test_a_paragraph_that_was_dropped_stands_before_what_followed_it() -> None:
    found = align(keys(PONDS, DUCKS, GEESE), keys(PONDS, GEESE))

    assert found.pairs == (Pair(0, 0), Pair(1, None), Pair(2, 1))


def test_a_reworded_paragraph_is_the_same_paragraph() -> None:
    reworded = "Every year we publish how all ponds are, so that people can see them."

    assert align(keys(PONDS, DUCKS), keys(reworded, DUCKS)).pairs == (Pair(0, 0), Pair(1, 1))


def test_a_paragraph_that_grew_is_the_same_paragraph() -> None:
    longer = (
        f"{PONDS} {GEESE} There is more to be said of this and it will be said in time, not now."
    )

    assert align(keys(PONDS), keys(longer)).pairs == (Pair(0, 0),)


def test_a_paragraph_in_the_place_of_another_is_not_a_rewording_of_it() -> None:
    assert align(keys(PONDS), keys(GEESE)).pairs == (Pair(None, 0), Pair(0, None))


def test_two_paragraphs_that_changed_places_are_one_that_moved() -> None:
    found = align(keys(PONDS, DUCKS), keys(DUCKS, PONDS))

    assert sorted(pair.moved for pair in found.pairs) == [False, True]
    assert {(pair.before, pair.after) for pair in found.pairs} == {(0, 1), (1, 0)}


def test_a_paragraph_in_another_section_moved() -> None:
    before = (*keys(PONDS, DUCKS), key(GEESE, "geese"))
    after = (key(PONDS), key(GEESE, "geese"), key(DUCKS, "geese"))

    assert align(before, after).pairs == (Pair(0, 0), Pair(2, 1), Pair(1, 2, moved=True))


def test_a_reworded_paragraph_in_another_section_is_not_guessed_to_have_moved() -> None:
    other = "One goose in three was counted twice since it came from another place."

    found = align((key(DUCKS), key(PONDS, "ponds")), (key(PONDS, "ponds"), key(other, "ponds")))

    assert Pair(0, None) in found.pairs
    assert Pair(None, 1) in found.pairs


def test_a_section_with_another_name_is_the_same_section() -> None:
    found = align(keys(PONDS, DUCKS, part="birds"), keys(PONDS, DUCKS, part="water"))

    assert found.pairs == (Pair(0, 0), Pair(1, 1))
    assert found.moved_parts == ()


def test_a_section_of_which_less_than_half_is_there_is_another_section() -> None:
    before = keys(PONDS, DUCKS, GEESE, part="birds")
    after = keys(PONDS, "Roads are long.", "Bins are full.", part="water")

    assert Pair(0, 0, moved=True) in align(before, after).pairs


def test_of_two_sections_that_changed_places_one_moved_with_all_it_holds() -> None:
    first, second = keys(PONDS, DUCKS, part="birds"), keys(GEESE, part="geese")

    found = align((*first, *second), (*second, *first))

    assert found.moved_parts == (("geese", "geese"),)
    assert found.pairs == (Pair(2, 0), Pair(0, 1), Pair(1, 2))


def test_a_heading_that_is_like_the_old_one_is_the_same() -> None:
    before = (key("On ponds", role="heading"), key(PONDS))
    after = (key("On all ponds", role="heading"), key(PONDS))

    assert align(before, after).pairs == (Pair(0, 0), Pair(1, 1))


def test_headings_that_are_not_alike_are_two_also_in_the_same_section() -> None:
    before = (key("Ponds", role="heading"), key(PONDS))
    after = (key("What to know about water", role="heading"), key(PONDS))

    assert align(before, after).pairs == (Pair(None, 0), Pair(0, None), Pair(1, 1))


@pytest.mark.parametrize("shared", [1, 2, 3])
def test_an_insert_that_moved_is_what_moved_however_much_it_passed(shared: int) -> None:
    insert = tuple(key(f"{n} thanks for the ducks of the vale", insert="thanks") for n in range(2))
    passed = tuple(key(f"{PONDS} {n} and {n}") for n in range(shared))

    found = align((*insert, *passed), (*passed, *insert))

    moved = [pair.after for pair in found.pairs if pair.moved]
    assert moved == [shared, shared + 1]


def test_a_heading_never_became_a_paragraph() -> None:
    found = align((key(PONDS, role="heading"),), (key(PONDS),))

    assert found.pairs == (Pair(None, 0), Pair(0, None))


def test_lines_of_an_address_are_known_by_their_order() -> None:
    def lines(*words: str) -> tuple[Key, ...]:
        return tuple(key(each, "opening", "address_line") for each in words)

    found = align(
        lines("Joe Grundy", "Chief Executive", "Ambridge Council"),
        lines("Ida Fairweather", "Chief Executive", "Ambridge Council"),
    )
    assert found.pairs == (Pair(0, 0), Pair(1, 1), Pair(2, 2))


def test_a_second_name_in_an_address_is_a_line_more() -> None:
    def lines(*words: str) -> tuple[Key, ...]:
        return tuple(key(each, "opening", "address_line") for each in words)

    found = align(
        lines("Joe Grundy", "Chief Executive"),
        lines("Joe Grundy", "Ida Fairweather", "Chief Executive"),
    )
    assert found.pairs == (Pair(0, 0), Pair(None, 1), Pair(1, 2))


def test_one_insert_is_not_a_rewording_of_another() -> None:
    ponds = key("Thank you for the ponds that you look after so very well.", insert="ponds")
    ducks = key("Thank you for the ducks that you look after in this way.", insert="ducks")

    assert align((ponds,), (ducks,)).pairs == (Pair(None, 0), Pair(0, None))


def test_an_insert_written_anew_is_still_that_insert() -> None:
    before = key("Thank you for the ponds that you look after so very well.", insert="ponds")
    after = key("We were glad to hear of your ponds.", insert="ponds")

    assert passage_likeness(before.words, after.words) < REWORDED

    assert align((before,), (after,)).pairs == (Pair(0, 0),)


def test_what_was_read_without_its_section_is_found_in_order_and_has_not_moved() -> None:
    read = tuple(Key(None, "paragraph", UNKNOWN, words) for words in (PONDS, DUCKS, GEESE))
    ours = (key(PONDS), key(DUCKS), key(GEESE, "geese"))

    assert align(read, ours).pairs == (Pair(0, 0), Pair(1, 1), Pair(2, 2))


def test_what_was_read_without_its_section_may_be_reworded() -> None:
    reworded = "Every year we publish how all ponds are, so that people can see them."
    read = tuple(Key(None, "paragraph", UNKNOWN, words) for words in (reworded, GEESE))

    assert passage_likeness(PONDS, reworded) < ELSEWHERE
    assert align(read, (key(PONDS), key(GEESE))).pairs == (Pair(0, 0), Pair(1, 1))


def test_what_was_read_without_its_section_and_out_of_order_has_not_moved() -> None:
    """A program that reads a page may take its columns in any order."""
    read = tuple(Key(None, "paragraph", UNKNOWN, words) for words in (DUCKS, PONDS))

    assert set(align(read, (key(PONDS), key(DUCKS))).pairs) == {Pair(1, 0), Pair(0, 1)}


def test_likeness_is_of_words_in_their_order() -> None:
    assert passage_likeness(PONDS, PONDS) == 1.0
    assert passage_likeness(PONDS, PONDS.replace("ponds", "lakes")) > 0.9
    assert passage_likeness(PONDS, GEESE) < 0.4
    assert passage_likeness("", PONDS) == 0.0


def test_the_longest_rising_row_is_what_has_not_moved() -> None:
    assert longest_rising([0, 1, 2]) == {0, 1, 2}
    assert longest_rising([2, 0, 1]) == {1, 2}
    assert longest_rising([1, 0]) == {0}
    assert longest_rising([]) == set()


KEYS = st.lists(
    st.builds(
        Key,
        st.sampled_from([*PARTS, None]),
        st.sampled_from(["paragraph", "heading", "bullet", "address_line"]),
        st.sampled_from([None, "busy", UNKNOWN]),
        WORDINGS,
    ),
    max_size=8,
).map(tuple)


@given(KEYS, KEYS)
def test_every_passage_is_in_exactly_one_pair(
    before: tuple[Key, ...], after: tuple[Key, ...]
) -> None:
    pairs = align(before, after).pairs

    assert sorted(p.before for p in pairs if p.before is not None) == list(range(len(before)))
    assert [p.after for p in pairs if p.after is not None] == list(range(len(after)))


@given(KEYS, KEYS)
def test_what_has_not_moved_keeps_its_order_within_its_part(
    before: tuple[Key, ...], after: tuple[Key, ...]
) -> None:
    pairs = align(before, after).pairs

    for part in PARTS:
        kept = [
            p.before
            for p in pairs
            if p.before is not None
            and p.after is not None
            and not p.moved
            and after[p.after].part == part == before[p.before].part
        ]
        assert kept == sorted(kept)


@given(KEYS)
def test_a_letter_is_aligned_with_itself_one_by_one(same: tuple[Key, ...]) -> None:
    assert align(same, same).pairs == tuple(Pair(n, n) for n in range(len(same)))
