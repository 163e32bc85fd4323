"""Figures as a letter prints them: the rows of its tables, the parts of its charts."""

from collections.abc import Iterator

from generator.edition.authority import Authority
from generator.edition.charts import ChartDefinition
from generator.edition.figures import Figure
from generator.edition.tables import OWN, RowDefinition, TableDefinition
from generator.letter.letter import Cell, ComposedRow
from generator.letter.printed_chart import ChartPart, PrintedChart


def typeset(value: str) -> str:
    """A value with its apostrophes set like those of the wording around it."""
    return value.replace("'", "’")


def row_of(
    row: RowDefinition, table: TableDefinition, authority: Authority, language: str
) -> ComposedRow:
    """A row of a table; one that stands alone is called nothing, unless the edition says it."""
    if row.row != OWN:
        compared = (authority.compared[name] for name in _names(row, table))
        cells = tuple(_cell(figure, language) for figure in compared)
        return ComposedRow(label=typeset(row.label), cells=cells, is_own=False)
    label = row.label or (authority.name if len(table.rows) > 1 else "")
    figures = (authority.figure(*column.address) for column in table.columns)
    cells = tuple(_cell(figure, language) for figure in figures)
    return ComposedRow(label=typeset(label), cells=cells)


def compared_names(table: TableDefinition) -> Iterator[str]:
    """The names of what the rows of a table compare with: `last_year.decided.upheld`."""
    for row in table.rows:
        if row.row != OWN:
            yield from _names(row, table)


def _names(row: RowDefinition, table: TableDefinition) -> Iterator[str]:
    return (".".join((row.row, *column.address)) for column in table.columns)


def chart_of(chart: ChartDefinition, authority: Authority, language: str) -> PrintedChart:
    """A chart with the figures of an authority."""
    figures = (authority.figure(*column.address) for column in chart.columns)
    cells = (_cell(figure, language) for figure in figures)
    parts = tuple(ChartPart(c.group, c.id, c.label, c.text, c.value, c.kind) for c in cells)
    return PrintedChart(chart.name, chart.form.value, parts)


def _cell(figure: Figure, language: str) -> Cell:
    """A figure as it is printed in its table."""
    column = figure.column
    return Cell(
        group=column.group,
        id=column.id,
        label=typeset(column.label),
        text=typeset(figure.printed(language)),
        value=figure.value,
        kind=column.kind.name,
        header=typeset(column.header_group or ""),
        place=figure.place,
        figure=figure,
    )
