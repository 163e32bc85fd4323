"""A letter as one side of a comparison: composed, or read from its record."""

from pathlib import Path

from generator.external_letters.own_letters import version_of_letter, version_of_record
from generator.letter.letter_text import LetterSource
from generator.project.load_edition import load_edition
from generator.rendering.record import read_record, record_json, record_of
from tests.borsetshire import build_tree

SLUG = "ambridge-district-council"


def test_a_letter_and_the_record_of_it_are_the_same_letter(tmp_path: Path) -> None:
    """But for the places, which a record does not tell, since council officers read it."""
    loaded = load_edition(build_tree(tmp_path))
    letter = loaded.letters[SLUG].letter
    file = loaded.data.files[SLUG]

    composed = version_of_letter(letter, file, pages=2)
    recorded = version_of_record(read_record(record_json(record_of(letter))), file, pages=2)

    assert (composed.source, recorded.source) == (LetterSource.EDITION, LetterSource.RECORD)
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
    loaded = load_edition(build_tree(tmp_path))

    version = version_of_letter(loaded.letters[SLUG].letter, loaded.data.files[SLUG])

    roles = {passage.role for passage in version.passages}
    assert not roles & {"table", "table_title"}
    assert {"masthead", "date", "heading", "paragraph", "signatory", "notes_title"} <= roles
