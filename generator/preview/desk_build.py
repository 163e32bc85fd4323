"""A build that was started at the desk: as `letters build` makes it, followed, and stopped."""

import asyncio
import datetime
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from generator.batch.build_letters import BuildRequest, Outcome, build_letters
from generator.batch.run import NO_LETTER, Result
from generator.batch.workers import processors, render_all
from generator.lineage.earlier_years import load_edition
from generator.outputs.plan import PlannedAction, Step
from generator.preview.actions import Action, ActionRequest, DeskAction, Reply
from generator.preview.desk_sessions import DeskSession
from generator.problems import Place, Problem, counted
from generator.processes.cancellation import Cancellation

if TYPE_CHECKING:
    from generator.preview.preview_state import PreviewState

_TIME_LIMIT_S = 60
"""So long a letter may take, as for the command."""
_NEWS_S = 0.3
"""No more often than this is it told how far it has got."""
_KNOWN_S = 2.0
"""Before so long nothing is said of how much longer it takes."""
_END_S = 30.0
"""So long the end of the desk waits for a build that was stopped."""


@dataclass
class DeskBuild:
    """A build: how far it has got, and what came of it."""

    draft: bool
    of: int = 0
    """How many letters are to be made; those that are as they should be do not count."""
    made: int = 0
    is_stopping: bool = False
    outcome: Outcome | None = None
    """None as long as it is going on."""
    problems: list[Problem] = field(default_factory=list)
    """What it found, those that were known before it left out."""
    ended: datetime.datetime | None = None
    has_ended: Event = field(default_factory=Event)
    _stop: Cancellation = field(default_factory=Cancellation)
    _start_s: float = field(default_factory=time.monotonic)

    @property
    def is_running(self) -> bool:
        """Whether it is still going on."""
        return self.ended is None

    def request_stop(self) -> None:
        """Ask it to end: the letters that are being made are put aside, those made stay."""
        if self.is_running and not self.is_stopping:
            self.is_stopping = True
            self._stop.request()

    @property
    def said(self) -> str:
        """How far it has got, or what came of it, in a sentence."""
        what = "drafts" if self.draft else "letters"
        if self.is_running and self.is_stopping:
            return f"Stopping the build of {what}."
        if self.is_running and not self.of:
            return f"Building {what}."
        if self.is_running:
            left = f"; {left_in_words(self._left_s())}" if self._left_s() else ""
            return f"Building {what}: {self.made:,} of {self.of:,} made{left}."
        return _outcome_in_words(self)

    def _left_s(self) -> float:
        """How much longer it takes, by how long it took so far; nought where that is not known."""
        passed_s = time.monotonic() - self._start_s
        if not self.made or passed_s < _KNOWN_S:
            return 0
        return passed_s / self.made * (self.of - self.made)

    def run(self, desk: "PreviewState", tell: Callable[[], None]) -> None:
        """Build in the thread of this call, as the command does; `tell` is called now and then."""
        told_s = 0.0
        folder = desk.folders.output(draft=self.draft)

        def begin(steps: Sequence[Step]) -> None:
            self.of = sum(step.action is PlannedAction.MAKE for step in steps)
            tell()

        def done(result: Result) -> None:
            nonlocal told_s
            self.made += result.status == "written" or bool(result.problems)
            if time.monotonic() - told_s >= _NEWS_S:
                told_s = time.monotonic()
                tell()

        try:
            with closing(self._stop):
                loaded = load_edition(desk.folders, draft=self.draft)
                known = set(loaded.problems)
                executor = partial(render_all, workers=processors(), time_limit_s=_TIME_LIMIT_S)
                asked = BuildRequest(loaded.slugs, self.draft)
                outcome = build_letters(
                    loaded, asked, folder, executor, self._stop, begin=begin, done=done
                )
            self.problems = [problem for problem in outcome.problems if problem not in known]
            self.outcome = outcome
        finally:
            self.ended = datetime.datetime.now()  # as the clock on the wall has it
            self.has_ended.set()
            tell()


def left_in_words(seconds: float) -> str:
    """How long something still takes, as people say it."""
    minutes = round(seconds / 60)
    return f"about {counted(minutes, 'minute')} left" if minutes else "less than a minute left"


def _outcome_in_words(build: DeskBuild) -> str:
    if build.outcome is None or build.ended is None:
        return "The build ended unexpectedly."
    counts = Counter(r.status for r in build.outcome.results if r.status != NO_LETTER)
    kinds = ("written", "unchanged", "failed", "skipped")
    said = ", ".join(f"{counts[kind]:,} {kind}" for kind in kinds if counts[kind])
    letters = counted(counts.total(), "draft" if build.draft else "letter")
    verb = "Stopped" if build.outcome.stopped else "Built"
    return f"{verb} at {build.ended:%H:%M}: {letters}, {said or 'none to make'}."


class BuildAction(ActionRequest):
    """All letters, or drafts of all."""

    draft: bool = False


async def _build(desk: "PreviewState", _session: DeskSession, asked: BuildAction) -> Reply:
    """Begin a build, unless one is going on."""
    if desk.build is not None and desk.build.is_running:
        problem = Problem(Place(desk.folders.output()), "a build is going on; stop it, or wait")
        return Reply(409, [problem])
    build = desk.build = DeskBuild(asked.draft)
    loop = asyncio.get_running_loop()

    def tell() -> None:
        if not desk.closed:
            loop.call_soon_threadsafe(desk.notify)

    async def work() -> None:
        await desk.tasks.do("building", build.run, desk, tell)

    desk.begin(work)
    desk.notify()
    return Reply(more={"said": build.said})


class StopAction(ActionRequest):
    """The build that is going on is to end."""


async def _stop(desk: "PreviewState", _session: DeskSession, _asked: StopAction) -> Reply:
    """Stop the build that is going on, if any."""
    if desk.build is not None:
        desk.build.request_stop()
        desk.notify()
    return Reply(more={"said": desk.build.said if desk.build else "No build is running."})


async def end_build(desk: "PreviewState") -> None:
    """Stop what is being built, and wait until nothing of it is half done."""
    if desk.build is not None and desk.build.is_running:
        desk.build.request_stop()
        await asyncio.to_thread(desk.build.has_ended.wait, _END_S)


ACTIONS: tuple[Action, ...] = (
    DeskAction("build", BuildAction, _build),
    DeskAction("stop-build", StopAction, _stop),
)
