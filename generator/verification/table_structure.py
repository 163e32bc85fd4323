"""A printed table against its letter, cell by cell: as a screen reader finds it."""

from collections.abc import Iterator, Sequence

from generator.letter.printed_table import PrintedTable
from generator.plain_text import strip_whitespace
from generator.verification.read_back import ReadTable


def table_by_structure(table: ReadTable, printed: PrintedTable) -> str:
    """What is wrong with a table as a screen reader finds it; empty where all is right."""
    expected = list(_expected_rows(printed))
    found = [[(cell.kind, cell.text) for cell in row if cell.text] for row in table]
    for number, (row, right) in enumerate(zip(found, expected, strict=False), start=1):
        if len(row) != len(right):
            return f"row {number} has {len(row)} cells, not {len(right)}"
        for (kind, text), (right_kind, right_text) in zip(row, right, strict=True):
            if strip_whitespace(text) != strip_whitespace(right_text):
                return f'row {number} has "{text}", not "{right_text}"'
            if kind != right_kind:
                what = {"TH": "a header cell", "TD": "a data cell"}
                return f'"{text}" is {what.get(kind, kind)}, not {what[right_kind]}'
    if len(found) != len(expected):
        return f"it has {len(found)} rows, not {len(expected)}"
    return ""


_Cells = list[tuple[str, str]]


def _expected_rows(printed: PrintedTable) -> Iterator[_Cells]:
    """The rows of a table, each cell with its kind, without those that are empty."""
    for headers in ([header.text for header in printed.upper_headers], printed.headers):
        if row := [("TH", header) for header in headers if header]:
            yield row
    for group in printed.line_groups:
        if group.header:
            yield [("TH", group.header)]
        for line in group.lines:
            label = [("TH", line.label)] if printed.has_line_labels else []
            yield [*label, *(("TD", text) for text in line.texts)]


def whole_tables(tables: Sequence[ReadTable], printed: Sequence[PrintedTable]) -> list[ReadTable]:
    """The tables of a structure, with those made whole that go over a page's end.

    A structure is read page by page, so such a table is two; their rows are those of one.
    """
    whole: list[ReadTable] = []
    left = list(tables)
    for each in printed:
        if not left:
            break
        rows = left.pop(0)
        expected = len(list(_expected_rows(each)))
        while left and len(tables) > len(printed) and len(rows) + len(left[0]) <= expected:
            rows = (*rows, *left.pop(0))
        whole.append(rows)
    return [*whole, *left]
