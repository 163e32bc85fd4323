"""The tables: compared by the figures' groups and ids, never as running text."""

import pytest

from generator.comparison.compare import compare_versions
from generator.letter.letter import Letter, LetterSource, PrintedFigure
from tests.comparison.sides import figure, letter, read, told, words

DUCKS = words("Ducks.")


def changes(before: Letter, after: Letter) -> list[tuple[str, str, str, str]]:
    return [told(change) for change in compare_versions(before, after)]


def test_a_figure_is_the_same_figure_under_any_label_and_in_any_row() -> None:
    before = letter(DUCKS, figure("roads", 3, "Roads"), figure("ponds", 4))
    after = letter(DUCKS, figure("roads", 5, "Roads"), figure("ponds", 4))

    assert changes(before, after) == [("changed", "figures", "3", "5")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (figure("rate", 50, kind="percent"), figure("rate", None, kind="percent"), ("50%", "N/A")),
        (figure("rate", 0, kind="percent"), figure("rate", None, kind="percent"), ("0%", "N/A")),
        (figure("rate", None, kind="percent"), figure("rate", 0, kind="percent"), ("N/A", "0%")),
    ],
    ids=["a rate, and a rate of nothing", "a rate of nothing is not 0%", "nor the other way"],
)
def test_a_rate_of_nothing_is_not_a_number(
    before: PrintedFigure, after: PrintedFigure, expected: tuple[str, str]
) -> None:
    assert changes(letter(DUCKS, before), letter(DUCKS, after)) == [
        ("changed", "figures", *expected)
    ]


def test_how_thousands_are_marked_is_no_change() -> None:
    plain = PrintedFigure("received", "total", "Total", "1204", 1204, "count")
    marked = PrintedFigure("received", "total", "Total", "1,204", 1204, "count")

    assert changes(letter(DUCKS, plain), letter(DUCKS, marked)) == []


def test_another_word_for_a_rate_of_nothing_is_a_change() -> None:
    before = PrintedFigure("decided", "rate", "Rate", "N/A", None, "percent")
    after = PrintedFigure("decided", "rate", "Rate", "none", None, "percent")

    assert changes(letter(DUCKS, before), letter(DUCKS, after)) == [
        ("changed", "wording", "N/A", "none")
    ]


def test_a_label_is_wording_beside_the_figure_that_differs_too() -> None:
    before = letter(DUCKS, figure("roads", 3, "Roads"))
    after = letter(DUCKS, figure("roads", 4, "Roads and Lanes"))

    assert changes(before, after) == [
        ("changed", "figures", "3", "4"),
        ("changed", "wording", "Roads", "Roads and Lanes"),
    ]


def test_a_label_that_was_broken_or_not_read_is_no_change() -> None:
    nameless = PrintedFigure("received", "ponds", "", "1", 1, "count")
    before = letter(read("Ducks."), figure("roads", 3, "Roads andLanes"), nameless)
    after = letter(DUCKS, figure("roads", 3, "Roads and Lanes"), figure("ponds", 1))

    assert changes(before, after) == []


def test_a_spanning_head_is_wording() -> None:
    before = PrintedFigure("decided", "upheld", "Upheld", "3", 3, "count", header="Investigations")
    after = PrintedFigure("decided", "upheld", "Upheld", "3", 3, "count", header="Inquiries")

    assert changes(letter(DUCKS, before), letter(DUCKS, after)) == [
        ("changed", "wording", "Investigations", "Inquiries")
    ]


def test_a_title_is_wording_where_both_are_known() -> None:
    before = letter(DUCKS, figure("roads", 3), titles={"received": "Complaints"})
    after = letter(DUCKS, figure("roads", 3), titles={"received": "Complaints received"})

    (change,) = compare_versions(before, after)

    assert told(change) == ("changed", "wording", "Complaints", "Complaints received")
    assert change.part == "received"
    assert changes(letter(DUCKS, figure("roads", 3)), after) == []


def test_columns_of_one_side_only_are_told() -> None:
    before = letter(DUCKS, figure("roads", 3), figure("ponds", 1))
    after = letter(DUCKS, figure("roads", 3), figure("lakes", 1))

    assert changes(before, after) == [
        ("added", "figures", "", "Lakes"),
        ("removed", "figures", "Ponds", ""),
    ]


def test_a_figure_that_was_not_read_is_not_told_as_new() -> None:
    before = letter(read("Ducks."), figure("roads", 3))
    after = letter(DUCKS, figure("roads", 3), figure("ponds", 1))

    assert changes(before, after) == []


def test_a_figure_that_was_there_but_unreadable_is_no_change() -> None:
    unreadable = PrintedFigure("received", "roads", "Roads", "", None, "count")
    before = letter(read("Ducks."), unreadable, source=LetterSource.PDF)

    assert changes(before, letter(DUCKS, figure("roads", 3))) == []


def test_columns_that_changed_places_are_one_that_moved() -> None:
    before = letter(DUCKS, figure("roads", 3), figure("ponds", 1))
    after = letter(DUCKS, figure("ponds", 1), figure("roads", 3))

    assert changes(before, after) == [("moved", "edition", "Roads", "Roads")]
