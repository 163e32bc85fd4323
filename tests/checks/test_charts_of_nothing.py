from pathlib import Path

from tests.borsetshire import AMBRIDGE, FELPERSHAM, build_tree
from tests.charts import (
    AMBRIDGE_FILE,
    EDITION_FILE,
    FELPERSHAM_FILE,
    OUTCOMES,
    RECEIVED,
    placing,
    with_charts,
)
from tests.checks.years import found

ROADS_ALONE = RECEIVED.replace("received.roads, ", "")
"""A chart of ponds, of which Felpersham has none."""


def test_a_letter_that_goes_without_a_chart_is_told(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, with_charts(ROADS_ALONE), placing("received"))

    assert found(folders, "chart-left-out") == [
        f'{FELPERSHAM_FILE}:7:10: warning: received.ponds: the chart "received" is left out of '
        "this letter, since it has nothing to draw; see that the words around it are true "
        "without it"
    ]
    assert found(folders, "chart-of-nothing") == []


def test_a_chart_of_nothing_in_every_letter_is_an_error_at_its_parts(tmp_path: Path) -> None:
    folders = build_tree(
        tmp_path,
        with_charts(ROADS_ALONE),
        placing("received"),
        {AMBRIDGE_FILE: AMBRIDGE.replace("ponds: 14", "ponds: 0"), FELPERSHAM_FILE: FELPERSHAM},
    )

    (problem,) = found(folders, "chart-of-nothing")

    assert problem == (
        f"{EDITION_FILE}:43:12: error: charts.received.parts: nothing to draw in any letter; "
        "name other figures, or remove the chart"
    )


def test_a_chart_that_no_wording_places_is_told(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, with_charts(OUTCOMES, RECEIVED), placing("outcomes"))

    assert found(folders, "unplaced") == [
        f"{EDITION_FILE}:47:5: warning: charts.received: in no letter; "
        "write {{ chart received }} where it stands, or remove it"
    ]


def test_a_character_that_the_typeface_has_not_is_found_in_a_charts_title(tmp_path: Path) -> None:
    chart = OUTCOMES.replace("What we decided", "What we decided 🦆")
    folders = build_tree(tmp_path, with_charts(chart), placing("outcomes"))

    assert [each.partition(": error: ")[2] for each in found(folders, "missing-glyph")] == [
        "charts.outcomes.title: Liberation Sans has no glyph for “🦆” (U+1F986, duck)"
    ]
