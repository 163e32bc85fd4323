"""What a report shows, in its order: what many letters share, then what is peculiar to each."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from generator.comparison.changes import (
    Cause,
    Change,
    ChangeType,
    Compared,
    Comparison,
    FigureRow,
    SharedChange,
)
from generator.letter.letter import Block, PrintedFigure
from generator.reports.descriptions import differs


@dataclass(frozen=True)
class OwnChanges:
    """What is peculiar to a letter."""

    compared: Compared
    words: tuple[Change, ...]
    figures: Mapping[str, tuple[FigureRow, ...]]
    """Those that differ, by the title of their table."""


@dataclass(frozen=True)
class Outline:
    """A comparison as its reader meets it."""

    slugs: tuple[str, ...]
    """The letters compared, each once."""
    changed: tuple[str, ...]
    """Those of them that differ."""
    shared: tuple[SharedChange, ...]
    """What several letters have in common."""
    letters: tuple[OwnChanges, ...]
    """The letters with something of their own."""
    figures: tuple[FigureRow, ...]
    """The rows of the table of figures that differ."""


def by_passage(entries: Iterable[SharedChange]) -> tuple[tuple[SharedChange, ...], ...]:
    """Shared changes, with those together that one glance at a passage shows.

    They are in the same passage, of the same letters, and for the same reason.
    """
    groups: dict[Hashable, list[SharedChange]] = defaultdict(list)
    for entry in entries:
        groups[_passage(entry.change), entry.slugs, entry.exceptions].append(entry)
    return tuple(map(tuple, groups.values()))


def changes_by_passage(changes: Iterable[Change]) -> tuple[tuple[Change, ...], ...]:
    """The same of the changes of one letter."""
    groups: dict[Hashable, list[Change]] = defaultdict(list)
    for change in changes:
        groups[_passage(change)].append(change)
    return tuple(map(tuple, groups.values()))


def _passage(change: Change) -> Hashable:
    """What changes have in common that are shown together; a whole passage stands alone."""
    if change.action is not ChangeType.CHANGED or not isinstance(change.after, Block):
        return id(change)
    kind = (change.cause, change.inferred, change.name, change.marking)
    return (id(change.before), id(change.after), *kind)


def outline(comparison: Comparison) -> Outline:
    """What is shown once, and what is shown letter by letter."""
    shared = tuple(entry for entry in comparison.shared if _is_shared(entry))
    told: dict[str, Counter[Hashable]] = defaultdict(Counter)
    for entry in shared:
        for slug in entry.slugs:
            told[slug][_likeness(entry.change)] += 1
    letters = [_own_changes(each, told[each.slug].copy()) for each in comparison.letters]
    return Outline(
        slugs=tuple(dict.fromkeys(compared.slug for compared in comparison.letters)),
        changed=tuple(dict.fromkeys(c.slug for c in comparison.letters if c.changes)),
        shared=shared,
        letters=tuple(own for own in letters if own.words or own.figures),
        figures=tuple(row for row in comparison.figures if differs(row)),
    )


def _is_shared(entry: SharedChange) -> bool:
    """Whether several letters have a change for one reason, and not by chance.

    A figure is each authority's own, even where two had the same ones; so is a value in a sentence,
    unless most letters that have the sentence have it.
    """
    number, cause = len(set(entry.slugs)), entry.change.cause
    if number < 2 or _is_figure(entry.change):
        return False
    return cause is not Cause.DATA or 2 * number > entry.of


def _is_figure(change: Change) -> bool:
    """Whether it is another figure in a column that both years have."""
    is_figure = isinstance(change.after or change.before, PrintedFigure)
    return is_figure and change.cause is Cause.FIGURES and change.action is ChangeType.CHANGED


def _likeness(change: Change) -> Hashable:
    """What makes changes of different letters one, as far as the change itself tells."""
    side = change.after or change.before
    what = side.id if isinstance(side, PrintedFigure) else side and (side.role, side.wording)
    return change.cause, change.action, change.gone, change.new, change.name, change.part, what


def _own_changes(compared: Compared, told: Counter[Hashable]) -> OwnChanges:
    """The changes of a letter but for those already told."""
    words, figures = [], defaultdict(list)
    titles = {**compared.before.titles, **compared.after.titles}
    for change in compared.changes:
        likeness = _likeness(change)
        if told[likeness]:
            told[likeness] -= 1
        elif _is_figure(change):
            row = _figure_row(change, compared)
            figures[titles.get(row.group) or row.group.capitalize()].append(row)
        else:
            words.append(change)
    by_title = {title: tuple(rows) for title, rows in figures.items()}
    return OwnChanges(compared, tuple(words), by_title)


def _figure_row(change: Change, compared: Compared) -> FigureRow:
    before, after = (
        side if isinstance(side, PrintedFigure) else None for side in (change.before, change.after)
    )
    known = after or before
    assert known is not None, "a change of no figure"
    whose = (compared.slug, compared.authority)
    return FigureRow(*whose, known.group, known.id, known.label, before, after)
