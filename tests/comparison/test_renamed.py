"""Columns whose id was renamed: known by their label, or not known again."""

import pytest

from generator.comparison.compare import with_ids_of
from generator.letter.letter import PrintedFigure
from tests.comparison.sides import figure, letter

ROADS = figure("roads", 3, "Roads")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([ROADS], [figure("ways", 4, "Roads")], [("ways", "roads")]),
        ([ROADS], [ROADS, figure("ways", 4, "Roads")], [("roads", "")]),
        ([ROADS], [figure("ways", 4, "Ways")], [("roads", "")]),
        ([ROADS], [figure("ways", 4, "Roads", group="decided")], [("roads", "")]),
        ([ROADS], [figure("ways", 4, "Roads", kind="sum")], [("roads", "")]),
        (
            [ROADS],
            [figure("ways", 4, "Roads"), figure("lanes", 4, "Roads")],
            [("roads", "")],
        ),
    ],
    ids=[
        "the same label",
        "its id is still there",
        "its label was reworded too",
        "in another table",
        "another kind of figure",
        "the label stands there twice",
    ],
)
def test_a_column_is_known_by_its_label(
    before: list[PrintedFigure], after: list[PrintedFigure], expected: list[tuple[str, str]]
) -> None:
    found = with_ids_of(letter(*after), letter(*before))

    assert [(figure.id, figure.former_id) for figure in found.figures] == expected
