"""Letters of this program as sides of a comparison: composed now, or made and read by their record.

Both know their wording; where it stands is known of those that are composed.
"""

from collections.abc import Mapping
from pathlib import Path

from generator.edition.figures import Figure
from generator.letter.letter import Block, Letter
from generator.letter.letter_text import LetterSource, LetterText, PrintedFigure, TextBlock
from generator.letter.normalised_wording import values_in
from generator.rendering.record import Record, record_of


def version_of_letter(letter: Letter, path: Path, pages: int | None = None) -> LetterText:
    """A letter that was composed; `path` is its authority's file."""
    figures = {(f.column.group, f.column.id): f for f in letter.figures}
    return _version(record_of(letter), LetterSource.EDITION, path, pages, letter.blocks, figures)


def version_of_record(record: Record, path: Path, pages: int | None = None) -> LetterText:
    """A letter that was made, by the record it carries; `path` is its PDF."""
    return _version(record, LetterSource.RECORD, path, pages, (), {})


def _version(
    record: Record,
    source: LetterSource,
    path: Path,
    pages: int | None,
    blocks: tuple[Block, ...],
    figures: Mapping[tuple[str, str], Figure],
) -> LetterText:
    passages = []
    for number, recorded in enumerate(record.blocks):
        if recorded.group is not None or recorded.role == "table_title":
            continue
        block = blocks[number] if blocks else None
        passages.append(
            TextBlock(
                part=recorded.address.rpartition("/")[0],
                role=recorded.role,
                text=recorded.text,
                wording=recorded.wording,
                values=_values(block) if block else values_in(recorded.wording, recorded.text),
                origin=recorded.origin,
                insert=recorded.insert,
                place=block.place if block else None,
            )
        )
    printed = tuple(
        PrintedFigure(
            group=figure.group,
            id=figure.id,
            label=figure.label,
            text=figure.text,
            value=figure.value,
            kind=figure.kind,
            place=figures[figure.group, figure.id].place if figures else None,
            head=figure.head,
        )
        for figure in record.figures
    )
    groups = list(dict.fromkeys(figure.group for figure in record.figures))
    titles = [block.text for block in record.blocks if block.role == "table_title"]
    return LetterText(
        slug=record.slug,
        authority=record.authority,
        source=source,
        path=path,
        year=record.year,
        passages=tuple(passages),
        figures=printed,
        titles=dict(zip(groups, titles, strict=False)),
        pages=pages,
    )


def _values(block: Block) -> tuple[tuple[str, str], ...]:
    return tuple((run.name, run.text) for run in block.runs if run.name)
