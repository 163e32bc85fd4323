"""Where in a letter a figure is printed: in which table and column, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.letter.letter import ComposedBlock, ComposedLetter, Role


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
    head: str = ""
    """The head that spans the column and others, if any."""
    words: str = ""
    """The paragraph, where it stands in words."""


def printed_in(letter: ComposedLetter, group: str, id_: str) -> tuple[Occurrence, ...]:
    """The places where a letter prints a figure, in reading order."""
    return tuple(_places(letter, group, id_))


def _places(letter: ComposedLetter, group: str, id_: str) -> Iterator[Occurrence]:
    title = ""
    for block in letter.blocks:
        title = block.text if block.role is Role.TABLE_TITLE else title
        for run in block.runs:
            if run.name == f"authority.{group}.{id_}":
                yield Occurrence(block.address, run.text, words=block.text)
        if block.table is not None and block.table.group == group:
            yield from _in_table(block, title, id_)


def _in_table(block: ComposedBlock, title: str, id_: str) -> Iterator[Occurrence]:
    table = block.table
    assert table is not None, "only blocks with a table come here"
    heads = [head.text for head in table.spanning_headers for _ in range(head.columns)]
    for number, cell in enumerate(table.cells, start=1):
        if cell.column.id == id_:
            yield Occurrence(
                address=block.address,
                text=cell.text,
                table=title,
                column=table.labels[number - 1],
                number=number,
                columns=len(table.cells),
                head=heads[number - 1] if heads else "",
            )
