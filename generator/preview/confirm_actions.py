"""Confirming at the desk: a person's word that what was shown is right as it is."""

import datetime
from typing import Annotated

from pydantic import Field

from generator.confirming.confirmation import Confirmable, check_text
from generator.confirming.settle import settle
from generator.files.recovery import Sha256
from generator.lineage.earlier_years import load_edition
from generator.preview.actions import (
    Action,
    ActionRefusedError,
    ActionRequest,
    Edits,
    FileAction,
    OpenedFiles,
)
from generator.preview.desk_sessions import DeskSession
from generator.problems import Place, Problem, counted
from generator.workspace import EditionFolders, UsageError

Reason = Annotated[str, Field(max_length=500)]


class DecisionRequest(ActionRequest):
    """A person's word about what was shown: each thing by the digest of exactly that."""

    digests: Annotated[list[Sha256], Field(min_length=1, max_length=20_000)]
    withdraw: bool = False
    """Whether an earlier word is taken back."""
    reason: Reason | None = None


def signed_name(session: DeskSession, folders: EditionFolders) -> str:
    """Who decides. Raises `ActionRefusedError` where nobody has said who sits there."""
    if not session.name:
        message = "say who you are: your name is written down with what you decide"
        raise ActionRefusedError(Problem(Place(folders.data), message, "name"))
    try:
        check_text("Your name", session.name)
    except UsageError as error:
        raise ActionRefusedError(Problem(Place(folders.data), str(error), "name")) from error
    return session.name


def reason_of(asked: DecisionRequest, folders: EditionFolders) -> str | None:
    """Why, where that was said. Raises `ActionRefusedError`."""
    reason = " ".join((asked.reason or "").split())
    try:
        if reason:
            check_text("The reason", reason)
    except UsageError as error:
        raise ActionRefusedError(Problem(Place(folders.data), str(error), "reason")) from error
    return reason or None


def _confirm(files: OpenedFiles, asked: DecisionRequest) -> Edits:
    folders = files.folders
    by, reason = signed_name(files.session, folders), reason_of(asked, folders)
    found = Confirmable(loaded := load_edition(folders))
    path = folders.confirmed_file
    unreadable = [problem for problem in loaded.problems if problem.place.path == path]
    if unreadable:
        raise ActionRefusedError(*unreadable)
    known = found.confirmed if asked.withdraw else {**found.open, **found.confirmed}
    gone = [digest for digest in asked.digests if digest not in known]
    if gone:
        message = f"{counted(len(gone), 'entry', 'entries')} changed meanwhile; look at them again"
        raise ActionRefusedError(Problem(Place(path), message))
    today = datetime.date.today()
    chosen = list(dict.fromkeys(asked.digests))
    done = settle(found, chosen, by, today, reason, withdraw=asked.withdraw)
    said = f"{len(done.confirmed)} confirmed by {by}"
    if asked.withdraw:
        said = f"{len(done.withdrawn)} withdrawn"
    swept = f"; {counted(len(done.swept), 'void entry', 'void entries')} removed"
    contents = {path: done.content} if done.content is not None else {}
    return Edits(said + (swept if done.swept else ""), contents, is_guarded=False)


ACTIONS: tuple[Action, ...] = (FileAction("confirm", DecisionRequest, _confirm),)
