"""The review at the desk: what letters share once, then what is each one's own, to be approved."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.assets.page_templates import ListFilter
from generator.comparison.words import Words
from generator.issuing.decisions import Approval
from generator.issuing.review_items import ItemKind
from generator.preview.edition_snapshot import EditionSnapshot
from generator.preview.pages import render
from generator.preview.preview_state import PreviewState
from generator.preview.standing import LettersOnTheirWay
from generator.reports.report_model import Report, ReportedChange
from generator.reports.review_report import ReviewedItem

_FILTERS = {
    "open": "open",
    "void": "changed since they were approved",
    "approved": "approved",
    "stands out": "stand out",
    ItemKind.WORDING: "shared wording",
    ItemKind.INSERT: "inserts",
    ItemKind.LETTER: "in one letter alone",
    ItemKind.FIGURES: "with figures",
}


@dataclass(frozen=True)
class ShownItem:
    """An item as its card shows it."""

    reviewed: ReviewedItem
    tags: tuple[str, ...]
    letter: str
    """Whose own it is; nothing where letters share it."""
    pages: int | None
    changes: tuple[ReportedChange, ...]
    """What of it is another than last year."""
    approvals: tuple[str, ...]
    """Who approved it as it is, and when."""


def review_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """What there is to approve, how each of it stands, and what it was last year."""
    standing = desk.standing
    report = desk.compared.report if desk.compared else None
    items = list(_shown(standing, reading, report)) if standing else []
    counts = Counter(tag for item in items for tag in item.tags)
    return render(
        "review",
        desk,
        review=standing.review if standing else None,
        names={slug: letter.name for slug, letter in reading.letters.items()},
        shared=[item for item in items if not item.letter],
        own=[item for item in items if item.letter],
        filters=[
            ListFilter(tag, counts[tag], said, tone="doubtful" if tag == "void" else "")
            for tag, said in _FILTERS.items()
            if counts[tag]
        ],
        against=report.comparison.against if report else "",
        people=reading.loaded.people_to_approve,
        sides=sides,
    )


def _shown(
    standing: LettersOnTheirWay, reading: EditionSnapshot, report: Report | None
) -> Iterator[ShownItem]:
    review = standing.review
    striking = {slug for _, slugs in review.stand_outs for slug in slugs}
    own = {letter.slug: letter.entries for letter in report.letters} if report else {}
    shared = report.shared if report else ()
    for each in review.shared:
        changes = _of_passage(each, reading, shared, own)
        yield ShownItem(each, _tags(each), "", None, changes, _said(standing, each))
    for letter in review.letters:
        tags = ("stands out",) if letter.slug in striking else ()
        for each in letter.items:
            of_figures = each.item.kind is ItemKind.FIGURES
            entries = own.get(letter.slug, ())
            changes = tuple(entry for entry in entries if bool(entry.figures) is of_figures)
            shown = (*_tags(each), *tags)
            said = _said(standing, each)
            yield ShownItem(each, shown, letter.name, letter.pages, changes, said)


def _tags(each: ReviewedItem) -> tuple[str, ...]:
    standing = "approved" if each.is_approved else "open"
    void = ("void",) if each.standing.startswith("void") else ()
    return (standing, *void, each.item.kind.value)


def _of_passage(
    each: ReviewedItem,
    reading: EditionSnapshot,
    shared: Iterable[ReportedChange],
    own: Mapping[str, tuple[ReportedChange, ...]],
) -> tuple[ReportedChange, ...]:
    """What changed in a passage, as the first letter that has it shows it."""
    first = each.item.slugs[0]
    composed = reading.loaded.letters.get(first)
    blocks = composed.letter.blocks if composed else ()
    addresses = {b.address for b in blocks if each.item.name in {b.address, b.insert}}
    theirs = [change for change in shared if first in change.slugs]
    return tuple(
        change
        for change in (*theirs, *own.get(first, ()))
        if any(getattr(c.after, "address", "") in addresses for c in change.changes)
    )


def _said(standing: LettersOnTheirWay, each: ReviewedItem) -> tuple[str, ...]:
    return tuple(map(_in_words, standing.approvals.get(each.item.digest, ())))


def _in_words(approval: Approval) -> str:
    at = approval.at.astimezone()  # as the clock on the wall has it
    return f"{approval.by}, {at.day} {at:%B %Y, %H:%M}"


def sides(change: ReportedChange) -> list[tuple[list[tuple[str, Words]], list[tuple[str, Words]]]]:
    """The words of a change's paragraphs, last year's and this year's, each with its marks."""
    return [
        (
            [(span.mark, span.words) for span in spans if span.mark != "added"],
            [(span.mark, span.words) for span in spans if span.mark != "removed"],
        )
        for spans in change.paragraphs
    ]
