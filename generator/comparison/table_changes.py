"""What differs in the tables themselves: which there are, where, what they say in which order."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.comparison.block_changes import action_of, whole_passage
from generator.comparison.changes import EDITION, FIGURES, WORDING, Cause, Change, ChangeType
from generator.comparison.edition_context import LetterPair, figures_of
from generator.comparison.words import longest_rising
from generator.edition.operands import Address
from generator.letter.letter import Block, Letter, PrintedFigure
from generator.letter.markup import plain, plain_letters
from generator.problems import Place


def column_change(
    before: PrintedFigure | None,
    after: PrintedFigure | None,
    places: tuple[Place | None, Place | None],
    cause: Cause = FIGURES,
    table: str = "",
) -> Change:
    """The change of a column that came, went or stands elsewhere, told by its label."""
    return Change(
        action_of(before, after),
        cause,
        removed=plain(before.label) if before else "",
        added=plain(after.label) if after else "",
        before=before,
        after=after,
        table=table,
        place_before=places[0],
        place_after=places[1],
    )


def reworded(
    removed: str,
    added: str,
    before: PrintedFigure | Block,
    after: PrintedFigure | Block,
    places: tuple[Place | None, Place | None] | None = None,
    cause: Cause = WORDING,
) -> Change:
    """The change of a label, a title or whatever says something else; by default, where it is."""
    places = places or (before.place, after.place)
    return Change(
        ChangeType.CHANGED,
        cause,
        removed=plain(removed),
        added=plain(added),
        before=before,
        after=after,
        place_before=places[0],
        place_after=places[1],
    )


def titles(sides: LetterPair) -> Iterator[Change]:
    """The tables of both years that have another title."""
    for group, title in sides.after.titles.items():
        old = sides.before.titles.get(group, "")
        if old and title and plain_letters(old) != plain_letters(title):
            before = Block(group, "table_title", old, place=sides.old.titles.get(group))
            after = Block(group, "table_title", title, place=sides.new.titles.get(group))
            yield reworded(old, title, before, after)


def other_tables(sides: LetterPair) -> Iterator[Change]:
    """The tables that came, went or stand elsewhere, and those that are set otherwise."""
    old, new = sides.before.tables, sides.after.tables
    if not _both_known(sides):
        return
    for name in (name for name in old if name not in new):
        yield whole_passage(_block(name, sides.before, sides.old.titles), None, sides)
    for name in (name for name in new if name not in old):
        yield whole_passage(None, _block(name, sides.after, sides.new.titles), sides)
    both = [name for name in new if name in old]
    stayed = [name for name in both if new[name].part == old[name].part]
    order = list(old)
    kept = {stayed[n] for n in longest_rising([order.index(name) for name in stayed])}
    for name in both:
        before = _block(name, sides.before, sides.old.titles)
        after = _block(name, sides.after, sides.new.titles)
        if name not in kept:
            yield whole_passage(before, after, sides)
        yield from _set_otherwise(before, after, sides)


def _both_known(sides: LetterPair) -> bool:
    """Whether both letters say which tables they have, as one read from its pages does not."""
    return all(
        side.has_wording and (side.tables or not side.figures)
        for side in (sides.before, sides.after)
    )


def _block(name: str, letter: Letter, places: Mapping[str, Place]) -> Block:
    """A table as a passage: what it is called."""
    table = letter.tables[name]
    called = letter.titles.get(name, name)
    composition = replace(table.composition, wording=called) if table.composition else None
    return Block(
        *(table.part, "table", called, composition, table.place or places.get(name)),
        number=table.number,
        table=table.table,
    )


def _set_otherwise(before: Block, after: Block, sides: LetterPair) -> Iterator[Change]:
    """Other rows of a table, or the same on its side."""
    assert before.table, "only tables come here"
    assert after.table, "only tables come here"
    rows = [
        ", ".join(row.label.replace(letter.authority, "@") for row in table.rows)
        for letter, table in ((sides.before, before.table), (sides.after, after.table))
    ]
    turned = ["on its side" if t.turned else "upright" for t in (before.table, after.table)]
    for gone, new in (rows, turned):
        if gone != new:
            yield reworded(gone, new, before, after, cause=EDITION)


def explained_by_tables(sides: LetterPair) -> set[Address]:
    """The figures that came or went with a whole table."""
    if not _both_known(sides):
        return set()
    old, new = _columns(sides.before), _columns(sides.after)
    gone = {a for name in old.keys() - new.keys() for a in old[name]}
    came = {a for name in new.keys() - old.keys() for a in new[name]}
    in_both = {a for name in old.keys() & new.keys() for a in (*old[name], *new[name])}
    return (gone | came) - in_both


def _columns(letter: Letter) -> dict[str, list[Address]]:
    """The figures that stand in each table, in order."""
    return {
        name: [(column.group, column.id) for column in block.table.columns]
        for name, block in letter.tables.items()
        if block.table
    }


def other_columns(sides: LetterPair) -> Iterator[Change]:
    """The columns that stand elsewhere in their table; those that came to a table or left it.

    Of figures that both letters have: those of one alone are changes of figures.
    """
    if not (sides.before.has_wording and sides.after.has_wording):
        return
    old_figures, new_figures = figures_of(sides.before), figures_of(sides.after)
    old = _columns(sides.before) if _both_known(sides) else {"": list(old_figures)}
    new = _columns(sides.after) if _both_known(sides) else {"": list(new_figures)}
    for name in (name for name in new if name in old):
        both = [address for address in new[name] if address in old[name]]
        kept = longest_rising([old[name].index(address) for address in both])
        moved = {address for number, address in enumerate(both) if number not in kept}
        for address in dict.fromkeys((*new[name], *old[name])):
            stays = address in both and address not in moved
            if stays or not {address} <= old_figures.keys() & new_figures.keys():
                continue
            before = old_figures[address] if address in old[name] else None
            after = new_figures[address] if address in new[name] else None
            yield column_change(before, after, sides.column_places(address), EDITION, name)
