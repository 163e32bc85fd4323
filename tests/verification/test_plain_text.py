"""A letter's plain text, read back: whatever is damaged in it is told in a sentence."""

from collections.abc import Callable

import pytest

from generator.rendering.record import record_of
from generator.rendering.text import render_text
from generator.verification.read_back import check_text
from tests.hard_letters import INVENTED, hard_letter

PLAIN = hard_letter("a plain letter").letter


@pytest.mark.parametrize("name", INVENTED)
def test_a_text_as_it_was_made_has_no_finding(name: str) -> None:
    letter = hard_letter(name).letter

    assert check_text(render_text(letter), record_of(letter)) == []


def test_nor_does_one_whose_lines_are_broken_elsewhere() -> None:
    text = " ".join(render_text(PLAIN).split())

    assert check_text(text, record_of(PLAIN)) == []


def replacing(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


WRONG: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "a word changed": (
        replacing("every year", "each year"),
        ['statistics/3: the text says "each", but the letter "every"'],
    ),
    "a figure changed": (
        replacing("Roads             3", "Roads             8"),
        ['report/5: the text says "8", but the letter "3"'],
    ),
    "two figures swapped": (
        lambda text: replacing("Roads             3", "Roads            14")(
            replacing("Ponds and Ducks  14", "Ponds and Ducks   3")(text)
        ),
        [
            'report/5: the text says "14", but the letter "3"',
            'report/5: the text says "3", but the letter "14"',
        ],
    ),
    "a paragraph dropped": (
        replacing("We publish these figures every year.", ""),
        ['statistics/3: "We publish these figures every year." is missing from the text'],
    ),
    "a sentence added": (
        replacing("every year.", "every year. Quack."),
        ['closing/1: "Quack." is in the text but not in the letter'],
    ),
    "another addressee": (
        replacing("Dear Walter Gabriel", "Dear Dorothy Adamson"),
        ['opening/7: the text says "Dorothy Adamson,", but the letter "Walter Gabriel,"'],
    ),
    "cut off": (
        lambda text: text[: text.index("Complaints remedied")],
        [
            'report/10: "Complaints remedied by us 2 by the authority 1" is missing from the text',
        ],
    ),
    "a mark of a draft": (
        lambda text: "DRAFT\n\n" + text,
        ['opening/1: "DRAFT" is in the text but not in the letter'],
    ),
}


@pytest.mark.parametrize(("damage", "expected"), WRONG.values(), ids=WRONG)
def test_damage_is_told(damage: Callable[[str], str], expected: list[str]) -> None:
    assert check_text(damage(render_text(PLAIN)), record_of(PLAIN)) == expected


def test_an_empty_text_is_no_letter() -> None:
    assert check_text("", record_of(PLAIN)) != []
