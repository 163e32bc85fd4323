from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, FELPERSHAM
from tests.checks.years import BOTH, A, F, county, found

RENAMED = "ambridge-village-council"
MENDED = AMBRIDGE.replace("roads: 3", "roads: 4")
FEW = FELPERSHAM.replace("roads: 20", "roads: 2")


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        pytest.param({A: AMBRIDGE}, {A: AMBRIDGE}, [A], id="the same"),
        pytest.param({A: AMBRIDGE}, {A: MENDED}, [], id="one figure is another"),
        pytest.param({F: AMBRIDGE}, {A: AMBRIDGE}, [], id="another authority's"),
        pytest.param({F: FEW}, {F: FEW}, [], id="so few that it may be chance"),
        pytest.param(
            {A: AMBRIDGE},
            {RENAMED: AMBRIDGE.replace("District", "Village") + f"formerly: [{A}]\n"},
            [RENAMED],
            id="under another name",
        ),
        pytest.param(
            {A: AMBRIDGE.replace("roads: 3", "roads: null")},
            {A: AMBRIDGE.replace("roads: 3", "roads: null")},
            [],
            id="not yet supplied",
        ),
    ],
)
def test_figures_that_are_all_last_year_s_are_a_warning(
    tmp_path: Path, then: dict[str, str], now: dict[str, str], expected: list[str]
) -> None:
    then = {
        slug: text.replace("Ambridge", "Other") if slug == F else text
        for slug, text in then.items()
    }

    assert found(county(tmp_path, then, now), "figures-as-last-year") == [
        f"data/2031/authorities/{slug}.yaml:5:11: warning: all figures are those of 2030; make "
        "sure that they are this year's"
        for slug in expected
    ]


def test_without_a_year_before_nothing_is_said(tmp_path: Path) -> None:
    folders = county(tmp_path, BOTH, BOTH)
    (tmp_path / "data/2030").rename(tmp_path / "data/2029")

    assert found(folders, "figures-as-last-year") == []
