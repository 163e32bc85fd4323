"""The words of each letter as Typst's template takes them; and a build by our loader and Typst.

    .venv/bin/python -m benchmarks.typst_data WORKSPACE YEAR JSON PDFS PROCESSES

Only letters whose words have changed are set again: that is what a careful office would write
around Typst, were it to read, check and compose with our loader.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.typst_loop import compile_in
from generator.edition.letterhead import Typeface
from generator.letter.letter import ComposedBlock, ComposedLetter, Table
from generator.lineage.earlier_years import load_edition
from generator.rendering.chart_drawing import draw_chart
from generator.rendering.html import page_parts
from generator.rendering.table_settings import TitledTable
from generator.workspace import EditionFolders, Workspace


def write_data(folders: EditionFolders, folder: Path) -> list[Path]:
    """Write each letter's words and figures as JSON, and say whose file has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    loaded = load_edition(folders)
    changed = []
    for slug, composed in loaded.letters.items():
        path, content = folder / f"{slug}.json", json.dumps(letter_data(composed.letter))
        if not path.exists() or path.read_text("utf-8") != content:
            path.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed


def letter_data(letter: ComposedLetter) -> dict[str, Any]:
    """What the template needs of a letter."""
    parts = page_parts(letter)
    return {
        "title": letter.title,
        "author": letter.author,
        "date": [letter.date.year, letter.date.month, letter.date.day],
        "language": letter.language.split("-"),
        "masthead": _block(parts.masthead),
        "reference": _blocks(parts.reference),
        "address": _blocks(parts.address),
        "salutation": _block(parts.salutation),
        "subject": _block(parts.subject),
        "sections": [
            [_block(b, parts.tables.get(b.address)) for b in section if b.role != "table_title"]
            for section in parts.sections
        ],
        "closing": _blocks(parts.closing),
        "report": [
            {
                "titles": _blocks(stretch.titles),
                "words": _blocks(stretch.words),
                "table": _block(stretch.table.block, stretch.table) if stretch.table else None,
                "beside": stretch.is_beside,
            }
            for stretch in parts.report
        ],
    }


def _blocks(blocks: Iterable[ComposedBlock]) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: ComposedBlock, titled: TitledTable | None = None) -> dict[str, Any]:
    title = titled.title.text if titled and titled.title else None
    return {
        "role": block.role,
        "runs": [
            {"text": r.text, "strong": r.strong, "emphasis": r.emphasis, "link": r.link}
            for r in block.runs
        ],
        "title": title,
        "width": titled.width if titled else None,
        "table": _table(titled.table) if titled else None,
        "chart": draw_chart(block.chart, "en-GB", Typeface.LIBERATION_SANS)
        if block.chart
        else None,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "turned": table.turned,
        "row_labels": table.has_row_labels,
        "labels": table.labels,
        "spanning": [{"text": s.text, "columns": s.columns} for s in table.spanning_headers],
        "rows": [
            {
                "label": row.label,
                "cells": [{"text": c.text, "total": c.column.kind.is_sum} for c in row.cells],
            }
            for row in table.rows
        ],
    }


def main(workspace: str, year: str, data: str, output: str, processes: str) -> None:
    """Load an edition, and set the letters whose words have changed."""
    folders = Workspace(Path(workspace)).edition(int(year))
    compile_in(int(processes), Path(output), write_data(folders, Path(data)))


if __name__ == "__main__":
    main(*sys.argv[1:])
