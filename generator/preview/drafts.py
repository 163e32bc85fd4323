"""Drafts: what would come of an action, in the letter before one's eyes and in all, unsaved.

The action's files are put in the place of those on the disk while the edition is read, by the same
steps as ever. So a draft is what a save would make, and says what is wrong with it.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Annotated, Any

from pydantic import Field, ValidationError

from generator.batch.job import Job, RenderedLetter, jobs_of
from generator.files.bounded_read import DroppedError, drafted
from generator.files.parts import Content
from generator.preview.actions import (
    Action,
    ActionRefusedError,
    ActionRequest,
    DeskAction,
    FileAction,
    OpenedFiles,
    Reply,
    replying,
)
from generator.preview.desk_sessions import DeskSession
from generator.preview.edition_snapshot import (
    EditionSnapshot,
    Jobs,
    ShownLetter,
    read_edition,
    read_one,
    show_letter,
)
from generator.preview.impact import Impact, PageCount, count_pages, impact_of
from generator.preview.pages import impact_in_words, pages_in_words
from generator.preview.preview_state import Draft, PreviewState
from generator.problems import Place, Problem

_PATIENCE_S = 1.0
"""So long who follows the counting of pages is kept waiting for more."""


Page = Annotated[str, Field(pattern="^[0-9]{1,30}$")]
"""By what a page of a browser calls itself, so that each has a draft of its own."""


class DraftRequest(ActionRequest):
    """An action that is not yet to be done, and the letter in which it is to be seen."""

    page: Page
    slug: Annotated[str, Field(max_length=300)]
    action: Annotated[str, Field(max_length=100)]
    asked: dict[str, Any]


class FollowRequest(ActionRequest):
    """How far the counting of pages had got when it was last told."""

    page: Page
    counted: Annotated[int, Field(ge=-1)] = -1


class EndRequest(ActionRequest):
    """Whose draft is at its end."""

    page: Page


@dataclass(frozen=True)
class DraftImpact:
    """What a draft would change in all letters, as far as it is known."""

    dropped: Event
    before: Mapping[str, str]
    keys: Mapping[str, str]
    """What would decide the bytes of each letter."""
    impact: Impact
    counted: asyncio.Event = field(default_factory=asyncio.Event)
    """That the pages of a letter more are known."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """That no more will be counted."""

    def count(self, desk: PreviewState) -> PageCount:
        """How its letters' pages come out, as far as they are laid out as before and as drafted."""
        count = count_pages(self.impact, self.before, self.keys, desk.render_cache.pages)
        if self.ended.is_set():
            return count
        return replace(count, counted=count.counted - count.unknown, unknown=0)


def draft_name(session: DeskSession, page: str) -> str:
    """By what a draft is known among the letters: each page of a browser has one of its own."""
    return f"draft {session.key} {page}"


