"""The page on the data format says what may be written, and never guesses."""

import pytest

from generator.edition.schemas import format_page

FIELDS = {
    "rate": ({"anyOf": [{"type": "integer"}], "examples": ["65%", "N/A"]}, "rate", "65% or N/A"),
    "nested": (
        {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": ["integer", "null"]},
            },
        },
        "national",
        "for each group: for each figure: whole number or null",
    ),
}


def page(key: str, field: object) -> str:
    schema = {"description": "A file.", "properties": {key: field}}
    return format_page(schema, schema, 2031)


@pytest.mark.parametrize(("field", "key", "said"), FIELDS.values(), ids=FIELDS.keys())
def test_what_a_key_expects(field: object, key: str, said: str) -> None:
    assert f"| `{key}` | optional | {said} |" in page(key, field)


def test_an_unknown_pattern_is_not_guessed_at() -> None:
    with pytest.raises(KeyError, match="new"):
        page("a", {"type": "string", "pattern": "^new$"})


def test_only_null_means_not_yet_supplied() -> None:
    assert "the word `null` (not `~`, not `NULL`) means *not yet supplied*" in page("a", {})
