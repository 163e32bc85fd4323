"""The table of figures: which are in it, in which order, and how a difference is worded."""

from dataclasses import replace

import pytest

from generator.comparison.changes import Compared, FigureRow
from generator.comparison.edition_context import EditionContext
from generator.comparison.figure_changes import difference_in_words, figure_rows
from generator.edition.edition import Outliers
from generator.letter.letter import PrintedFigure
from tests.comparison.sides import figure, letter

RATES = EditionContext(
    parts={("decided", "rate"): (("decided", "not_upheld"), ("decided", "upheld"))},
    numerators=frozenset({("decided", "upheld")}),
)


def compared(slug: str, before: list[PrintedFigure], after: list[PrintedFigure]) -> Compared:
    sides = letter(*before, slug=slug), letter(*after, slug=slug)
    return Compared(slug, slug.title(), *sides, changes=())


def totals(slug: str, before: int, after: int) -> Compared:
    old, new = (figure("total", value, kind="sum") for value in (before, after))
    return compared(slug, [old], [new])


def decided(slug: str, before: tuple[int, int], after: tuple[int, int]) -> Compared:
    """A letter with so many not upheld and upheld, and the rate."""

    def figures(not_upheld: int, upheld: int) -> list[PrintedFigure]:
        return [
            figure("not_upheld", not_upheld, group="decided"),
            figure("upheld", upheld, group="decided"),
            figure("rate", 100 * upheld // (not_upheld + upheld), group="decided", kind="percent"),
            figure("total", not_upheld + upheld, group="decided", kind="sum"),
        ]

    return compared(slug, figures(*before), figures(*after))


def test_sums_rates_and_what_rates_are_taken_of_are_in_it() -> None:
    rows = figure_rows([decided("a", (5, 5), (5, 5))], RATES)

    assert [row.id for row in rows] == ["upheld", "rate", "total"]


def test_of_a_table_without_a_sum_the_counts_are_in_it() -> None:
    figures = [
        figure("roads", 1),
        figure("total", 1, kind="sum"),
        figure("by_us", 1, group="remedied"),
        figure("by_authority", 2, group="remedied"),
    ]

    rows = figure_rows([compared("a", figures, figures)])

    assert [(row.group, row.id) for row in rows] == [
        ("received", "total"),
        ("remedied", "by_us"),
        ("remedied", "by_authority"),
    ]


def test_a_figure_of_one_year_only_is_in_it() -> None:
    total = figure("total", 3, "All of them", kind="sum")

    (row,) = figure_rows([compared("a", [], [total])])

    assert row == FigureRow("a", "A", "received", "total", "All of them", None, total)


def test_what_is_least_likely_by_chance_stands_first() -> None:
    """Ten more of a hundred is less than ten more of ten."""
    rows = figure_rows([totals("a", 5, 5), totals("b", 100, 110), totals("c", 10, 20)])

    assert [row.slug for row in rows] == ["c", "b", "a"]


def test_what_the_edition_calls_an_outlier_stands_before_all_else() -> None:
    outliers = EditionContext(outliers=Outliers.model_construct(factor=2, at_least=20))
    letters = [totals("small", 2, 19), totals("large", 1000, 1900), totals("outlier", 9, 20)]

    assert [row.slug for row in figure_rows(letters)] == ["large", "small", "outlier"]
    assert [row.slug for row in figure_rows(letters, outliers)] == ["outlier", "large", "small"]


def test_a_rate_of_few_cases_does_not_stand_out() -> None:
    few, many = decided("few", (1, 0), (0, 1)), decided("many", (100, 100), (60, 140))

    rows = [row for row in figure_rows([few, many], RATES) if row.id == "rate"]

    assert [row.slug for row in rows] == ["many", "few"]


def row(before: int | None, after: int | None, kind: str = "count") -> FigureRow:
    old, new = (figure("total", value, kind=kind) for value in (before, after))
    return FigureRow("a", "A", "received", "total", "Total", old, new)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (2, 4, "+2"),
        (19, 38, "+19"),
        (20, 30, "+10 (+50%)"),
        (200, 170, "−30 (−15%)"),
        (8, 0, "−8"),
        (0, 8, "+8"),
        (40, 0, "−40 (−100%)"),
        (1000, 1001, "+1"),
        (1000, 3500, "+2,500 (+250%)"),
        (7, 7, "no change"),
    ],
)
def test_small_numbers_are_not_dressed_up_as_percentages(
    before: int, after: int, expected: str
) -> None:
    assert difference_in_words(row(before, after)) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(60, 64, "+4 points"), (64, 63, "−1 point"), (50, 50, "no change"), (None, 50, "")],
)
def test_rates_differ_by_points(before: int | None, after: int, expected: str) -> None:
    assert difference_in_words(row(before, after, "percent")) == expected


def test_a_figure_of_one_year_only_has_no_difference() -> None:
    before = row(1, 1).before
    one = FigureRow("a", "A", "received", "total", "Total", before, None)

    assert difference_in_words(one) == ""
    assert difference_in_words(FigureRow("a", "A", "r", "t", "T", None, before)) == ""


def test_where_an_authority_was_several_each_row_says_whose_last_years_figure_is() -> None:
    pairs = [
        replace(totals("ambridge", 4, 9), before=letter(figure("total", 4), slug=slug))
        for slug in ("penny-hassett", "ambridge")
    ]

    assert [row.against for row in figure_rows(pairs)] == ["Penny-Hassett", "Ambridge"]
    assert [row.against for row in figure_rows(pairs[:1])] == [""]
