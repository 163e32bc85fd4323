"""A letter as one side of a comparison: what is known of it, and what is guessed of its values."""

from pathlib import Path

import pytest

from generator.batch.prepare import prepare
from generator.comparing.version import (
    Source,
    names_in,
    plain,
    plain_wording,
    values_in,
    version_of_letter,
    version_of_record,
)
from generator.rendering.record import read_record, record_json, record_of
from tests.borsetshire import build_tree

SLUG = "ambridge-district-council"


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


def test_a_letter_and_the_record_of_it_are_the_same_letter(tmp_path: Path) -> None:
    """But for the places, which a record does not tell, since council officers read it."""
    prepared = prepare(build_tree(tmp_path))
    letter = prepared.letters[SLUG].letter
    file = prepared.data.files[SLUG]

    composed = version_of_letter(letter, file, pages=2)
    recorded = version_of_record(read_record(record_json(record_of(letter))), file, pages=2)

    assert (composed.source, recorded.source) == (Source.EDITION, Source.RECORD)
    assert composed.has_wording
    assert recorded.has_wording
    assert recorded.titles == composed.titles
    assert recorded.titles["decided"] == "Decisions made"
    assert len(recorded.passages) == len(composed.passages) > 10
    for made, read in zip(composed.passages, recorded.passages, strict=True):
        assert made.place is not None
        assert read.place is None
        assert vars(read) == {**vars(made), "place": None}
    for made_figure, read_figure in zip(composed.figures, recorded.figures, strict=True):
        assert made_figure.place is not None
        assert vars(read_figure) == {**vars(made_figure), "place": None}
    heads = {figure.id: figure.head for figure in recorded.figures if figure.group == "decided"}
    assert heads["uphold_rate"] == "Investigations"


def test_a_version_has_no_tables_among_its_passages(tmp_path: Path) -> None:
    prepared = prepare(build_tree(tmp_path))

    version = version_of_letter(prepared.letters[SLUG].letter, prepared.data.files[SLUG])

    roles = {passage.role for passage in version.passages}
    assert not roles & {"table", "table_title"}
    assert {"masthead", "date", "heading", "paragraph", "signatory", "notes_title"} <= roles
