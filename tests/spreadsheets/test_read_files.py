"""What is read: workbooks and CSV files in any encoding; and why something else is not."""

import zipfile
from pathlib import Path

import pytest

from generator.files.bounded_read import Sort
from tests.browser.combining import each_once
from tests.spreadsheets.conftest import Planned, said
from tests.spreadsheets.workbooks import (
    AMBRIDGE,
    BORSETSHIRE,
    FELPERSHAM,
    RECEIVED,
    Row,
    csv_bytes,
    save,
    workbook,
)

ROWS: list[Row] = [RECEIVED, (AMBRIDGE, 3, 14, 17), (FELPERSHAM, 20, 0, 20)]
OTHER = "error: not a format that import reads; save it as .xlsx (preferably) or .csv"


@each_once(
    "encoding, delimiter",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
    [",", ";", "\t"],
)
def test_a_csv_file_is_read_whatever_its_encoding_and_its_delimiter(
    encoding: str, delimiter: str, planned: Planned
) -> None:
    rows = [("Figures – as on 1 June; final, and checked",), *ROWS]
    content = csv_bytes(rows, delimiter=delimiter, encoding=encoding)
    Path("received.csv").write_bytes(content)

    plan = planned([Path("received.csv")])

    assert said(plan) == []
    assert plan.figures == 4


def test_a_csv_file_may_begin_with_the_line_that_excel_writes(planned: Planned) -> None:
    Path("received.csv").write_bytes(b"sep=;\r\n" + csv_bytes(ROWS, delimiter=";"))

    plan = planned([Path("received.csv")])

    assert said(plan) == []
    assert plan.gathered is not None
    assert [row.place.cell for row in plan.gathered.rows] == ["A3", "A4"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("figures.xls", b"\xd0\xcf\x11\xe0", OTHER, id="an old workbook"),
        pytest.param("figures.ods", b"PK", OTHER, id="another kind of workbook"),
        pytest.param("figures.pdf", b"%PDF", OTHER, id="a PDF"),
        pytest.param("figures.xlsx", b"", "error: the file is empty", id="nothing"),
        pytest.param("figures.csv", b" \r\n", "error: the file is empty", id="a blank line"),
        pytest.param(
            "figures.xlsx",
            b"\xd0\xcf\x11\xe0more",
            "error: password-protected, or an old workbook format (.xls); save it as .xlsx "
            "without a password",
            id="a workbook with a password",
        ),
        pytest.param(
            "figures.csv",
            b"PK\x03\x04more",
            "error: named .csv, but is a workbook; rename it to figures.xlsx",
            id="a workbook named as CSV",
        ),
        pytest.param(
            "figures.xlsx",
            b"Authority,Roads\r\n",
            "error: named .xlsx, but is not a workbook; open it and save it as .xlsx",
            id="CSV named as a workbook",
        ),
        pytest.param(
            "figures.xlsx",
            b"PK\x03\x04but then nothing",
            "error: cannot be read: damaged, or not a workbook (File is not a zip file); "
            "open it in a spreadsheet program and save it as .xlsx",
            id="a damaged workbook",
        ),
        pytest.param(
            "figures.csv",
            b"Authority,Roads\x00\r\n",
            "error: cannot be read: not a text file; save it as CSV in UTF-8, or as .xlsx",
            id="a zero in the text",
        ),
        pytest.param(
            "figures.csv",
            b"Authority" + b",1" * 200_001,
            "error: has more than 200,000 cells; copy the table into a new file",
            id="too many cells",
        ),
        pytest.param(
            "figures.csv",
            b"Authority,Roads\x81\r\n",
            "error: cannot be read: not a text file; save it as CSV in UTF-8, or as .xlsx",
            id="bytes of no encoding",
        ),
        pytest.param(
            "figures.csv",
            b'Authority,Roads\r\n"Ambridge" DC,3\r\n',
            "2: error: cannot be read as CSV: ',' expected after '\"'; save it again from a "
            "spreadsheet program",
            id="a quotation mark out of place",
        ),
    ],
)
def test_a_file_that_is_not_read_says_why(
    name: str, content: bytes, expected: str, planned: Planned
) -> None:
    Path(name).write_bytes(content)

    (line,) = said(planned([Path(name)]))

    assert line == f"{name}:{'' if expected[0].isdigit() else ' '}{expected}"


