"""Carry out a plan: letters made by workers, written whole, and set down in the manifest."""

import errno
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

from generator.batch.job import Job, RenderedLetter
from generator.edition.languages import whose
from generator.files.transaction import (
    HalfWrittenError,
    not_written,
    write_all,
    write_unless_there,
)
from generator.outputs.manifest import (
    MANIFEST_FILE,
    Inputs,
    Manifest,
    ManifestEntry,
    PackedEntries,
    made_file,
    manifest_pieces,
    output_names,
    output_paths,
)
from generator.outputs.plan import PlannedAction, Step
from generator.problems import Problem, errors, reason_of, to_confirm
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import LoadedEdition
from generator.verification.output_formats import PDF, output_formats


def nothing() -> None:
    """Do nothing while letters are made."""


LetterExecutor = Callable[[Iterable[Job], Cancellation], Iterator[RenderedLetter]]
"""Makes letters, here or elsewhere, in whatever order; ends early once it is asked to stop."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one letter: `written`, `unchanged`, `failed` or `skipped`; `checked`.

    Or `no letter`, of an authority that gets none.
    """

    slug: str
    status: str
    reason: str = ""
    files: Sequence[Path] = ()
    problems: Sequence[Problem] = ()
    """Those found while it was made; what was known before stands in `LoadedEdition`."""
    write_error: int = 0
    """The system's number for why its files could not be written, if that was it."""


class PathsOfLetter(Sequence[Path]):
    """The paths of a letter's files, by which thousands of results would fill memory."""

    __slots__ = ("_folder", "_slug")

    def __init__(self, folder: Path, slug: str) -> None:
        self._folder, self._slug = folder, slug

    @overload
    def __getitem__(self, number: int) -> Path: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Path]: ...
    def __getitem__(self, number: int | slice) -> Path | Sequence[Path]:
        """One of them, or some."""
        return [*output_paths(self._folder, self._slug).values()][number]

    def __len__(self) -> int:
        return len(output_formats())


NO_LETTER = "no letter"


def letter_status(loaded: LoadedEdition, slug: str) -> tuple[str, list[str]]:
    """What can be made of a letter of an edition whose letters are drafts where needed, and why.

    `ready`, `to be confirmed`, `figures missing` or `has problems`; `no letter`.
    """
    problems, summary = loaded.problems_of(slug), loaded.summary(slug)
    authority = loaded.authorities.get(slug)
    missing = len(authority.missing()) if authority else 0
    if slug in loaded.without_letter:
        return NO_LETTER, [loaded.without_letter[slug]]
    if wrong := errors(problems, draft=True):
        return "has problems", [problem.message for problem in wrong]
    if missing:
        return "figures missing", [f"{missing} not yet supplied"]
    if summary and summary.no_letter:
        return "figures missing", [summary.no_letter.because]
    unconfirmed = [problem.message for problem in to_confirm(problems)]
    return ("to be confirmed" if unconfirmed else "ready"), unconfirmed


