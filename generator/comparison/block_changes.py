"""What a passage, or a whole section, that is new, gone or moved amounts to."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial

from generator.comparison.case_changes import by_rule
from generator.comparison.changes import (
    EDITION,
    Change,
    ChangeType,
    Compared,
    SharedChange,
    cause_of_passage,
    conclude,
    is_by_rule,
)
from generator.comparison.edition_context import LetterPair, figure_address
from generator.letter.letter import Block, Letter, PrintedFigure
from generator.letter.markup import plain, plain_wording

Side = Block | PrintedFigure

NEXT = "¶"
"""Stands between the passages of a section that came or went."""


def whole_passage(before: Block | None, after: Block | None, sides: LetterPair) -> Change:
    """The change of a passage that is new, gone, or, with both sides given, stands elsewhere."""
    before = sides.old.located(before) if before else None
    after = sides.new.located(after) if after else None
    passage = after or before
    assert passage is not None, "neither side given"
    change = Change(
        action_of(before, after),
        cause_of_passage(passage),
        removed=words_in(before) if before else "",
        added=words_in(after) if after else "",
        before=before,
        after=after,
        inferred=not _known(sides),
        place_before=before.place if before else None,
        place_after=after.place if after else None,
    )
    insert = passage.insert
    if insert is None:
        return change
    if change.action is ChangeType.MOVED:
        old, new = (each.insert_places.get(insert) for each in (sides.old, sides.new))
        return replace(
            change, place_before=old or change.place_before, place_after=new or change.place_after
        )
    if all(any(p.insert == insert for p in each.passages) for each in (sides.before, sides.after)):
        return change  # it is there in both years: its file has a paragraph more, or less
    if is_by_rule(insert, sides.slugs, sides.old, sides.new):
        was, now = ([c for c in [each.rules.get(insert)] if c] for each in (sides.old, sides.new))
        return by_rule(change, was, now, sides)
    chosen = sides.choice_places(insert)
    return replace(
        change,
        place_before=chosen[0] or change.place_before,
        place_after=chosen[1] or change.place_after,
    )


def action_of(before: Side | None, after: Side | None) -> ChangeType:
    """What became of what one side has, or both, elsewhere."""
    if before and after:
        return ChangeType.MOVED
    return ChangeType.ADDED if after else ChangeType.REMOVED


def _known(sides: LetterPair) -> bool:
    return sides.before.has_wording and sides.after.has_wording


def moved_section(before: Block, after: Block, sides: LetterPair) -> Change:
    """A whole section that stands elsewhere, by its first passage: the edition's list differs."""
    change = _whole_section(before, after, sides)
    return replace(change, removed=words_in(before), added=words_in(after))


def section_came_or_went(passages: Sequence[Block], sides: LetterPair, *, came: bool) -> Change:
    """A whole section that the edition's list has and had not, or had and has not."""
    first = passages[0]
    words = f" {NEXT} ".join(map(words_in, passages))
    if came:
        change = replace(_whole_section(None, first, sides), added=words)
    else:
        change = replace(_whole_section(first, None, sides), removed=words)
    return replace(change, passages=tuple(passages))


def _whole_section(before: Block | None, after: Block | None, sides: LetterPair) -> Change:
    old, new = (
        (background.sections.get(passage.part or "") if passage else background.section_list)
        for passage, background in ((before, sides.old), (after, sides.new))
    )
    return Change(
        action_of(before, after),
        EDITION,
        before=before,
        after=after,
        inferred=not _known(sides),
        whole_part=True,
        place_before=old or (before.place if before else None),
        place_after=new or (after.place if after else None),
    )


def words_in(passage: Block) -> str:
    """The words of a passage: of its wording where that is known, else as printed."""
    return plain(passage.text) if passage.wording is None else plain_wording(passage.wording)


Concluded = tuple[tuple[Compared, ...], tuple[SharedChange, ...]]
"""Letters and shared changes of which every cause is settled."""


def conclude_causes(letters: Sequence[Compared], only: Container[str] | None = None) -> Concluded:
    """Share the changes of letters, and settle the causes that only their number can tell.

    They are concluded from all letters, and told of those asked for: a reason does not hang on
    how many these are.
    """
    if not any(change.inferred for letter in letters for change in letter.changes):
        return _narrowed(letters, only)
    settled: dict[int, list[Change]] = {n: list(each.changes) for n, each in enumerate(letters)}
    for members, shared in _clusters(letters):
        first = shared.change
        if first.inferred:
            cause = conclude(first, len(shared.slugs), shared.of, len(letters))
            for n, index in members:
                settled[n][index] = replace(letters[n].changes[index], cause=cause)
    concluded = tuple(replace(each, changes=tuple(settled[n])) for n, each in enumerate(letters))
    return _narrowed(concluded, only)


