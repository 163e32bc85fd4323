"""How far the letters of an edition are on their way: which are approved, and which are issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.issuing.decisions import Approval
from generator.issuing.register import read_register
from generator.issuing.review_status import review_status
from generator.outputs.plan import OutputState
from generator.project.load_edition import LoadedEdition
from generator.reports.review_report import ReviewReport, review_report


@dataclass(frozen=True)
class LettersOnTheirWay:
    """The letters that were approved, and those that were issued, as they are now."""

    approved: frozenset[str]
    issued: frozenset[str]
    review: ReviewReport
    """What there is to approve, and how each of it stands."""
    approvals: Mapping[str, Sequence[Approval]]
    """Who approved what, by the digest of that."""


def letters_on_their_way(
    loaded: LoadedEdition, outputs: OutputState, changes: Mapping[str, int]
) -> LettersOnTheirWay:
    """Which letters are approved and issued; one that has changed since is neither.

    `changes` has how many changes each letter has since last year, as far as that is known.
    """
    register = read_register(loaded.folders)
    issued = (
        slug
        for slug, inputs in outputs.inputs.items()
        if (last := register.last(slug)) and last.inputs.get("letter") == inputs["letter"]
    )
    status = review_status(loaded)
    review = review_report(status, loaded.slugs, outputs.manifest.letters, changes)
    approvals = {each.item.digest: status.decisions.of(each.item) for each in review.items}
    return LettersOnTheirWay(
        frozenset(status.approved_letters), frozenset(issued), review, approvals
    )
