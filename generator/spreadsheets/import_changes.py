"""What an import changes in an authority's file: its figures, and what follows them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.edition.edit_yaml import quote_scalar
from generator.edition.edition import Edition
from generator.edition.figure_kind import Quantity
from generator.edition.figures import Figures
from generator.edition.operands import Address
from generator.edition.yaml_tree import YamlScalar
from generator.problems import Place
from generator.spreadsheets.details import Steps
from generator.spreadsheets.headers import COPIES, KIND
from generator.spreadsheets.known_authorities import KnownAuthority
from generator.spreadsheets.readings import GroupReading


@dataclass(frozen=True)
class ImportChange:
    """A value in an authority's file that becomes another, and the cell that says so."""

    slug: str
    steps: Steps
    before: str
    """Blank where nothing was said, `null` where a figure was not yet supplied."""
    after: str
    written: str
    """What it becomes, as the file has it."""
    cell: Place
    follows: bool = False
    """A stated sum or rate, which follows the figures it is made of."""
    by_hand: bool = False
    """What it replaces was changed by hand since it was imported."""

    @property
    def name(self) -> str:
        """What changes: `decided.upheld`."""
        return ".".join(self.steps)

    @property
    def is_detail(self) -> bool:
        """The kind of the authority, or one to whom a copy goes."""
        return self.steps[0] in (KIND, COPIES)

    @property
    def is_figure(self) -> bool:
        """A figure, and not a text."""
        return self.steps[0] != "addressee" and not self.is_detail

    @property
    def supplies(self) -> bool:
        """A figure that was not there before."""
        return self.before in ("", "null")


def figure_changes(
    known: KnownAuthority, edition: Edition, readings: Sequence[GroupReading]
) -> list[ImportChange]:
    """The figures that change in an authority's file, and the stated sums and rates that follow."""
    changes = []
    for reading in readings:
        for id_, read in reading.counts.items():
            steps = (reading.group, id_)
            before, after = _said(known, *steps), str(read.value)
            kind = edition.column(steps).kind
            if before != after and not kind.states_the_same(before, after):
                changes.append(_change(known, steps, before, after, read.place))
    rows = {reading.group: reading.row.place for reading in readings}
    stated = sums_and_rates(edition, given_after(known, edition, readings))
    for column in edition.columns():
        before = _said(known, *column.address)
        groups = (column.group, *(group for group, _ in column.sources))
        place = next((rows[group] for group in groups if group in rows), None)
        text = stated.get(column.address)
        if text is None or place is None or known.node(*column.address) is None:
            continue
        if not column.kind.states_the_same(before, text):
            changes.append(_change(known, column.address, before, text, place, follows=True))
    order = list(edition.figures)
    return sorted(changes, key=lambda change: order.index(change.steps[0]))


def _change(
    known: KnownAuthority,
    steps: Steps,
    before: str,
    after: str,
    cell: Place,
    *,
    follows: bool = False,
) -> ImportChange:
    written = written_figure(after)
    return ImportChange(known.slug, steps, before, after, written, cell, follows=follows)


def written_figure(value: str) -> str:
    """A figure, or what stands for one, as a file has it."""
    return value if re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) else quote_scalar(value)


def given_after(
    known: KnownAuthority | None, edition: Edition, readings: Iterable[GroupReading]
) -> dict[Address, Quantity | None]:
    """The given figures of an authority after an import: what its file had, and what rows say."""
    given: dict[Address, Quantity | None] = {}
    for column in edition.columns() if known else ():
        if known is not None and column.kind.is_given:
            given[column.address] = column.kind.read_stated(_said(known, *column.address))
    for reading in readings:
        given |= reading.values
    return given


def sums_and_rates(
    edition: Edition, given: Mapping[Address, Quantity | None]
) -> dict[Address, str]:
    """The sums and rates that given figures tell, as an authority's file states them."""
    figures = Figures(edition, given, {})
    return {
        address: figure.column.state(figure.value)
        for address, figure in figures.items()
        if figure.supplied and not figure.column.kind.is_given
    }


def _said(known: KnownAuthority, *steps: str) -> str:
    node = known.node(*steps)
    return node.text if isinstance(node, YamlScalar) else ""
