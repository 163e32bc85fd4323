"""The plan: which letters are to be made and why, which are as they should be, which cannot be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.checks.registry import OutputContext, check_output
from generator.outputs.manifest import (
    Inputs,
    Manifest,
    ManifestEntry,
    ManifestError,
    causes,
    letters_in,
    manifest_or_warning,
    output_names,
    read_manifest,
    sums_of,
)
from generator.outputs.remembered import inputs_now
from generator.problems import Problem, errors, reason_of
from generator.processes.cancellation import gc_disabled
from generator.project.load_edition import EditionIndex
from generator.rendering.engine import engine_parts
from generator.workspace import DRAFTS


class PlannedAction(StrEnum):
    """What is to be done about a letter."""

    MAKE = "make"
    KEEP = "keep"
    FAIL = "fail"
    """Its data or wording have an error, so nothing can be made of it."""
    NONE = "none"
    """Its authority gets none."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done about one letter, and why."""

    slug: str
    action: PlannedAction
    reasons: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """All reasons in one text."""
        return ", ".join(self.reasons)

    @property
    def is_new(self) -> bool:
        """Whether the letter has never been made."""
        return self.reasons == (NEW,)


NEW = "new"
UNKNOWN = "not in the manifest"
UNFINISHED = "not finished last time"
FORCED = "rebuilt as asked (--force)"


def plan_letter(
    slug: str,
    now: Inputs | None,
    error: str,
    entry: ManifestEntry | None,
    sums: Mapping[str, str],
    *,
    force: bool = False,
) -> Step:
    """The step for one letter.

    `now` are its inputs, None where it could not be composed; `error` why it cannot be made,
    "" where it can; `entry` what the manifest says of it; `sums` the SHA-256 of its files,
    by their paths from the output folder.
    """
    if error or now is None:
        return Step(slug, PlannedAction.FAIL, (error,))
    reasons = list(_reasons(now, entry, {n: sums.get(n) for n in output_names(slug).values()}))
    if force and not reasons:
        reasons = [FORCED]
    return Step(slug, PlannedAction.MAKE if reasons else PlannedAction.KEEP, tuple(reasons))


def _reasons(
    now: Inputs, entry: ManifestEntry | None, sums: Mapping[str, str | None]
) -> Iterable[str]:
    if entry is None or not (entry.files or entry.unfinished):
        yield UNKNOWN if any(sums.values()) else NEW
        return
    if entry.unfinished:
        yield UNFINISHED
        return
    yield from causes(entry.inputs, now)
    for name, found in sums.items():
        made = entry.files.get(name)
        if found is None:
            yield f"{name} is missing"
        elif made is None or found != made.sha256:
            yield f"{name} has changed since it was built"


@dataclass(frozen=True)
class OutputState:
    """What is to be done about each letter of an edition, and what else lies in its folder."""

    manifest: Manifest
    steps: Mapping[str, Step]
    """Of all authorities, by slug."""
    inputs: Mapping[str, Inputs]
    stale: Mapping[str, list[str]]
    """The files, by slug, of letters that we made and that the edition no longer has."""
    foreign_files: Mapping[str, list[str]]
    """Those that look like letters, belong to no authority, and were not made here."""
    problems: list[Problem]
    """What is wrong with the manifest."""

    def made(self, slug: str) -> tuple[str, str]:
        """How the letter that was made, if one was, stands to the files of now, and why.

        `up to date`, `out of date` or `not made`; of one that shall not be, `stale` or `-`.
        """
        step, entry = self.steps[slug], self.manifest.letters.get(slug)
        fails = step.action is PlannedAction.FAIL
        if step.action is PlannedAction.NONE:
            return "stale" if slug in self.stale else "-", ""
        if step.is_new or (fails and not (entry and entry.files)):
            return "not made", ""
        if step.action is PlannedAction.KEEP:
            return "up to date", ""
        return "out of date", "" if fails else step.reason


def inspect_outputs(
    loaded: EditionIndex, folder: Path, *, draft: bool = False, force: bool = False
) -> OutputState:
    """Compare all letters of an edition with what lies in the output folder; nothing is written."""
    manifest, problems = manifest_or_warning(folder, "every letter is rebuilt at the next build")
    engine = engine_parts()
    manifest = manifest or Manifest(loaded.folders.year, draft)
    with gc_disabled():
        inputs = inputs_now(loaded, engine)
    sums = sums_of(folder, loaded.slugs)
    steps = {}
    for slug in loaded.slugs:
        if slug in loaded.without_letter:
            reason = loaded.without_letter[slug]
            steps[slug] = Step(slug, PlannedAction.NONE, (reason,))
            continue
        wrong = errors(loaded.problems_of(slug))
        steps[slug] = plan_letter(
            slug,
            inputs.get(slug),
            reason_of(wrong) if wrong else "",
            manifest.letters.get(slug),
            sums,
            force=force,
        )
    ours = {slug for slug, step in steps.items() if step.action is not PlannedAction.NONE}
    others = {slug: names for slug, names in letters_in(folder).items() if slug not in ours}
    stale = {slug: names for slug, names in others.items() if slug in manifest.letters}
    foreign = {slug: names for slug, names in others.items() if slug not in stale}
    # Without those that the edition no longer has and whose files somebody has removed.
    letters = {s: entry for s, entry in manifest.letters.items() if s in ours or s in stale}
    now = Manifest(manifest.year, manifest.draft, engine, letters)
    return OutputState(now, steps, inputs, stale, foreign, problems)


def left_over(
    loaded: EditionIndex, found: OutputState, folder: Path, *, pruned: bool = False
) -> list[Problem]:
    """A warning for each letter and draft that is none of the edition's."""
    stale = {} if pruned else found.stale
    drafts = {} if found.manifest.draft else _stale_drafts(loaded, folder)
    return check_output(
        OutputContext(folder, stale, drafts, found.foreign_files, loaded.without_letter)
    )


def _stale_drafts(loaded: EditionIndex, folder: Path) -> dict[str, list[str]]:
    drafts = folder / DRAFTS
    try:
        manifest = read_manifest(drafts)
    except ManifestError:  # as a build of the drafts will say
        return {}
    ours = manifest.letters if manifest else {}
    return {
        slug: [f"{DRAFTS}/{name}" for name in names]
        for slug, names in letters_in(drafts).items()
        if slug in ours and (slug not in loaded.files or slug in loaded.without_letter)
    }
