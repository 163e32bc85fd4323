"""What is worth a look against last year, by the edition's own rule."""

from pathlib import Path

from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE
from tests.checks.years import BOTH, A, F, county, found


def problems(
    folder: Path, now: str, rule: str = "outliers: {factor: 2, at_least: 20}\n"
) -> list[str]:
    """What is said of Ambridge with this file now, and the county's own last year."""
    folders = county(folder, BOTH, {**BOTH, A: now}, rule)
    return found(folders, "outlier")


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

    assert found(folders, "outlier") == []


def test_a_figure_that_is_not_yet_supplied_is_none(tmp_path: Path) -> None:
    assert problems(tmp_path, AMBRIDGE.replace("ponds: 14", "ponds: null")) == []


def test_the_many_outliers_of_one_letter_are_all_said(tmp_path: Path) -> None:
    many = AMBRIDGE.replace("ponds: 14", "ponds: 140").replace("by_us: 2", "by_us: 200")
    folders = county(tmp_path, BOTH, {A: many, F: BOTH[F]})

    assert {p.where for p in load_edition(folders).problems if p.kind == "outlier"} == {
        "received.ponds",
        "received.total",
        "remedied.by_us",
    }
