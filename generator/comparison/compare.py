"""Compare a letter with last year's, and all letters with all: what changed, where, and why."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import fields, replace

from generator.comparison.block_changes import (
    conclude_causes,
    moved_section,
    section_came_or_went,
    whole_passage,
    words_in,
)
from generator.comparison.case_changes import by_condition
from generator.comparison.changes import LAYOUT, Change, ChangeType, Compared, Comparison, explained
from generator.comparison.chart_changes import is_told_as_figure
from generator.comparison.edition_context import (
    NOTHING_KNOWN,
    EditionContext,
    LetterPair,
    background_of_letters,
)
from generator.comparison.figure_changes import figure_changes, figure_rows
from generator.comparison.passages import changes_in_passage
from generator.comparison.words import UNKNOWN, Key, Keys, Pair, align
from generator.edition.edition import Part
from generator.letter.letter import Block, Letter, PrintedFigure
from generator.letter.markup import plain
from generator.letter.printed_table import PrintedTable


def with_ids_of(after: Letter, before: Letter) -> Letter:
    """Last year's letter with this year's ids, where only the id of a column was renamed.

    A column that is in neither year's place by its id, and has the same label in the same table,
    is the same one. A label that stands there twice, or was reworded too, decides nothing.
    """
    old = {(figure.group, figure.id) for figure in before.figures}
    new = {(figure.group, figure.id) for figure in after.figures}
    if old == new:
        return before
    gone = _by_label(figure for figure in before.figures if (figure.group, figure.id) not in new)
    came = _by_label(figure for figure in after.figures if (figure.group, figure.id) not in old)
    ids = {
        (figure.group, figure.id): came[label].id for label, figure in gone.items() if label in came
    }
    if not ids:
        return before
    known = {field.name: getattr(before, field.name) for field in fields(Letter)}
    known["figures"] = tuple(_renamed(figure, ids) for figure in before.figures)
    known["blocks"] = tuple(_with_renamed_columns(block, ids) for block in before.blocks)
    return Letter(**known)  # of a composed letter, the figures are those of its tables


def _by_label(figures: Iterable[PrintedFigure]) -> dict[tuple[str, str, str], PrintedFigure]:
    """Figures by table, kind and label; only those that are alone in that."""
    labelled = [((f.group, f.kind, plain(f.label)), f) for f in figures if f.label]
    count = Counter(label for label, _ in labelled)
    return {label: figure for label, figure in labelled if count[label] == 1}


def _renamed(figure: PrintedFigure, ids: dict[tuple[str, str], str]) -> PrintedFigure:
    id_ = ids.get((figure.group, figure.id))
    return figure if id_ is None else replace(figure, id=id_, former_id=figure.id)


def _with_renamed_columns(block: Block, ids: dict[tuple[str, str], str]) -> Block:
    """A block as it is, but for the columns of its table."""
    if block.table is None:
        return block
    columns = tuple(replace(c, id=ids.get((c.group, c.id), c.id)) for c in block.table.columns)
    table = PrintedTable(columns, block.table.rows, block.table.turned)
    known = {field.name: getattr(block, field.name) for field in fields(Block)}
    return Block(**{**known, "table": table})


def compare_versions(
    before: Letter,
    after: Letter,
    old: EditionContext = NOTHING_KNOWN,
    new: EditionContext = NOTHING_KNOWN,
) -> tuple[Change, ...]:
    """All that differs between two versions of a letter, in the order of the new one.

    `old` and `new` are what is known of the editions beyond the letters.
    """
    before = with_ids_of(after, before)
    sides = LetterPair(before, after, old, new)
    passages = (
        change
        for change in _passage_changes(sides)
        if not is_told_as_figure(change, after) and not sides.redefinition_behind(change.name)
    )
    changes = [*passages, *figure_changes(sides)]
    pages = (before.reading.pages, after.reading.pages)
    if None not in pages and pages[0] != pages[1]:
        changes.append(
            Change(ChangeType.CHANGED, LAYOUT, removed=str(pages[0]), added=str(pages[1]))
        )
    return tuple(explained(by_condition(change, sides), sides) for change in changes)


def _passage_changes(sides: LetterPair) -> Iterator[Change]:
    before, after = sides.before.passages, sides.after.passages
    by_wording = sides.before.has_wording and sides.after.has_wording
    alignment = align(_keys(before, by_wording), _keys(after, by_wording))
    moved_parts = {new for _, new in alignment.moved_parts}
    sections = _sections_that_came_or_went(alignment.pairs, sides)
    for pair in alignment.pairs:
        old = before[pair.before] if pair.before is not None else None
        new = after[pair.after] if pair.after is not None else None
        if old is None or new is None:
            members = sections.get(pair)
            if members:
                yield section_came_or_went(members, sides, came=old is None)
            elif members is None and not _is_lost(new or old, sides.after if old else sides.before):
                yield whole_passage(old, new, sides)
            continue
        if new.part in moved_parts and not pair.moved:
            moved_parts.discard(new.part)
            yield moved_section(old, new, sides)
        if pair.moved:
            yield whole_passage(old, new, sides)
        yield from changes_in_passage(old, new, sides)


def _sections_that_came_or_went(
    pairs: Iterable[Pair], sides: LetterPair
) -> dict[Pair, tuple[Block, ...]]:
    """The passages of each section that only one edition lists, by the pair of the first of them.

    The pairs of the others have none. Inserts are not among them: they have reasons of their own.
    """
    single: dict[tuple[bool, str], list[tuple[Pair, Block]]] = defaultdict(list)
    kept: set[tuple[bool, str | None]] = set()
    for pair in pairs:
        old = sides.before.passages[pair.before] if pair.before is not None else None
        new = sides.after.passages[pair.after] if pair.after is not None else None
        if old and new:
            kept |= set() if pair.moved else {(False, old.part), (True, new.part)}
        elif (only := old or new) and only.part not in _FIXED and only.insert is None:
            if _is_lost(only, sides.after if old else sides.before):
                continue
            single[old is None, only.part or ""].append((pair, only))
    found: dict[Pair, tuple[Block, ...]] = {}
    for (came, part), members in single.items():
        other = sides.old if came else sides.new
        if part and (came, part) not in kept and part not in other.sections:
            found |= {pair: () for pair, _ in members}
            found[members[0][0]] = tuple(passage for _, passage in members)
    return found


_FIXED = {*Part}
"""The parts that every letter has; all others are the edition's sections."""


