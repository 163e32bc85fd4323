"""Edits carried out: what a comparison says, put to the test."""

from collections.abc import Iterable, Sequence

from generator.comparison.words import Edit, Words


def apply_edits(old: Sequence[str], edits: Iterable[Edit]) -> Words:
    """The new words, from the old ones and all edits in their order."""
    new: list[str] = []
    done = 0
    for edit in edits:
        new += [*old[done : edit.old_start], *edit.added]
        done = edit.old_start + len(edit.removed)
    return (*new, *old[done:])


def undo_edits(new: Sequence[str], edits: Iterable[Edit]) -> Words:
    """The old words, from the new ones and all edits in their order."""
    return apply_edits(new, [Edit(e.added, e.removed, e.old_start, e.start) for e in edits])
