"""Which figures of last year an authority of this year is compared with."""

from pathlib import Path

import pytest

from generator.edition.figure_kind import Quantity
from generator.edition.load import load_data
from generator.edition.predecessors import figures_before, predecessors_of
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE, FELPERSHAM
from tests.checks.years import BOTH, A, F, county

ROADS = ("received", "roads")


def roads(folder: Path, then: dict[str, str], now: dict[str, str]) -> dict[str, Quantity | None]:
    """The complaints about roads of last year, by this year's authorities."""
    folders = county(folder, then, now)
    before = load_data(Workspace(folder).edition(2030)).authorities
    found = figures_before(predecessors_of(load_data(folders).authorities.values(), before))
    return {slug: figures.get(ROADS) for slug, figures in found.items()}


def test_those_of_the_same_authority(tmp_path: Path) -> None:
    assert roads(tmp_path, BOTH, BOTH) == {A: 3, F: 20}


def test_one_that_is_new_has_none(tmp_path: Path) -> None:
    new = AMBRIDGE.replace("Ambridge District", "Penny Hassett")

    assert roads(tmp_path, BOTH, {**BOTH, "penny-hassett-council": new}) == {A: 3, F: 20}


def test_one_that_was_renamed_is_found_by_its_alias(tmp_path: Path) -> None:
    renamed = AMBRIDGE.replace("Ambridge District", "Ambridge Village")
    renamed += "aliases: [Ambridge District Council]\n"

    assert roads(tmp_path, BOTH, {"ambridge-village-council": renamed}) == {
        "ambridge-village-council": 3
    }


def test_one_that_follows_two_is_compared_with_both_together(tmp_path: Path) -> None:
    merged = AMBRIDGE.replace("Ambridge District", "Borsetshire") + f"formerly: [{A}, {F}]\n"

    assert roads(tmp_path, BOTH, {"borsetshire-council": merged}) == {"borsetshire-council": 23}


def test_one_that_was_divided_is_compared_with_nothing(tmp_path: Path) -> None:
    halves = {
        f"{half}-council": AMBRIDGE.replace("Ambridge District", half.title())
        + f"formerly: [{A}]\n"
        for half in ("upper-ambridge", "lower-ambridge")
    }

    assert roads(tmp_path, BOTH, {**halves, F: FELPERSHAM}) == {F: 20}


def test_one_whose_predecessor_is_not_there_is_compared_with_nothing(tmp_path: Path) -> None:
    merged = AMBRIDGE.replace("Ambridge District", "Borsetshire") + f"formerly: [{A}, nobody]\n"

    assert roads(tmp_path, BOTH, {"borsetshire-council": merged}) == {}


def test_a_figure_that_one_of_two_did_not_have_has_no_sum(tmp_path: Path) -> None:
    merged = AMBRIDGE.replace("Ambridge District", "Borsetshire") + f"formerly: [{A}, {F}]\n"
    then = {**BOTH, F: FELPERSHAM.replace("roads: 20", "roads: null")}

    assert roads(tmp_path, then, {"borsetshire-council": merged}) == {"borsetshire-council": None}


DISTRICT, CITY = "Ambridge District Council", "Felpersham City Council"
NEW = "penny-hassett-council"


def renamed(name: str, more: str) -> str:
    """Ambridge's file with another name, and this at its end."""
    return AMBRIDGE.replace(DISTRICT, name) + f"{more}\n"


NOW: dict[str, tuple[dict[str, str], dict[str, int]]] = {
    "who has the slug, and not who has such an alias": (
        {**BOTH, NEW: renamed("Penny Hassett Council", f"aliases: [{CITY}]")},
        {A: 3, F: 20},
    ),
    "who says formerly, and not who has such an alias": (
        {
            A: renamed("Ambridge Parish Council", f"formerly: [{F}]"),
            NEW: renamed("Penny Hassett Council", f"aliases: [{CITY}]"),
        },
        {A: 23},
    ),
    "nobody, where several have its name as an alias": (
        {
            NEW: renamed("Penny Hassett Council", f"aliases: [{CITY}]"),
            "loxley-council": renamed("Loxley Council", f"aliases: [{CITY}]"),
        },
        {},
    ),
    "itself alone, though its alias was the name of another": (
        {A: renamed(DISTRICT, f"aliases: [{CITY}]")},
        {A: 3},
    ),
}


@pytest.mark.parametrize("who", NOW)
def test_an_authority_is_followed_by(tmp_path: Path, who: str) -> None:
    now, expected = NOW[who]

    assert roads(tmp_path, BOTH, now) == expected


def test_its_slug_of_last_year_tells_more_than_what_another_was_called_then(
    tmp_path: Path,
) -> None:
    then = {A: renamed("Ambridge Parish Council", ""), F: FELPERSHAM.replace(CITY, DISTRICT)}

    assert roads(tmp_path, then, {A: AMBRIDGE}) == {A: 3}
