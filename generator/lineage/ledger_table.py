"""The ledger as CSV: a row for each number in each letter."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator.lineage.ledger import LedgerEntry
from generator.rendering.csv_table import csv_table

HEAD = (
    *("authority", "place", "role", "printed", "source", "name"),
    *("file", "line", "column", "note"),
    *("imported_from", "cell", "sha256", "imported"),
)


def ledger_csv(entries: Iterable[LedgerEntry], shown: Callable[[Path], str]) -> str:
    """The ledger as a text; `shown` gives the paths of files as the reader knows them."""
    return csv_table([HEAD, *_rows(entries, shown)], line_end="\n")


def _rows(
    entries: Iterable[LedgerEntry], shown: Callable[[Path], str]
) -> Iterator[tuple[object, ...]]:
    for e in entries:
        cell = e.imported
        yield (
            *(e.slug, e.address, e.role, e.text, e.source.value, e.name),
            *(shown(e.place.path), e.place.line or "", e.place.column or "", e.note),
            *((cell.file, cell.cell, cell.sha256, cell.day) if cell else ("", "", "", "")),
        )