class ManifestWriter:
    """The manifest while a run is at work: true at every moment, whenever the run is cut off."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.letters = PackedEntries(manifest.letters)
        self._next_save = 0.0

    def begin(self, slugs: Iterable[str]) -> None:
        """Set down that these letters are to be made, before the first is touched."""
        for slug in slugs:
            self.letters[slug] = replace(self.letters.get(slug, ManifestEntry()), unfinished=True)
        self.save()

    def finish(self, slug: str, entry: ManifestEntry) -> None:
        """Set down what became of a letter; in the file from time to time, for it is all of it."""
        self.letters[slug] = entry
        if time.monotonic() >= self._next_save:
            with suppress(OSError):  # the last one tells, and until then the file is true as it is
                self.save()

    def restore(self, slug: str, entry: ManifestEntry | None) -> None:
        """Set down that a letter is as it was before; None: it was never made."""
        if entry is None:
            self.letters.pop(slug, None)
        else:
            self.letters[slug] = entry

    def save(self) -> None:
        """Write the manifest, unless it is there as it is. Raises `OSError`."""
        start = time.monotonic()
        self.letters.sort()
        manifest = replace(self.manifest, letters=self.letters)
        write_unless_there(self.folder / MANIFEST_FILE, lambda: manifest_pieces(manifest))
        took_s = time.monotonic() - start
        self._next_save = start + max(1.0, 50 * took_s)


def execute_plan(
    steps: Iterable[Step],
    inputs: Mapping[str, Inputs],
    jobs: Callable[[str], Job],
    executor: LetterExecutor,
    writer: ManifestWriter,
    *,
    stop: Cancellation,
    fail_fast: bool = False,
    meanwhile: Callable[[], None] = nothing,
) -> Iterator[Result]:
    """Do what the plan says, a result for each of its letters.

    First those that need no work, then the others as they are done. All three files of a letter
    are there before the first is written, so that one that fails leaves last time's as they were.
    `meanwhile` is done when the last letter is being made, if any is.
    Raises `OSError` where not even the manifest can be written; then nothing else was. The manifest
    is the caller's to save, at the end.
    """
    to_make = {step.slug: step for step in steps if step.action is PlannedAction.MAKE}
    why_not_all = ""
    for step in steps:
        if step.slug not in to_make:
            result = _without_work(step, writer)
            if result.status == "failed" and fail_fast:
                why_not_all = _FAIL_FAST
            yield result
    before = writer.letters.among(to_make)
    not_reached = dict.fromkeys(to_make)
    try:
        if to_make and not why_not_all:
            writer.begin(to_make)
            given_out = _given_out(map(jobs, to_make), meanwhile)
            for group in _together(executor(given_out, stop), to_make):
                for made, result, entry in _save(group, to_make, inputs, before, writer.folder):
                    del not_reached[made.slug]
                    writer.finish(made.slug, entry)
                    yield result
                    why_not_all = why_not_all or _why_stop(result, fail_fast=fail_fast)
                if why_not_all:
                    break
    finally:
        for slug in not_reached:  # what was there is still there
            writer.restore(slug, before.get(slug))
    for slug in not_reached:
        yield Result(slug, "skipped", why_not_all or "not reached")


def _given_out(jobs: Iterable[Job], then: Callable[[], None]) -> Iterator[Job]:
    """The jobs, and what is done when somebody has taken the last of them."""
    yield from jobs
    then()


def _together(
    made: Iterable[RenderedLetter], to_make: Iterable[str]
) -> Iterator[list[RenderedLetter]]:
    """The letters of one authority together, in all languages, once the last of them is done."""
    due = Counter(map(whose, to_make))
    waiting: dict[str, list[RenderedLetter]] = {}
    for each in made:
        authority = whose(each.slug)
        group = waiting.setdefault(authority, [])
        group.append(each)
        if len(group) == due[authority]:
            yield waiting.pop(authority)


_FAIL_FAST = "not tried after the first failure (--fail-fast)"
_NOTHING_CAN_BE_WRITTEN = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def _why_stop(result: Result, *, fail_fast: bool) -> str:
    """Why, after such a result, no other letter is tried; "" where they are."""
    if result.write_error in _NOTHING_CAN_BE_WRITTEN:
        return f"not tried: {os.strerror(result.write_error)}"
    return _FAIL_FAST if fail_fast and result.status == "failed" else ""


def _without_work(step: Step, writer: ManifestWriter) -> Result:
    if step.action is PlannedAction.NONE:
        return Result(step.slug, NO_LETTER, step.reason)
    entry = writer.letters.get(step.slug, ManifestEntry())
    if step.action is PlannedAction.FAIL:
        writer.letters[step.slug] = replace(entry, failed=step.reason)
        return _failed(step.slug, step.reason, (), output_paths(writer.folder, step.slug))
    if entry.failed is not None:
        writer.letters[step.slug] = replace(entry, failed=None)
    return Result(step.slug, "unchanged", files=PathsOfLetter(writer.folder, step.slug))


def _save(
    group: Sequence[RenderedLetter],
    steps: Mapping[str, Step],
    inputs: Mapping[str, Inputs],
    before: Mapping[str, ManifestEntry],
    folder: Path,
) -> Iterator[tuple[RenderedLetter, Result, ManifestEntry]]:
    """Write the letters of one authority, all or none; the result of each, and its entry."""
    paths = {made.slug: output_paths(folder, made.slug) for made in group}
    problems, write_error, half = [p for made in group for p in made.problems], 0, False
    if not problems:
        try:
            write_all(
                {paths[m.slug][kind]: whole for m in group for kind, whole in m.contents.items()}
            )
        except OSError as error:
            problems = [not_written(error, paths[group[0].slug][PDF.name])]
            write_error, half = error.errno or 0, isinstance(error, HalfWrittenError)
    for made in group:
        slug = made.slug
        if problems:
            reason = reason_of(problems)
            entry = before.get(slug) or ManifestEntry()
            entry = replace(entry, failed=reason, unfinished=entry.unfinished or half)
            result = _failed(slug, reason, problems, {} if half else paths[slug])
            yield made, replace(result, write_error=write_error), entry
        else:
            names = output_names(slug)
            files = {names[kind]: made_file(content) for kind, content in made.contents.items()}
            result = Result(slug, "written", steps[slug].reason, PathsOfLetter(folder, slug))
            entry = ManifestEntry(inputs[slug], made.pages, files, conformance=made.conformance)
            yield made, result, entry


def _failed(
    slug: str, reason: str, problems: Sequence[Problem], paths: Mapping[str, Path]
) -> Result:
    """The result of a letter that failed, with a word on the one made before, if it is whole."""
    if PDF.name in paths and _is_there(paths[PDF.name]):
        reason = f"{reason}; the earlier letter is unchanged"
    return Result(slug, "failed", reason, problems=problems)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # where it may not look
        return False


def prune(stale: Mapping[str, list[str]], writer: ManifestWriter) -> list[Path]:
    """Remove these letters' files, by slug and path from the output folder. Raises `OSError`.

    First the manifest forgets them, so that it never speaks of what is not there.
    """
    for slug in stale:
        writer.restore(slug, None)
    writer.save()
    paths = [writer.folder / name for names in stale.values() for name in names]
    for path in paths:
        path.unlink(missing_ok=True)
    return paths
