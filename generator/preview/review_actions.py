"""Approving at the desk, as `letters approve` does it: what was shown, by who looked at it.

A name that one gives oneself approves once: what a browser has approved under one name, it does
not approve under another, so that nobody is the second person as well.
"""

import datetime
from typing import TYPE_CHECKING

from generator.files.transaction import not_written
from generator.issuing.decisions import keep_decision, nothing_decided, same_person
from generator.issuing.review_items import ReviewItem
from generator.issuing.review_status import ReviewStatus, review_status
from generator.lineage.earlier_years import load_edition
from generator.preview.actions import Action, ActionRefusedError, DeskAction, Reply
from generator.preview.confirm_actions import DecisionRequest, reason_of, signed_name
from generator.preview.desk_sessions import DeskSession
from generator.problems import Place, Problem, counted
from generator.workspace import EditionFolders

if TYPE_CHECKING:
    from generator.preview.preview_state import PreviewState


async def _approve(desk: "PreviewState", session: DeskSession, asked: DecisionRequest) -> Reply:
    """Write the decision, in turn with all that is written."""
    return await desk.tasks.do("writing", _decide, desk.folders, session, asked)


def _decide(folders: EditionFolders, session: DeskSession, asked: DecisionRequest) -> Reply:
    try:
        by, reason = signed_name(session, folders), reason_of(asked, folders)
        status = review_status(load_edition(folders))
        items = _shown(status, asked, folders)
        if not asked.withdraw:
            _require_another(status, items, by, session, folders)
    except ActionRefusedError as refused:
        return Reply(422, refused.problems)
    slugs = list(dict.fromkeys(slug for item in items for slug in item.slugs))
    wrong = status.problems_of(slugs)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    decision = status.decision(items, by, now, reason, withdraw=asked.withdraw)
    if decision is None:
        said = nothing_decided(by, withdraw=asked.withdraw)
        return Reply(problems=wrong, more={"said": said})
    try:
        keep_decision(folders, decision)
    except OSError as error:
        return Reply(500, [not_written(error, folders.approvals, "nothing was approved")])
    if not asked.withdraw:
        session.signed.add(same_person(by))
    return Reply(problems=wrong, more={"said": f"{decision.said}."})


def _shown(
    status: ReviewStatus, asked: DecisionRequest, folders: EditionFolders
) -> list[ReviewItem]:
    """The items that were shown, in their order, if all of them still are what they were."""
    wanted = set(asked.digests)
    gone = wanted - status.review.by_digest.keys()
    if gone:
        message = f"{counted(len(gone), 'item')} changed since you saw it; look again"
        if len(gone) > 1:
            message = f"{len(gone)} items changed since you saw them; look again"
        raise ActionRefusedError(Problem(Place(folders.approvals), message, "digests"))
    return [item for item in status.review.items if item.digest in wanted]


def _require_another(
    status: ReviewStatus,
    items: list[ReviewItem],
    by: str,
    session: DeskSession,
    folders: EditionFolders,
) -> None:
    """Raise `ActionRefusedError` where this browser has approved one of these as somebody else."""
    mine = session.signed - {same_person(by)}
    names = (name for item in items for name in status.decisions.people(item))
    before = next((name for name in names if same_person(name) in mine), None)
    if before is not None:
        message = (
            f"this browser has approved as {before}; a second person approves in a browser of "
            "their own"
        )
        raise ActionRefusedError(Problem(Place(folders.approvals), message, "name"))


ACTIONS: tuple[Action, ...] = (DeskAction("approve", DecisionRequest, _approve),)
