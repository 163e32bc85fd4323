"""Typed numbers that are facts of the edition, however they are written."""

from pathlib import Path

import pytest

from generator.edition.load import read_edition
from generator.lineage.ledger import known_numbers
from tests.borsetshire import EDITION, build_tree


def known(folder: Path, text: str = EDITION) -> dict[str, str]:
    edition, _ = read_edition(build_tree(folder, {"data/2031/edition.yaml": text}))
    assert edition is not None
    return dict(known_numbers(edition))


@pytest.mark.parametrize(
    ("typed", "fact"),
    [
        ("2031", "edition.year"),
        ("2030-31", "edition.period_end"),
        ("2030–31", "edition.period_end"),
        ("2030/31", "edition.period_end"),
        ("2030-2031", "edition.period_end"),
        ("2030", None),
        ("31", None),
        ("16", None),
    ],
)
def test_years_and_the_period_are_known_and_days_are_not(
    typed: str, fact: str | None, tmp_path: Path
) -> None:
    assert known(tmp_path).get(typed) == fact


def test_dates_in_other_years_are_known_by_them(tmp_path: Path) -> None:
    text = EDITION.replace("2031-07-16", "2032-01-16").replace("2031-03-31", "2030-12-31")

    found = known(tmp_path, text)

    assert (found["2032"], found["2030"]) == ("edition.letter_date", "edition.period_end")
    assert "2029-30" not in found


def test_published_figures_are_known_with_their_thousands_marked_or_not(tmp_path: Path) -> None:
    found = known(tmp_path, EDITION + "national: {received: {total: 17452, roads: null}}\n")

    assert found["17452"] == found["17,452"] == "edition.national.received.total"
