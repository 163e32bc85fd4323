"""What the last saves changed in the letters, in words: those of before and those of after."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.comparison.changes import SideNames
from generator.comparison.compare import compare_all
from generator.preview.edition_snapshot import EditionSnapshot
from generator.reports.edition_diff import context_of
from generator.reports.report_model import ReportedChange, ReportedLetter, report_of

MOST_CHANGES = 5
"""So many of the last changes are kept."""
_MOST_LETTERS = 40
"""So many letters with changes of their own are kept of each; the list of letters names all."""
_SIDES = SideNames("before", "after", "the letters before", "not there before", "not there now")


@dataclass(frozen=True)
class RecentChange:
    """What one save changed, or several that came together; the letters themselves are not kept."""

    at: datetime.datetime
    number: int
    """Of letters that it changed."""
    shared: tuple[ReportedChange, ...]
    """What is the same in several letters, once."""
    letters: tuple[ReportedLetter, ...]
    """What is one letter's own."""


def recent_change(
    before: EditionSnapshot,
    after: EditionSnapshot,
    changed: Mapping[str, object],
    at: datetime.datetime,
) -> RecentChange | None:
    """What letters that have changed between two readings say now, and said before.

    None where that cannot be told in words: only how they look, or nothing, has changed.
    """
    letters = (before.letters, after.letters)
    pairs = []
    for slug in changed:
        old, new = (each[slug].composed if slug in each else None for each in letters)
        if old is not None and new is not None:
            pairs.append((old.letter, new.letter))
    comparison = compare_all(
        pairs,
        year=after.loaded.folders.year,
        against=_SIDES.old_letters,
        old=context_of(before.loaded),
        new=context_of(after.loaded),
    )
    report = report_of(replace(comparison, sides=_SIDES), after.loaded.folders.workspace.shown_path)
    if not report.total:
        return None
    return RecentChange(at, len(changed), report.shared, report.letters[:_MOST_LETTERS])
