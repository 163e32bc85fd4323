"""Where a change comes from: the line of a word, of a value, of the count behind a sum."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.comparison.edition_context import (
    EditionContext,
    LetterPair,
    figure_address,
    place_of_word,
)
from generator.letter.letter import PrintedFigure
from generator.problems import Place
from tests.comparison.sides import figure, letter, words

FILE = Path("ambridge.yaml")
RULE = Place(Path("edition.yaml"), 30)


@pytest.mark.parametrize(("number", "line"), [(0, 7), (2, 7), (3, 8), (4, 8), (5, 9)], ids=str)
def test_the_place_of_a_word_is_the_line_that_it_stands_on(number: int, line: int) -> None:
    wording = "We *thank* the\ncouncil of\n{{ authority.name }} here"
    passage = replace(words(wording, "Ambridge"), place=Place(Path("ponds.md"), 7, 1))

    assert place_of_word(passage, number) == Place(Path("ponds.md"), line, 1)


def test_a_word_of_a_record_has_no_place() -> None:
    assert place_of_word(words("one\ntwo"), 1) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("authority.received.total", ("received", "total")),
        ("authority.addressee.name", None),
        ("authority.noun", None),
        ("edition.signatory.name", None),
        ("insert.matter", None),
    ],
)
def test_a_placeholder_may_name_a_figure(name: str, expected: tuple[str, str] | None) -> None:
    assert figure_address(name) == expected


def figures(*values: int) -> list[PrintedFigure]:
    """The counts a, b, c on lines of their own, and their sum, given by a rule."""
    counts = [
        replace(figure(id_, value), place=Place(FILE, line))
        for line, (id_, value) in enumerate(zip("abc", values, strict=True), start=1)
    ]
    return [*counts, replace(figure("total", sum(values), kind="sum"), place=RULE)]


def test_a_count_is_given_on_its_line() -> None:
    sides = LetterPair(letter(*figures(1, 2, 3)), letter(*figures(1, 2, 4)))

    assert sides.figure_places("received", "c") == (Place(FILE, 3), Place(FILE, 3))


def test_a_sum_differs_because_of_the_first_of_its_counts_that_does() -> None:
    sides = LetterPair(letter(*figures(1, 2, 3)), letter(*figures(1, 5, 4)))
    of_a_and_c = {("received", "total"): (("received", "a"), ("received", "c"))}
    of_c = replace(sides, new=EditionContext(sources=of_a_and_c))

    assert sides.value_places("authority.received.total") == (Place(FILE, 2), Place(FILE, 2))
    assert of_c.figure_places("received", "total") == (Place(FILE, 3), Place(FILE, 3))


def test_a_sum_of_which_no_count_differs_is_of_its_rule() -> None:
    sides = LetterPair(letter(*figures(1, 2, 3)), letter(*figures(1, 2, 3)))

    assert sides.figure_places("received", "total") == (RULE, RULE)


def test_a_figure_of_one_side_only_has_one_place() -> None:
    sides = LetterPair(letter(words("Ponds.")), letter(*figures(1, 2, 3)))

    assert sides.figure_places("received", "a") == (None, Place(FILE, 1))


def test_any_other_value_is_where_its_edition_says() -> None:
    place = Place(FILE, 4)
    new = EditionContext(
        place_of_variable=lambda slug, name: place if (slug, name) == ("b", "edition.x") else None
    )
    sides = LetterPair(
        letter(words("Ponds."), slug="a"), letter(words("Ponds."), slug="b"), new=new
    )

    assert sides.value_places("edition.x") == (None, place)
    assert sides.value_places("edition.y") == (None, None)
