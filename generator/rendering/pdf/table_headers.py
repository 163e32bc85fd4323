"""Which headers each cell of a table is announced under, on the grid that the spans make."""

from dataclasses import dataclass
from typing import Any

import pydyf


@dataclass(frozen=True)
class GridCell:
    """A cell of a table, and the slot of the grid that its upper left corner is in."""

    element: Any
    html: Any
    row: int
    column: int
    body: int = 0
    """Which group of rows its own is in."""

    @property
    def rows(self) -> range:
        """All rows that it stands in."""
        return range(self.row, self.row + int(self.element["A"].get("RowSpan", 1)))

    @property
    def columns(self) -> range:
        """All columns that it stands in."""
        return range(self.column, self.column + int(self.element["A"].get("ColSpan", 1)))

    @property
    def scope(self) -> str:
        """Which way a header looks: down its columns, unless it says that it heads a row."""
        return "/Row" if self.html.get("scope") in {"row", "rowgroup"} else "/Column"

    def stands_over(self, other: "GridCell") -> bool:
        """Whether this header is one of the other cell's."""
        if self.html.get("scope") == "rowgroup":
            return self.body == other.body and self.row < other.row
        if self.scope == "/Row":
            return self.column < other.column and _overlap(self.rows, other.rows)
        return self.row < other.row and _overlap(self.columns, other.columns)


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def announce_headers(table: Any, cells: list[GridCell]) -> list[Any]:
    """Say of each cell which headers stand over it, from the outermost; return the headers."""
    headers = [cell for cell in cells if cell.element["S"] == "/TH"]
    for header in headers:
        header.element["ID"] = pydyf.String(f"{table.number}-{header.row}-{header.column}")
        header.element["A"]["Scope"] = header.scope
    for cell in cells:
        over = [header.element["ID"] for header in headers if header.stands_over(cell)]
        cell.element["A"].pop("Headers", None)
        if over:
            cell.element["A"]["Headers"] = pydyf.Array(over)
    return [header.element for header in headers]