def _narrowed(letters: Sequence[Compared], only: Container[str] | None) -> Concluded:
    asked = tuple(letter for letter in letters if only is None or letter.slug in only)
    return asked, share(asked)


def share(letters: Sequence[Compared]) -> tuple[SharedChange, ...]:
    """Every change of every letter in exactly one shared change; the most widely shared first."""
    found = [shared for _, shared in _clusters(letters)]
    return tuple(sorted(found, key=lambda shared: -len(shared.slugs)))


Member = tuple[int, int]
"""A change, by the number of its letter and its number among the letter's."""


def _clusters(letters: Sequence[Compared]) -> list[tuple[list[Member], SharedChange]]:
    members: dict[Hashable, list[Member]] = defaultdict(list)
    for n, letter in enumerate(letters):
        seen: Counter[Hashable] = Counter()
        for index, change in enumerate(letter.changes):
            key = _key(change, letter)
            members[key, seen[key]].append((n, index))
            seen[key] += 1
    holders = cache(partial(_holders, letters))
    return [(each, _shared(each, letters, holders)) for each in members.values()]


def _shared(
    members: list[Member],
    letters: Sequence[Compared],
    holders: Callable[..., dict[Hashable, dict[str, None]]],
) -> SharedChange:
    n, index = members[0]
    change = letters[n].changes[index]
    if len(members) > 1 and change.triggering_value:
        change = _of_the_rule(change, [letters[m].changes[i] for m, i in members])
    slugs = tuple(dict.fromkeys(letters[n].slug for n, _ in members))
    could: Iterable[str] = slugs
    if not _is_peculiar(change):  # the letters that have what it is in could have it
        could = holders(is_new=change.after is not None).get(_identity(change, letters[n]), slugs)
    elif change.part is None and change.before is change.after:  # it is of the letter as a whole
        could = dict.fromkeys(letter.slug for letter in letters)
    exceptions = tuple(slug for slug in could if slug not in set(slugs))
    return SharedChange(change, slugs, len(slugs) + len(exceptions), exceptions)


def _of_the_rule(change: Change, members: Sequence[Change]) -> Change:
    """A rule that came out otherwise in several letters, by its own line.

    The value it asks for is each letter's, unless all have it from one line; it is named where it
    is the same in all of them.
    """
    asked = {each.triggering_value for each in members}
    places = {each.place_after for each in members}
    return replace(
        change,
        triggering_value=change.triggering_value if len(asked) == 1 else "",
        place_before=change.place_before if len(places) == 1 else change.rule_before,
        place_after=change.place_after if len(places) == 1 else change.rule_after,
    )


def _is_peculiar(change: Change) -> bool:
    """Whether a change says nothing about other letters: their values are their own."""
    return change.cause.is_own or change.is_another_figure


def _key(change: Change, letter: Compared) -> Hashable:
    """What equal changes share. A figure is an authority's own, equal to another's by chance."""
    own = change.is_another_figure or figure_address(change.name) is not None
    words = (change.removed, change.added)
    if change.action is not ChangeType.CHANGED:
        words = (_masked(change.removed, letter.after), _masked(change.added, letter.after))
    cause = None if change.inferred else change.cause
    return (
        letter.slug if own else None,
        change.action,
        cause,
        *words,
        change.name,
        change.whole_part,
        change.marking,
        _identity(change, letter),
    )


def _identity(change: Change, letter: Compared) -> Hashable:
    """Which passage or figure a change is in, the same for all letters."""
    if change.after is not None:
        return _known_by(change.after, letter.after)
    return _known_by(change.before, letter.before) if change.before else None


def _known_by(side: Side, version: Letter) -> Hashable:
    if isinstance(side, PrintedFigure):
        return (version.language, side.group, side.id)
    words = _masked(side.text, version) if side.wording is None else words_in(side)
    return (version.language, side.part, side.role, words)


def _masked(text: str, version: Letter) -> str:
    """A text without its figures and its authority's name, which are each letter's own."""
    return re.sub(r"\d[\d,.]*", "0", plain(text).replace(plain(version.authority), "@"))


def _holders(letters: Iterable[Compared], *, is_new: bool) -> dict[Hashable, dict[str, None]]:
    """The letters that have each passage and figure, on the side that a change of it is on."""
    index: dict[Hashable, dict[str, None]] = defaultdict(dict)
    for letter in letters:
        version = letter.after if is_new else letter.before
        titles = (Block(part, "table_title", text) for part, text in version.titles.items())
        tables = (
            Block(block.part, block.role, version.titles.get(name, name))
            for name, block in version.tables.items()
        )
        sides: Iterable[Side] = (*version.passages, *version.figures, *titles, *tables)
        for side in sides:
            index[_known_by(side, version)][letter.slug] = None
    return index
