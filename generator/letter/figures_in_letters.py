"""Figures as a letter prints them: the rows of its tables, the parts of its charts."""

from collections.abc import Iterator
from itertools import product

from generator.edition.authority import Authority
from generator.edition.charts import ChartDefinition
from generator.edition.figures import Figure
from generator.edition.tables import OWN, RowDefinition, TableDefinition
from generator.letter.letter import Cell, ComposedRow
from generator.letter.printed_table import ChartPart, PrintedChart


def typeset(value: str) -> str:
    """A value with its apostrophes set like those of the wording around it."""
    return value.replace("'", "’")


def row_of(
    row: RowDefinition, table: TableDefinition, authority: Authority, language: str
) -> ComposedRow:
    """A row of a table; one that stands alone is called nothing, unless the edition says it."""
    figures = (figure_of(authority, _compared(row), *column.address) for column in table.columns)
    cells = tuple(_cell(figure, language) for figure in figures)
    label = row.label or (authority.name if len(table.rows) > 1 else "")
    return ComposedRow(label=typeset(label), cells=cells, row=_compared(row))


def _compared(row: RowDefinition) -> str:
    """The comparator whose row it is; blank for the authority's own."""
    return "" if row.row == OWN else row.row


def figure_of(authority: Authority, row: str, group: str, id_: str) -> Figure:
    """A figure in a row: a comparator's, or one of the authority's own where it names none."""
    return authority.compared[f"{row}.{group}.{id_}"] if row else authority.figure(group, id_)


def compared_names(placed: TableDefinition | ChartDefinition) -> Iterator[str]:
    """The names of what its rows compare with: `last_year.decided.upheld`."""
    for row in placed.rows:
        if row.row != OWN:
            yield from (".".join((row.row, *column.address)) for column in placed.columns)


def chart_of(chart: ChartDefinition, authority: Authority, language: str) -> PrintedChart:
    """A chart with the figures of an authority, and of those that it is compared with.

    Where there is none, its label stands with the word for it and without a bar: never nought.
    """
    parts = []
    for column, row in product(chart.columns, chart.rows):
        cell = _cell(figure_of(authority, _compared(row), *column.address), language)
        whose = typeset(row.label or authority.name)
        label = whose if len(chart.columns) == 1 else f"{cell.label}: {whose}"
        label = label if len(chart.rows) > 1 else cell.label
        shown = (cell.group, cell.id, label, cell.text, cell.value, cell.kind)
        parts.append(ChartPart(*shown, row=_compared(row)))
    return PrintedChart(chart.name, chart.form.value, tuple(parts))


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
