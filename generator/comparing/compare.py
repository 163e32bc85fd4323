"""Compare a letter with last year's, and all letters with all: what changed, where, and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.comparing.align import Keys, align
from generator.comparing.background import NOTHING_KNOWN, Background, background_of_letters
from generator.comparing.changes import Action, Cause, Change, Compared, Comparison
from generator.comparing.cluster import conclude_causes
from generator.comparing.figure_changes import figure_changes
from generator.comparing.figure_rows import figure_rows
from generator.comparing.likeness import UNKNOWN, Key
from generator.comparing.passages import changes_in_passage, whole_passage, words_in
from generator.comparing.places import Sides
from generator.comparing.version import Passage, Version
from generator.comparing.wording import plain


def compare_versions(
    before: Version,
    after: Version,
    old: Background = NOTHING_KNOWN,
    new: Background = NOTHING_KNOWN,
) -> tuple[Change, ...]:
    """All that differs between two versions of a letter, in the order of the new one.

    `old` and `new` are what is known of the editions beyond the letters.
    """
    sides = Sides(before, after, old, new)
    changes = [*_passage_changes(sides), *figure_changes(sides)]
    if not changes and None not in {before.pages, after.pages} and before.pages != after.pages:
        changes.append(
            Change(Action.CHANGED, Cause.LAYOUT, gone=str(before.pages), new=str(after.pages))
        )
    return tuple(changes)


def _passage_changes(sides: Sides) -> Iterable[Change]:
    before, after = sides.before.passages, sides.after.passages
    by_wording = sides.before.has_wording and sides.after.has_wording
    alignment = align(_keys(before, by_wording), _keys(after, by_wording))
    moved_parts = {new for _, new in alignment.moved_parts}
    for pair in alignment.pairs:
        old = before[pair.before] if pair.before is not None else None
        new = after[pair.after] if pair.after is not None else None
        if old is None or new is None:
            other = sides.after if new is None else sides.before
            if not _is_lost(new or old, other):
                yield whole_passage(old, new, sides)
            continue
        if new.part in moved_parts and not pair.moved:
            moved_parts.discard(new.part)
            yield _moved_part(old, new, sides)
        if pair.moved:
            yield whole_passage(old, new, sides)
        yield from changes_in_passage(old, new, sides)


def _keys(passages: Iterable[Passage], by_wording: bool) -> Keys:
    return tuple(
        Key(
            part=passage.part,
            role=passage.role,
            insert=passage.insert if passage.wording is not None else UNKNOWN,
            words=words_in(passage) if by_wording else plain(passage.text),
        )
        for passage in passages
    )


def _is_lost(passage: Passage | None, other: Version) -> bool:
    """Whether a passage has no counterpart only because the other side could not be read."""
    return passage is not None and (passage.part, passage.role) in other.lost


def _moved_part(before: Passage, after: Passage, sides: Sides) -> Change:
    """A whole section that stands elsewhere: its place in the edition's list differs."""
    return replace(
        whole_passage(before, after, sides),
        cause=Cause.EDITION,
        whole_part=True,
        place_before=sides.old.sections.get(before.part or "", before.place),
        place_after=sides.new.sections.get(after.part or "", after.place),
    )


def compare_all(
    pairs: Sequence[tuple[Version, Version]],
    *,
    year: int,
    against: str,
    old: Background | None = None,
    new: Background | None = None,
    unmatched_new: Iterable[str] = (),
    unmatched_old: Iterable[str] = (),
) -> Comparison:
    """Compare letters with their counterparts; equal changes are told once, with their letters.

    `pairs` are last year's and this year's versions; a letter may be in several, with each of its
    predecessors. `old` and `new` are what is known of the editions beyond their letters.
    """
    old = old or background_of_letters(before for before, _ in pairs)
    new = new or background_of_letters(after for _, after in pairs)
    compared = [
        Compared(
            after.slug, after.authority, before, after, compare_versions(before, after, old, new)
        )
        for before, after in pairs
    ]
    concluded = conclude_causes(compared)
    unread: dict[str, list[str]] = defaultdict(list)
    for before, after in pairs:
        unread[after.slug] += before.unread
    return Comparison(
        year=year,
        against=against,
        letters=concluded.letters,
        shared=concluded.shared,
        figures=figure_rows(concluded.letters, new),
        new=tuple(unmatched_new),
        gone=tuple(unmatched_old),
        unread={slug: tuple(said) for slug, said in unread.items() if said},
    )
