"""What is worth a look against last year, by the edition's own rule."""

from pathlib import Path

import pytest

from generator.batch.prepare import prepare
from generator.loading.edition_file import OutliersFile
from generator.reconciling.outliers import is_outlier
from generator.reconciling.reconcile import reconcile
from tests.borsetshire import AMBRIDGE
from tests.reconciling.conftest import BOTH, A, F, county


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
    rule = OutliersFile(factor=2, at_least=20)

    assert is_outlier(before, after, rule) is expected
    assert is_outlier(before, after, None) is False


def problems(
    folder: Path, now: str, rule: str = "outliers: {factor: 2, at_least: 20}\n"
) -> list[str]:
    """What is said of Ambridge with this file now, and the county's own last year."""
    folders = county(folder, BOTH, {**BOTH, A: now}, rule)
    found = reconcile(prepare(folders)).problems
    return [p.line(p.place.path.relative_to(folder).as_posix()) for p in found]


def test_each_figure_that_leapt_is_said_at_its_line(tmp_path: Path) -> None:
    assert (
        problems(tmp_path, AMBRIDGE.replace("ponds: 14", "ponds: 41"))
        == [
            f"data/2031/authorities/{A}.yaml:5:29: warning: received.ponds: 41, but 14 in 2030; "
            "worth a look",
            f"data/2031/authorities/{A}.yaml:5:1: warning: received.total: 44, but 17 in 2030; "
            "worth a look",
        ][::-1]
    )


def test_small_numbers_and_rates_are_left_alone(tmp_path: Path) -> None:
    small = AMBRIDGE.replace("roads: 3", "roads: 15").replace("upheld: 3", "upheld: 0")

    assert problems(tmp_path, small) == []


def test_without_a_rule_nothing_is_looked_for(tmp_path: Path) -> None:
    assert problems(tmp_path, AMBRIDGE.replace("ponds: 14", "ponds: 410"), rule="") == []


def test_without_a_year_before_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    folders = county(tmp_path, BOTH, BOTH)
    for path in sorted((tmp_path / "data/2030").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (tmp_path / "data/2030").rmdir()

    assert reconcile(prepare(folders)).problems == ()


def test_a_figure_that_is_not_yet_supplied_is_none(tmp_path: Path) -> None:
    assert problems(tmp_path, AMBRIDGE.replace("ponds: 14", "ponds: null")) == []


def test_the_many_outliers_of_one_letter_are_all_said(tmp_path: Path) -> None:
    many = AMBRIDGE.replace("ponds: 14", "ponds: 140").replace("by_us: 2", "by_us: 200")
    folders = county(tmp_path, BOTH, {A: many, F: BOTH[F]})

    assert {p.where for p in reconcile(prepare(folders)).problems} == {
        "received.ponds",
        "received.total",
        "remedied.by_us",
    }
