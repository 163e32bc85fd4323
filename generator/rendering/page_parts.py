"""A letter's blocks by their place on the page, so that the template only has to set them out."""

from dataclasses import dataclass
from itertools import pairwise

from generator.letter.letter import ComposedBlock, ComposedLetter, Role

Blocks = tuple[ComposedBlock, ...]
_FEW = 5
"""Up to so many columns a table is set with wide ones."""


@dataclass(frozen=True)
class TitledTable:
    """A table under its title."""

    title: ComposedBlock
    block: ComposedBlock

    @property
    def width(self) -> int:
        """How wide it is on paper, in percent of the page.

        Each column is a tenth wide, two tenths in a table of few, so that all tables of a page
        stand on one grid.
        """
        columns = len(self.block.table.cells) if self.block.table else 0
        return min(100, columns * (20 if columns <= _FEW else 10))


@dataclass(frozen=True)
class PageParts:
    """What stands where. The notes stand beside the last table, the others above them."""

    masthead: ComposedBlock
    reference: Blocks
    """The date and the way of delivery."""
    address: Blocks
    salutation: ComposedBlock
    subject: ComposedBlock
    sections: tuple[Blocks, ...]
    closing: Blocks
    report_title: ComposedBlock
    report_period: ComposedBlock
    guide: Blocks
    tables: tuple[TitledTable, ...]
    notes_title: ComposedBlock
    notes: Blocks
    last_table: TitledTable


def page_parts(letter: ComposedLetter) -> PageParts:
    """Sort a letter's blocks by their place."""
    fixed = {block.role: block for block in letter.blocks}
    opening = letter.part("opening")
    report = letter.part("report")
    roles = [block.role for block in report]
    first_table = roles.index(Role.TABLE_TITLE)
    notes = roles.index(Role.NOTES_TITLE)
    tables = tuple(
        TitledTable(title, block)
        for title, block in pairwise(report)
        if title.role is Role.TABLE_TITLE
    )
    return PageParts(
        masthead=fixed[Role.MASTHEAD],
        reference=tuple(b for b in opening if b.role in {Role.DATE, Role.DELIVERY}),
        address=tuple(b for b in opening if b.role is Role.ADDRESS_LINE),
        salutation=fixed[Role.SALUTATION],
        subject=fixed[Role.SUBJECT],
        sections=tuple(letter.sections()),
        closing=letter.part("closing"),
        report_title=fixed[Role.REPORT_TITLE],
        report_period=fixed[Role.REPORT_PERIOD],
        guide=report[2 : min(first_table, notes)],
        tables=tables[:-1],
        notes_title=fixed[Role.NOTES_TITLE],
        notes=report[notes + 1 : -2],
        last_table=tables[-1],
    )
