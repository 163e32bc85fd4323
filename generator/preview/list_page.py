"""The page with all letters: how each stands, and its figures at a glance."""

from collections import Counter
from dataclasses import dataclass

from generator.assets.page_templates import ListFilter
from generator.batch.overview_page import (
    OverviewFigure,
    authority_at_a_glance,
    figures_at_a_glance,
    head_at_a_glance,
)
from generator.preview.edition_snapshot import EditionSnapshot, ListedLetter
from generator.preview.pages import render
from generator.preview.preview_state import PreviewState

FILTERS = {
    "ready": "ready",
    "problems": "with problems",
    "missing": "with figures missing",
    "unconfirmed": "to be confirmed",
    "insert": "with an insert",
    "changed": "changed since last year",
    "made": "up to date",
    "behind": "out of date",
    "unmade": "not made",
}
"""What can be asked for, and how that is said of letters; the keys are the tags of rows."""

_TONES = {"problems": "bad", "missing": "doubtful", "behind": "doubtful"}
_STATUS_TAGS = {
    "ready": "ready",
    "has problems": "problems",
    "figures missing": "missing",
    "to be confirmed": "unconfirmed",
}
_MADE_TAGS = {"up to date": "made", "out of date": "behind", "not made": "unmade"}


@dataclass(frozen=True)
class Row:
    """One letter."""

    letter: ListedLetter
    tags: tuple[str, ...]
    figures: tuple[OverviewFigure, ...]
    pages: int | None


def list_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """All letters, in alphabetical order."""
    edition = reading.loaded.edition
    if edition is None:  # the figures are shown as they last were
        known = (letter.edition for letter in reading.letters.values())
        edition = next((e for e in known if e is not None), None)
    columns = figures_at_a_glance(edition) if edition else ()
    heads = [head_at_a_glance(c, edition).rpartition(": ") for c in columns] if edition else []
    changed = changed_letters(desk)
    rows = [_row(letter, desk, reading, changed) for letter in reading.letters.values()]
    counts = Counter(tag for row in rows for tag in row.tags)
    return render(
        "list",
        desk,
        rows=rows,
        heads=heads,
        tags=[
            ListFilter(tag, counts[tag], said, _TONES.get(tag, ""))
            for tag, said in FILTERS.items()
            if counts[tag]
        ],
    )


def changed_letters(desk: PreviewState) -> frozenset[str]:
    """The letters that are known to say something else than last year's."""
    report = desk.compared.report if desk.compared else None
    compared = report.comparison.letters if report else ()
    return frozenset(each.slug for each in compared if each.changes)


def tags_of(letter: ListedLetter, changed: frozenset[str]) -> tuple[str, ...]:
    """By what a letter can be found among all."""
    tags = [_STATUS_TAGS[letter.status]]
    if letter.composed and letter.composed.inserts:
        tags.append("insert")
    if letter.slug in changed:
        tags.append("changed")
    return (*tags, _MADE_TAGS[letter.made])


def _row(
    letter: ListedLetter, desk: PreviewState, reading: EditionSnapshot, changed: frozenset[str]
) -> Row:
    figures: tuple[OverviewFigure, ...] = ()
    if letter.authority is not None and letter.edition is not None:
        figures = authority_at_a_glance(letter.authority, letter.edition)
    key = reading.keys.get(letter.slug)
    pages = desk.render_cache.pages(key) if key else None
    return Row(letter, tags_of(letter, changed), figures, pages)
