"""What the letters add up to."""

from pathlib import Path

from generator.checks.figures_checks import ColumnTotal, sums_over
from generator.edition.load import load_data
from tests.borsetshire import AMBRIDGE, EDITION, build_tree

SMALL = {"templates/letter.html.jinja": "<p></p>\n"}
A_FILE = "data/2031/authorities/ambridge-district-council.yaml"


def sums(folder: Path, *changes: dict[str, str]) -> dict[str, ColumnTotal]:
    data = load_data(build_tree(folder, SMALL, *changes))
    assert data.edition is not None
    found = sums_over(data.edition, data.authorities.values())
    return {f"{whole.column.group}.{whole.column.id}": whole for whole in found}


def test_counts_and_sums_are_added_up_and_rates_are_of_the_sums(tmp_path: Path) -> None:
    assert {name: whole.value for name, whole in sums(tmp_path).items()} == {
        "received.roads": 23,
        "received.ponds": 14,
        "received.total": 37,
        "decided.advice_given": 3,
        "decided.not_upheld": 5,
        "decided.upheld": 3,
        "decided.uphold_rate": 38,
        "decided.total": 11,
        "remedied.by_us": 2,
        "remedied.by_authority": 1,
    }


def test_what_is_not_yet_supplied_is_counted(tmp_path: Path) -> None:
    found = sums(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: null")})

    assert [
        (found[f"received.{id_}"].value, found[f"received.{id_}"].missing)
        for id_ in ("roads", "ponds", "total")
    ] == [(20, 1), (14, 0), (34, 1)]


def test_a_rate_of_nothing_is_none(tmp_path: Path) -> None:
    nothing = AMBRIDGE.replace("not_upheld: 5, upheld: 3", "not_upheld: 0, upheld: 0")

    assert sums(tmp_path, {A_FILE: nothing})["decided.uphold_rate"].value is None


def test_published_figures_stand_beside_them(tmp_path: Path) -> None:
    edition = EDITION + "national: {received: {total: 17452, roads: null}}\n"

    found = sums(tmp_path, {"data/2031/edition.yaml": edition})

    assert found["received.total"].stated == 17452
    assert found["received.roads"].stated is None
    assert found["received.ponds"].stated is None
