"""The ledger as CSV: a row for each number in each letter."""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.tracing.ledger import Entry

HEAD = (
    *("authority", "place", "role", "printed", "source", "name"),
    *("file", "line", "column", "note"),
    *("imported_from", "cell", "sha256", "imported"),
)


def ledger_csv(entries: Iterable[Entry], shown: Callable[[Path], str]) -> str:
    """The ledger as a text; `shown` gives the paths of files as the reader knows them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for e in entries:
        cell = e.imported
        writer.writerow(
            [
                *(e.slug, e.address, e.role, e.text, e.source.value, e.name),
                *(shown(e.place.path), e.place.line or "", e.place.column or "", e.note),
                *((cell.file, cell.cell, cell.sha256, cell.day) if cell else ("", "", "", "")),
            ]
        )
    return text.getvalue()
