"""What follows a number is the edition's table, chosen by the number as its language counts."""

from pathlib import Path

import pytest

from generator.edition.formats import number_words
from generator.letter.expressions import ExpressionError, parse_placeholder
from generator.letter.variables import Type, Variable, Vocabulary, VocabularyEntry
from generator.problems import Place

FORMS = ("zero", "one", "two", "few", "many", "other")
NAME = "authority.received.total"


def known(language: str, plurals: dict[str, dict[str, str]]) -> Vocabulary:
    names = Vocabulary({NAME: VocabularyEntry(Type.NUMBER)})
    names.number_words = number_words(language, (), (), plurals)
    return names


def printed(count: str, number: int | None, names: Vocabulary, language: str) -> str:
    shown = "[?]" if number is None else str(number)
    variable = Variable(Type.NUMBER, number, shown, Place(Path()), supplied=number is not None)
    return parse_placeholder(f"{NAME} | {count}", names).show(variable, language)


@pytest.mark.parametrize(
    ("number", "form"),
    [
        *[(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (4, "other"), (5, "other")],
        *[(6, "many"), (7, "other"), (11, "other"), (100, "other"), (None, "other")],
    ],
)
def test_welsh_has_six_forms(number: int | None, form: str) -> None:
    names = known("cy", {"complaint": {each: each for each in FORMS}})
    said = printed('count("complaint")', number, names, "cy")

    assert said == f"{'[?]' if number is None else number} {form}"


def test_a_table_goes_before_what_the_program_knows_of_english() -> None:
    names = known("en-GB", {"child": {"one": "child", "other": "children"}})

    assert printed('count("child")', 2, names, "en-GB") == "2 children"
    assert printed('count("child")', 1, names, "en-GB") == "1 child"
    assert printed('count("box", "boxes")', 0, names, "en-GB") == "0 boxes"


@pytest.mark.parametrize(
    ("count", "language", "message"),
    [
        (
            'count("cwyn")',
            "cy",
            "nouns after numbers have several forms in this language: zero, one, two, few, many, "
            'other; list them in edition.yaml as words: plurals: "cwyn"',
        ),
        (
            'count("child", "children")',
            "en-GB",
            '"child" is in words: plurals; give count only this noun',
        ),
    ],
)
def test_what_would_be_guessed_is_refused(count: str, language: str, message: str) -> None:
    names = known(language, {"child": {each: each for each in FORMS}})

    with pytest.raises(ExpressionError) as refused:
        parse_placeholder(f"{NAME} | {count}", names)

    assert str(refused.value) == message
