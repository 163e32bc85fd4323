"""What is never guessed: each case with its message and its cell, and nothing to be written."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.examples import spread
from tests.spreadsheets.conftest import Planned, said
from tests.spreadsheets.workbooks import (
    AMBRIDGE,
    BORSETSHIRE,
    DECIDED,
    FELPERSHAM,
    RECEIVED,
    Row,
    csv_bytes,
    put,
    save,
    workbook,
)

A = "figures.xlsx:Received"


def with_cell(name: str, value: Any, format_: str = "General") -> Workbook:
    """The county's workbook with another value in a cell of its first sheet."""
    book = workbook(BORSETSHIRE)
    book["Received"][name] = value
    book["Received"][name].number_format = format_
    return book


CELLS = [
    pytest.param(
        None,
        "General",
        "blank; enter 0 if there were none, or use --blank-is-zero",
        id="a blank",
    ),
    pytest.param(
        "  ",
        "General",
        "blank; enter 0 if there were none, or use --blank-is-zero",
        id="spaces alone",
    ),
    pytest.param(
        "=SUM(X1:X9)",
        "General",
        "the formula =SUM(X1:X9) has no stored value; open and save the workbook in a "
        "spreadsheet program",
        id="a formula without a stored value",
    ),
    pytest.param("n/a", "General", 'found the text "n/a"; expected a whole number', id="a text"),
    pytest.param("14", "General", 'found the text "14"; make it a number', id="digits as text"),
    pytest.param(
        14.5, "0", "found 14.5, which is not whole; expected a whole number", id="a fraction"
    ),
    pytest.param(
        -14, "General", "found -14, which is negative; expected a whole number", id="a negative"
    ),
    pytest.param(
        0.12, "0%", "found 12%, a percentage; expected a whole number", id="12% stored as 0.12"
    ),
    pytest.param(
        14, '0.0"x" %', "found 1400%, a percentage; expected a whole number", id="14 shown as 1400%"
    ),
    pytest.param(
        0.12, "General", "found 0.12, which is not whole; expected a whole number", id="0.12"
    ),
    pytest.param(
        "12%",
        "General",
        "found 12%, a percentage; expected a whole number",
        id="a percentage typed",
    ),
    pytest.param(
        14000,
        "#,##0,",
        'found 14000, shown as "14" (number format #,##0,); format the cell as General',
        id="a number shown in thousands",
    ),
    pytest.param(
        datetime(2031, 3, 1),
        "d mmm",
        "found 2031-03-01, a date; expected a whole number (format the cell as a number)",
        id="a date, which 1-3 becomes",
    ),
    pytest.param(True, "General", "found TRUE; expected a whole number", id="true"),
    pytest.param(
        "#REF!",
        "General",
        "found #REF!, a formula error; correct the formula",
        id="an error of a formula",
    ),
    pytest.param(
        1_632_960_123,
        "General",
        "found 1632960123; expected at most 1000000000",
        id="a telephone number",
    ),
]


@pytest.mark.parametrize(("value", "format_", "message"), spread(CELLS, 2))
def test_a_cell_that_is_no_count_is_refused(
    value: Any, format_: str, message: str, planned: Planned
) -> None:
    plan = planned(with_cell("C2", value, format_))

    assert said(plan) == [f"{A}!C2: error: received.ponds: {message}"]
    assert plan.contents == {}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "blank; enter 0 if there were none, or use --blank-is-zero"),
        ("n/a", 'found the text "n/a"; expected a whole number'),
        ("14.5", "found 14.5, which is not whole; expected a whole number"),
        ("-14", "found -14, which is negative; expected a whole number"),
        ("12%", "found 12%, a percentage; expected a whole number"),
        ("1,234", "found 1,234; write only digits, such as 1234"),
        ("1.234,5", "found 1.234,5; write only digits, such as 1234"),
        ("014", "found 014; write only digits, such as 1234"),
        ("1e3", 'found the text "1e3"; expected a whole number'),
        ("²", 'found the text "²"; expected a whole number'),
        ("#REF!", 'found the text "#REF!"; expected a whole number'),
    ],
)
def test_a_cell_of_a_csv_file_that_is_no_count_is_refused(
    value: str, message: str, planned: Planned
) -> None:
    rows: list[Row] = [RECEIVED[:3], (AMBRIDGE, 3, value), (FELPERSHAM, 20, 0)]
    Path("received.csv").write_bytes(csv_bytes(rows, delimiter=";"))

    plan = planned([Path("received.csv")])

    assert said(plan) == [f"received.csv:C2: error: received.ponds: {message}"]
    assert plan.contents == {}


