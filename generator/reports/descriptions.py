"""What the reports say of a change, in words for people and among the words around it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.comparison.block_changes import NEXT
from generator.comparison.changes import (
    EDITION,
    YEARS,
    Change,
    ChangeType,
    Comparison,
    FigureRow,
    SharedChange,
    SideNames,
)
from generator.comparison.passages import ROLE, fill
from generator.comparison.words import Edit, Span, WordMark, Words, wording_words, words_of
from generator.console import ShowPath, shown_path
from generator.edition.values import slug_of
from generator.letter.letter import Block, PrintedFigure
from generator.problems import Place, counted

_PARTS = {
    "opening": "the opening lines",
    "closing": "the closing lines",
    "report": "the statistics page",
}
_ACTIONS = {
    ChangeType.ADDED: "added to",
    ChangeType.REMOVED: "removed from",
    ChangeType.CHANGED: "in",
}

_COLUMN_ACTIONS = {**_ACTIONS, ChangeType.MOVED: "moved in", ChangeType.CHANGED: "of"}


def what_changed(change: Change) -> str:
    """What is concerned and where: `paragraph added to Next steps`."""
    side = change.after or change.before
    if side is None:
        return change.cause.concerns
    if isinstance(side, PrintedFigure):
        if _is_definition(change):
            return f"definition of column {side.label} of the table {side.group}"
        table = change.table or side.group
        column = f"column {side.label} {_COLUMN_ACTIONS[change.action]} the table {table}"
        renamed = change.cause is EDITION and change.action is ChangeType.CHANGED
        return f"id of {column}" if renamed else column
    if change.whole_part and side.part is not None:
        return f"section {part_name(side.part)} {change.action.value}"
    noun = side.role.replace("_", " ")
    if change.action is ChangeType.MOVED:
        return f"{noun} moved {_way(change.before, change.after)}"
    if change.marking == ROLE and change.before and not isinstance(change.before, PrintedFigure):
        return f"{change.before.role} made {noun} in {part_name(side.part or '')}"
    if change.marking:
        where = f" of {part_name(side.part)}" if side.part else ""
        return f"{change.marking} in a {noun}{where}"
    if side.part is None:
        return noun if change.action is ChangeType.CHANGED else f"{noun} {change.action.value}"
    return f"{noun} {_ACTIONS[change.action]} {part_name(side.part)}"


def _is_definition(change: Change) -> bool:
    """Whether it is how a figure is worked out that is said otherwise."""
    is_of_edition = change.cause is EDITION and change.action is ChangeType.CHANGED
    return is_of_edition and ": " in change.removed


def _way(before: Block | PrintedFigure | None, after: Block | PrintedFigure | None) -> str:
    old, new = (side.part if isinstance(side, Block) else None for side in (before, after))
    if new is None or old is None:
        return "elsewhere"
    if old == new:
        return f"within {part_name(new)}"
    return f"from {part_name(old)} to {part_name(new)}"


def part_name(part: str) -> str:
    """A part of the letter as people call it; a section's file is named after its heading."""
    return _PARTS.get(part) or part.replace("-", " ").capitalize()


def whose_words(change: Change) -> str:
    """What the words are of, as its file calls it: `insert flood`, `value authority.noun`.

    Of an insert that a rule placed or not, also the value that this hung on.
    """
    if change.name:
        return f"value {change.name}"
    sides = (change.after, change.before)
    inserts = (side.insert for side in sides if isinstance(side, Block) and side.insert)
    by = f", by {change.triggering_value}" if change.triggering_value else ""
    condition = f"condition{by}" if by else ""
    return next((f"insert {insert}{by}" for insert in inserts), condition)


def places_of(change: Change) -> tuple[Place | None, Place | None]:
    """Where to look on last year's side and on this year's, as far as it is known."""
    before, after = change.before, change.after
    return (
        change.place_before or (before.place if before else None),
        change.place_after or (after.place if after else None),
    )


