"""Sums and rates: whole numbers, half rounded up, and nothing made of nothing."""

from fractions import Fraction
from math import floor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.edition import Edition, Outliers
from generator.edition.figure_kinds import PERCENT
from generator.edition.figures import Figures, is_outlier
from generator.edition.load import load_data
from generator.problems import Place
from tests.borsetshire import build_tree

RATES = [
    pytest.param(1, 8, 13, id="12.5 is rounded up"),
    pytest.param(3, 8, 38, id="37.5 is rounded up"),
    pytest.param(5, 8, 63, id="62.5 is rounded up"),
    pytest.param(7, 8, 88, id="87.5 is rounded up"),
    pytest.param(199, 200, 100, id="99.5 is rounded up"),
    pytest.param(1, 250, 0, id="0.4 is rounded down"),
    pytest.param(11, 17, 65, id="Luton's"),
    pytest.param(0, 1, 0, id="nothing of one is a rate"),
    pytest.param(1, 1, 100, id="all"),
    pytest.param(0, 0, None, id="nothing of nothing is none"),
]

COUNT = st.integers(0, 1_000_000_000)
GIVEN = st.none() | COUNT


@pytest.mark.parametrize(("part", "whole", "expected"), RATES)
def test_a_rate(part: int, whole: int, expected: int | None) -> None:
    assert PERCENT.value_of(part, [whole]) == expected


@given(part=COUNT, rest=COUNT)
def test_a_rate_is_the_exact_one_rounded_half_up(part: int, rest: int) -> None:
    whole = part + rest
    exact = floor(Fraction(100 * part, whole) + Fraction(1, 2)) if whole else None

    assert PERCENT.value_of(part, [rest, part]) == exact


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    edition = load_data(build_tree(tmp_path_factory.mktemp("borsetshire"))).edition
    assert edition is not None
    return edition


@given(advice=GIVEN, not_upheld=GIVEN, upheld=GIVEN)
def test_sums_and_rates_agree_with_the_figures(
    edition: Edition, advice: int | None, not_upheld: int | None, upheld: int | None
) -> None:
    counts = {"advice_given": advice, "not_upheld": not_upheld, "upheld": upheld}
    given = {("decided", id_): count for id_, count in counts.items()}
    found = Figures(edition, given, {})
    figures = {id_: figure for (group, id_), figure in found.items() if group == "decided"}
    rate, total = figures["uphold_rate"], figures["total"]

    assert list(figures) == ["advice_given", "not_upheld", "upheld", "uphold_rate", "total"]
    assert {key: figures[key].value for key in counts} == counts
    assert {key: figures[key].supplied for key in counts} == {
        key: count is not None for key, count in counts.items()
    }
    if not_upheld is None or upheld is None:
        assert (rate.value, rate.supplied) == (None, False)
    else:
        assert (rate.value, rate.supplied) == (PERCENT.value_of(upheld, [not_upheld, upheld]), True)
    if advice is None or not_upheld is None or upheld is None:
        assert (total.value, total.supplied) == (None, False)
    else:
        assert (total.value, total.supplied) == (advice + not_upheld + upheld, True)


def test_a_figure_comes_from_its_line_or_from_the_edition_s_rule(edition: Edition) -> None:
    place = Place(Path("a.yaml"), 5, 19)
    given = {("received", "roads"): 1, ("received", "ponds"): 2}
    found = Figures(edition, given, {("received", "roads"): place})

    assert found["received", "roads"].place == place
    assert found["received", "total"].place == edition.place(
        "figures", "received", "columns", "total"
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (20, 40, False),
        (20, 41, True),
        (41, 20, True),
        (40, 20, False),
        (0, 20, True),
        (0, 19, False),
        (2, 19, False),
        (9, 20, True),
        (20, 0, True),
        (0, 0, False),
    ],
)
def test_it_grew_or_shrank_by_more_than_the_factor_and_is_no_small_number(
    before: int, after: int, expected: bool
) -> None:
    rule = Outliers.model_construct(factor=2, at_least=20)

    assert is_outlier(before, after, rule) is expected
    assert is_outlier(before, after, None) is False