def test_a_blank_is_zero_where_a_person_says_so(planned: Planned) -> None:
    book = with_cell("C2", None)
    book["Received"]["D2"] = 3

    plan = planned(book, blank_is_zero=True)

    assert said(plan) == []
    assert [(c.name, c.before, c.after) for c in plan.changes] == [("received.ponds", "14", "0")]


def _hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def _filter(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:D3"
    sheet.auto_filter.add_filter_column(1, ["3"])
    sheet.row_dimensions[3].hidden = True


def _hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions.group("C", "D", hidden=True)


def _hide_sheet(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"


def _merge_rows(sheet: Worksheet) -> None:
    sheet["C3"] = 14
    sheet["D3"] = 34
    sheet.merge_cells("C2:C3")


def _merge_names(sheet: Worksheet) -> None:
    sheet.merge_cells("A2:A3")


def _merge_columns(sheet: Worksheet) -> None:
    sheet["D2"] = 3
    sheet["B2"] = 3
    sheet["C2"] = 0
    sheet.merge_cells("B2:C2")


BLANK = "blank; enter 0 if there were none, or use --blank-is-zero"


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        pytest.param(
            _hide_row,
            [
                f"{A}!A3: error: the row is hidden; unhide it, or delete the row if it does not "
                "belong to the table"
            ],
            id="a hidden row",
        ),
        pytest.param(
            _filter,
            [
                f"{A}!A3: error: the row is hidden by a filter; clear the filter, or delete the "
                f"row if "
                "it does not belong to the table"
            ],
            id="a filtered row",
        ),
        pytest.param(
            _hide_column,
            [
                f'{A}!C1: error: the column "Ponds and Ducks" is hidden; unhide it, or delete it',
                f'{A}!D1: error: the column "Total" is hidden; unhide it, or delete it',
            ],
            id="hidden columns",
        ),
        pytest.param(
            _hide_sheet,
            [f"{A}: error: the sheet is hidden; unhide and check it, or delete it"],
            id="a hidden sheet",
        ),
        pytest.param(
            _merge_rows,
            [
                f"{A}!C2:C3: error: merged across authorities; unmerge the cells and fill in each",
                f"{A}!C3: error: received.ponds: {BLANK}",
            ],
            id="a merged cell across authorities",
        ),
        pytest.param(
            _merge_names,
            [
                f"{A}!A2:A3: error: merged across authorities; unmerge the cells and fill in each",
                f'{A}!B3: error: no authority in A3 for this row; add its name, or "Total" if the '
                "row adds up the others",
                f"{A}: warning: received: no row for felpersham-city-council; its figures stay as "
                f"they are",
            ],
            id="a name merged across rows",
        ),
        pytest.param(
            _merge_columns,
            [
                f"{A}!B2:C2: error: merged across columns; unmerge the cells and fill in each",
                f"{A}!C2: error: received.ponds: {BLANK}",
            ],
            id="a merged cell across columns",
        ),
    ],
)
def test_what_cannot_be_seen_is_not_taken(
    spoil: Callable[[Worksheet], None], expected: list[str], planned: Planned
) -> None:
    book = workbook(BORSETSHIRE)
    spoil(book["Received"])

    plan = planned(book)

    assert sorted(said(plan)) == sorted(expected)
    assert plan.contents == {}