def _keys(passages: Iterable[Block], by_wording: bool) -> Keys:
    return tuple(
        Key(
            part=passage.part,
            role=passage.role,
            insert=passage.insert if passage.wording is not None else UNKNOWN,
            words=words_in(passage) if by_wording else plain(passage.text),
        )
        for passage in passages
    )


def _is_lost(passage: Block | None, other: Letter) -> bool:
    """Whether a passage has no counterpart only because the other side could not be read."""
    if passage is not None and passage.chart and not other.has_wording:
        return True  # in a letter read from its page or its text a chart is words like others
    return passage is not None and (passage.part, passage.role) in other.reading.lost


def compare_all(
    pairs: Sequence[tuple[Letter, Letter]],
    *,
    year: int,
    against: str,
    old: EditionContext | None = None,
    new: EditionContext | None = None,
    unmatched_new: Iterable[str] = (),
    unmatched_old: Iterable[str] = (),
    only: Container[str] | None = None,
) -> Comparison:
    """Compare letters with their counterparts; equal changes are told once, with their letters.

    `pairs` are last year's and this year's versions; a letter may be in several, with each of its
    predecessors. `old` and `new` are what is known of the editions beyond their letters. Where
    `only` some slugs are asked about, the other letters help to conclude causes, and no more.
    """
    old = old or background_of_letters(before for before, _ in pairs)
    new = new or background_of_letters(after for _, after in pairs)
    compared = []
    for given, after in pairs:
        before = with_ids_of(after, given)
        changes = compare_versions(before, after, old, new)
        compared.append(Compared(after.slug, after.authority, before, after, changes))
    concluded, shared = conclude_causes(compared, only)
    unread: dict[str, list[str]] = defaultdict(list)
    for letter in concluded:
        unread[letter.slug] += letter.before.reading.unread
    return Comparison(
        year=year,
        against=against,
        letters=concluded,
        shared=shared,
        figures=figure_rows(concluded, new),
        added=tuple(unmatched_new),
        removed=tuple(unmatched_old),
        unread={slug: tuple(said) for slug, said in unread.items() if said},
    )
