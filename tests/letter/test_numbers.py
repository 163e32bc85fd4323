"""Numbers in words that people typed."""

import pytest

from generator.letter.numbers import named_in, numbers_in


@pytest.mark.parametrize(
    ("words", "numbers", "named"),
    [
        ("In 2030-31 we held 58 courses.", ["2030-31", "58"], ["2030-31", "58"]),
        ("Last year, twelve of them.", ["twelve"], ["Last year", "twelve"]),
        ("For the first time, two thirds.", ["two thirds"], ["first time", "two thirds"]),
        ("This year we took the one step.", [], []),
        ("See www.ducks.example/44 or /2030.", ["2030"], ["2030"]),
        ("Of {{ edition.year }} and 3.", ["3"], ["3"]),
    ],
)
def test_times_are_named_and_are_no_numbers(
    words: str, numbers: list[str], named: list[str]
) -> None:
    assert [found[0] for found in numbers_in(words)] == numbers
    assert [found[0] for found in named_in(words)] == named