def test_a_second_row_of_an_authority_is_refused_in_the_sheet(planned: Planned) -> None:
    book = workbook(BORSETSHIRE)
    put(book["Received"], [(AMBRIDGE, 3, 14, 17)], first_row=4)

    plan = planned(book)

    assert said(plan) == [
        f"{A}!A4: error: a second row for ambridge-district-council; the first is it in "
        "Received!A2. Delete one of them"
    ]
    assert plan.contents == {}


def test_a_second_row_is_refused_in_another_file_and_by_another_spelling(planned: Planned) -> None:
    save(workbook(BORSETSHIRE), Path("figures.xlsx"))
    Path("more.csv").write_bytes(csv_bytes([RECEIVED[:3], ("Ambridge DC", 3, 14)]))

    plan = planned([Path("figures.xlsx"), Path("more.csv")])

    assert said(plan) == [
        'more.csv:A2: error: a second row for ambridge-district-council; the first is "Ambridge '
        'District Council" in figures.xlsx:Received!A2. Delete one of them'
    ]
    assert plan.contents == {}


@pytest.mark.parametrize(
    ("sheet", "name", "value", "expected"),
    [
        pytest.param(
            "Received",
            "D2",
            18,
            "Received!D2: error: received.total: 18 is stated, but the figures add up to 17; "
            "correct one of them",
            id="a total that disagrees with its parts",
        ),
        pytest.param(
            "Decided",
            "E2",
            0.63,
            "Decided!E2: error: decided.uphold_rate: 63% is stated, but 3 of 8 gives 38%; "
            "correct one of them",
            id="a rate that disagrees with its parts",
        ),
        pytest.param(
            "Decided",
            "E3",
            0,
            "Decided!E3: error: decided.uphold_rate: 0 is stated, but 0 of 0 gives no rate (N/A); "
            "correct one of them",
            id="a rate of nothing",
        ),
        pytest.param(
            "Received",
            "D2",
            "seventeen",
            'Received!D2: error: received.total: found the text "seventeen"; '
            "expected a whole number",
            id="a total in words",
        ),
    ],
)
def test_what_a_row_states_must_agree_with_its_figures(
    sheet: str, name: str, value: Any, expected: str, planned: Planned
) -> None:
    book = workbook(BORSETSHIRE)
    book[sheet][name] = value

    plan = planned(book)

    assert said(plan) == [f"figures.xlsx:{expected}"]
    assert plan.contents == {}


@pytest.mark.parametrize(
    ("rate", "format_"),
    [
        (0.375, "0%"),
        (0.38, "0%"),
        (38, "General"),
        (37.5, "0.0"),
        (0.375, "General"),
        ("38%", "@"),
        ("38", "@"),
        (None, "General"),
    ],
)
def test_a_rate_may_be_stated_in_many_ways(rate: Any, format_: str, planned: Planned) -> None:
    book = workbook(BORSETSHIRE)
    book["Decided"]["E2"] = rate
    book["Decided"]["E2"].number_format = format_
    book["Decided"]["E3"] = "#DIV/0!"

    assert said(planned(book)) == []


def test_a_row_of_sums_that_disagrees_with_the_rows_is_refused(planned: Planned) -> None:
    book = workbook(BORSETSHIRE)
    put(book["Received"], [("Total", 23, 15, 38)], first_row=4)

    plan = planned(book)

    assert said(plan) == [
        f"{A}!C4: error: received.ponds: 15 is stated, but the rows above add up to 14; a row is "
        f"missing, or there is one too many",
        f"{A}!D4: error: received.total: 38 is stated, but the figures add up to 37; "
        "correct one of them",
    ]
    assert plan.contents == {}


