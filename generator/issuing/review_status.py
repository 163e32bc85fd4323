"""Where the approval of an edition stands: of each item, of each letter, and what needs a look."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator.confirming.confirmation import Keys
from generator.grouping import grouped
from generator.issuing.decisions import (
    Approval,
    Approved,
    Decision,
    Decisions,
    Withdrawn,
    changed_parts,
    read_decisions,
    same_person,
)
from generator.issuing.review_items import Review, ReviewItem, review_items
from generator.letter.letter import ComposedLetter
from generator.outputs.manifest import digest, template_digest
from generator.problems import Problem, errors, listed
from generator.project.load_edition import LoadedEdition
from generator.rendering.engine import engine_parts


@dataclass(frozen=True)
class ReviewStatus:
    """The items of an edition, the decisions on them, and what comes of both."""

    loaded: LoadedEdition
    review: Review
    decisions: Decisions
    pages: Mapping[str, str] = field(default_factory=dict)
    """By letter, the digest of what decides how its pages look, besides what is approved."""

    def problems_of(self, slugs: Iterable[str]) -> list[Problem]:
        """What is wrong with these letters, and with decisions."""
        return [*errors(self.loaded.problems_of_all(slugs)), *self.decisions.problems]

    @cached_property
    def keys(self) -> Keys:
        """What a person types for each item."""
        return Keys({*self.review.by_digest})

    def is_approved(self, item: ReviewItem) -> bool:
        """Whether as many people as are needed have approved it as it is."""
        return len(self.decisions.people(item)) >= max(self.loaded.people_to_approve, 1)

    def letter_is_approved(self, slug: str) -> bool:
        """Whether all that a letter is made of is approved."""
        items = self.review.of_letter(slug)
        return bool(items) and all(map(self.is_approved, items))

    @property
    def approved_letters(self) -> list[str]:
        """The letters all of which is approved."""
        return [slug for slug in self.review.by_letter if self.letter_is_approved(slug)]

    def looks_different(self, slug: str) -> bool:
        """Whether an approved letter's pages are laid out otherwise than when it was approved."""
        seen = self.decisions.pages_seen(slug, self.review.of_letter(slug))
        return bool(seen) and self.pages.get(slug) not in seen

    @cached_property
    def void(self) -> Mapping[tuple[str, str], Approval]:
        """The last approval of each thing that has changed since, by kind and name."""
        return {(a.what.kind, a.what.name): a for a in self.decisions.void(self.review)}

    def standing(self, item: ReviewItem) -> str:
        """Who approved it, or that nobody did, or what changed since somebody did."""
        people, needed = self.decisions.people(item), self.loaded.people_to_approve
        if people and len(people) < needed:
            return f"{len(people)} of {needed}: {listed(people)}"
        if people:
            return f"approved: {listed(people)}"
        before = self.void.get((item.kind, item.name))
        if before is None:
            return "open"
        changed = listed(changed_parts(before.what, item))
        return f"void: {changed} changed since {before.by} approved"

    def gone(self) -> list[Approval]:
        """The approvals of what is not there any more in any form."""
        names = {(item.kind, item.name) for item in self.review.items}
        return [approval for name, approval in self.void.items() if name not in names]

    def approving(self, items: Sequence[ReviewItem], by: str) -> list[ReviewItem]:
        """Those of these items that this person has not approved as they are, and as they look."""
        return [
            item
            for item in items
            if same_person(by) not in map(same_person, self.decisions.people(item))
            or (len(item.slugs) == 1 and self.looks_different(item.slugs[0]))
        ]

    def withdrawing(self, items: Iterable[ReviewItem], by: str) -> tuple[Withdrawn, ...]:
        """What takes back this person's approvals of these items."""
        given = (approval for item in items for approval in self.decisions.of(item))
        own = (each for each in given if same_person(each.by) == same_person(by))
        return tuple(Withdrawn(each.decision, each.what.digest) for each in own)

    def seen(self, items: Sequence[ReviewItem]) -> dict[str, str]:
        """How the pages look of the letters that items are of which are one letter's own."""
        own = {slug for item in items if len(item.slugs) == 1 for slug in item.slugs}
        return {slug: self.pages[slug] for slug in sorted(own) if slug in self.pages}

    def decision(
        self,
        items: Sequence[ReviewItem],
        by: str,
        now: datetime.datetime,
        reason: str | None = None,
        *,
        withdraw: bool = False,
    ) -> Decision | None:
        """What a person decides on these items; None where that changes nothing."""
        if withdraw:
            withdrawn = self.withdrawing(items, by)
            return Decision(by, now, (), withdrawn, reason, self.seen(items)) if withdrawn else None
        new = self.approving(items, by)
        approved = tuple(Approved(i.kind, i.name, i.digest, i.parts) for i in new)
        return Decision(by, now, approved, (), reason, self.seen(new)) if new else None


def review_status(loaded: LoadedEdition) -> ReviewStatus:
    """Where the approval of an edition stands."""
    pages: dict[str, str] = {}
    if loaded.letter_template is not None:
        look = [template_digest(loaded.letter_template), dict(engine_parts())]
        pages = {s: digest([look, _plan(c.letter)]) for s, c in loaded.letters.items()}
    return ReviewStatus(loaded, review_items(loaded), read_decisions(loaded.folders), pages)


def _plan(letter: ComposedLetter) -> list[list[str | int]]:
    """What stands on the pages, in order; of passages of one kind only which changes places."""
    alike = grouped(((block.part, block.role), block.wording) for block in letter.blocks)
    ranks = {kind: sorted({*wordings}) for kind, wordings in alike.items()}
    return [[b.part, b.role, ranks[b.part, b.role].index(b.wording)] for b in letter.blocks]


def stand_outs(
    loaded: LoadedEdition, pages: Mapping[str, int], changes: Mapping[str, int]
) -> Iterator[tuple[str, list[str]]]:
    """What stands out among the letters, in words, and which those are.

    `pages` has how many pages each has, where that is known, and `changes` how much of it is
    another than last year.
    """
    letters = loaded.letters.items()
    words = {s: sum(len(b.text.split()) for b in each.letter.blocks) for s, each in letters}
    if len(words) < 2:
        return
    for name, noun, numbers, which in (
        ("longest", "word", words, max),
        ("shortest", "word", words, min),
        ("most pages", "page", pages, max),
        ("most changed since last year", "change", changes, max),
    ):
        if len(set(numbers.values())) > 1:
            best = which(numbers.values())
            yield f"{name} ({best} {noun}s)", [s for s, n in numbers.items() if n == best]
    yield from _rates_that_stand_out(loaded)


def _rates_that_stand_out(loaded: LoadedEdition) -> Iterable[tuple[str, list[str]]]:
    """The rates of nothing, and those of all."""
    letters = loaded.letters.items()
    figures = ((cell, slug) for slug, each in letters for cell in each.letter.figures)
    return grouped(
        (f"{cell.label}: {cell.text}", slug)
        for cell, slug in figures
        if cell.column.kind.whole and cell.figure.supplied and cell.value in {None, 100}
    ).items()
