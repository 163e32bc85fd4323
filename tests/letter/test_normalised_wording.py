"""Wording without its marks, as it is printed; its values, found again; its marks."""

import pytest

from generator.letter.markup import (
    Marks,
    marked_words,
    names_in,
    plain,
    plain_wording,
    values_in,
    with_marks,
)


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("all *ponds* and **ducks**", "all ponds and ducks"),
        ("all _ponds_ and snake_case", "all ponds and snake_case"),
        ("see [the *guide*](https://a.example/x_y)", "see the guide"),
        ("see <https://a.example/x_y>", "see https://a.example/x_y"),
        (r"5 \* 3 \[sic\]", "5 * 3 [sic]"),
        ("{{ authority.received.ponds_and_ducks }} ducks", None),
        ("[the {{ authority.noun }}](https://a.example)", "the {{ authority.noun }}"),
        ("two\nlines of “ducks”", 'two lines of "ducks"'),
        ("2018. A year", "2018. A year"),
    ],
    ids=[
        "emphasis",
        "emphasis by underscores, which a name may have",
        "a link",
        "an address as a link",
        "escaped signs",
        "underscores in a placeholder",
        "a placeholder in a link",
        "lines and quotation marks",
        "a number is part of the words",
    ],
)
def test_plain_wording_is_as_its_words_are_printed(wording: str, expected: str | None) -> None:
    assert plain_wording(wording) == (expected or wording)


def test_plain_text_is_blind_to_white_space_and_quote_style() -> None:
    assert plain(" a\n \u2018b’\u00a0“c”\t") == "a 'b' \"c\""


def test_names_are_those_of_the_placeholders_in_their_order() -> None:
    wording = '{{ authority.received.total | count("box", "boxes") }} by {{authority.noun}}'

    assert names_in(wording) == ("authority.received.total", "authority.noun")


def test_values_are_found_by_the_words_around_them() -> None:
    wording = "We *received* {{ authority.received.roads_all }} about the {{ authority.noun }}’s"

    assert values_in(wording, "We received 14\ncomplaints about the National Park’s") == (
        ("authority.received.roads_all", "14 complaints"),
        ("authority.noun", "National Park"),
    )


def test_values_are_not_guessed_where_the_words_do_not_fit() -> None:
    assert values_in("About the {{ authority.noun }}", "We had ducks") == ()


def test_wording_without_placeholders_has_no_values() -> None:
    assert values_in("Ducks", "Ducks") == ()


@pytest.mark.parametrize(
    "wording",
    [
        "all *ponds* and **wet ducks**, ***all*** of them",
        "see *[the guide](https://a.example/x_y)*.",
        "[the {{ authority.noun }}](https://a.example), “here”",
        "(*see* all)",
    ],
)
def test_words_with_their_marks_can_be_written_out_again(wording: str) -> None:
    assert with_marks(marked_words(wording)) == plain(wording)


def test_each_word_is_in_pieces_that_are_set_alike() -> None:
    none, strong = Marks(), Marks(strong=True)

    assert marked_words("(**wet** ponds)\n**a b**") == (
        (("(", none), ("wet", strong)),
        (("ponds)", none),),
        (("a", strong),),
        (("b", strong),),
    )