def test_a_file_that_is_not_there_and_a_folder(planned: Planned) -> None:
    Path("folder.xlsx").mkdir()

    plan = planned([Path("nowhere.xlsx"), Path("nowhere.ods"), Path("folder.xlsx")])

    assert said(plan) == [
        "folder.xlsx: error: a folder, not a file; name the files in it",
        "nowhere.ods: error: no such file",
        "nowhere.xlsx: error: no such file",
    ]


def test_the_same_file_given_twice_is_read_once(planned: Planned) -> None:
    path = save(workbook(BORSETSHIRE), Path("figures.xlsx"))

    plan = planned([path, path])

    assert said(plan) == []


def _rewritten(path: Path, part: str, change: tuple[bytes, bytes]) -> None:
    """Replace some bytes in one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before, after = change
    assert before in parts[part]
    parts[part] = parts[part].replace(before, after, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


SHEET = "xl/worksheets/sheet1.xml"
ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("part", "change", "expected"),
    [
        pytest.param(
            SHEET,
            (b"<sheetData", ENTITY + b"<sheetData"),
            "cannot be read: it is damaged (xl/worksheets/sheet1.xml: not well-formed ",
            id="entities within",
        ),
        pytest.param(
            "xl/workbook.xml",
            (b"<workbook", ENTITY + b"<workbook"),
            "cannot be read: its XML declares entities, which no spreadsheet program writes; do "
            "not trust the file",
            id="entities at the beginning",
        ),
        pytest.param(
            SHEET,
            (
                b"</sheetData>",
                b'</sheetData><mergeCells><mergeCell ref="E1:XFD9000"/></mergeCells>',
            ),
            "cannot be read: a sheet of it has more than 200,000 merged cells; copy the table into "
            "a new workbook and save that",
            id="a million merged cells",
        ),
        pytest.param(
            SHEET,
            (b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD900"/></hyperlinks>'),
            "cannot be read: a sheet of it has more than 200,000 cells with links; copy the table "
            "into a new workbook and save that",
            id="links from a million cells",
        ),
        pytest.param(
            SHEET,
            (
                b"</row></sheetData>",
                b'</row><row r="90000"><c r="XFD90000"><v>1</v></c></row></sheetData>',
            ),
            "reaches to XFD90000, which is too far to be a table; delete the rows and columns "
            "beyond it, or copy the table into a new workbook",
            id="a cell far away",
        ),
        pytest.param(
            SHEET,
            (b"<sheetData>", b"<sheetData>" + b"<row/>" * 100_001),
            "cannot be read: a sheet of it has more than 100,000 rows; copy the table into a new "
            "workbook and save that",
            id="too many rows",
        ),
        pytest.param(
            SHEET,
            (b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 200_001 + b"</row>"),
            "cannot be read: a sheet of it has more than 200,000 cells; copy the table into a new "
            "workbook and save that",
            id="too many cells",
        ),
        pytest.param(
            SHEET,
            (b"<sheetData>", b"<sheetData><row>" + b" " * 100_000_000 + b"</row>"),
            "cannot be read: it unpacks to 100 MB; expected less than 100; copy the table into a "
            "new workbook and save that",
            id="what unfolds to a thousand times its size",
        ),
        pytest.param(
            "xl/workbook.xml",
            (b"<sheets>", b"<sheets><sheet/>"),
            "cannot be read: damaged, or not a workbook (",
            id="what the reader of workbooks stumbles over",
        ),
    ],
)
def test_a_workbook_that_would_do_harm_is_not_opened(
    part: str, change: tuple[bytes, bytes], expected: str, planned: Planned
) -> None:
    path = save(workbook({"Received": ROWS}), Path("figures.xlsx"))
    _rewritten(path, part, change)

    (line,) = said(planned([path]))

    assert (
        line.removeprefix("figures.xlsx: error: ")
        .removeprefix("figures.xlsx:Received: error: ")
        .startswith(expected)
    )


def test_a_workbook_whose_parts_are_encrypted_is_not_opened(planned: Planned) -> None:
    path = save(workbook({"Received": ROWS}), Path("figures.xlsx"))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # as the list of parts says of the first
    path.write_bytes(content)

    assert said(planned([path])) == [
        "figures.xlsx: error: cannot be read: it is password-protected; save it without a password"
    ]


def test_a_file_that_is_too_large_is_not_read(planned: Planned) -> None:
    with Path("figures.xlsx").open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(Sort.SPREADSHEET.value + 1)

    assert said(planned([Path("figures.xlsx")])) == [
        "figures.xlsx: error: the file is too large (20.0 MB); expected less than 20 MB; copy the "
        "tables into a new workbook"
    ]
