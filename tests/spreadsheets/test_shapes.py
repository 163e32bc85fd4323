"""What spreadsheets show and how they are laid out: taken as shown, refused, or asked about.

Each case changes the invented county's workbook, or is a sheet of its own, and says every problem
and every change of its plan. Nothing is ever taken for another thing than is to be seen.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Color, Font, GradientFill, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from generator.spreadsheets.authority_matching import NameOverrides
from generator.spreadsheets.number_formats import shown_number
from generator.spreadsheets.questions import Question
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE as AMBRIDGE_FILE
from tests.borsetshire import EDITION
from tests.borsetshire import FELPERSHAM as FELPERSHAM_FILE
from tests.examples import spread
from tests.spreadsheets.conftest import Planned, said
from tests.spreadsheets.workbooks import (
    AMBRIDGE,
    BORSETSHIRE,
    FELPERSHAM,
    RECEIVED,
    REMEDIED,
    Row,
    put,
    save,
    workbook,
)

R = "figures.xlsx:Received"
Spoil = Callable[[Worksheet], None]


def formatted(cell: str, number_format: str) -> Spoil:
    """A cell in another format."""

    def spoil(sheet: Worksheet) -> None:
        sheet[cell].number_format = number_format

    return spoil


SHOWN = [
    *("General", "0", "#,##0", "#", "?0", "0.00", "[Red]0", "[$-809]0", "@", "0;;;"),
    *("#,##0;[Red]-#,##0", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "[<1000]0;#,##0"),
]


@pytest.mark.parametrize("number_format", spread(SHOWN))
def test_a_number_in_a_harmless_format_is_taken(number_format: str, planned: Planned) -> None:
    assert said(planned(_spoilt(formatted("C2", number_format)))) == []


DISGUISED = [
    ("C2", 14, ";;;", "nothing"),
    ("C2", 14, '"17"', '"17"'),
    ("C2", 14, "-0", '"-14"'),
    ("C2", 14, "(0)", '"(14)"'),
    ("C2", 14, '0"0"', '"140"'),
    ("C2", 14, "0\\,000", '"0,014"'),
    ("C2", 14, "000", '"014"'),
    ("C2", 14, '[>5]"many"', '"many"'),
    ("C2", 14, '[>20]"many"', "in a format that import cannot read"),
    ("C2", 14, '0 "cases"', '"14 cases"'),
    ("C2", 14, "£0", '"£14"'),
    ("C2", 14, "[$£-809]0", '"£14"'),
    ("C2", 14, "0.0E+00", "in a format that import cannot read"),
    ("C2", 14, "# ?/?", "in a format that import cannot read"),
    ("C2", 14, "[White]0", "nothing"),
    ("C2", 14, "[Color2]0", "nothing"),
    ("C2", 14, "0\\%", '"14%"'),
    ("C2", 14, "*50", '"514"'),
    ("C2", 14, "0.0,", '"0.0"'),
    ("C2", 14, '0"."0', '"1.4"'),
    ("C2", 14, '00"-"00', '"00-14"'),
    ("C2", 14, "0" * 40, "in a format that import cannot read"),
    ("C3", 0, "0;-0;;@", "nothing"),
    ("C3", 0, "#,###", "nothing"),
    ("C3", 0, '0;-0;"n/a"', '"n/a"'),
    ("C3", 0, '"17"', '"17"'),
    ("D2", 17, '"18"', '"18"'),
]


@pytest.mark.parametrize(("cell", "value", "number_format", "shown"), spread(DISGUISED))
def test_a_number_that_is_shown_as_another_is_refused(
    cell: str, value: int, number_format: str, shown: str, planned: Planned
) -> None:
    plan = planned(_spoilt(formatted(cell, number_format)))

    as_ = "" if shown.startswith("in a format") else "as "
    figure = "total" if cell == "D2" else "ponds"
    assert said(plan) == [
        f"{R}!{cell}: error: received.{figure}: found {value}, shown {as_}{shown} (number format "
        f"{number_format}); format the cell as General"
    ]
    assert plan.contents == {}


def marked(**style: object) -> Spoil:
    """A cell with another style."""

    def spoil(sheet: Worksheet) -> None:
        for name, value in style.items():
            setattr(sheet["C2"], name, value)

    return spoil


def sized(rows: float | None = None, columns: float | None = None) -> Spoil:
    """The second row as high, or the third column as wide, as is said."""

    def spoil(sheet: Worksheet) -> None:
        if rows is not None:
            sheet.row_dimensions[2].height = rows
        if columns is not None:
            sheet.column_dimensions["C"].width = columns

    return spoil


def without_height(sheet: Worksheet) -> None:
    """All rows hidden but those that have a height of their own."""
    sheet.sheet_format.zeroHeight = True
    sheet.row_dimensions[1].height = sheet.row_dimensions[3].height = 15


def without_headers(sheet: Worksheet) -> None:
    sheet.row_dimensions[1].hidden = True


def without_noughts(sheet: Worksheet) -> None:
    sheet.sheet_view.showZeros = False


def painted(
    dxf: DifferentialStyle | None = None, bars: DataBar | None = None, cells: str = "C2:C9"
) -> Spoil:
    """A conditional format over the second column of figures."""

    def spoil(sheet: Worksheet) -> None:
        rule = Rule("cellIs", operator="equal", formula=["14"], dxf=dxf, dataBar=bars, priority=1)
        sheet.conditional_formatting.add(cells, rule)

    return spoil


BARS = DataBar(
    cfvo=[FormatObject("min"), FormatObject("max")], color=Color("FF638EC6"), showValue=False
)
PAINTED = "!C2:C9: warning: conditional formatting may hide or change what is seen"
ROW = "error: the row is hidden; unhide it, or delete the row if it does not belong to the table"
BACKGROUND = "warning: the cell is in the colour of its background, so that it cannot be seen"
NAMED = '0;0;0;"Felpersham"'
LOOKS: dict[str, tuple[Spoil, str]] = {
    "a row without height": (sized(rows=0.5), f"!A2: {ROW}"),
    "a column without width": (
        sized(columns=0.1),
        '!C1: error: the column "Ponds and Ducks" is hidden; unhide it, or delete it',
    ),
    "rows without height unless they say so": (without_height, f"!A2: {ROW}"),
    "a hidden row of headers": (without_headers, f"!A1: {ROW}"),
    "noughts that are not shown": (
        without_noughts,
        ": error: zeros are hidden in this sheet; show them (Options, Advanced) and check",
    ),
    "a name shown as another": (
        formatted("A2", NAMED),
        f'!A2: error: found Ambridge District Council, shown as "Felpersham" (number format '
        f"{NAMED}); format the cell as General",
    ),
    "a name that is not shown": (
        formatted("A2", ";;;"),
        "!A2: error: found Ambridge District Council, shown as nothing (number format ;;;); "
        "format the cell as General",
    ),
    "struck through": (marked(font=Font(strike=True)), "!C2: warning: the cell is struck through"),
    "white on white": (marked(font=Font(color="FFFFFFFF")), f"!C2: {BACKGROUND}"),
    "white of the theme": (marked(font=Font(color=Color(theme=0))), f"!C2: {BACKGROUND}"),
    "a colour of the theme on the same": (
        marked(font=Font(color=Color(theme=4)), fill=PatternFill("solid", fgColor=Color(theme=4))),
        f"!C2: {BACKGROUND}",
    ),
    "nearly white": (marked(font=Font(color="FFF7F7F7")), f"!C2: {BACKGROUND}"),
    "black on black": (marked(fill=PatternFill("solid", fgColor="FF000000")), f"!C2: {BACKGROUND}"),
    "tiny letters": (
        marked(font=Font(sz=1)),
        "!C2: warning: the cell is in letters too small to be read",
    ),
    "repeated over the cell": (
        marked(alignment=Alignment(horizontal="fill")),
        "!C2: warning: the cell is filled with repetitions of what it says",
    ),
    "a number format on a condition": (
        painted(dxf=DifferentialStyle(numFmt=NumberFormat(164, ";;;"))),
        f"{PAINTED} (number format ;;;); remove it and check",
    ),
    "white on a condition": (
        painted(dxf=DifferentialStyle(font=Font(color="FFFFFFFF"))),
        f"{PAINTED} (the colour of the background); remove it and check",
    ),
    "bars instead of numbers": (
        painted(bars=BARS),
        f"{PAINTED} (bars or icons instead of numbers); remove it and check",
    ),
    "a comment": (
        marked(comment=Comment("provisional,\nask again in May", "the office")),
        '!C2: warning: the cell is commented on: "provisional, ask again in May"',
    ),
}


@pytest.mark.parametrize(("spoil", "expected"), spread(LOOKS, 2))
def test_what_is_not_plain_to_see_is_said_at_its_cell(
    spoil: Spoil, expected: str, planned: Planned
) -> None:
    assert said(planned(_spoilt(spoil))) == [f"{R}{expected}"]


@pytest.mark.parametrize(
    "spoil",
    [
        marked(fill=GradientFill(stop=("FFFFFFFF", "FF000000"))),
        marked(font=Font(color="FFFF0000")),
        sized(8, 4),
        painted(dxf=DifferentialStyle(font=Font(color="FFFF0000"))),
        painted(dxf=DifferentialStyle(font=Font(color="FFFFFFFF")), cells="C5:H9"),
    ],
)
def test_other_colours_and_sizes_are_nothing_to_tell(spoil: Spoil, planned: Planned) -> None:
    assert said(planned(_spoilt(spoil))) == []


def test_rows_and_columns_of_no_size_at_all_are_hidden(planned: Planned) -> None:
    plain = save(_spoilt(sized(10, 10)), Path("plain.xlsx"))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile("figures.xlsx", "w") as new:
        for part in old.namelist():
            xml = old.read(part).replace(b'ht="10"', b'ht="0"').replace(b'width="10"', b'width="0"')
            new.writestr(part, xml)

    assert said(planned([Path("figures.xlsx")])) == [
        f'{R}!C1: error: the column "Ponds and Ducks" is hidden; unhide it, or delete it',
        f"{R}!A2: {ROW}",
    ]


def rows_below(*rows: Row) -> Spoil:
    """More rows below those of the authorities."""

    def spoil(sheet: Worksheet) -> None:
        put(sheet, rows, first_row=4)

    return spoil


def titled(text: str | date) -> Spoil:
    """A title two rows above the table."""

    def spoil(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        sheet["A1"] = text

    return spoil


def named(name: str) -> Spoil:
    """The sheet with another name."""

    def spoil(sheet: Worksheet) -> None:
        sheet.title = name

    return spoil


def filled(**cells: str | int) -> Spoil:
    """The sheet with other values."""

    def spoil(sheet: Worksheet) -> None:
        for name, value in cells.items():
            sheet[name] = value

    return spoil


RIGHT: dict[str, Spoil] = {
    "a title of the year": titled("Complaints received, year ended 31 March 2031"),
    "a title of the year that ends then": titled("Complaints received 2030/31"),
    "a title of several years": titled("Complaints received, 2029 to 2031"),
    "a title as a date": titled(date(2031, 3, 31)),
    "a title without a year": titled("Complaints received (17 000 letters)"),
    "a sheet's name of the year": named("Received 2030-31"),
    "the sum of all, called All": rows_below(("All", 23, 14, 37)),
    "the sum of all, called by a region": rows_below(("London", 23, 14, 37)),
    "a partial sum of all": rows_below(("Sub-total", 23, 14, 37)),
    "the mean": rows_below(("Average", 11.5, 7, 18.5)),
    "the mean, rounded": rows_below(("Mean", 11.5, 7.04, 18.5)),
    "the mean below the total": rows_below(("Total", 23, 14, 37), ("Average", 11.5, 7, 18.5)),
}


@pytest.mark.parametrize("spoil", spread(RIGHT))
def test_what_is_known_for_what_it_is_changes_nothing(spoil: Spoil, planned: Planned) -> None:
    plan = planned(_spoilt(spoil))

    assert (said(plan), plan.changes, plan.new) == ([], (), {})


def other_year(said: str) -> str:
    return (
        f"error: says {said}, but the edition is of 2031; if that is right, use --accept other-year"
    )


def strange(name: str) -> str:
    return (
        f'error: "{name}" is not an authority of this edition; use --new "{name}" if it '
        f'is new, --match "{name}=…" if it is another name of one, or --leave-out "{name}"'
    )


def test_formulas_that_no_program_has_worked_out_are_not_checked_and_nothing_is_taken_of_them(
    planned: Planned,
) -> None:
    book = _spoilt(rows_below(("Total", "=SUM(B2:B3)", "=SUM(C2:C3)", "=SUM(D2:D3)")))
    for cell in ("D2", "D3"):
        book["Received"][cell] = "=SUM(B2:C2)"
    book["Decided"]["E2"] = "=D2/(C2+D2)"

    plan = planned(book)

    assert said(plan) == [
        "figures.xlsx:Decided!E2: warning: decided.uphold_rate: the formula =D2/(C2+D2) has no "
        "stored value, so it is not checked",
        f"{R}!D2: warning: received.total: the formula =SUM(B2:C2) has no stored value, so it is "
        f"not checked",
    ]
    assert plan.changes == ()


ASKED: dict[str, tuple[Spoil, str]] = {
    "a title of another year": (
        titled("Complaints received, year ended 31 March 2030"),
        f"{R}!A1: {other_year('2030')}",
    ),
    "a title of the next year": (titled("Received 2031/32"), f"{R}!A1: {other_year('2032')}"),
    "a date of another year": (titled(date(2030, 3, 31)), f"{R}!A1: {other_year('2030')}"),
    "titles of other years": (titled("2028-2030"), f"{R}!A1: {other_year('2028 and 2030')}"),
    "a sheet of another year": (
        named("Received 2029-30"),
        f"figures.xlsx:'Received 2029-30': {other_year('2030')}",
    ),
    "nothing but noughts": (
        filled(B2=0, C2=0, D2=0, B3=0, C3=0, D3=0),
        f"{R}: error: received.roads: zeros in all 2 rows, where they were 23 in all; if that is "
        f"right, use --accept all-noughts",
    ),
    "a thousandfold": (
        filled(B2=3000, D2=3014),
        f"{R}!B2: error: received.roads: found 3000, where it was 3: perhaps in different units; "
        f"if that is right, use --accept thousandfold",
    ),
    "names sorted apart from their rows": (
        filled(A2=FELPERSHAM, A3=AMBRIDGE),
        f"{R}: error: received: 2 of 2 rows have another authority's figures in this edition now "
        "(ambridge-district-council those of felpersham-city-council): perhaps the names were "
        "sorted without their rows; if that is right, use --accept others-figures",
    ),
    "All, which is no sum": (rows_below(("All", 24, 14, 38)), f"{R}!A4: {strange('All')}"),
    "Average, which is no mean": (
        rows_below(("Average", 9, 9, 18)),
        f"{R}!A4: {strange('Average')}",
    ),
    "complaints about nobody known": (
        rows_below(("Unknown", 1, 0, 1)),
        f"{R}!A4: {strange('Unknown')}",
    ),
    "a region": (rows_below(("London", 5, 5, 10)), f"{R}!A4: {strange('London')}"),
    "a sum called like an authority": (
        rows_below(("All Saints Parish Council", 23, 14, 37)),
        f"{R}!A4: {strange('All Saints Parish Council')}",
    ),
    "a new authority": (
        rows_below(("Penny Hassett Parish Council", 1, 1, 2)),
        f"{R}!A4: {strange('Penny Hassett Parish Council')}",
    ),
    "an authority's name, shortened": (
        filled(A2="Ambr. District"),
        f'{R}!A2: error: "Ambr. District" is not an authority of this edition; did you mean '
        '"Ambridge '
        'District Council"? Then use --match "Ambr. District=ambridge-district-council", or --new '
        '"Ambr. District" if it is another',
    ),
    "a partial sum that is none": (
        rows_below(("Sub-total", 20, 14, 34)),
        f'{R}!A4: error: "Sub-total" seems to be a subtotal; delete the row',
    ),
}


@pytest.mark.parametrize(("spoil", "expected"), spread(ASKED, 2))
def test_what_may_be_another_thing_is_asked_about(
    spoil: Spoil, expected: str, planned: Planned
) -> None:
    plan = planned(_spoilt(spoil))

    assert [line for line in said(plan) if "no row for" not in line] == [expected]
    assert plan.contents == {}


@pytest.mark.parametrize("name", [n for n, (_, line) in ASKED.items() if "--accept" in line])
def test_what_a_person_says_to_be_right_is_told_and_taken(name: str, planned: Planned) -> None:
    spoil, line = ASKED[name]

    plan = planned(_spoilt(spoil), accept=frozenset(Question))

    assert said(plan) == [line.replace(": error: ", ": warning: ")]
    assert plan.contents != {}


def test_nothing_but_noughts_is_asked_about_where_nothing_was_known(
    folders: EditionFolders, planned: Planned
) -> None:
    rows: list[Row] = [RECEIVED, (AMBRIDGE, 0, 0, 0), (FELPERSHAM, 0, 0, 0)]
    few: list[Row] = [REMEDIED, (AMBRIDGE, 0, 0), (FELPERSHAM, 0, 0)]
    for path in folders.authorities.iterdir():
        path.write_text(re.sub(r"(roads|ponds): [0-9]+", r"\1: null", path.read_text()))

    assert said(planned({"Received": rows, "Remedied": few})) == [
        f"{R}: error: received: zeros in all 2 rows; if that is right, use --accept all-noughts"
    ]


def test_a_row_that_a_person_says_to_be_an_authority_is_never_a_sum(planned: Planned) -> None:
    book = _spoilt(rows_below(("London", 23, 14, 37)))

    plan = planned(book, said=NameOverrides(new=frozenset({"London"})))

    assert plan.new == {"london": "London"}


def test_where_all_are_new_a_row_called_like_several_is_their_sum_or_asked_about(
    folders: EditionFolders, planned: Planned
) -> None:
    for path in folders.authorities.iterdir():
        path.unlink()
    rows: list[Row] = [RECEIVED[:3], ("Ambridge", 3, 14), ("Borchester", 20, 0)]

    plan = planned({"Received": [*rows, ("Unknown", 5, 5), ("All", 28, 19)]})

    assert [line for line in said(plan) if "error" in line] == [f"{R}!A4: {strange('Unknown')}"]
    assert plan.new == {"ambridge": "Ambridge", "borchester": "Borchester"}


NUMBERS = [
    (1234567, "#,##0", "1,234,567"),
    (1234567, "0", "1234567"),
    (17000, "# ##0", "17 000"),
    (17, "[$£-809]#,##0", "£17"),
    (14000, "0.0,", "14.0"),
    (3, "0.0##", "3.0"),
    (3, "#.#", "3."),
    (0, '0;-0;"none"', "none"),
    (3, "[<2]0;[<5]00;000", "03"),
    (3, "yyyy", None),
]


@pytest.mark.parametrize(("number", "number_format", "shown"), NUMBERS)
def test_a_number_is_shown_as_spreadsheet_programs_show_it(
    number: int, number_format: str, shown: str | None
) -> None:
    assert shown_number(Decimal(number), number_format) == shown


def test_a_row_that_is_no_authority_may_be_left_out_and_still_counts_in_the_total(
    planned: Planned,
) -> None:
    book = _spoilt(rows_below(("Unknown", 1, 0, 1), ("Total", 24, 14, 38)))

    assert said(planned(book, leave_out=("unknown",))) == []


SHEETS: dict[str, tuple[list[Row], str]] = {
    "on its side": (
        [("", AMBRIDGE, FELPERSHAM), ("Roads", 4, 21), ("Ponds and Ducks", 14, 0)],
        "the table is transposed (labels run down column A); copy it, and paste it into a new "
        "sheet with Paste Special, Transpose",
    ),
    "on its side, below a word for them": (
        [("Authority", AMBRIDGE), ("Roads", 4), ("Ponds and Ducks", 14)],
        "the table is transposed (labels run down column A); copy it, and paste it into a new "
        "sheet with Paste Special, Transpose",
    ),
    "a row for each figure, under words of its own": (
        [("Who", "About", "Number"), (AMBRIDGE, "Roads", 4), (FELPERSHAM, "Roads", 9)],
        "a row for each figure (labels repeat in column B); a pivot table makes it a row for each "
        "authority and a column for each figure (from an export, import figures.xlsx)",
    ),
    "on its side, behind the names of groups": (
        [(None, "", AMBRIDGE), ("Received", "Roads", 4), ("Received", "Ponds and Ducks", 14)],
        "the table is transposed (labels run down column B); copy it, and paste it into a new "
        "sheet with Paste Special, Transpose",
    ),
    "a row for each figure": (
        [("Council", "About", "Number"), (AMBRIDGE, "Roads", 4), (AMBRIDGE, "Ponds and Ducks", 9)],
        "a row for each figure (labels repeat in column B); a pivot table makes it a row for each "
        "authority and a column for each figure (from an export, import figures.xlsx)",
    ),
    "open data, as exported": (
        [
            ("authority", "group", "id", "label", "kind", "value"),
            ("ambridge-district-council", "received", "roads", "Roads", "count", 3),
            ("ambridge-district-council", "received", "ponds", "Ponds and Ducks", "count", 14),
        ],
        "a row for each figure (labels repeat in column C); a pivot table makes it a row for each "
        "authority and a column for each figure (from an export, import figures.xlsx)",
    ),
    "words": (
        [("Do not circulate.",)],
        "no table found: no row has the labels of two figures or more, or of an addressee's name "
        "and office; use the labels of edition.yaml, map others (--mapping), or there ignore a "
        'sheet that has no table ("Notes!: ignore")',
    ),
}


@pytest.mark.parametrize(("rows", "message"), SHEETS.values(), ids=SHEETS)
def test_a_sheet_that_is_no_table_says_what_it_is(
    rows: list[Row], message: str, planned: Planned
) -> None:
    plan = planned({**BORSETSHIRE, "More": rows})

    assert said(plan) == [f"figures.xlsx:More: error: {message}"]
    assert plan.contents == {}


def test_a_mapping_file_ignores_a_sheet_and_says_if_there_is_none(planned: Planned) -> None:
    mapping = Path("labels.yaml")
    mapping.write_text("More!: ignore\nnotes!: ignore\nOther!: authority\n")

    plan = planned({**BORSETSHIRE, "More": SHEETS["words"][0]}, mapping=mapping)

    assert said(plan) == [
        "labels.yaml:2:9: warning: notes: no such sheet",
        "labels.yaml:3:9: error: Other!: found authority; expected ignore, the only value for a "
        "sheet",
    ]


def test_empty_sheets_are_nothing_and_a_book_of_nothing_else_is_an_error(planned: Planned) -> None:
    assert said(planned({**BORSETSHIRE, "Sheet4": []})) == []
    assert said(planned({"Sheet1": []})) == [
        "figures.xlsx: error: its sheets are empty; save the tables in it, too"
    ]


def test_a_book_without_a_sheet_that_it_lists_is_an_error(planned: Planned) -> None:
    whole = save(workbook(BORSETSHIRE), Path("whole.xlsx"))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile("figures.xlsx", "w") as new:
        for part in old.namelist():
            if not part.endswith("sheet2.xml"):
                new.writestr(part, old.read(part))

    assert said(planned([Path("figures.xlsx")])) == [
        "figures.xlsx:Decided: error: the workbook lists this sheet but lacks it; ask for the "
        "complete workbook"
    ]


def test_groups_that_no_sheet_brought_are_said(planned: Planned) -> None:
    assert planned({"Received": BORSETSHIRE["Received"]}).not_brought == ("decided", "remedied")


CORRECTIONS: dict[str, list[Row]] = {
    "two columns": [("Authority", "Roads"), (AMBRIDGE, 4)],
    "with the total": [("Authority", "Roads", "Total"), (AMBRIDGE, 4, 18)],
    "to nought": [("Authority", "Ponds and Ducks"), (AMBRIDGE, 0), (FELPERSHAM, 0)],
}


@pytest.mark.parametrize("rows", CORRECTIONS.values(), ids=CORRECTIONS)
def test_corrections_are_taken_for_what_they_are(rows: list[Row], planned: Planned) -> None:
    plan = planned({"Received": rows}, corrections=True)

    assert said(plan) == []
    assert [(c.slug, c.after) for c in plan.changes] == [
        ("ambridge-district-council", str(rows[1][1]))
    ]
    assert all("error" in line for line in said(planned({"Received": rows}))[:1])


def test_a_total_among_corrections_is_held_against_the_figures_of_the_file(
    planned: Planned,
) -> None:
    rows: list[Row] = [("Authority", "Roads", "Total"), (AMBRIDGE, 4, 17)]

    assert said(planned({"Received": rows}, corrections=True)) == [
        f"{R}!C2: error: received.total: 17 is stated, but the figures add up to 18; correct one "
        "of them"
    ]


LAST_YEAR = {
    "data/2030/edition.yaml": EDITION.replace("2031", "2030"),
    "data/2030/authorities/ambridge-district-council.yaml": AMBRIDGE_FILE,
    "data/2030/authorities/felpersham-city-council.yaml": FELPERSHAM_FILE,
}


def test_a_file_named_after_another_year_is_asked_about(planned: Planned) -> None:
    file = save(workbook(BORSETSHIRE), Path("figures-2029-30.xlsx"))

    assert said(planned([file])) == [f"figures-2029-30.xlsx: {other_year('2030')}"]
    assert said(planned([save(workbook(BORSETSHIRE), Path("figures-2031-05-30.xlsx"))])) == []


def test_figures_of_last_year_whose_ever_they_are_are_asked_about(
    folders: EditionFolders, planned: Planned
) -> None:
    for name, text in LAST_YEAR.items():
        path = folders.workspace.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    rows = BORSETSHIRE["Received"]
    swapped = [rows[0], (FELPERSHAM, *rows[1][1:]), (AMBRIDGE, *rows[2][1:])]

    assert said(planned({"Received": swapped}))[0] == (
        f"{R}: error: received: 2 of 2 rows have another authority's figures in 2030 "
        "(ambridge-district-council those of felpersham-city-council): perhaps the names were "
        "sorted without their rows; if that is right, use --accept others-figures"
    )
    assert said(planned({"Received": rows})) == [
        f"{R}: error: received: every row has the figures that it has in 2030; if that is right, "
        f"use --accept last-years-figures"
    ]


def _spoilt(spoil: Spoil) -> Workbook:
    book = workbook(BORSETSHIRE)
    spoil(book["Received"])
    return book
