"""Workbooks that would take hours or all memory: refused within seconds."""

import io
import time
import zipfile
from pathlib import Path

import pytest

from generator.spreadsheets.read_files import read_files
from generator.spreadsheets.xlsx_safety import why_unsafe
from tests.spreadsheets.workbooks import BORSETSHIRE, save, workbook

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
STYLE = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'


def with_part(folder: Path, part: str, before: bytes, after: bytes, lead: bytes = b"") -> bytes:
    """A sound workbook with something replaced in one part, and blanks before its first tag."""
    sound = save(workbook(BORSETSHIRE), folder / "sound.xlsx")
    changed = io.BytesIO()
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == part:
                assert before in content
                content = lead + content.replace(before, after, 1)
            new.writestr(item.filename, content)
    return changed.getvalue()


def many_parts() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(3_000):
            archive.writestr(str(number), b"")
    return content.getvalue()


DATA, DATA_END = b"<sheetData>", b"</sheetData>"
UNSAFE = {
    "an attribute of 30 MB": (
        SHEET, DATA, b'<sheetData x="' + b"a" * 30_000_000 + b'">', b"", "a tag in it is longer",
    ),
    "a tag without an end": (SHEET, DATA, b"<" + b"a " * 60_000, b"", "a tag in it is longer"),
    "900,000 styles": (
        STYLES, b"</cellXfs>", STYLE * 900_000 + b"</cellXfs>", b"", "it has more than 65,000",
    ),
    "too many cells behind 70 blanks": (
        SHEET, DATA_END, b"<row>" + b"<c/>" * 200_001 + b"</row></sheetData>", b" " * 70,
        "a sheet of it has more than 200,000 cells",
    ),
    "50,000 beginnings of comments": (
        SHEET, DATA, b"<!--" * 50_000 + DATA, b"", "a tag in it is longer",
    ),
    "a million elements in each other": (
        SHEET, DATA, b"<a>" * 1_000_000 + b"</a>" * 1_000_000 + DATA, b"",
        "its elements are nested deeper than 200",
    ),
    "rules for formats without end": (
        SHEET, DATA_END, DATA_END + b'<cfRule type="x"/>' * 100_001, b"",
        "a sheet of it has more than 100,000 rules",
    ),
}  # fmt: skip


TAKE_SECONDS = {
    "900,000 styles",
    "too many cells behind 70 blanks",
    "rules for formats without end",
    "a million elements in each other",
    "an attribute of 30 MB",
}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.thorough if case in TAKE_SECONDS else ())
        for case in UNSAFE
    ],
)
def test_a_workbook_is_refused_before_it_is_opened(case: str, tmp_path: Path) -> None:
    part, before, after, lead, said = UNSAFE[case]
    content = with_part(tmp_path, part, before, after, lead)

    start = time.process_time()

    assert why_unsafe(content).startswith(said)
    assert time.process_time() - start < 10


def test_an_archive_of_thousands_of_parts_is_refused() -> None:
    assert why_unsafe(many_parts()).startswith("it has more than 2,000 parts")


@pytest.mark.processes
def test_a_sheet_that_says_it_is_endless_is_read_for_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    path.write_bytes(with_part(tmp_path, SHEET, b'ref="A1:D3"', b'ref="A1:XFD1048576"'))

    (read,), problems = read_files([path])

    assert problems == []
    assert read.sheets[0].columns == [1, 2, 3, 4]


@pytest.mark.processes
def test_a_row_of_more_columns_than_there_can_be_is_no_table(tmp_path: Path) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 20_000 + b"</row></sheetData>"
    path = tmp_path / "figures.xlsx"
    path.write_bytes(with_part(tmp_path, SHEET, DATA_END, row))

    _, (problem,) = read_files([path])

    assert problem.message.startswith("reaches to XFD4, which is too far to be a table")