def test_sums_are_not_checked_in_a_column_with_a_figure_that_cannot_be_read(
    planned: Planned,
) -> None:
    book = with_cell("C2", "n/a")
    put(book["Received"], [("Total", 23, 99, 99)], first_row=4)

    assert said(planned(book)) == [
        f'{A}!C2: error: received.ponds: found the text "n/a"; expected a whole number'
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [("", 23, 14, 37)],
            '!B4: error: no authority in A4 for this row; add its name, or "Total" if the row adds '
            "up the others",
            id="figures without a name",
        ),
        pytest.param(
            [("Total", 23, 14, 37), ("Penny Hassett Parish Council", 1, 1, 2)],
            "!A5: error: below the total in row 4; the total must be the last row",
            id="an authority below the total",
        ),
        pytest.param(
            [("Total", 23, 14, 37), ("Grand total", 23, 14, 37)],
            "!A5: error: a second total (the first is in row 4); delete one",
            id="two totals",
        ),
        pytest.param(
            [("District councils, subtotal", 3, 14, 17)],
            '!A4: error: "District councils, subtotal" seems to be a subtotal; delete the row',
            id="a subtotal",
        ),
        pytest.param(
            [RECEIVED, ("Penny Hassett Parish Council", 1, 1, 2)],
            "!A4: error: a second table begins in this row; put it on its own sheet (or delete "
            "the row, if it repeats the headings)",
            id="heads repeated",
        ),
        pytest.param(
            [DECIDED, (AMBRIDGE, 1, 5, 3, 0.38, 9)],
            "!A1: error: a second table begins in this row; put it on its own sheet (or delete "
            "the row, if it repeats the headings)",
            id="another table below",
        ),
        pytest.param(
            [("Penny Hassett Parish Council",)],
            '!A4: error: nothing beside "Penny Hassett Parish Council"; fill in its row, or '
            "delete the row if it is a note",
            id="a name without figures",
        ),
        pytest.param(
            [(17, 1, 1, 2)],
            "!A4: error: found 17; expected the name of an authority",
            id="a number for a name",
        ),
    ],
)
def test_a_row_that_may_be_something_else_is_refused(
    rows: list[Row], expected: str, planned: Planned
) -> None:
    book = workbook(BORSETSHIRE)
    put(book["Received"], rows, first_row=4)

    plan = planned(book)

    assert said(plan) == [f"{A}{expected}"]
    assert plan.contents == {}


def test_an_authority_whose_figures_are_all_blank_is_not_taken_for_a_note(
    planned: Planned,
) -> None:
    rows = [RECEIVED[:3], (AMBRIDGE, None, None), (FELPERSHAM, 20, 0), ("As on 1 June.",)]

    plan = planned({"Received": rows})

    assert said(plan) == [
        f"{A}!B2: error: received.roads: {BLANK}",
        f"{A}!C2: error: received.ponds: {BLANK}",
    ]


def test_nothing_at_all_is_to_be_written_for_one_error_in_one_row(planned: Planned) -> None:
    book = with_cell("C2", "n/a")
    book["Received"]["B3"] = 21
    book["Received"]["D3"] = 21

    plan = planned(book)

    assert [change.name for change in plan.changes] == ["received.roads"]
    assert plan.contents == {}


def test_the_authority_may_be_left_out_and_all_others_come_in(planned: Planned) -> None:
    book = with_cell("C2", "n/a")
    book["Received"]["B3"] = 21
    book["Received"]["D3"] = 21

    plan = planned(book, leave_out=("ambridge",))

    assert said(plan) == []
    assert plan.left_out == (AMBRIDGE,)
    assert [path.name for path in plan.contents] == ["felpersham-city-council.yaml", "origins.json"]
    assert b"ambridge" not in b"".join(plan.contents.values())


def test_many_errors_of_a_kind_are_said_twenty_times(planned: Planned) -> None:
    rows: list[Row] = [(f"Parish {n} Council", n, None) for n in range(1, 60)]

    plan = planned({"Received": [RECEIVED[:3], *rows]})

    blanks = [line for line in said(plan) if "blank" in line]
    assert len(blanks) == 20
    assert blanks[-1] == (
        f"{A}!C21: error: received.ponds: {BLANK} (and 39 more like this in this file)"
    )
