"""The files that an export writes, as data: nothing is written here."""

from collections.abc import Iterator, Sequence

from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.letter.compose import typeset
from generator.rendering.record import FIGURES_FILE, figures_table
from generator.spreadsheets.figures_workbook import figures_workbook

WORKBOOK_FILE = "figures.xlsx"


def export_files(edition: Edition, authorities: Sequence[Authority]) -> dict[str, bytes]:
    """By name: all figures as one table, as each letter's PDF carries its own, and a workbook."""
    return {
        FIGURES_FILE: figures_table(_rows(authorities)),
        WORKBOOK_FILE: figures_workbook(edition, authorities),
    }


def _rows(
    authorities: Sequence[Authority],
) -> Iterator[tuple[str, str, str, str, str, int | str | None]]:
    for authority in authorities:
        for figures in authority.figures.values():
            for figure in figures:
                column = figure.column
                names = (column.group, column.id, typeset(column.label), column.kind.name)
                yield authority.slug, *names, column.kind.csv_value(figure.value)
