"""A letter's blocks by their place on the page, so that the template only has to set them out."""

from dataclasses import dataclass, replace
from itertools import pairwise

from generator.letter.letter import ComposedBlock, ComposedLetter
from generator.letter.roles import Role

Blocks = tuple[ComposedBlock, ...]
_FEW = 5
"""Up to so many columns a table is set with wide ones."""
_MOST_BESIDE = 7
"""Up to so many columns a table leaves room for the notes at its side."""


@dataclass(frozen=True)
class TitledTable:
    """A table under its title."""

    title: ComposedBlock
    block: ComposedBlock
    is_last: bool = False

    @property
    def beside_notes(self) -> bool:
        """Whether the notes stand at its side, and not over it."""
        return self.is_last and self._columns <= _MOST_BESIDE

    @property
    def width(self) -> int:
        """How wide it is on paper, in percent of the page.

        Each column is a tenth wide, two tenths in a table of few, so that all tables of a page
        stand on one grid; but one beside the notes leaves room for them.
        """
        width = min(100, self._columns * (20 if self._columns <= _FEW else 10))
        return min(width, max(60, self._columns * 10)) if self.beside_notes else width

    @property
    def _columns(self) -> int:
        return len(self.block.table.cells) if self.block.table else 0


@dataclass(frozen=True)
class PageParts:
    """What stands where. The notes stand beside the last table, or over a wide one."""

    draft: ComposedBlock | None
    running_head: ComposedBlock | None
    logo: ComposedBlock | None
    masthead: ComposedBlock
    sender: Blocks
    reference: Blocks
    """The reference, the date and the way of delivery."""
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
    footer: ComposedBlock | None
    properties: str
    """What stands on each page, as properties that styles can name in the margins of pages."""


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
        draft=fixed.get(Role.DRAFT),
        running_head=fixed.get(Role.RUNNING_HEAD),
        logo=fixed.get(Role.LOGO),
        masthead=fixed[Role.MASTHEAD],
        sender=tuple(b for b in opening if b.role is Role.SENDER),
        reference=tuple(b for b in opening if b.role in _REFERENCE),
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
        last_table=replace(tables[-1], is_last=True),
        footer=fixed.get(Role.FOOTER),
        properties="; ".join(_property(block) for block in letter.part("each-page")),
    )


_REFERENCE = {Role.REFERENCE, Role.DATE, Role.DELIVERY}
_COUNTERS = {"page.number": "counter(page)", "page.count": "counter(pages)"}


def _property(block: ComposedBlock) -> str:
    """The words of a block as styles write them: `--page-number: "Page " counter(page)`."""
    words = (run.text.replace("\\", "\\\\").replace('"', '\\"') for run in block.runs)
    pairs = zip(block.runs, words, strict=True)
    content = " ".join(_COUNTERS.get(run.name or "", f'"{text}"') for run, text in pairs)
    return f"--{block.role.replace('_', '-')}: {content}"
