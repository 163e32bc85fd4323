from pathlib import Path

import pytest

from generator.batch.prepare import prepare
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

    prepared = prepare(build_tree(tmp_path, {"data/2031/edition.yaml": text}))

    assert [problem.kind for problem in prepared.problems if problem.is_error] == expected
    assert bool(prepared.problems_of("ambridge-district-council")) == bool(expected)
