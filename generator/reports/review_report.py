"""What a review says: what letters share, what is each one's own, what stands out, where it stands.

Terminal, page, pack and data are made from this alone, so that they say the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.assets.page_templates import ListFilter, page_template
from generator.batch.run import Result
from generator.confirming.confirmation import list_digest
from generator.console import Line
from generator.issuing.review_items import ReviewItem
from generator.issuing.review_status import ReviewStatus, stand_outs
from generator.outputs.manifest import ManifestEntry
from generator.problems import counted, first_of

_MOST_NAMED = 5


@dataclass(frozen=True)
class ReviewedItem:
    """An item as it is shown."""

    key: str
    item: ReviewItem
    standing: str
    is_approved: bool


@dataclass(frozen=True)
class ReviewedLetter:
    """What is one letter's own."""

    slug: str
    name: str
    items: tuple[ReviewedItem, ...]
    pages: int | None
    is_approved: bool
    looks_different: bool


@dataclass(frozen=True)
class ReviewReport:
    """A review as its reader meets it."""

    year: int
    shared: tuple[ReviewedItem, ...]
    letters: tuple[ReviewedLetter, ...]
    patterns: Sequence[Sequence[str]]
    """The letters that have the same passages, the most frequent first."""
    stand_outs: Sequence[tuple[str, Sequence[str]]]
    gone: tuple[str, ...]
    """What was approved and is not there any more."""
    summary: str

    @property
    def items(self) -> tuple[ReviewedItem, ...]:
        """All items, in the order shown."""
        return (*self.shared, *(item for letter in self.letters for item in letter.items))

    @property
    def list_key(self) -> str:
        """What who approves all that is shown says, to have seen this and nothing else."""
        return list_digest(each.item.digest for each in self.items)


def review_report(
    status: ReviewStatus,
    slugs: Sequence[str],
    made: Mapping[str, ManifestEntry],
    changes: Mapping[str, int],
) -> ReviewReport:
    """The review of these letters, or of all of an edition, as far as they were made."""
    loaded = status.loaded
    pages = {s: e.pages for s, e in made.items() if e.pages is not None and s in loaded.letters}
    chosen = set(slugs)
    theirs = [item for item in status.review.items if not chosen.isdisjoint(item.slugs)]

    def shown(items: Iterable[ReviewItem]) -> tuple[ReviewedItem, ...]:
        key, standing, is_approved = status.keys.key, status.standing, status.is_approved
        return tuple(ReviewedItem(key(i.digest), i, standing(i), is_approved(i)) for i in items)

    letters = tuple(
        ReviewedLetter(
            slug,
            loaded.called(slug),
            shown(item for item in status.review.of_letter(slug) if not item.is_shared),
            pages.get(slug),
            status.letter_is_approved(slug),
            status.looks_different(slug),
        )
        for slug in slugs
        if slug in loaded.letters
    )
    return ReviewReport(
        loaded.folders.year,
        shown(item for item in theirs if item.is_shared),
        letters,
        status.review.patterns,
        list(stand_outs(loaded, pages, changes)),
        tuple(f"{a.what.name}, approved by {a.by}" for a in status.gone()),
        _summary(status, theirs, letters),
    )


def _summary(
    status: ReviewStatus, items: Sequence[ReviewItem], letters: Sequence[ReviewedLetter]
) -> str:
    open_ = sum(not status.is_approved(item) for item in items)
    done = sum(letter.is_approved for letter in letters)
    said = f"{open_} of {counted(len(items), 'item')} open"
    again = sum(letter.looks_different for letter in letters)
    look = f"; the pages of {again} look different since then" if again else ""
    return f"{said}; {done} of {counted(len(letters), 'letter')} approved{look}."


LETTER_HEADERS = ("LETTER", "APPROVED", "ADDRESSEE", "INSERTS", "PAGES")


def letter_rows(report: ReviewReport) -> Iterator[tuple[str, ...]]:
    """A row for each letter: what is its own, in short, so without keys to approve it by."""
    for letter in report.letters:
        own, figures = letter.items
        standing = list(dict.fromkeys([own.standing, figures.standing]))
        looks = ["look at the pages"] if letter.looks_different else []
        yield (
            letter.slug,
            "; ".join([*standing, *looks]),
            own.item.parts["addressee"].split("\n")[0],
            own.item.parts.get("inserts", "").replace("\n", ", "),
            "" if letter.pages is None else str(letter.pages),
        )


def outstanding_lines(report: ReviewReport) -> Iterator[str]:
    """What stands out, and what was approved and is gone."""
    for said, slugs in report.stand_outs:
        yield f"{said}: {first_of(slugs, _MOST_NAMED)}"
    for said in report.gone:
        yield f"no longer there: {said}"


def in_full(items: Iterable[ReviewedItem]) -> Iterator[Line]:
    """All that is shown of items, as who approves them reads it."""
    for each in items:
        where = f"{each.item.kind} {each.item.name}, {counted(len(each.item.slugs), 'letter')}"
        yield []
        yield [(each.key, "bold"), (f"  {where}  ({each.standing})", "")]
        for name, words in each.item.parts.items():
            if name != "words":
                yield [(f"    {name}", "bold")]
            yield from ([(f"      {line}", "")] for line in words.split("\n"))


def json_review(report: ReviewReport) -> dict[str, Any]:
    """The review, for programs."""
    return {
        "items": [
            {
                "key": each.key,
                "digest": each.item.digest,
                "kind": each.item.kind,
                "name": each.item.name,
                "letters": list(each.item.slugs),
                "standing": each.standing,
                "approved": each.is_approved,
                "parts": dict(each.item.parts),
            }
            for each in report.items
        ],
        "patterns": report.patterns,
        "stands_out": [{"what": what, "letters": them} for what, them in report.stand_outs],
        "list": report.list_key,
    }


def letter_results(report: ReviewReport) -> list[Result]:
    """Where each letter stands, for programs."""
    return [
        Result(
            letter.slug,
            "approved" if letter.is_approved else "open",
            "its pages look different" if letter.looks_different else "",
        )
        for letter in report.letters
    ]


def html_review(report: ReviewReport) -> str:
    """The review as one page that works from disk."""
    counts = [
        ListFilter("open", sum(not each.is_approved for each in report.items), tone="doubtful"),
        ListFilter("approved", sum(each.is_approved for each in report.items), tone="good"),
    ]
    template = page_template("generator.reports", "review.html.jinja")
    return template.render(report=report, counts=counts)