def places(
    change: Change, names: SideNames = YEARS, shown: ShowPath = shown_path
) -> list[tuple[str, str]]:
    """Where to look, with `last year` or `this year`: `path:line` of each side where it is known.

    Nothing twice: where both sides name the same place, it is this year's. Where a figure decided
    what a rule did, the rule's place comes last.
    """
    known = {}
    sides = [*zip((names.before, names.after), places_of(change), strict=True)]
    if change.triggering_value:
        sides.append(("the rule", change.rule_after))
    for year, place in sides:
        if place is not None:
            path = shown(place.path)
            known[f"{path}:{place.line}" if place.line else path] = year
    return [(year, place) for place, year in known.items()]


def all_places(
    changes: Iterable[Change], names: SideNames, shown: ShowPath = shown_path
) -> list[tuple[str, str]]:
    """The places of changes that are shown together, each once."""
    return list(
        dict.fromkeys(place for change in changes for place in places(change, names, shown))
    )


def which_letters(shared: SharedChange, total: int) -> tuple[str, tuple[str, ...]]:
    """How many letters have a change, as the beginning of a sentence, and the slugs that end it.

    The fewer are named, those that have it or those that have not: `in 398 of 400 letters; not in`.
    `total` is how many letters there are.
    """
    slugs = tuple(dict.fromkeys(shared.slugs))
    exceptions = tuple(dict.fromkeys(shared.exceptions))
    if not exceptions and len(slugs) == total:
        return f"in all {total} letters", ()
    if not exceptions:
        return f"in each of the {len(slugs)} letters with this text:", slugs
    counted = f"in {len(slugs)} of {len(slugs) + len(exceptions)} letters"
    if len(exceptions) <= len(slugs):
        return f"{counted}; not in", exceptions
    return f"{counted}:", slugs


def differs(row: FigureRow) -> bool:
    """Whether a figure is another than last year; how its thousands are marked does not count."""
    if row.before is None or row.after is None:
        return row.before is not row.after
    if row.before.value is None and row.after.value is None:
        return row.before.text != row.after.text
    return row.before.value != row.after.value


def figure_text(figure: PrintedFigure | None) -> str:
    """A figure as printed, or a dash where there is none."""
    return "–" if figure is None else figure.text


def summary(comparison: Comparison) -> str:
    """What was found, in one line."""
    slugs = {compared.slug for compared in comparison.letters}
    changed = {compared.slug for compared in comparison.letters if compared.changes}
    parts = [f"{len(changed)} changed", f"{len(slugs - changed)} unchanged"]
    if comparison.added:
        parts.append(f"{len(comparison.added)} new")
    if comparison.removed:
        parts.append(f"{len(comparison.removed)} gone")
    if comparison.without_letter:
        parts.append(f"{len(comparison.without_letter)} without a letter this year")
    return f"{counted(len(slugs), 'letter')} compared: {', '.join(parts)}.{_pages(comparison)}"


def _pages(comparison: Comparison) -> str:
    """Of how many letters it cannot be said whether their pages differ."""
    unknown = {
        compared.slug
        for compared in comparison.letters
        if compared.before.reading.pages and compared.after.reading.pages is None
    }
    if not unknown:
        return ""
    of = f" of {len(unknown):,} of them" if len(unknown) < len(comparison.letters) else ""
    return f" Page counts{of} were not compared: those letters are not built, or out of date."


def successor_hint(comparison: Comparison) -> str:
    """What to write where the one new letter may be that of the one authority that is gone."""
    if comparison.sides != YEARS or len(comparison.added) != 1 or len(comparison.removed) != 1:
        return ""
    new, gone = comparison.added[0], comparison.removed[0]
    return f'If {new} is the successor of {gone}, add "formerly: [{slug_of(gone)}]" to its file.'


def whose_figures(row: FigureRow) -> str:
    """The authority of a row of figures; where it was several, also whose last year's are."""
    return f"{row.authority} (against {row.against})" if row.against else row.authority


def any_difference(comparison: Comparison) -> bool:
    """Whether a letter differs, or has no counterpart."""
    changed = any(compared.changes for compared in comparison.letters)
    return changed or bool(comparison.added or comparison.removed or comparison.without_letter)


CUT = "…"
"""Stands for words that are left out."""


