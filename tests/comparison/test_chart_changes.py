"""Charts compared: what came or went, how they are drawn, each figure once."""

from generator.comparison.compare import compare_versions
from generator.letter.letter import Block, Composition, Letter, LetterSource
from generator.letter.printed_table import ChartPart, PrintedChart
from tests.comparison.sides import figure, letter, read, told, words

DUCKS = words("Ducks.")
WORDING = "{{ authority.received.roads }} about roads"


def chart(
    *parts: tuple[str, int], form: str = "donut", label: str = "", wording: str = WORDING
) -> Block:
    """A chart of these figures; its words name the first."""
    drawn = tuple(
        ChartPart("received", id_, label or id_.capitalize(), str(value), value, "count")
        for id_, value in parts
    )
    text = wording.replace("{{ authority.received.roads }}", str(parts[0][1]))
    made = PrintedChart("roads", form, drawn)
    return Block("ponds", "chart", text, Composition(wording, "edition"), chart=made)


def titled(text: str) -> Block:
    composition = Composition(text, "edition")
    return Block("ponds", "chart_title", text, composition, group="roads")


def changes(before: Letter, after: Letter) -> list[tuple[str, str, str, str]]:
    return [told(change) for change in compare_versions(before, after)]


def test_a_chart_that_came_or_went_is_told_by_the_words_that_stand_for_it() -> None:
    without, with_it = letter(DUCKS), letter(DUCKS, titled("Roads"), chart(("roads", 3)))

    assert changes(without, with_it) == [("added", "wording", "", WORDING)]
    assert changes(with_it, without) == [("removed", "wording", WORDING, "")]


def test_another_figure_is_told_once_as_a_figure() -> None:
    before = letter(DUCKS, chart(("roads", 3), ("ponds", 4)))
    after = letter(DUCKS, chart(("roads", 5), ("ponds", 4)))

    assert changes(before, after) == [("changed", "figures", "3", "5")]


def test_a_figure_that_stands_in_a_table_too_is_told_once() -> None:
    before = letter(DUCKS, chart(("roads", 3)), figure("roads", 3))
    after = letter(DUCKS, chart(("roads", 5)), figure("roads", 5))

    assert changes(before, after) == [("changed", "figures", "3", "5")]


def test_another_form_or_other_parts_are_a_change_of_the_edition() -> None:
    before = letter(DUCKS, chart(("roads", 3), ("ponds", 4)))

    assert changes(before, letter(DUCKS, chart(("roads", 3), ("ponds", 4), form="bars"))) == [
        ("changed", "edition", "donut", "bars")
    ]
    assert changes(before, letter(DUCKS, chart(("roads", 3), ("geese", 4)))) == [
        ("changed", "edition", "Roads, Ponds", "Roads, Geese")
    ]


def test_another_title_a_label_or_other_words_are_reworded() -> None:
    before = letter(DUCKS, titled("Roads"), chart(("roads", 3)))

    assert changes(before, letter(DUCKS, titled("Our roads"), chart(("roads", 3)))) == [
        ("changed", "wording", "Roads", "Our roads")
    ]
    assert changes(before, letter(DUCKS, titled("Roads"), chart(("roads", 3), label="Ways"))) == [
        ("changed", "wording", "Roads", "Ways")
    ]
    reworded = chart(("roads", 3), wording="{{ authority.received.roads }} about streets")
    assert changes(before, letter(DUCKS, titled("Roads"), reworded)) == [
        ("changed", "wording", "roads", "streets")
    ]


def test_a_letter_read_from_its_page_alone_has_no_charts_to_compare() -> None:
    before = letter(read("Ducks."), source=LetterSource.HTML)

    assert changes(before, letter(DUCKS, chart(("roads", 3)))) == []
