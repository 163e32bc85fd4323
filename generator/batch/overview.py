"""The overview page of an output folder: what is known of each letter after a run."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.batch.overview_page import (
    Overview,
    OverviewEntry,
    OverviewFigure,
    authority_at_a_glance,
    figures_at_a_glance,
    head_at_a_glance,
    overview_page,
)
from generator.batch.run import Result
from generator.files.bounded_read import holds
from generator.files.transaction import atomic_write
from generator.outputs.inspect_outputs import OutputState
from generator.outputs.manifest import ManifestEntry
from generator.outputs.output_files import output_names
from generator.outputs.plan import PlannedAction, Step
from generator.project.load_edition import LoadedEdition

OVERVIEW_FILE = "index.html"


def write_overview(
    loaded: LoadedEdition,
    found: OutputState,
    results: Iterable[Result],
    letters: Mapping[str, ManifestEntry],
    folder: Path,
) -> None:
    """Write the overview, unless it is there as it is. Raises `OSError`.

    `letters` is what the manifest says after the run, `results` what became of those asked for.
    """
    edition = loaded.edition
    if edition is None:  # then no letter can be made, and an overview of before stays
        return
    by_slug = {result.slug: result for result in results}
    entries = [
        _entry(loaded, found.steps[slug], by_slug.get(slug), letters.get(slug), folder)
        for slug in loaded.slugs
    ]
    entries += [_stale(slug, names) for slug, names in found.stale.items() if slug in letters]
    overview = Overview(
        year=edition.year,
        language=edition.language,
        title=f"Annual letters {edition.year}",
        columns=tuple(head_at_a_glance(c, edition) for c in figures_at_a_glance(edition)),
        draft=found.manifest.draft,
        entries=tuple(entries),
    )
    content = overview_page(overview).encode()
    path = folder / OVERVIEW_FILE
    if not holds(path, content):
        atomic_write(path, content)


def _entry(
    loaded: LoadedEdition,
    step: Step,
    result: Result | None,
    made: ManifestEntry | None,
    folder: Path,
) -> OverviewEntry:
    slug = step.slug
    authority = loaded.data.authorities.get(slug)
    composed = loaded.letters.get(slug)
    status, reason = status_of(step, result)
    names = output_names(slug)
    shown: tuple[OverviewFigure, ...] = ()
    if authority is not None and loaded.edition is not None:
        shown = authority_at_a_glance(authority, loaded.edition)
    return OverviewEntry(
        slug=slug,
        name=authority.name if authority else slug,
        status=status,
        reason=reason,
        figures=shown,
        inserts=composed.inserts if composed else (),
        pages=made.pages if made else None,
        files={kind: name for kind, name in names.items() if (folder / name).is_file()},
    )


def status_of(step: Step, result: Result | None = None) -> tuple[str, str]:
    """How a letter stands, and why: after a run that had to do with it, or as it was planned."""
    if result is not None and result.status != "skipped":
        return result.status, result.reason
    match step.action:
        case PlannedAction.FAIL:
            return "failed", step.reason
        case PlannedAction.KEEP:
            return "unchanged", ""
        case PlannedAction.MAKE:
            return ("not made", "") if step.is_new else ("out of date", step.reason)


def _stale(slug: str, names: Iterable[str]) -> OverviewEntry:
    kinds = {name.split("/")[0]: name for name in names}
    return OverviewEntry(
        slug=slug,
        name=slug,
        status="stale",
        reason="no longer in the edition",
        figures=(),
        inserts=(),
        pages=None,
        files=kinds,
    )
