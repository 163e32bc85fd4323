from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import EDITION, build_tree


@pytest.mark.parametrize(
    ("letter_date", "expected"),
    [
        ("2031-03-30", ["letter-before-period-end"]),
        ("2031-03-31", []),
        ("2031-07-16", []),
    ],
)
def test_a_letter_is_not_dated_before_its_period_ends(
    tmp_path: Path, letter_date: str, expected: list[str]
) -> None:
    text = EDITION.replace("letter_date: 2031-07-16", f"letter_date: {letter_date}")

    loaded = load_edition(build_tree(tmp_path, {"data/2031/edition.yaml": text}))

    assert [problem.kind for problem in loaded.problems if problem.is_error] == expected
    assert bool(loaded.problems_of("ambridge-district-council")) == bool(expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2031-07-15", ["public-before-letter"]),
        ("2030-07-22", ["public-before-letter"]),  # as it was the year before
        ("2031-07-16", []),
        ("2031-07-22", []),
        ("2033-07-22", ["date-far-from-year"]),
    ],
)
def test_letters_are_not_public_before_they_are_dated(
    tmp_path: Path, day: str, expected: list[str]
) -> None:
    text = f"{EDITION}publish_from: {day}\n"

    loaded = load_edition(build_tree(tmp_path, {"data/2031/edition.yaml": text}))

    assert [(p.kind, p.where) for p in loaded.problems] == [(k, "publish_from") for k in expected]


@pytest.mark.parametrize(
    ("key", "day", "expected"),
    [
        ("letter_date", "2032-07-16", []),
        ("letter_date", "2033-07-18", ["date-far-from-year"]),
        ("letter_date", "2301-07-16", ["date-far-from-year"]),
        ("period_end", "2030-03-31", []),
        ("period_end", "2029-12-31", ["date-far-from-year"]),
        ("period_end", "2013-03-31", ["date-far-from-year"]),
        ("letter_date", "2031-07-18", []),
        ("letter_date", "2031-07-19", ["letter-on-a-weekend"]),
        ("letter_date", "2031-07-20", ["letter-on-a-weekend"]),
        ("letter_date", "2031-07-21", []),
        ("period_end", "2031-03-30", []),
    ],
)
def test_dates_near_the_year_and_a_letter_on_a_working_day(
    tmp_path: Path, key: str, day: str, expected: list[str]
) -> None:
    before = {"letter_date": "2031-07-16", "period_end": "2031-03-31"}[key]
    text = EDITION.replace(f"{key}: {before}", f"{key}: {day}")

    problems = load_edition(build_tree(tmp_path, {"data/2031/edition.yaml": text})).problems

    assert [(p.kind, p.is_error, p.where) for p in problems] == [(k, False, key) for k in expected]


def test_the_weekday_is_told(tmp_path: Path) -> None:
    text = EDITION.replace("letter_date: 2031-07-16", "letter_date: 2031-07-20")

    (problem,) = load_edition(build_tree(tmp_path, {"data/2031/edition.yaml": text})).problems

    assert problem.message == "20 July 2031 is a Sunday; change it if no letters go then"
