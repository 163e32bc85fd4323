"""Build letters into an output folder: inspect, plan, make, and account for every one of them."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from os.path import lexists
from pathlib import Path

from generator.batch.job import Job, jobs_of, problems_from_exception, renderer_for
from generator.batch.overview_page import OVERVIEW_FILE, write_overview
from generator.batch.run import (
    NO_LETTER,
    LetterExecutor,
    ManifestWriter,
    Result,
    execute_plan,
    nothing,
    prune,
)
from generator.edition.languages import whose
from generator.files.parts import BusyError, locked, parts_in, tidy
from generator.files.transaction import not_written
from generator.outputs.manifest import MANIFEST_FILE
from generator.outputs.plan import OutputState, PlannedAction, Step, inspect_outputs, left_over
from generator.outputs.remembered import RememberedEdition
from generator.problems import Place, Problem, errors, passing_warning, reason_of
from generator.processes.cancellation import Cancellation, gc_disabled
from generator.project.load_edition import EditionIndex, LoadedEdition
from generator.verification.output_formats import output_formats


def check_words(
    loaded: LoadedEdition, slugs: Iterable[str], stop: Cancellation
) -> Iterator[Result]:
    """Render these letters as pages to read on screen."""
    renderer = renderer_for(loaded)
    for slug in slugs:
        if stop.requested:
            return
        problems = list[Problem]()
        if renderer is not None and slug in loaded.letters:
            letter = loaded.letters[slug].letter
            try:
                with gc_disabled():
                    renderer.html(letter)
            except Exception as error:  # one bad letter never stops the rest
                problems = problems_from_exception(error, letter, Place(loaded.files[slug]))
        yield _checked(loaded, slug, problems)


def check_pages(
    loaded: LoadedEdition,
    slugs: Iterable[str],
    jobs: Callable[[str], Job],
    executor: LetterExecutor,
    stop: Cancellation,
) -> Iterator[Result]:
    """Render these letters in all forms, by workers, as they are when they are built."""
    sound = []
    for slug in slugs:
        result = _checked(loaded, slug, [])
        if result.status == "checked":
            sound.append(slug)
        else:
            yield result
    for made in executor(map(jobs, sound), stop):
        yield _checked(loaded, made.slug, list(made.problems))


def _checked(loaded: LoadedEdition, slug: str, problems: list[Problem]) -> Result:
    """What a check of a letter comes to that was rendered with these problems."""
    if slug in loaded.without_letter:
        return Result(slug, NO_LETTER, loaded.without_letter[slug])
    if wrong := problems or errors(loaded.problems_of(slug)):
        return Result(slug, "failed", reason_of(wrong), problems=problems)
    return Result(slug, "checked")


@dataclass(frozen=True)
class BuildRequest:
    """Which letters are asked for, and how they are to be made."""

    slugs: Sequence[str]
    draft: bool = False
    force: bool = False
    """Also those that are as they should be."""
    fail_fast: bool = False
    only_failed: bool = False
    """Of these letters only those that could not be made the last time."""
    prune: bool = False
    """Remove the letters of authorities that have left the edition, or get none."""
    full_render: bool = False
    """Lay out each letter by itself, rather than make it from another of its shape."""


@dataclass(frozen=True)
class Outcome:
    """What became of all of it."""

    results: list[Result] = field(default_factory=list)
    """One for each letter asked for, by slug."""
    problems: list[Problem] = field(default_factory=list)
    """Those found on the way; what was known before stands in `LoadedEdition`."""
    pruned: list[Path] = field(default_factory=list)
    stopped: bool = False


def plan_build(
    edition: EditionIndex, asked: BuildRequest, folder: Path
) -> tuple[OutputState, list[Step]]:
    """What there is, and what a build would do about each letter asked for; nothing is written."""
    found = inspect_outputs(edition, folder, draft=asked.draft, force=asked.force)
    entries = found.manifest.letters
    chosen = [
        slug
        for slug in asked.slugs
        if not asked.only_failed or (slug in entries and entries[slug].failed is not None)
    ]
    return found, [found.steps[slug] for slug in chosen]


def build_letters(
    edition: EditionIndex,
    asked: BuildRequest,
    folder: Path,
    executor: LetterExecutor,
    stop: Cancellation,
    *,
    begin: Callable[[Sequence[Step]], None],
    done: Callable[[Result], None],
    meanwhile: Callable[[], None] = nothing,
) -> Outcome:
    """Make the letters asked for that are not as they should be.

    An edition that is remembered must be asked for as a whole: it is read where something is made.
    `begin` is told the plan, `done` each result as it comes. Bad data, a full disk or another run
    at work is no exception: it stands in the outcome, and old letters are untouched. `meanwhile` is
    done when the last letter is being made, if any is.
    """
    obstacle = in_the_way(folder)
    if obstacle:
        return _nothing_done(asked, obstacle)
    try:
        with locked(folder):
            _tidy_all(_left_by_a_build(folder))
            found, steps = plan_build(edition, asked, folder)
            if isinstance(edition, RememberedEdition) and _to_make(steps):
                edition = edition.load()
                asked = replace(asked, slugs=edition.slugs)
                found, steps = plan_build(edition, asked, folder)
                found.problems.extend(edition.problems)  # should it have been changed just now
            begin(steps)
            writer, results = ManifestWriter(folder, found.manifest), []
            for result in execute_plan(
                steps,
                found.inputs,
                _jobs(edition, asked, found),
                executor,
                writer,
                stop=stop,
                fail_fast=asked.fail_fast,
                meanwhile=meanwhile,
            ):
                results.append(result)
                done(result)
            return _accounted_for(edition, asked, found, results, writer, stopped=stop.requested)
    except BusyError as error:
        message = f"{error} is building letters here; wait until it ends, or stop it"
        return _nothing_done(asked, Problem(Place(folder), message))
    except OSError as error:
        return _nothing_done(asked, not_written(error, folder))


def _to_make(steps: Iterable[Step]) -> bool:
    return any(step.action is PlannedAction.MAKE for step in steps)


def _jobs(edition: EditionIndex, asked: BuildRequest, found: OutputState) -> Callable[[str], Job]:
    if not isinstance(edition, LoadedEdition):
        return dict[str, Job]().__getitem__  # nothing is to be made
    conforming = () if asked.force else _conforming(found)
    return jobs_of(edition, conforming=conforming, full_render=asked.full_render)


def _conforming(found: OutputState) -> set[str]:
    """What was proven to conform when the letters were made that are there."""
    return {entry.conformance for entry in found.manifest.letters.values() if entry.conformance}


def _accounted_for(
    edition: EditionIndex,
    asked: BuildRequest,
    found: OutputState,
    results: list[Result],
    writer: ManifestWriter,
    *,
    stopped: bool,
) -> Outcome:
    """Set down what became of all letters, in the manifest and on the overview page, and prune."""
    problems = list(dict.fromkeys(p for result in results for p in result.problems))
    results = sorted(results, key=lambda result: result.slug)
    written = (writer.letters[result.slug] for result in results if result.status == "written")
    if not all(entry.conformance for entry in written):
        problems.append(_not_validated(writer.folder))
    pruned: list[Path] = []
    try:
        if asked.prune and found.stale and not stopped:
            if errors(edition.problems):
                problems.append(_not_pruned(writer.folder))
            else:
                pruned = prune(found.stale, writer)
        writer.save()
        write_overview(edition, found, results, writer.letters, writer.folder)
    except OSError as error:
        problems.append(not_written(error, writer.folder))
    left = left_over(edition, found, writer.folder, pruned=bool(pruned))
    return Outcome(results, [*found.problems, *problems, *left], pruned, stopped)


def remove_letters(edition: EditionIndex, slug: str) -> Outcome:
    """Remove the letters of an authority that has left the edition, from manifest and overview too.

    And their drafts. Whatever is wrong with others, which `--prune` asks about.
    """
    found = [_remove(edition, slug, draft=draft) for draft in (False, True)]
    return Outcome(
        problems=[problem for each in found for problem in each.problems],
        pruned=[path for each in found for path in each.pruned],
    )


def _remove(edition: EditionIndex, slug: str, *, draft: bool) -> Outcome:
    folder = edition.folders.output(draft=draft)
    if not folder.is_dir():
        return Outcome()
    try:
        with locked(folder):
            _tidy_all(_left_by_a_build(folder))
            found = inspect_outputs(edition, folder, draft=draft)
            stale = {each: names for each, names in found.stale.items() if whose(each) == slug}
            if not stale:
                return Outcome()
            writer = ManifestWriter(folder, found.manifest)
            removed = prune(stale, writer)
            write_overview(edition, found, [], writer.letters, folder)
            return Outcome(pruned=removed)
    except BusyError as error:
        message = f"{error} is building letters here; the letter of {slug} is still there"
        return Outcome(problems=[Problem(Place(folder), message)])
    except OSError as error:
        return Outcome(problems=[not_written(error, folder)])


def sweep(folder: Path) -> None:
    """Remove what a build that was cut off has left, unless one is at work. Never raises."""
    if _left_by_a_build(folder):
        with suppress(BusyError, OSError), locked(folder):
            _tidy_all(_left_by_a_build(folder))


def _left_by_a_build(folder: Path) -> list[Path]:
    own = [f".{name}.*.part" for name in (MANIFEST_FILE, OVERVIEW_FILE)]  # others write here, too
    folders = [folder / each.name for each in output_formats()]
    return [*parts_in(folder, own), *(part for each in folders for part in parts_in(each))]


def _tidy_all(parts: Iterable[Path]) -> None:
    for part in parts:
        tidy(part)


def _not_pruned(folder: Path) -> Problem:
    message = "nothing was pruned; correct the errors first, since they may hide an authority"
    return passing_warning(Place(folder), message, kind="not-pruned")


def _not_validated(folder: Path) -> Problem:
    message = (
        "letters are not validated as PDF/UA-1 and PDF/A-3a, since page-validation is missing; "
        "install it: python -m pip install page-validation"
    )
    return passing_warning(Place(folder), message, kind="not-validated")


def _nothing_done(asked: BuildRequest, problem: Problem) -> Outcome:
    results = [Result(slug, "skipped", problem.message) for slug in asked.slugs]
    return Outcome(results, [problem])


def in_the_way(folder: Path) -> Problem | None:
    """What keeps every letter from being written: said once, and not once for each letter."""
    for each in output_formats():
        places = (folder / each.name, folder, *folder.parents)
        there = next(place for place in places if lexists(place))
        if not there.is_dir():
            return Problem(
                Place(there), "not a folder; move it so that letters can be written here"
            )
        if not os.access(there, os.W_OK | os.X_OK):
            read_only = os.statvfs(there).f_flag & os.ST_RDONLY
            why = os.strerror(errno.EROFS if read_only else errno.EACCES)
            return Problem(Place(there), f"no letter can be written: {why}")
    return None
