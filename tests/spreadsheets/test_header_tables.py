"""Where a table's heads are, and what each of its columns holds."""

from pathlib import Path

import pytest

from tests.spreadsheets.conftest import Planned, said
from tests.spreadsheets.workbooks import (
    AMBRIDGE,
    BORSETSHIRE,
    DECIDED,
    FELPERSHAM,
    RECEIVED,
    Row,
    put,
    workbook,
)

A = "figures.xlsx:Received"
ROWS: list[Row] = [(AMBRIDGE, 3, 14, 17), (FELPERSHAM, 20, 0, 20)]


@pytest.mark.parametrize(
    "heads",
    [
        pytest.param(("AUTHORITY", "ROADS", "PONDS AND DUCKS", "TOTAL"), id="capitals"),
        pytest.param(("Council", " Roads ", "Ponds &\nDucks", "Totals"), id="spaces, line ends, &"),
        pytest.param(("Local authority", "roads", "ponds", "Grand total"), id="ids"),
        pytest.param(
            ("Name", "Roads:", "Ducks and Ponds", "Total received"), id="other orders of words"
        ),
        pytest.param(
            ("Body", "Received: roads", "Complaints received - ponds and ducks", "Received Total"),
            id="the group's name",
        ),
    ],
)
def test_columns_are_known_by_their_labels_however_written(heads: Row, planned: Planned) -> None:
    plan = planned({"Received": [heads, *ROWS]})

    assert said(plan) == []
    assert plan.figures == 4
    assert plan.changes == ()


def test_the_heads_may_stand_anywhere_and_words_above_and_below(planned: Planned) -> None:
    book = workbook({"Received": []})
    sheet = book["Received"]
    sheet["C2"] = "Complaints received"
    sheet.merge_cells("C2:F2")
    put(sheet, [[None, None, *row] for row in [RECEIVED, *ROWS, ("Total", 23, 14, 37)]], 5)
    sheet["C10"] = "* Provisional."

    plan = planned(book)

    assert said(plan) == []
    assert plan.gathered is not None
    (rows,) = plan.gathered.tables
    assert (rows.table.header_row, rows.total, rows.notes) == (5, 8, [10])
    assert [row.number for row in rows.authorities] == [6, 7]


def test_heads_in_two_rows_merged_or_not(planned: Planned) -> None:
    book = workbook({"Decided": []})
    sheet = book["Decided"]
    put(sheet, [["Authority", "Early", None, "Investigations", None, None, "Total"]])
    put(sheet, [[None, "Advice Given", None, "Not Upheld", "Upheld", "Uphold Rate", None]], 2)
    put(sheet, [(AMBRIDGE, 1, None, 5, 3, 0.38, 9), (FELPERSHAM, 2, None, 0, 0, None, 2)], 3)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:F1")

    plan = planned(book)

    assert said(plan) == []
    assert plan.gathered is not None
    columns = plan.gathered.tables[0].table.columns
    assert {target: column.number for target, column in columns.items()} == {
        "authority": 1,
        "decided.advice_given": 2,
        "decided.not_upheld": 4,
        "decided.upheld": 5,
        "decided.uphold_rate": 6,
        "decided.total": 7,
    }


def test_an_alias_of_the_edition_is_a_label(planned: Planned, tmp_path: Path) -> None:
    path = tmp_path / "data/2031/edition.yaml"
    roads = "roads: {label: Roads, aliases: [Highways]}"
    path.write_text(path.read_text().replace("roads: Roads", roads))

    assert said(planned({"Received": [("Authority", "HIGHWAYS", "Ponds", "Total"), *ROWS]})) == []


def test_a_mapping_file_tells_the_labels_that_nobody_else_knows(
    planned: Planned, tmp_path: Path
) -> None:
    mapping = tmp_path / "labels.yaml"
    mapping.write_text(
        "LAs: authority\nRd: received.roads\nRegion: ignore\n'Received!D&P': received.ponds\n"
        "Rivers: received.ponds\n"
    )
    rows = [("Region", "LAs", "D&P", "Rd"), ("West", AMBRIDGE, 14, 3), ("East", FELPERSHAM, 0, 20)]

    plan = planned({"Received": rows}, mapping=mapping)

    assert said(plan) == [
        f"{mapping}:5:9: warning: Rivers: no table has a column with this label",
    ]
    assert plan.figures == 4


