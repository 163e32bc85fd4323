from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import EDITION, build_tree

SUM = "total: {label: Total, sum: all}\n  remedied:"
SUMS: dict[str, tuple[str, list[str]]] = {
    "all": ("total: {label: Total, sum: all}", []),
    "all of them by name": (
        "total: {label: Total, sum: [upheld, not_upheld, advice_given]}",
        [],
    ),
    "one left out": (
        "total: {label: Total, sum: [not_upheld, upheld]}",
        ["figures.decided.columns.total.sum: leaves out advice_given"],
    ),
    "two left out": (
        "total: {label: Total, sum: [upheld]}",
        ["figures.decided.columns.total.sum: leaves out advice_given, not_upheld"],
    ),
    "a sub-total beside the total": (
        "detailed: {label: Detailed, sum: [not_upheld, upheld]}\n"
        "      total: {label: Total, sum: all}",
        [],
    ),
    "a total that leaves out what the sub-total has": (
        "detailed: {label: Detailed, sum: [not_upheld, upheld]}\n"
        "      total: {label: Total, sum: [advice_given, upheld]}",
        [
            "figures.decided.columns.detailed.sum: leaves out advice_given",
            "figures.decided.columns.total.sum: leaves out not_upheld",
        ],
    ),
}


@pytest.mark.parametrize(("columns", "expected"), SUMS.values(), ids=SUMS)
def test_a_sum_that_leaves_counts_out_is_a_warning(
    tmp_path: Path, columns: str, expected: list[str]
) -> None:
    text = EDITION.replace(SUM, f"{columns}\n  remedied:")

    problems = load_edition(build_tree(tmp_path, {"data/2031/edition.yaml": text})).problems

    assert [f"{p.where}: {p.message.partition(';')[0]}" for p in problems] == expected
    assert {(p.kind, p.is_error) for p in problems} <= {("sum-leaves-out", False)}
    assert all(p.place.line >= EDITION[: EDITION.index(SUM)].count("\n") for p in problems)
