"""The tables of the report on the terminal: the figures, and the letters with their counts."""

from collections.abc import Iterator, Sequence

from generator.comparison.changes import Cause, Comparison
from generator.console import Line
from generator.reports.report_model import ReportedFigure

ROWS = 20
"""How many rows of figures are shown; more are for the page and for programs."""
HEAD = "bold"


def figure_table(rows: Sequence[ReportedFigure]) -> Iterator[Line]:
    """The first rows of figures, and how many more there are; nothing where there are none."""
    if not rows:
        return
    yield from ([], [("FIGURES", HEAD)])
    heads = ("AUTHORITY", "FIGURE", "LAST YEAR", "THIS YEAR", "DIFFERENCE")
    cells = [(row.authority, row.figure, *(text for text, _ in row.cells)) for row in rows[:ROWS]]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    for number, line in enumerate([heads, *cells]):
        padded = [
            f"{cell:<{width}}" if place < 2 else f"{cell:>{width}}"
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield [("  ".join(padded).rstrip(), HEAD if number == 0 else "")]
    if len(rows) > ROWS:
        yield [(f"and {len(rows) - ROWS} more; --html FILE and --json show all.", "")]


def stat_rows(comparison: Comparison) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The heads and the rows of `--stat`: each letter that differs, its changes by cause.

    Letters without a counterpart come last.
    """
    heads = ("AUTHORITY", *(cause.value.upper() for cause in Cause), "ALL")
    rows = []
    for compared in comparison.letters:
        if compared.changes:
            causes = [change.cause for change in compared.changes]
            numbers = [str(causes.count(cause) or "-") for cause in Cause]
            rows.append((compared.slug, *numbers, str(len(causes))))
    nothing = ("-",) * len(Cause)
    rows += [(slug, *nothing, "new") for slug in comparison.new]
    rows += [(name, *nothing, "gone") for name in comparison.gone]
    return heads, rows