def test_a_mapping_file_that_says_what_nobody_understands(planned: Planned, tmp_path: Path) -> None:
    mapping = tmp_path / "labels.yaml"
    mapping.write_text("Rd: received.road\nPonds: [received.ponds]\nLA: nonsense\n")

    plan = planned(workbook(BORSETSHIRE), mapping=mapping)

    assert said(plan) == [
        f"{mapping}:1:5: error: Rd: found received.road, which no column can hold; did you mean "
        '"received.roads"?',
        f"{mapping}:2:8: error: Ponds: found a list, which no column can hold; "
        f"expected authority, "
        "ignore, addressee.name or such as remedied.by_authority",
        f"{mapping}:3:5: error: LA: found nonsense, which no column can hold; "
        f"expected authority, "
        "ignore, addressee.name or such as remedied.by_authority",
    ]
    assert plan.contents == {}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [("Authority", "Roads", "Pond", "Total"), *ROWS],
            [
                f'{A}!A1: error: received.ponds: no column "Ponds and Ducks"; the headings are '
                "in row "
                "1 (for corrections only, use --corrections)"
            ],
            id="a figure is missing",
        ),
        pytest.param(
            [("Authority", "Roads", "Ponds and Docks", "Total"), *ROWS],
            [
                f'{A}!A1: error: received.ponds: no column "Ponds and Ducks"; '
                'did you mean "Ponds and Docks"?'
            ],
            id="a label is mistyped",
        ),
        pytest.param(
            [("Town", "Roads", "Ponds and Ducks", "Total"), *ROWS],
            [
                f"{A}!B1: error: no column with the authorities' names; head it Authority, or "
                f"map its label (--mapping)"
            ],
            id="no names",
        ),
        pytest.param(
            [("Authority", "Roads", "Ponds", "Ponds and Ducks"), *ROWS],
            [
                f'{A}!D1: error: "Ponds and Ducks" and "Ponds" (C1) are both received.ponds; '
                "delete one of the columns, or map it to ignore (--mapping)"
            ],
            id="a figure twice",
        ),
        pytest.param(
            [(*RECEIVED, *DECIDED[1:4]), *((*row, 1, 5, 3) for row in ROWS)],
            [
                f'{A}!D1: error: "Total" could be decided.total or received.total; put each '
                "table on its own sheet, or say which it is (--mapping)"
            ],
            id="a total of either of two groups",
        ),
        pytest.param(
            [("Dear all,",), ("the figures follow",)],
            [
                f"{A}: error: no table found: no row has the labels of two figures or "
                "more, or of an addressee's name and office; use the labels of edition.yaml, "
                "map others (--mapping), or there ignore a sheet that has no table "
                '("Notes!: ignore")'
            ],
            id="no table at all",
        ),
    ],
)
def test_a_table_that_is_not_understood_is_explained(
    rows: list[Row], expected: list[str], planned: Planned
) -> None:
    plan = planned({"Received": rows})

    assert said(plan) == expected
    assert plan.contents == {}


def test_two_groups_may_share_a_sheet_where_no_label_is_in_doubt(planned: Planned) -> None:
    heads = (*RECEIVED[:3], *DECIDED[1:4])
    plan = planned({"All": [heads, (AMBRIDGE, 3, 14, 1, 5, 3), (FELPERSHAM, 20, 0, 2, 0, 0)]})

    assert said(plan) == []
    assert plan.figures == 10


def test_a_column_of_an_unknown_label_is_shown_and_not_taken(planned: Planned) -> None:
    rows = [(*RECEIVED, "Region"), *((*row, "West") for row in ROWS)]

    plan = planned({"Received": rows})

    assert said(plan) == []
    assert plan.gathered is not None
    assert [column.label for column in plan.gathered.tables[0].table.others] == ["Region"]
