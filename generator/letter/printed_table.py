"""A table as a letter has it, rows by columns, upright or on its side; a chart, part by part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from pydantic import BeforeValidator, Field

from generator.edition.figure_kind import Quantity
from generator.edition.number_values import read_quantity


@dataclass(frozen=True)
class PrintedColumn:
    """A figure that a table tells in each of its rows: its address and its label."""

    group: str
    id: str
    label: str
    header: Annotated[str, Field(alias="head")] = ""
    """The header that spans it and its neighbours; blank where there is none."""


@dataclass(frozen=True)
class PrintedRow:
    """One line of a table: whose figures they are, and each as printed."""

    label: str
    """Blank where the table has one row, which needs none."""
    texts: tuple[str, ...]


@dataclass(frozen=True)
class HeaderCell:
    """A header over one or more neighbouring columns; without text where there is none."""

    text: str
    columns: int
    first: int
    """The number of the first column under it, from 1."""


@dataclass(frozen=True)
class PrintedLine:
    """A line of a table as it is set: its label, and its figures from left to right."""

    label: str
    texts: tuple[str, ...]
    number: int
    """Of its row or, in a table on its side, of its column; from 1."""

    @property
    def number_from_0(self) -> int:
        """The same, as templates count."""
        return self.number - 1


@dataclass(frozen=True)
class LineGroup:
    """Neighbouring lines, and the header over them; without text where there is none."""

    header: str
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A table as printed."""

    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    turned: bool = False
    """Whether it is set on its side: a line for each column, its rows from left to right."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of each column."""
        return tuple(column.label for column in self.columns)

    @property
    def has_row_labels(self) -> bool:
        """Whether it says whose figures stand in a row."""
        return any(row.label for row in self.rows)

    @property
    def has_line_labels(self) -> bool:
        """Whether there is a label before each line of figures."""
        return self.turned or self.has_row_labels

    @property
    def spanning_headers(self) -> tuple[HeaderCell, ...]:
        """The headers over several columns: neighbours under the same header share one.

        Empty where no column stands under one.
        """
        headers, first = list[HeaderCell](), 1
        for text, same in groupby(column.header for column in self.columns):
            headers.append(HeaderCell(text, len(list(same)), first))
            first += headers[-1].columns
        return tuple(headers) if any(header.text for header in headers) else ()

    @property
    def upper_headers(self) -> tuple[HeaderCell, ...]:
        """The upper row of headers as the table is set; on its side they stand among its lines."""
        return () if self.turned else self.spanning_headers

    @property
    def headers(self) -> tuple[str, ...]:
        """What stands over each figure of a line; empty where nothing does."""
        if not self.turned:
            return self.labels
        return tuple(row.label for row in self.rows) if self.has_row_labels else ()

    @property
    def line_groups(self) -> tuple[LineGroup, ...]:
        """Its lines from top down, as it is set."""
        if not self.turned:
            rows = enumerate(self.rows, start=1)
            return (LineGroup("", tuple(PrintedLine(r.label, r.texts, n) for n, r in rows)),)
        spans = self.spanning_headers or (HeaderCell("", len(self.columns), 1),)
        return tuple(LineGroup(span.text, tuple(self._turned_lines(span))) for span in spans)

    def _turned_lines(self, span: HeaderCell) -> Iterator[PrintedLine]:
        for number in range(span.first, span.first + span.columns):
            texts = tuple(row.texts[number - 1] for row in self.rows)
            yield PrintedLine(self.columns[number - 1].label, texts, number)

    @property
    def lines(self) -> tuple[PrintedLine, ...]:
        """All its lines, whatever header they stand under."""
        return tuple(line for group in self.line_groups for line in group.lines)

    @property
    def across(self) -> int:
        """How many cells a line has, its label among them."""
        return len(self.lines[0].texts) + self.has_line_labels

    @property
    def header_words(self) -> tuple[str, ...]:
        """All words over its lines, in reading order."""
        return (*(header.text for header in self.upper_headers), *self.headers)

    @property
    def words(self) -> str:
        """All its words in reading order, as it is set."""
        return " ".join((*self.header_words, *_words_of(self.line_groups)))

    @property
    def listed_words(self) -> str:
        """All its words as a text says them: row by row, a line for each figure and its header."""
        return " ".join(self._listed())

    def _listed(self) -> Iterator[str]:
        for row in self.rows:
            yield row.label
            figures = zip(self.columns, row.texts, strict=True)
            for header, under in groupby(figures, key=lambda figure: figure[0].header):
                yield header
                yield from (f"{column.label} {text}" for column, text in under)

    @property
    def text(self) -> str:
        """A line for each figure, label and figure divided by a tab; over each row its label."""
        lines = []
        for row in self.rows:
            lines += [row.label] if row.label else []
            lines += [
                f"{label}\t{text}" for label, text in zip(self.labels, row.texts, strict=True)
            ]
        return "\n".join(lines)


def _words_of(groups: Sequence[LineGroup]) -> Iterator[str]:
    for group in groups:
        yield group.header
        for line in group.lines:
            yield from (line.label, *line.texts)


@dataclass(frozen=True)
class PrintedValue:
    """A figure as printed: its address, its label, its text and its value.

    The value is a whole number, or a decimal with the places printed; None for a rate of nothing, a
    gap in a draft, or an unreadable one.
    """

    group: str
    id: str
    label: str
    text: str
    value: Annotated[Quantity | None, BeforeValidator(read_quantity)]
    kind: str


@dataclass(frozen=True)
class ChartPart(PrintedValue):
    """A figure that a chart draws; where there is no value nothing is drawn."""

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
