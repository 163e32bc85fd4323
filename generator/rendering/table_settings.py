"""How tables are set: how wide, under which title, beside or below which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from generator.letter.letter import ComposedBlock, Table
from generator.letter.roles import Role

_FEW = 5
"""Up to so many columns a table is set with wide ones."""
_MOST_BESIDE = 7
"""Up to so many columns a table leaves room for the words at its side."""


@dataclass(frozen=True)
class TitledTable:
    """A table, and its title where it has one."""

    title: ComposedBlock | None
    block: ComposedBlock
    table: Table

    @property
    def _columns(self) -> int:
        return len(self.table.lines[0].texts)

    @property
    def _columns_width(self) -> int:
        return self._columns * (20 if self._columns <= _FEW else 10)

    @property
    def _labels_width(self) -> int:
        if not self.table.has_line_labels:
            return 0
        if self.table.turned:
            return 60
        longest = max(len(row.label) for row in self.table.rows)
        # No column is narrower than in the widest table of few with short labels.
        left = 120 - self._columns_width if self._columns <= _FEW else 20
        return max(20, min(left, 10 * ceil(longest / 4.5)))

    @property
    def width(self) -> int:
        """How wide it is on paper, in percent of what words have.

        Each column is a tenth wide, two tenths in a table of few, so that all tables of a page
        stand on one grid; labels before its lines have two tenths more, long ones in a table of few
        what the columns leave or, on its side, six. One beside words leaves room for them.
        """
        width = min(100, self._columns_width + self._labels_width)
        return min(width, max(60, self._columns * 10)) if self.is_beside else width

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside the words before it; a wide one stands below them."""
        return self.table.beside and self._columns <= _MOST_BESIDE

    @property
    def labels_width(self) -> int:
        """How much of that the labels before its lines have, in percent."""
        return 100 * self._labels_width // (self._columns_width + self._labels_width)


@dataclass(frozen=True)
class Stretch:
    """Words of the statistics page, and the table that ends them, below or beside them."""

    titles: tuple[ComposedBlock, ...]
    """The title of the page and the period of its figures, where these words begin with them."""
    words: tuple[ComposedBlock, ...]
    table: TitledTable | None
    """None where words alone end the page."""

    @property
    def is_beside(self) -> bool:
        """Whether the table stands beside the words."""
        return self.table is not None and self.table.is_beside


_TITLES = {Role.REPORT_TITLE, Role.REPORT_PERIOD}


def titled_tables(blocks: Sequence[ComposedBlock]) -> Iterator[TitledTable]:
    """The tables among these blocks, in order."""
    for before, block in zip((None, *blocks), blocks, strict=False):
        if block.table is not None:
            is_title = before is not None and before.role is Role.TABLE_TITLE
            yield TitledTable(before if is_title else None, block, block.table)


def stretches(page: Sequence[ComposedBlock]) -> Iterator[Stretch]:
    """The statistics page, divided after each table."""
    tables = titled_tables(page)
    words: list[ComposedBlock] = []
    for block in page:
        if block.table is not None:
            yield _stretch(words, next(tables))
            words = []
        elif block.role is not Role.TABLE_TITLE:
            words.append(block)
    if words:
        yield _stretch(words, None)


def _stretch(blocks: Sequence[ComposedBlock], table: TitledTable | None) -> Stretch:
    first = next((n for n, b in enumerate(blocks) if b.role not in _TITLES), len(blocks))
    return Stretch(tuple(blocks[:first]), tuple(blocks[first:]), table)
