"""The trail of a figure, from the letter to the cell."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.edition.figure_kinds import COUNT, PERCENT
from generator.lineage.figure_provenance import Occurrence, trail_of
from generator.problems import Place
from tests.borsetshire import AMBRIDGE, STATISTICS
from tests.charts import WITH_CHARTS
from tests.lineage.conftest import A_FILE, Traced

SLUG = "ambridge-district-council"


def test_a_count_knows_its_line_its_cell_and_its_place_in_the_letter(
    imported: Traced, tmp_path: Path
) -> None:
    loaded, origins = imported()

    trail = trail_of(loaded, origins, SLUG, "decided", "upheld")

    assert (trail.authority, trail.address, trail.label, trail.kind, trail.value, trail.text) == (
        "Ambridge District Council",
        "decided.upheld",
        "Upheld",
        COUNT,
        3,
        "3",
    )
    assert trail.place == Place(tmp_path / A_FILE, 6, 51)
    assert trail.imported is not None
    assert (trail.imported.file, trail.imported.cell) == ("figures.xlsx", "Decided!D2")
    assert (trail.imported.value, trail.imported.day) == (3, date(2031, 6, 2))
    assert len(trail.imported.sha256) == 64
    assert not trail.by_hand
    assert (trail.rule, trail.parts, trail.stated) == ("", (), None)
    assert trail.printed == (
        Occurrence("report/7", "3", "Decisions made", "Upheld", 3, 5, "Investigations"),
    )


def test_a_figure_in_words_is_found_there_too(imported: Traced) -> None:
    loaded, origins = imported()

    trail = trail_of(loaded, origins, SLUG, "received", "total")

    assert trail.printed == (
        Occurrence(
            "statistics/2",
            "17 complaints",
            words="We received 17 complaints about the council.",
        ),
        Occurrence("report/5", "17", "Complaints received", "Total", 3, 3),
    )


def test_a_rate_knows_its_rule_and_the_trails_of_what_it_is_made_of(
    imported: Traced, tmp_path: Path
) -> None:
    text = AMBRIDGE.replace("upheld: 3}", "upheld: 3, uphold_rate: 38%}")
    loaded, origins = imported({A_FILE: text})

    trail = trail_of(loaded, origins, SLUG, "decided", "uphold_rate")

    assert (trail.kind, trail.value, trail.text) == (PERCENT, 38, "38%")
    assert trail.place.path == tmp_path / "data/2031/edition.yaml"
    assert trail.rule == (
        "upheld as a whole percentage of the sum of not_upheld and upheld, half rounded up"
    )
    assert [(part.address, part.value) for part in trail.parts] == [
        ("decided.upheld", 3),
        ("decided.not_upheld", 5),
    ]
    assert trail.stated == Place(tmp_path / A_FILE, 6, 67)
    assert trail.imported is None
    assert trail_of(loaded, origins, SLUG, "decided", "total").rule == (
        "the sum of advice_given, not_upheld and upheld"
    )


@pytest.mark.parametrize(
    ("value", "by_hand"), [("4", True), ("null", True), ("3 # I have looked", False)]
)
def test_a_figure_that_was_changed_by_hand_is_known_by_its_value(
    value: str, by_hand: bool, imported: Traced
) -> None:
    received = f"received:\n  roads: {value}\n  ponds: 14"
    loaded, origins = imported(
        {A_FILE: AMBRIDGE.replace("received: {roads: 3, ponds: 14}", received)}
    )

    trail = trail_of(loaded, origins, SLUG, "received", "roads")

    assert trail.by_hand is by_hand
    assert trail.imported is not None
    assert trail.imported.value == 3


def test_a_figure_written_by_hand_from_the_beginning_has_no_cell(imported: Traced) -> None:
    loaded, origins = imported(
        {"data/2031/authorities/penny.yaml": AMBRIDGE.replace("Ambridge District", "Penny")}
    )

    trail = trail_of(loaded, origins, "penny", "received", "roads")

    assert (trail.imported, trail.by_hand) == (None, False)


def test_a_letter_that_is_not_composed_prints_it_nowhere(imported: Traced) -> None:
    loaded, origins = imported()

    trail = trail_of(replace(loaded, letters={}), origins, SLUG, "received", "roads")

    assert (trail.value, trail.printed) == (3, ())


def test_there_is_no_trail_of_what_is_not_there(imported: Traced) -> None:
    loaded, origins = imported({"templates/2031/sections/statistics.md": STATISTICS})

    for slug, group, id_ in [
        ("nobody", "received", "roads"),
        (SLUG, "sent", "roads"),
        (SLUG, "received", "rivers"),
    ]:
        with pytest.raises(KeyError):
            trail_of(loaded, origins, slug, group, id_)


def test_a_figure_in_a_chart_is_found_there_too(imported: Traced) -> None:
    loaded, origins = imported(WITH_CHARTS)

    upheld = trail_of(loaded, origins, SLUG, "decided", "upheld").printed
    rate = trail_of(loaded, origins, SLUG, "decided", "uphold_rate").printed

    assert [o for o in upheld if o.chart] == [
        Occurrence("statistics/5", "3", column="Upheld", chart="What we decided")
    ]
    assert [(o.address, o.words) for o in upheld if o.words] == [
        ("statistics/7", "Of our investigations we upheld 3"),
    ]
    assert [o for o in rate if o.chart] == [
        Occurrence("statistics/7", "38%", column="Uphold Rate", chart="rates")
    ]
