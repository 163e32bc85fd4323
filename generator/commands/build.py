"""`letters build`: make the letters that are not as they should be, and account for all."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache as once
from functools import partial

from generator.batch.build_letters import BuildRequest, build_letters, in_the_way, plan_build
from generator.batch.overview_page import OVERVIEW_FILE
from generator.batch.run import NO_LETTER, LetterExecutor, Result, nothing
from generator.commands.session import INTERRUPTED, Session, by_reason
from generator.console import shown_path
from generator.edition.languages import whose
from generator.files.edition_cache import EditionCache
from generator.lineage.earlier_years import load_edition
from generator.outputs.plan import PlannedAction, Step, left_over
from generator.outputs.remembered import recall, remember, remembered_letters
from generator.problems import errors, noun_for
from generator.processes.cancellation import stop_on_signals
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import EditionIndex, LoadedEdition


@contextmanager
def edition_to_build(
    session: Session,
    cache: EditionCache,
    start_engine: Callable[[], None],
    *,
    draft: bool,
    whole: bool,
) -> Iterator[tuple[EditionIndex, Callable[[], None]]]:
    """The edition as it was found before, where it is as it was and `whole`; else read, and kept.

    It is kept at the end, or when the other thing that is given is called: while letters are made.

    Where others of its authorities' files have changed, those alone are read. Where it is read only
    now that something of it is to be made, the engine is loaded meanwhile.
    """

    def load() -> LoadedEdition:
        start_engine()
        cache.renew()
        return load_edition(session.folders, draft=draft, known=remembered_letters(cache))

    edition = recall(session.folders, cache, load) if whole else None
    if edition is not None:
        yield edition, nothing
        return
    loaded = load_edition(session.folders, draft=draft, known=remembered_letters(cache))
    keep = once(partial(remember, loaded, cache))
    yield loaded, keep
    keep()


def chosen_letters(edition: EditionIndex, names: Iterable[str]) -> list[str]:
    """The letters meant by these names: all of an authority, or none. Raises `UsageError`."""
    if isinstance(edition, LoadedEdition):
        return choose_slugs(edition, map(whose, names))
    return edition.slugs  # where there are names, it is read


def make_letters(
    session: Session,
    loaded: EditionIndex,
    asked: BuildRequest,
    executor: LetterExecutor,
    meanwhile: Callable[[], None] = nothing,
) -> int:
    """Make these letters; say what is wrong and what became of each.

    `meanwhile` is done when the last of them is being made.
    """
    start = time.monotonic()
    known = loaded.problems_of_all(asked.slugs)
    session.console.problems(known)
    said = set(known)
    folder = session.folders.output(draft=asked.draft)
    with stop_on_signals() as stop, session.console.counting() as counter:

        def begin(steps: Sequence[Step]) -> None:
            counter.expect(sum(step.action is PlannedAction.MAKE for step in steps))

        def done(result: Result) -> None:
            session.console.problems(p for p in result.problems if p not in said)
            said.update(result.problems)
            worked = result.status == "written" or bool(result.problems)
            line = _line(replace(result, reason="") if result.status == "failed" else result)
            line = line if result.status != NO_LETTER else ""  # said of all of them at the end
            counter.step(result.slug, line, counts=worked)

        outcome = build_letters(
            *(loaded, asked, folder, executor, stop),
            begin=begin,
            done=done,
            meanwhile=meanwhile,
        )
    session.console.problems(p for p in outcome.problems if p not in said)
    for path in outcome.pruned:
        session.console.progress_line(f"removed    {shown_path(path)}")
    for line in _not_made(outcome.results):
        session.console.progress_line(line)
    seconds = time.monotonic() - start
    session.console.result(f"{_sum(outcome.results, draft=asked.draft)}, in {_duration(seconds)}.")
    session.say_without_letter(loaded, asked.slugs)
    if any(result.files for result in outcome.results):
        session.console.result(f"They are in {shown_path(folder)}; {OVERVIEW_FILE} shows them all.")
    problems = [*known, *(p for p in outcome.problems if p not in known)]
    code = session.report(
        problems,
        results=outcome.results,
        counts=_counts(outcome.results),
        seconds=round(seconds, 3),
        removed=[shown_path(path) for path in outcome.pruned],
    )
    return INTERRUPTED if outcome.stopped else code


def show_plan(session: Session, loaded: EditionIndex, asked: BuildRequest) -> int:
    """Say what a build would do about these letters, and why; nothing is written."""
    folder = session.folders.output(draft=asked.draft)
    found, steps = plan_build(loaded, asked, folder)
    known = loaded.problems_of_all(asked.slugs)
    obstacle = in_the_way(folder)
    to_remove = found.stale if asked.prune and not errors(loaded.problems) else {}
    left = left_over(loaded, found, folder, pruned=bool(to_remove))
    problems = [*known, *found.problems, *left]
    problems += [obstacle] if obstacle else []
    session.console.problems(problems)
    results = [Result(step.slug, _PLANNED[step.action], step.reason) for step in steps]
    for result in results:
        if result.status not in {_PLANNED[PlannedAction.KEEP], NO_LETTER}:
            session.console.result(_line(result))
    for name in (name for names in to_remove.values() for name in names):
        session.console.result(f"to remove  {shown_path(folder / name)}")
    session.console.result(f"{_sum(results, draft=asked.draft)}. Nothing was written (--dry-run).")
    session.say_without_letter(loaded, asked.slugs)
    return session.report(problems, results=results, counts=_counts(results))


_PLANNED = {
    PlannedAction.MAKE: "to write",
    PlannedAction.KEEP: "unchanged",
    PlannedAction.FAIL: "in error",
    PlannedAction.NONE: NO_LETTER,
}
_ORDER = ("written", "to write", "unchanged", "failed", "in error", "skipped", NO_LETTER)


def _line(result: Result) -> str:
    """A letter in one line: what became of it, and why."""
    said = f"{result.status:<9}  {result.slug}"
    return f"{said}: {result.reason}" if result.reason else said


def _counts(results: Iterable[Result]) -> dict[str, int]:
    """How many letters have each status, in the order in which people want to know."""
    counted = Counter(result.status for result in results)
    return {status: counted[status] for status in _ORDER if counted[status]}


def _sum(results: Sequence[Result], *, draft: bool) -> str:
    """All letters in one sentence: `5 letters: 1 written, 4 unchanged`."""
    letters = [result for result in results if result.status != NO_LETTER]
    noun = noun_for(len(letters), "draft" if draft else "letter")
    said = ", ".join(f"{number} {status}" for status, number in _counts(letters).items())
    return f"{len(letters)} {noun}: {said}" if said else f"No {noun} to make"


def _duration(seconds: float) -> str:
    """A length of time as people say it."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def _not_made(results: Sequence[Result]) -> list[str]:
    """The letters that were not made, a line for each reason, after all else that was said."""
    lines = [
        line
        for status in ("failed", "skipped")
        for line in by_reason(status, (r for r in results if r.status == status), len(results))
    ]
    more = len(lines) - _LINES
    return lines if more < 2 else [*lines[:_LINES], f"… and {more} more, in {OVERVIEW_FILE}"]


_LINES = 10
