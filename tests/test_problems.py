"""A problem in one line, with a place that an editor or a spreadsheet program can jump to."""

from pathlib import Path

import pytest

from generator.problems import Place, Problem, Severity

PATH = Path("a")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(PATH), "in/a"),
        (Place(PATH, 24), "in/a:24"),
        (Place(PATH, 24, 3), "in/a:24:3"),
        (Place(PATH, 17, 6, cell="F17"), "in/a:F17"),
        (Place(PATH, 17, 6, sheet="Received", cell="F17"), "in/a:Received!F17"),
        (Place(PATH, 17, 6, sheet="Both years", cell="F17:F18"), "in/a:'Both years'!F17:F18"),
        (Place(PATH, sheet="2031"), "in/a:'2031'"),
        (Place(PATH, sheet="It's", cell="A1"), "in/a:'It''s'!A1"),
    ],
)
def test_a_place_is_shown_as_its_program_names_it(place: Place, expected: str) -> None:
    assert place.shown("in/a") == expected


def test_a_line_says_where_how_bad_and_what() -> None:
    place = Place(PATH, 17, 6, sheet="Received", cell="F17")

    assert Problem(place, "blank", "received.roads", Severity.WARNING).line("a.xlsx") == (
        "a.xlsx:Received!F17: warning: received.roads: blank"
    )


def test_problems_of_a_sheet_stay_together_and_in_the_order_of_its_rows() -> None:
    places = [
        Place(PATH, 2, 2, sheet="B", cell="B2"),
        Place(PATH, 10, 1, sheet="A", cell="A10"),
        Place(PATH, 2, 3, sheet="A", cell="C2"),
    ]

    assert [place.cell_name for place in sorted(places)] == ["A!C2", "A!A10", "B!B2"]
