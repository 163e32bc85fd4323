"""How things are put to people: nouns with numbers, lists, what the system says."""

import errno

import pytest

from generator.problems import counted, first_of, listed, system_message


@pytest.mark.parametrize(
    ("names", "expected"), [("a", "a"), ("ab", "a and b"), ("abc", "a, b and c")]
)
def test_a_list_ends_with_and(names: str, expected: str) -> None:
    assert listed(names) == expected


def test_a_long_list_ends_with_how_many_more() -> None:
    assert first_of("abc", 3) == "a, b, c"
    assert first_of("abcd", 2) == "a, b and 2 more"
    assert first_of("ab", 2, 5) == "a, b and 3 more"


def test_one_is_a_letter_others_are_letters() -> None:
    assert [counted(n, "letter") for n in (0, 1, 1204)] == [
        "0 letters",
        "1 letter",
        "1,204 letters",
    ]
    assert counted(2, "authority", "authorities") == "2 authorities"


def test_an_error_without_a_number_says_what_it_has() -> None:
    assert system_message(OSError(errno.ENOENT, "No such file", "x")) == "No such file"
    assert system_message(OSError("closed")) == "closed"
