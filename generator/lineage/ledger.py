"""The ledger of an edition: every number printed in every letter, and where it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.checks.carried_over import SENTENCE
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.figure_kind import FigureKind
from generator.edition.figures import Figure
from generator.edition.origins import Origins
from generator.letter.letter import ComposedBlock, ComposedLetter, Run
from generator.letter.numbers import numbers_in
from generator.letter.variables import Variables, variables_of
from generator.lineage.figure_provenance import Imported, imported_from
from generator.lineage.literal_numbers import LiteralNumber, known_numbers, to_confirm, typed_in
from generator.problems import Place, Problem
from generator.project.load_edition import LoadedEdition


class NumberSource(StrEnum):
    """Where a printed number comes from."""

    FIGURE = "figure"
    SUM = "sum"
    RATE = "rate"
    FACT = "fact"
    VALUE = "value"
    """Given by an authority to the words of an insert."""
    TYPED = "typed"
    """Typed into the wording."""


def _source_of(kind: FigureKind) -> NumberSource:
    if kind.is_given:
        return NumberSource.FIGURE
    return NumberSource.SUM if kind.is_sum else NumberSource.RATE


@dataclass(frozen=True)
class LedgerEntry:
    """One number in one letter."""

    slug: str
    address: str
    """Of the block in the letter: `complaint-statistics/3`."""
    role: str
    text: str
    """As printed."""
    source: NumberSource
    name: str
    """Of the figure or the fact; for a number that was typed, of the fact that it equals."""
    place: Place
    imported: Imported | None = None
    by_hand: bool = False
    """Changed by hand since it was imported."""
    to_confirm: bool = False
    """It stands in a sentence that is last year's, and nobody has confirmed it."""

    @property
    def note(self) -> str:
        """What a reader should know about it, in words."""
        if self.by_hand and self.imported:
            return f"changed by hand; {self.imported.value} was imported"
        if self.to_confirm:
            return "to be confirmed: its sentence is last year's"
        if self.source is NumberSource.TYPED:
            return f"equals {self.name}" if self.name else "equals no fact of the edition"
        return ""


def ledger_of(loaded: LoadedEdition, origins: Origins) -> Iterator[LedgerEntry]:
    """Every number in every letter of an edition, in reading order, letter by letter.

    Letters whose authority's file has an error are missing.
    """
    edition = loaded.edition
    unconfirmed = [problem for problem in loaded.problems if problem.kind == SENTENCE]
    for slug, composed in loaded.letters.items() if edition else ():
        assert edition is not None, "without an edition there are no letters"
        letter = _Ledger(edition, loaded.data.authorities[slug], origins, unconfirmed)
        yield from letter.entries(composed.letter)


class _Ledger:
    """Goes through one letter."""

    def __init__(
        self,
        edition: Edition,
        authority: Authority,
        origins: Origins,
        unconfirmed: Sequence[Problem],
    ) -> None:
        self.edition, self.authority, self.origins = edition, authority, origins
        self.unconfirmed = unconfirmed
        self.facts: Variables = variables_of(edition, authority)
        self.known = known_numbers(edition)

    def entries(self, letter: ComposedLetter) -> Iterator[LedgerEntry]:
        for block in letter.blocks:
            found = [(number.at, self._typed(number, block)) for number in typed_in(block)]
            at = 0
            for run in block.runs:
                if run.name and any(numbers_in(run.text)):
                    found.append((at, self._filled_in(run.name, run, block)))
                at += len(run.text)
            yield from (entry for _, entry in sorted(found, key=lambda each: each[0]))
            for cell in block.table.cells if block.table else ():
                yield self._printed(cell.figure, cell.text, block)

    def _typed(self, number: LiteralNumber, block: ComposedBlock) -> LedgerEntry:
        return LedgerEntry(
            slug=self.authority.slug,
            address=block.address,
            role=block.role,
            text=number.text,
            source=NumberSource.TYPED,
            name=self.known.get(number.text, ""),
            place=number.place,
            to_confirm=to_confirm(number, block, self.unconfirmed),
        )

    def _filled_in(self, name: str, run: Run, block: ComposedBlock) -> LedgerEntry:
        """A number that a placeholder has brought."""
        for figures in self.authority.figures.values():
            for figure in figures:
                if name == f"authority.{figure.column.group}.{figure.column.id}":
                    return self._printed(figure, run.text, block)
        place, source = block.place, NumberSource.VALUE
        if name in self.facts:
            place, source = self.facts[name].place, NumberSource.FACT
        else:
            chosen = (c.place for c in self.authority.inserts if c.insert == block.insert)
            place = next(chosen, place)
        slug = self.authority.slug
        return LedgerEntry(slug, block.address, block.role, run.text, source, name, place)

    def _printed(self, figure: Figure, text: str, block: ComposedBlock) -> LedgerEntry:
        address = f"{figure.column.group}.{figure.column.id}"
        imported = imported_from(self.origins, self.authority.slug, address)
        return LedgerEntry(
            slug=self.authority.slug,
            address=block.address,
            role=block.role,
            text=text,
            source=_source_of(figure.column.kind),
            name=address,
            place=figure.place,
            imported=imported,
            by_hand=imported is not None and imported.value != figure.value,
        )
