"""Laws of the import: what holds for all sheets, however their rows and columns are ordered."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.spreadsheets.import_plan import ImportRequest, Plan, plan_import
from generator.spreadsheets.questions import Question
from tests.borsetshire import build_tree
from tests.examples import few
from tests.spreadsheets.conftest import NEW
from tests.spreadsheets.workbooks import AMBRIDGE, DECIDED, FELPERSHAM, Row, csv_bytes

SMALL = {"templates/letter.html.jinja": "<p></p>\n"}
COUNTS = st.integers(0, 999)


def imported(folder: Path, rows: list[Row]) -> Plan:
    """The plan of an import of these rows into the invented county."""
    folders = build_tree(folder, SMALL)
    path = folder / "decided.csv"
    path.write_bytes(csv_bytes(rows))
    asked = ImportRequest((path,), said=NEW, accept=frozenset(Question))
    return plan_import(folders, asked, date(2031, 6, 2))


@settings(max_examples=few())
@given(
    st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=3, max_size=3),
    st.permutations(range(3)),
    st.permutations(range(5)),
)
def test_the_order_of_rows_and_columns_makes_no_difference(
    counts: list[tuple[int, int, int]], rows: list[int], columns: list[int]
) -> None:
    names = [AMBRIDGE, FELPERSHAM, "Penny Hassett Parish Council"]
    table: list[Row] = [
        (name, *figures, sum(figures)) for name, figures in zip(names, counts, strict=True)
    ]
    heads: Row = (*DECIDED[:4], "Total")
    mixed: list[Row] = [[row[c] for c in columns] for row in [heads, *(table[r] for r in rows)]]

    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        plain, permuted = imported(Path(one), [heads, *table]), imported(Path(other), mixed)
        texts = [
            {path.name: c for path, c in plan.contents.items() if path.suffix == ".yaml"}
            for plan in (plain, permuted)
        ]

    assert texts[0] == texts[1]
    assert texts[0]
    assert permuted.new == plain.new
    assert sorted((c.slug, c.name, c.after) for c in permuted.changes) == sorted(
        (c.slug, c.name, c.after) for c in plain.changes
    )


@settings(max_examples=few())
@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=2, max_size=2))
def test_a_second_import_changes_nothing(counts: list[tuple[int, int, int]]) -> None:
    rows: list[Row] = [
        DECIDED[:4],
        *((name, *c) for name, c in zip((AMBRIDGE, FELPERSHAM), counts, strict=True)),
    ]
    with TemporaryDirectory() as folder:
        first = imported(Path(folder), rows)
        for path, content in first.contents.items():
            path.write_bytes(content)
        folders = build_tree(Path(folder), dict.fromkeys(_data(Path(folder))), SMALL)
        again = plan_import(
            folders, ImportRequest((Path(folder) / "decided.csv",)), date(2032, 1, 1)
        )

    assert again.changes == ()
    assert again.contents == {}
    assert replace(again, matched={}).problems == ()


def _data(folder: Path) -> list[str]:
    """The data files, which are not to be written anew."""
    return [path.relative_to(folder).as_posix() for path in (folder / "data").rglob("*.yaml")]
