"""Two authorities with exactly the same figures."""

from pathlib import Path

import pytest

from tests.borsetshire import authority, build_tree
from tests.checks.years import found

SMALL = {"templates/letter.html.jinja": "<p></p>\n"}


def said(folder: Path, **files: str) -> list[str]:
    """What is said of these authorities, beside the two of the county."""
    added = {f"data/2031/authorities/{slug}.yaml": text for slug, text in files.items()}
    lines = found(build_tree(folder, SMALL, added), "same-figures")
    return [line.removeprefix("data/2031/authorities/").replace(".yaml", "") for line in lines]


def test_both_are_told_of_the_other(tmp_path: Path) -> None:
    assert said(tmp_path, penny=authority("Penny")) == [
        "ambridge-district-council:5:11: warning: exactly the figures of penny; make sure that "
        "they are its own",
        "penny:5:11: warning: exactly the figures of ambridge-district-council; make sure that "
        "they are its own",
    ]


def test_one_figure_makes_the_difference(tmp_path: Path) -> None:
    assert said(tmp_path, penny=authority("Penny", remedied_by_us=3)) == []


NO_COMPLAINTS = """\
name: Penny
addressee: {name: Silas Larkspur, office: Clerk}
received: {roads: 0, ponds: 0}
decided: {advice_given: 0, not_upheld: 0, upheld: 0}
remedied: {by_us: 0, by_authority: 0}
"""


@pytest.mark.parametrize(
    ("roads", "alike"),
    [
        pytest.param(0, 0, id="no complaints at all"),
        pytest.param(19, 0, id="few, which may be chance"),
        pytest.param(20, 2, id="so many that it is none"),
    ],
)
def test_small_numbers_are_left_alone(roads: int, alike: int, tmp_path: Path) -> None:
    penny = NO_COMPLAINTS.replace("roads: 0", f"roads: {roads}")

    told = said(tmp_path, penny=penny, loxley=penny.replace("Penny", "Loxley"))

    assert len(told) == alike


def test_figures_that_are_not_supplied_are_not_the_same(tmp_path: Path) -> None:
    gap = authority("Penny").replace("roads: 3", "roads: null")

    assert said(tmp_path, penny=gap, loxley=gap.replace("Penny", "Loxley")) == []


def test_of_many_a_dozen_are_named(tmp_path: Path) -> None:
    told = said(tmp_path, **{f"parish-{n:02}": authority(f"Parish {n:02}") for n in range(20)})

    assert len(told) == 21
    assert told[0].endswith("parish-11 and 8 more; make sure that they are its own")
