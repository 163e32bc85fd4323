"""The trail of a figure: where it is printed, its line, its cell, and how it was worked out."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.edition.authority import Authority
from generator.edition.edition import Column
from generator.edition.figure_kind import FigureKind
from generator.edition.origins import Origins
from generator.edition.yaml_tree import follow
from generator.letter import formats
from generator.lineage.occurrences import Occurrence, printed_in
from generator.problems import Place
from generator.project.load_edition import LoadedEdition


@dataclass(frozen=True)
class Imported:
    """The cell that a figure was imported from, and when."""

    value: int
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
    value: int | None
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
    """Of the counts that a sum or a rate is made of."""
    stated: Place | None
    """Where the authority's file states a sum or a rate, which is checked and not used."""
    printed: tuple[Occurrence, ...]

    @property
    def address(self) -> str:
        """The figure as people name it: `decided.upheld`."""
        return f"{self.group}.{self.id}"

    @property
    def by_hand(self) -> bool:
        """Changed by hand since it was imported."""
        return self.imported is not None and self.imported.value != self.value


def trail_of(
    loaded: LoadedEdition, origins: Origins, slug: str, group: str, id_: str
) -> FigureProvenance:
    """Follow a figure of an edition that was prepared back to where it came from.

    Pure: `origins` are what `generator.edition.origins.read_origins` gives for the edition, and
    what was made of the letter is told by `generator.lineage.pdf_pages.find_pages`. Raises
    `KeyError` where there is no such authority, its file has an error, or the edition has no such
    figure.
    """
    authority = loaded.data.authorities[slug]
    figure = authority.figure(group, id_)
    column = figure.column
    composed = loaded.letters.get(slug)
    parts = tuple(trail_of(loaded, origins, slug, group, part) for part in column.needs)
    language = loaded.edition.language if loaded.edition else "en"
    return FigureProvenance(
        slug=slug,
        authority=authority.name,
        group=group,
        id=id_,
        label=column.label,
        kind=column.kind,
        value=figure.value,
        text=formats.figure(figure, language),
        place=figure.place,
        imported=imported_from(origins, slug, f"{group}.{id_}"),
        rule=rule_in_words(column),
        parts=parts,
        stated=_stated(authority, column),
        printed=printed_in(composed.letter, group, id_) if composed else (),
    )


def imported_from(origins: Origins, slug: str, address: str) -> Imported | None:
    """The cell a figure was imported from; None where it was not."""
    found = origins.of(slug, address)
    if found is None:
        return None
    cell, file = found
    return Imported(cell.value, file.name, file.sha256, cell.cell, file.imported)


def rule_in_words(column: Column, labels: Mapping[str, str] = MappingProxyType({})) -> str:
    """How a column's figures are worked out; blank for counts, which are given.

    The others of its group are named by their ids, or by these labels.
    """
    numerator = labels.get(column.numerator or "", column.numerator)
    return column.kind.rule(numerator, [labels.get(part, part) for part in column.parts])


def _stated(authority: Authority, column: Column) -> Place | None:
    steps = (column.group, column.id)
    is_there = len(follow(authority.tree, steps).steps) == len(steps)
    return authority.place(*steps) if is_there and not column.kind.is_given else None
