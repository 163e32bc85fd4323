"""The plan: which letters are to be made and why, which are as they should be, which cannot be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.outputs.fingerprint import Inputs, causes
from generator.outputs.manifest import ManifestEntry
from generator.outputs.output_files import output_names


class PlannedAction(StrEnum):
    """What is to be done about a letter."""

    MAKE = "make"
    KEEP = "keep"
    FAIL = "fail"
    """Its data or wording have an error, so nothing can be made of it."""


@dataclass(frozen=True)
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
FORCED = "made again as asked"


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
            yield f"{name} is not as it was made"
