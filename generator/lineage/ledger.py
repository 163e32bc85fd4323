"""The ledger of an edition: every number printed in every letter, and where it comes from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checks.date_checks import SENTENCE
from generator.edition import formats
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.figure_kinds import figure_kinds
from generator.edition.figures import Figure
from generator.edition.origins import Origins
from generator.letter.figures_in_letters import figure_of
from generator.letter.letter import ComposedBlock, ComposedLetter, Run
from generator.letter.numbers import named_in, numbers_in
from generator.letter.variables import Variables, variables_of
from generator.lineage.figure_provenance import Imported, imported_from
from generator.plain_text import single_spaced
from generator.problems import Place, Problem
from generator.project.load_edition import LoadedEdition
from generator.rendering.record import csv_table


@dataclass(frozen=True)
class LiteralNumber:
    """A number that stands in the wording itself."""

    text: str
    place: Place
    at: int
    """Where it begins in the text of its block."""


def typed_in(block: ComposedBlock) -> Iterator[LiteralNumber]:
    """The numbers in a block that no placeholder has brought there."""
    text = "".join(" " * len(run.text) if run.name else run.text for run in block.runs)
    seen: dict[str, int] = {}
    for found in numbers_in(text):
        number = found[0]
        seen[number] = seen.get(number, 0) + 1
        yield LiteralNumber(number, _place(block, number, seen[number]), found.start())
    labels: list[tuple[str, Place]] = []
    if block.table is not None:
        heads = [cell.column for cell in block.table.rows[0].cells]
        labels += [(said, c.place) for c in heads for said in (c.label, c.header_group) if said]
        labels += [(row.label, block.place) for row in block.table.rows]
    if block.chart is not None:
        labels += [(part.label, block.place) for part in block.chart.parts]
    for label, place in labels:
        yield from (LiteralNumber(found[0], place, 0) for found in numbers_in(label))


def _place(block: ComposedBlock, number: str, occurrence: int) -> Place:
    """Where a number stands in the file: the same one of those that are alike in the source."""
    for found in numbers_in(block.wording):
        occurrence -= found[0] == number
        if not occurrence:
            before = block.wording[: found.start()]
            lines = before.count("\n")
            column = len(before) - before.rfind("\n")
            first = block.place.column + column - 1
            return replace(
                block.place, line=block.place.line + lines, column=column if lines else first
            )
    return block.place


def known_numbers(edition: Edition) -> Mapping[str, str]:
    """The numbers that are facts of an edition, as they may be typed, and the facts' names."""
    end, year = edition.period_end, edition.year
    known = {str(year): "edition.year"}
    known.setdefault(str(end.year), "edition.period_end")
    known.setdefault(str(edition.letter_date.year), "edition.letter_date")
    first = end.year - 1 if (end.month, end.day) != (12, 31) else end.year
    for dash in ("-", "–", "/"):
        for last in (str(end.year), f"{end.year % 100:02}"):
            known[f"{first}{dash}{last}"] = "edition.period_end"
    for group, figures in edition.national.items():
        for column, value in figures.items():
            if value is not None:
                for text in (str(value), formats.number(value, edition.language)):
                    known.setdefault(text, f"edition.national.{group}.{column}")
    return known


def to_confirm(number: LiteralNumber, block: ComposedBlock, unconfirmed: Iterable[Problem]) -> bool:
    """Whether a number stands in one of these sentences that were carried over."""
    wording = single_spaced(block.wording)
    return any(
        sentence.place.path == number.place.path
        and sentence.subject is not None
        and sentence.subject in wording
        and number.text in [named[0] for named in named_in(sentence.subject)]
        for sentence in unconfirmed
    )


FACT = "fact"
VALUE = "value"
"""Given by an authority to the words of an insert."""
TYPED = "typed"
"""Typed into the wording."""


def number_sources() -> tuple[str, ...]:
    """Where a printed number may come from: what the kinds of figures say, or else."""
    return (*(kind.source for kind in figure_kinds()), FACT, VALUE, TYPED)


@dataclass(frozen=True)
class LedgerEntry:
    """One number in one letter."""

    slug: str
    address: str
    """Of the block in the letter: `next-steps/3`."""
    role: str
    text: str
    """As printed."""
    source: str
    """One of `number_sources`."""
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
        if self.source == TYPED:
            return f"equals {self.name}" if self.name else "equals no fact of the edition"
        return ""


def ledger_of(loaded: LoadedEdition, origins: Origins) -> Iterator[LedgerEntry]:
    """Every number in every letter of an edition, in reading order, letter by letter.

    Letters whose authority's file has an error are missing.
    """
    unconfirmed = [problem for problem in loaded.problems if problem.kind == SENTENCE]
    for slug, composed in loaded.letters.items():
        letter = _Ledger(loaded.editions[slug], loaded.authorities[slug], origins, unconfirmed)
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
        self.variables: Variables = variables_of(edition, authority)
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
            for row in block.table.rows if block.table else ():
                for cell in row.cells:
                    yield self._printed(cell.figure, cell.text, block, row.row)
            for part in block.chart.parts if block.chart else ():
                yield self._printed(
                    figure_of(self.authority, part.row, part.group, part.id),
                    part.text,
                    block,
                    part.row,
                )

    def _typed(self, number: LiteralNumber, block: ComposedBlock) -> LedgerEntry:
        known = self.known.get(number.text, "")
        waits = to_confirm(number, block, self.unconfirmed)
        return LedgerEntry(
            *self._in(block), number.text, TYPED, known, number.place, to_confirm=waits
        )

    def _filled_in(self, name: str, run: Run, block: ComposedBlock) -> LedgerEntry:
        """A number that a placeholder has brought."""
        for figure in self.authority.all_figures():
            if name == f"authority.{figure.column.group}.{figure.column.id}":
                return self._printed(figure, run.text, block)
        place, source = block.place, VALUE
        if name in self.variables:
            place, source = self.variables[name].place, FACT
        else:
            chosen = (c.place for c in self.authority.inserts if c.insert == block.insert)
            place = next(chosen, place)
        return LedgerEntry(*self._in(block), run.text, source, name, place)

    def _printed(
        self, figure: Figure, text: str, block: ComposedBlock, row: str = ""
    ) -> LedgerEntry:
        address = f"{figure.column.group}.{figure.column.id}"
        if row:
            name, place = f"{row}.{address}", figure.place
            return LedgerEntry(
                self.authority.slug, block.address, block.role, text, FACT, name, place
            )
        imported = imported_from(self.origins, self.authority.slug, address)
        by_hand = imported is not None and imported.value != figure.value
        source = figure.column.kind.source
        return LedgerEntry(*self._in(block), text, source, address, figure.place, imported, by_hand)

    def _in(self, block: ComposedBlock) -> tuple[str, str, str]:
        return self.authority.slug, block.address, block.role


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
            *(e.slug, e.address, e.role, e.text, e.source, e.name),
            *(shown(e.place.path), e.place.line or "", e.place.column or "", e.note),
            *((cell.file, cell.cell, cell.sha256, cell.day) if cell else ("", "", "", "")),
        )
