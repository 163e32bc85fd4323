"""The trail of a figure: where it is printed, its line, its cell, and how it was worked out."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.edition.authority import Authority
from generator.edition.figure_kind import FigureKind, Quantity
from generator.edition.groups import Column
from generator.edition.origins import Origins
from generator.edition.yaml_tree import follow
from generator.files.bounded_read import Sort, read_bytes
from generator.letter.letter import ComposedLetter, Letter, Table
from generator.letter.variables import sides_of
from generator.outputs.manifest import ManifestError, made_file, output_names, read_manifest
from generator.plain_text import strip_whitespace
from generator.problems import Place
from generator.project.load_edition import LoadedEdition
from generator.rendering.record import RECORD_FILE, RecordError, read_record
from generator.verification.output_formats import PDF
from generator.verification.read_back import ReadLetter
from generator.verification.reading import UnreadableError, read_letter
from generator.verification.table_proof import page_of_table


@dataclass(frozen=True)
class Occurrence:
    """One place in a letter where a figure stands."""

    address: str
    """Of the block in the letter: `report/5`."""
    text: str
    """As it is printed there."""
    table: str = ""
    """The title of the table; blank in words."""
    column: str = ""
    number: int = 0
    """Of the column, from 1."""
    columns: int = 0
    """How many the table has."""
    header: str = ""
    """The head that spans the column and others, if any."""
    words: str = ""
    """The paragraph, where it stands in words."""
    chart: str = ""
    """The title of the chart, or its name, where it is drawn in one; `column` is its label."""


Whose = tuple[str, str, str]
"""A figure: the comparator whose it is, blank for the authority's own, its group and its id."""


def printed_in(letter: ComposedLetter, figure: Whose) -> tuple[Occurrence, ...]:
    """The places where a letter prints a figure, or how far another is from it, in order."""
    return tuple(_places(letter, figure))


def _places(letter: ComposedLetter, figure: Whose) -> Iterator[Occurrence]:
    name = ".".join((figure[0] or "authority", *figure[1:]))
    for block in letter.blocks:
        parts = block.chart.parts if block.chart else ()
        drawn = [part for part in parts if (part.row, part.group, part.id) == figure]
        for run in block.runs:
            if not drawn and run.name and name in sides_of(run.name):
                yield Occurrence(block.address, run.text, words=block.text)
        if block.table is not None:
            title = letter.titles.get(block.table.name, block.table.name)
            yield from _in_table(block.address, block.table, title, figure)
        if block.chart is not None:
            title = letter.chart_titles.get(block.chart.name, block.chart.name)
            for part in drawn:
                yield Occurrence(block.address, part.text, column=part.label, chart=title)


def _in_table(address: str, table: Table, title: str, figure: Whose) -> Iterator[Occurrence]:
    headers = [header.text for header in table.spanning_headers for _ in range(header.columns)]
    for row in table.rows:
        for number, cell in enumerate(row.cells, start=1):
            if (row.row, cell.group, cell.id) == figure:
                yield Occurrence(
                    address=address,
                    text=cell.text,
                    table=title,
                    column=table.labels[number - 1],
                    number=number,
                    columns=len(table.columns),
                    header=headers[number - 1] if headers else "",
                )


@dataclass(frozen=True)
class Imported:
    """The cell that a figure was imported from, and when."""

    value: Quantity
    """What the cell said."""
    file: str
    sha256: str
    cell: str
    day: datetime.date


@dataclass(frozen=True)
class FigureProvenance:
    """All that is known of one figure of one authority."""

    slug: str
    authority: str
    group: str
    id: str
    label: str
    kind: FigureKind
    value: Quantity | None
    """None where it is not yet supplied, and for a rate of nothing."""
    text: str
    """As it is printed."""
    place: Place
    """The line of the authority's file; of a sum or a rate, of the edition's rule for it."""
    imported: Imported | None
    """None for a figure that was written by hand from the beginning, a sum or a rate."""
    rule: str
    """How a sum or a rate is worked out, in words; blank for a count."""
    parts: tuple["FigureProvenance", ...]
    """Of the figures that a sum or a rate is worked out from, of whichever group."""
    stated: Place | None
    """Where the authority's file states a sum or a rate, which is checked and not used."""
    printed: tuple[Occurrence, ...]
    comparator: str = ""
    """Of what an authority is compared with: an average, whose parts are those of all whom it is
    taken over, or an earlier year."""
    composed: bool = True
    """Whether the letter could be composed, so that it is known where it prints the figure."""
    no_letter: str = ""
    """Why the authority gets no letter, where it gets none."""

    @property
    def address(self) -> str:
        """The figure as people name it: `decided.upheld`, `similar.decided.upheld`."""
        return ".".join(filter(None, (self.comparator, self.group, self.id)))

    @property
    def by_hand(self) -> bool:
        """Changed by hand since it was imported."""
        return self.imported is not None and self.imported.value != self.value