class Drafting:
    """The drafts at a desk: one for each session, and what that would change in all letters."""

    def __init__(self, actions: Mapping[str, FileAction[Any]]) -> None:
        self._actions = actions
        self._impacts: dict[str, DraftImpact] = {}
        self._dropped: dict[str, Event] = {}

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be asked for."""
        return (
            DeskAction("draft", DraftRequest, self.draft),
            DeskAction("impact", DraftRequest, self.impact),
            DeskAction("growth", FollowRequest, self.growth),
            DeskAction("end-draft", EndRequest, self.end),
        )

    async def draft(self, desk: PreviewState, session: DeskSession, asked: DraftRequest) -> Reply:
        """Set the letter anew as it would be, and say what is wrong with it."""
        name, reading = draft_name(session, asked.page), desk.reading
        self._drop(name)
        before = desk.letters.get(asked.slug)
        made: list[Draft] = []

        def make() -> Reply:
            contents = self._contents(desk, session, asked)
            names = reading.names if reading else ()
            with drafted(contents):
                loaded = read_one(desk.folders, asked.slug)
                jobs = jobs_of(loaded, names) if loaded.letter_template else None
                shown = show_letter(loaded, asked.slug, jobs, before)
            made.append(Draft(contents, shown))
            return Reply(problems=shown.problems, more={"key": _key(shown)})

        reply = await desk.tasks.do("letter", replying, desk.folders, asked, make)
        if made:
            desk.show_draft(name, made[0])
        return reply

    async def impact(self, desk: PreviewState, session: DeskSession, asked: DraftRequest) -> Reply:
        """Say which letters would change, and begin to lay them out, until the next draft."""
        name = draft_name(session, asked.page)
        self._drop(name)
        dropped = self._dropped[name] = Event()
        before = desk.reading
        found: list[EditionSnapshot] = []

        def read() -> Reply:
            contents = self._contents(desk, session, asked)
            with drafted(contents, dropped):
                found.append(read_edition(desk.folders, before))
            return Reply()

        try:
            reply = await desk.tasks.do("impact", replying, desk.folders, asked, read)
        except DroppedError:
            return Reply(more={"dropped": True})
        if not found or before is None or dropped.is_set():
            return Reply(reply.status, reply.problems, {**reply.more, "dropped": dropped.is_set()})
        after = found[0]
        impact = impact_of(before, after)
        known = DraftImpact(dropped, before.keys, after.keys, impact)
        self._impacts[name] = known
        desk.begin(lambda: lay_out(desk, known, before.jobs, after.jobs))
        sentences = impact_in_words(impact, "This") or ["This changes no letter."]
        return Reply(more={"said": sentences, "letters": len(impact.changed)})

    async def growth(self, desk: PreviewState, session: DeskSession, asked: FollowRequest) -> Reply:
        """Say how the pages come out of the letters that would change, once more are laid out."""
        known = self._impacts.get(draft_name(session, asked.page))
        if known is None:
            return Reply(more={"said": [], "done": True})
        count = known.count(desk)
        if count.counted == asked.counted and count.counted < count.of:
            known.counted.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE_S):
                    await known.counted.wait()
            count = known.count(desk)
        words = pages_in_words(count)
        said = [*words.get("growing", ()), *words.get("grown", ())]
        is_done = count.counted >= count.of or known.dropped.is_set() or known.ended.is_set()
        return Reply(more={"said": said, "counted": count.counted, "done": is_done})

    async def end(self, desk: PreviewState, session: DeskSession, asked: EndRequest) -> Reply:
        """Let the letter be seen as it is saved."""
        name = draft_name(session, asked.page)
        self._drop(name)
        desk.show_draft(name, None)
        return Reply()

    def saved(
        self, desk: PreviewState, session: DeskSession, contents: Mapping[Path, Content]
    ) -> None:
        """Let the letter be seen as it was drafted, where just that was saved."""
        for name, draft in desk.drafts.items():
            is_own = name.startswith(draft_name(session, ""))
            if is_own and draft.contents == contents and not draft.shown.is_old:
                self._drop(name)
                desk.show(draft.shown)

    def _drop(self, name: str) -> None:
        self._impacts.pop(name, None)
        dropped = self._dropped.pop(name, None)
        if dropped is not None:
            dropped.set()

    def _contents(
        self, desk: PreviewState, session: DeskSession, asked: DraftRequest
    ) -> Mapping[Path, bytes]:
        """The files that the action would write. Raises as it does."""
        action = self._actions.get(asked.action)
        try:
            if action is None:
                raise ActionRefusedError(_problem(desk, "there is no such action"))
            inner = action.request.model_validate(asked.asked)
        except ValidationError as error:
            raise ActionRefusedError(_problem(desk, error.errors()[0]["msg"])) from error
        edits = action.run(OpenedFiles(desk.folders, inner.expected, session), inner)
        return {path: new for path, new in edits.contents.items() if isinstance(new, bytes)}


def _problem(desk: PreviewState, message: str) -> Problem:
    return Problem(Place(desk.folders.data), message)


def _key(shown: ShownLetter) -> str | None:
    return shown.good.key if shown.good and not shown.is_old else None


async def lay_out(
    desk: PreviewState, known: DraftImpact, before: Jobs | None, after: Jobs | None
) -> None:
    """Lay out the letters that would change, until nobody wants to know any more.

    Then as they were, where that was not yet counted: the draft may be quicker than the desk.
    """

    def unknown(keys: Mapping[str, str], jobs: Jobs | None) -> Iterator[Job]:
        for slug in known.impact.changed:
            if jobs is None or known.dropped.is_set():
                return
            if not desk.render_cache.knows(keys[slug]):
                yield jobs(slug)

    def count(keys: Mapping[str, str], job: Job, made: RenderedLetter) -> None:
        desk.render_cache.put(keys[job.letter.slug], made)
        known.counted.set()

    try:
        for keys, jobs in ((known.keys, after), (known.before, before)):
            await desk.tasks.render_meanwhile(unknown(keys, jobs), partial(count, keys))
    finally:
        known.ended.set()
        known.counted.set()
