"""A chart as a letter has it: its parts, each with its label and its figure as printed."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from generator.edition.decimal_values import read_quantity
from generator.edition.figure_kind import Quantity
from generator.letter.printed_table import PrintedColumn, PrintedRow, PrintedTable


@dataclass(frozen=True)
class ChartPart:
    """A figure that a chart draws: its address, its label, its value and its text.

    The value is None for a rate of nothing, and for a gap in a draft: then nothing is drawn.
    """

    group: str
    id: str
    label: str
    text: str
    value: Annotated[Quantity | None, BeforeValidator(read_quantity)]
    kind: str
    row: str = ""
    """The comparator whose figure it is; blank for one of the authority's own."""


@dataclass(frozen=True)
class PrintedChart:
    """A chart as printed."""

    name: str
    form: str
    parts: tuple[ChartPart, ...]

    @property
    def as_table(self) -> PrintedTable:
        """What it says, as a table: a line for each part, its figure behind its label."""
        columns = (PrintedColumn(part.group, part.id, part.label) for part in self.parts)
        row = PrintedRow("", tuple(part.text for part in self.parts))
        return PrintedTable(tuple(columns), (row,), turned=True)

    @property
    def words(self) -> str:
        """All its words in reading order, as it is drawn."""
        return " ".join(f"{part.label} {part.text}" for part in self.parts)