def trail_of(
    loaded: LoadedEdition,
    origins: Origins,
    slug: str,
    group: str,
    id_: str,
    comparator: str = "",
) -> FigureProvenance:
    """Follow a figure of an edition that was prepared back to where it came from.

    Or what a comparator has beside it: an average to the cells of all that it is made of.

    Pure: `origins` are what `generator.edition.origins.read_origins` gives for the edition, and
    what was made of the letter is told by `generator.lineage.figure_provenance.find_pages`. Raises
    `KeyError` where there is no such authority, its file has an error, or the edition has no such
    figure.
    """
    authority = loaded.authorities[slug]
    figure = authority.figure(group, id_)
    column = figure.column
    composed = loaded.letters.get(slug)
    parts = tuple(trail_of(loaded, origins, slug, *part) for part in column.needs)
    language = loaded.editions[slug].language
    own = FigureProvenance(
        slug=slug,
        authority=authority.name,
        group=group,
        id=id_,
        label=column.label,
        kind=column.kind,
        value=figure.value,
        text=figure.printed(language),
        place=figure.place,
        imported=imported_from(origins, authority.slug, f"{group}.{id_}"),
        rule="" if column.kind.is_given else column.rule(),
        parts=parts,
        stated=_stated(authority, column),
        printed=printed_in(composed.letter, ("", group, id_)) if composed else (),
        composed=composed is not None,
        no_letter=loaded.without_letter.get(slug, ""),
    )
    return _beside(own, loaded, origins, comparator) if comparator else own


def _beside(
    own: FigureProvenance, loaded: LoadedEdition, origins: Origins, comparator: str
) -> FigureProvenance:
    """What a comparator has beside a figure."""
    authority, edition = loaded.data.authorities[own.slug], loaded.edition
    figure = authority.compared[f"{comparator}.{own.address}"]
    composed = loaded.letters.get(own.slug)
    comparisons = loaded.data.comparisons
    assert edition is not None, "an authority is read by its edition"
    place, members = figure.place, list[Authority]()
    if comparisons is not None and comparator in edition.comparators:
        place = comparisons.given_at(comparator, figure.column, authority) or place
        members = comparisons.members(comparator, authority)
    is_known = comparator in edition.comparators
    said = edition.comparators[comparator].rule(edition.year) if is_known else "as it is published"
    return replace(
        own,
        value=figure.value,
        text=figure.printed(edition.language),
        place=place,
        imported=None,
        rule=said,
        parts=tuple(trail_of(loaded, origins, m.slug, own.group, own.id) for m in members),
        stated=None,
        printed=printed_in(composed.letter, (comparator, own.group, own.id)) if composed else (),
        comparator=comparator,
    )


def imported_from(origins: Origins, slug: str, address: str) -> Imported | None:
    """The cell a figure was imported from; None where it was not."""
    found = origins.of(slug, address)
    if found is None:
        return None
    cell, file = found
    return Imported(cell.value, file.name, file.sha256, cell.cell, file.imported)


def _stated(authority: Authority, column: Column) -> Place | None:
    steps = (column.group, column.id)
    is_there = len(follow(authority.tree, steps).steps) == len(steps)
    return authority.place(*steps) if is_there and not column.kind.is_given else None


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
    if trail.no_letter:
        return MadePages(path)
    try:
        manifest = read_manifest(folder)
    except ManifestError as error:
        return MadePages(path, doubt=f"the manifest {error}")
    entry = manifest.letters.get(trail.slug) if manifest else None
    if entry is None or name not in entry.files:
        return MadePages(path, doubt="the letter has not been built yet")
    try:
        content = read_bytes(path, Sort.LETTER)
        if entry.unfinished or made_file(content) != entry.files[name]:
            return MadePages(
                path, doubt="the letter was changed after it was built; build it again"
            )
        read = read_letter(content)
        record = read_record(read.files[RECORD_FILE])
    except FileNotFoundError:
        return MadePages(path, doubt="the letter no longer exists; build it again")
    except (OSError, UnreadableError, RecordError, KeyError):
        return MadePages(path, doubt="the letter cannot be read; build it again")
    pages = {printed.address: _page(read, record, printed) for printed in trail.printed}
    found = {address: page for address, page in pages.items() if page}
    return MadePages(path, found, _out_of_date(record, trail))


def _page(read: ReadLetter, record: Letter, printed: Occurrence) -> int:
    """The page that a place in the letter is on; 0 where it is not found."""
    block = next((each for each in record.blocks if each.address == printed.address), None)
    if block is None:
        return 0
    if printed.table:
        return page_of_table(read.pages, block.table) if block.table else 0
    if block.chart:
        return page_of_table(read.pages, block.chart.as_table)
    beginning = strip_whitespace(block.text)[:BEGINNING]
    numbers = (
        n for n, page in enumerate(read.pages, 1) if beginning in strip_whitespace(page.text)
    )
    return next(numbers, 0) if beginning else 0


BEGINNING = 60
"""So many signs of a paragraph tell it from others; its end may be on the next page."""


def _out_of_date(record: Letter, trail: FigureProvenance) -> str:
    if trail.comparator:
        there = {b.address: b.text + (b.chart.words if b.chart else "") for b in record.blocks}
        same = all(each.text in there.get(each.address, "") for each in trail.printed)
        return "" if same else "other figures are printed there: build the letter again"
    recorded = {(figure.group, figure.id): figure.text for figure in record.figures}
    printed = recorded.get((trail.group, trail.id))
    words = {block.address: block.text for block in record.blocks}
    if not any(each.table for each in trail.printed) and printed is None:
        same = all(words.get(each.address) == each.words for each in trail.printed)
        return "" if same else "other words are printed there: build the letter again"
    if printed == trail.text:
        return ""
    said = f'"{printed}" is printed there' if printed else "it is not printed there"
    return f"{said}: the letter is out of date; build it again"
