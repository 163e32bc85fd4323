"""On which page of the letter that was made a figure stands, read from its PDF."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator.files.bounded_read import Sort, read_bytes
from generator.letter.letter import Letter
from generator.lineage.figure_provenance import FigureProvenance
from generator.lineage.occurrences import Occurrence
from generator.outputs.manifest import ManifestError, made_file, read_manifest
from generator.outputs.output_files import output_names
from generator.rendering.record import RECORD_FILE, RecordError, read_record
from generator.verification.compared_texts import strip_whitespace
from generator.verification.output_formats import PDF
from generator.verification.reading import ReadLetter, UnreadableError, read_letter
from generator.verification.table_proof import page_of_table


@dataclass(frozen=True)
class MadePages:
    """The pages of the letter that was made, by the addresses of blocks in it."""

    path: Path
    """Its PDF, there or not."""
    pages: dict[str, int] = field(default_factory=dict)
    doubt: str = ""
    """Why the pages are not known, or what is printed is not what the data say now."""


def find_pages(folder: Path, trail: FigureProvenance) -> MadePages:
    """Where a figure stands in the PDF that was made of its letter into this output folder."""
    name = output_names(trail.slug)[PDF.name]
    path = folder / name
    try:
        manifest = read_manifest(folder)
    except ManifestError as error:
        return MadePages(path, doubt=f"the manifest {error}")
    entry = manifest.letters.get(trail.slug) if manifest else None
    if entry is None or name not in entry.files:
        return MadePages(path, doubt="the letter is not made yet")
    try:
        content = read_bytes(path, Sort.LETTER)
        if entry.unfinished or made_file(content) != entry.files[name]:
            return MadePages(path, doubt="the letter is not as it was made; build it again")
        read = read_letter(content)
        record = read_record(read.files[RECORD_FILE])
    except FileNotFoundError:
        return MadePages(path, doubt="the letter is not there any more; build it again")
    except (OSError, UnreadableError, RecordError, KeyError):
        return MadePages(path, doubt="the letter cannot be read; build it again")
    pages = {printed.address: _page(read, record, trail, printed) for printed in trail.printed}
    found = {address: page for address, page in pages.items() if page}
    return MadePages(path, found, _out_of_date(record, trail))


def _page(read: ReadLetter, record: Letter, trail: FigureProvenance, printed: Occurrence) -> int:
    """The page that a place in the letter is on; 0 where it is not found."""
    if printed.table:
        figures = [figure for figure in record.figures if figure.group == trail.group]
        return page_of_table(read.pages, figures)
    blocks = (block.text for block in record.blocks if block.address == printed.address)
    beginning = strip_whitespace(next(blocks, ""))[:BEGINNING]
    numbers = (
        n for n, page in enumerate(read.pages, 1) if beginning in strip_whitespace(page.text)
    )
    return next(numbers, 0) if beginning else 0


BEGINNING = 60
"""So many signs of a paragraph tell it from others; its end may be on the next page."""


def _out_of_date(record: Letter, trail: FigureProvenance) -> str:
    recorded = _texts((f.group, f.id, f.text) for f in record.figures)
    printed = recorded.get((trail.group, trail.id))
    if printed == trail.text:
        return ""
    said = f'"{printed}" is printed there' if printed else "it is not printed there"
    return f"{said}: the letter is out of date; build it again"


def _texts(figures: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    return {(group, id_): text for group, id_, text in figures}