def in_passage(changes: Sequence[Change], around: int, *, shared: bool = True) -> tuple[Span, ...]:
    """The words of changes of one passage in reading order, unchanged ones between and around them.

    Removed words stand before the new ones. What several letters share is shown in words of their
    wording, where each has values of its own; what one letter has, as printed.
    """
    if changes[0].action is ChangeType.MOVED:
        words = printed(changes[0])[1] if not shared else words_of(changes[0].added)
        return (Span(WordMark.SAME, _beginning(words, 2 * around)),)
    located = [_in_wording(c) if shared else _as_printed(c) for c in changes]
    found: list[Span] = []
    for words, readings in groupby(located, key=lambda each: each.words):
        found += _marked(words, sorted(readings, key=lambda each: each.start), around)
    return tuple(span for span in found if span.words)


def by_paragraph(spans: Iterable[Span]) -> tuple[tuple[Span, ...], ...]:
    """Words of a section that came or went, paragraph by paragraph; any others as they are."""
    paragraphs: list[list[Span]] = [[]]
    for span in spans:
        for is_end, words in groupby(span.words, lambda word: word == NEXT):
            if is_end:
                paragraphs.append([])
            else:
                paragraphs[-1].append(Span(span.mark, tuple(words)))
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


@dataclass(frozen=True)
class _Located:
    """The words of a change, and where among all words of its passage they stand."""

    removed: Words
    added: Words
    words: Words = ()
    start: int = 0
    length: int = 0


def _marked(words: Words, changes: Sequence[_Located], around: int) -> Iterator[Span]:
    done = 0
    for number, change in enumerate(changes):
        between = words[done : change.start]
        yield Span(WordMark.SAME, _middle(between, around) if number else _end(between, around))
        yield Span(WordMark.REMOVED, change.removed)
        yield Span(WordMark.ADDED, change.added)
        done = change.start + change.length
    yield Span(WordMark.SAME, _beginning(words[done:], around))


def printed(change: Change) -> tuple[Words, Words]:
    """The words that were removed and those that were added, as the letter prints them."""
    if change.printed is not None:
        return change.printed.removed, change.printed.added
    if change.action is ChangeType.CHANGED:
        return words_of(change.removed), words_of(change.added)
    before, after = (
        (change.passages or (side,)) if isinstance(side, Block) else ()
        for side in (change.before, change.after)
    )
    removed, added = (words_of(f" {NEXT} ".join(p.text for p in each)) for each in (before, after))
    return removed or words_of(change.removed), added or words_of(change.added)


def _as_printed(change: Change) -> _Located:
    edit, after = change.printed, change.after
    if edit is not None and isinstance(after, Block):
        return _Located(edit.removed, edit.added, words_of(after.text), edit.start, len(edit.added))
    return (
        _in_wording(change) if change.action is ChangeType.CHANGED else _Located(*printed(change))
    )


def _in_wording(change: Change) -> _Located:
    """By where its words stand among those of this year's wording, where that is known."""
    edit, after = change.printed, change.after
    removed, added = words_of(change.removed), words_of(change.added)
    if isinstance(after, Block) and after.wording is not None and change.marking:
        number = len(wording_words(change.added))
        return _Located(removed, added, wording_words(after.wording), change.start, number)
    if change.action is not ChangeType.CHANGED or edit is None:
        return _Located(removed, added)
    return _at_its_edit(change, edit) or _as_printed(change)


def _at_its_edit(change: Change, edit: Edit) -> _Located | None:
    """Where the printed words of a change stand among those of its wording."""
    before, after = change.before, change.after
    filled = fill(after) if isinstance(after, Block) else None
    if filled is None:
        return None
    numbers = {start: number for number, start in enumerate(filled.starts)}
    first, end = numbers.get(edit.start), numbers.get(edit.start + len(edit.added))
    if first is None or end is None:
        return None
    of_wording = isinstance(before, Block) and before.wording is not None and not change.name
    removed, added = edit.removed, edit.added
    if of_wording:
        removed, added = wording_words(change.removed), wording_words(change.added)
    return _Located(removed, added, filled.words, first, end - first)


def _end(words: Words, number: int) -> Words:
    return words if len(words) <= number else (CUT, *words[len(words) - number :])


def _beginning(words: Words, number: int) -> Words:
    return words if len(words) <= number else (*words[:number], CUT)


def _middle(words: Words, number: int) -> Words:
    if len(words) <= 2 * number:
        return words
    return (*words[:number], *_end(words[number:], number))
