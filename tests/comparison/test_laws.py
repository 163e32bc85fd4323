"""What holds of every comparison, whatever the letters say."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.comparison.changes import Change, ChangeType
from generator.comparison.compare import compare_all, compare_versions
from generator.comparison.words import Edit, Words, words_of
from generator.letter.letter import Block, Letter, PrintedFigure
from tests.comparison.applied import apply_edits, undo_edits
from tests.comparison.made_up import two_versions, without_wording

Figures = dict[str, tuple[str, str]]


@given(two_versions())
def test_a_letter_against_itself_has_no_changes(versions: tuple[Letter, Letter]) -> None:
    letter, _ = versions
    bare = without_wording(letter)

    assert compare_versions(letter, letter) == ()
    assert compare_versions(bare, bare) == ()
    assert compare_versions(bare, letter) == ()


@given(two_versions(), st.booleans())
def test_the_changes_applied_to_the_old_text_give_the_new_and_back(
    versions: tuple[Letter, Letter], bare: bool
) -> None:
    before, after = versions
    if bare:
        before = without_wording(before)

    changes = compare_versions(before, after)

    assert _applied(before, changes) == Counter(words_of(p.text) for p in after.passages)
    assert _undone(after, changes) == Counter(words_of(p.text) for p in before.passages)


def _applied(before: Letter, changes: tuple[Change, ...]) -> Counter[Words]:
    """The passages of the new version, worked out from the old one and the changes alone."""
    gone = {id(side) for c in changes if c.action is ChangeType.REMOVED for side in _sides(c)}
    edits: dict[int, list[Edit]] = defaultdict(list)
    for change in changes:
        if change.printed is not None:
            edits[id(change.before)].append(change.printed)
    kept = [p for p in before.passages if id(p) not in gone]
    words = [apply_edits(words_of(p.text), edits[id(p)]) for p in kept]
    return Counter([*words, *_whole(changes, ChangeType.ADDED)])


def _undone(after: Letter, changes: tuple[Change, ...]) -> Counter[Words]:
    """The passages of the old version, worked out from the new one and the changes alone."""
    new = {id(side) for c in changes if c.action is ChangeType.ADDED for side in _sides(c)}
    edits: dict[int, list[Edit]] = defaultdict(list)
    for change in changes:
        if change.printed is not None:
            edits[id(change.after)].append(change.printed)
    kept = [p for p in after.passages if id(p) not in new]
    words = [undo_edits(words_of(p.text), edits[id(p)]) for p in kept]
    return Counter([*words, *_whole(changes, ChangeType.REMOVED)])


def _whole(changes: tuple[Change, ...], action: ChangeType) -> list[Words]:
    sides = [side for change in changes if change.action is action for side in _sides(change)]
    return [words_of(side.text) for side in sides if isinstance(side, Block)]


def _sides(change: Change) -> Sequence[Block | PrintedFigure | None]:
    """What came or went: a passage, or all of a section."""
    return change.passages or [change.after or change.before]


@given(two_versions())
def test_the_changes_applied_to_the_old_figures_give_the_new(
    versions: tuple[Letter, Letter],
) -> None:
    before, after = versions

    figures = {figure.id: (figure.label, figure.text) for figure in before.figures}
    changes = compare_versions(before, after)
    for change in sorted(changes, key=lambda change: not _is_renamed(change)):
        side = change.after or change.before
        if isinstance(side, PrintedFigure):
            figures = _changed(figures, change, side)

    assert figures == {figure.id: (figure.label, figure.text) for figure in after.figures}


def _is_renamed(change: Change) -> bool:
    """Whether a column has another id: its figure is known by that from then on."""
    return change.action is ChangeType.CHANGED and change.cause.name == "edition"


def _changed(figures: Figures, change: Change, side: PrintedFigure) -> Figures:
    if _is_renamed(change):
        label, text = figures[change.removed]
        return {id_: f for id_, f in figures.items() if id_ != change.removed} | {
            change.added: (label, text)
        }
    label, text = figures.get(side.id, ("", ""))
    match change.action:
        case ChangeType.REMOVED:
            return {id_: figure for id_, figure in figures.items() if id_ != side.id}
        case ChangeType.ADDED:
            return {**figures, side.id: (change.added, side.text)}
        case ChangeType.CHANGED if change.cause.name == "figures":
            assert change.removed == text
            return {**figures, side.id: (label, change.added)}
        case ChangeType.CHANGED:
            assert change.removed == label
            return {**figures, side.id: (change.added, text)}
    return figures


@given(st.lists(two_versions(), min_size=1, max_size=4), st.booleans())
def test_the_shared_changes_contain_every_change_exactly_once(
    pairs: list[tuple[Letter, Letter]], bare: bool
) -> None:
    named = [
        (replace(before, slug=slug), replace(after, slug=slug))
        for slug, (before, after) in zip("abcd", pairs, strict=False)
    ]
    if bare:
        named = [(without_wording(before), after) for before, after in named]

    comparison = compare_all(named, year=2031, against="last year's")

    every = Counter(
        (letter.slug, *_told(change)) for letter in comparison.letters for change in letter.changes
    )
    shared = Counter(
        (slug, *_told(each.change)) for each in comparison.shared for slug in each.slugs
    )
    assert shared == every
    for each in comparison.shared:
        assert each.of == len(each.slugs) + len(each.exceptions)
        assert not set(each.slugs) & set(each.exceptions)
        assert set(each.slugs) | set(each.exceptions) <= set("abcd"[: len(pairs)])


def _told(change: Change) -> tuple[str, ...]:
    words = (change.removed, change.added) if change.action is ChangeType.CHANGED else ()
    return (change.action, change.cause, change.part or "", change.name, *words)
