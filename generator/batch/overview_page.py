"""The overview page: all letters of an edition on one page, to see at a glance and open any.

The page is one file that works from disk: its styles and its script are inside, its security policy
allows those two and nothing else, and without the script it is a plain table. Its own words are
English; the edition's language decides how names are sorted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.assets.page_templates import ListFilter, page_template
from generator.batch.run import NO_LETTER, Result
from generator.files.transaction import write_unless_there
from generator.outputs.at_a_glance import LetterAtAGlance, OverviewFigure
from generator.outputs.manifest import ManifestEntry, output_names
from generator.outputs.plan import OutputState, PlannedAction, Step
from generator.outputs.remembered import glance_of
from generator.project.load_edition import EditionIndex
from generator.verification.output_formats import output_formats

TEMPLATE = "overview_page.html.jinja"


@dataclass(frozen=True, slots=True)
class OverviewEntry:
    """One letter: what became of it, and where its files are."""

    slug: str
    name: str
    """The authority's name; the slug where its file cannot be read."""
    status: str
    """Such as written, unchanged, failed, out of date, not made, stale; any short text will do."""
    reason: str
    """Why, or nothing."""
    files: Mapping[str, str]
    """By format, in their order: addresses from the overview, of what exists."""
    figures: tuple[OverviewFigure, ...] = ()
    """As many as the overview has columns, or none."""
    inserts: tuple[str, ...] = ()
    pages: int | None = None

    @property
    def style(self) -> "StatusStyle":
        """How its status is shown."""
        return STATUS_STYLES.get(self.status, OTHER_STYLE)


@dataclass(frozen=True)
class Overview:
    """All letters of an edition."""

    year: int
    language: str
    title: str
    columns: tuple[str, ...]
    """The headers of the figures, as `header_at_a_glance` words them."""
    draft: bool
    entries: tuple[OverviewEntry, ...]


@dataclass(frozen=True)
class StatusStyle:
    """How a status is shown: how far up, in which style of the overview, and with which sign."""

    urgency: int
    tone: str
    character: str = ""


STATUS_STYLES = {
    "failed": StatusStyle(0, "bad", "\N{MULTIPLICATION SIGN}"),
    "out of date": StatusStyle(1, "doubtful", "!"),
    "stale": StatusStyle(2, "doubtful", "!"),
    "not made": StatusStyle(3, "missing"),
    "written": StatusStyle(5, "good"),
    "unchanged": StatusStyle(6, "good"),
    NO_LETTER: StatusStyle(7, "missing"),
}
OTHER_STYLE = StatusStyle(4, "missing")


def overview_page(overview: Overview) -> Iterator[bytes]:
    """The whole page, in pieces: what needs a look first, then the letters in the order given."""
    entries = sorted(overview.entries, key=lambda entry: entry.style.urgency)
    number, styles = Counter(e.status for e in entries), {e.status: e.style for e in entries}
    page = page_template("generator.batch", TEMPLATE).stream(
        overview=overview,
        headers=[header.rpartition(": ") for header in overview.columns],
        entries=entries,
        no_figures=(OverviewFigure("", None),) * len(overview.columns),
        counts=[
            ListFilter(status, number[status], tone=style.tone, character=style.character)
            for status, style in styles.items()
        ],
        kinds={each.name: each.label for each in output_formats()},
        has_inserts=any(entry.inserts for entry in overview.entries),
        table_rem=46 + 6 * len(overview.columns),
        window_rem=50 + 6 * len(overview.columns),
    )
    page.enable_buffering(500)
    return (piece.encode() for piece in page)


OVERVIEW_FILE = "index.html"


def write_overview(
    edition: EditionIndex,
    found: OutputState,
    results: Iterable[Result],
    letters: Mapping[str, ManifestEntry],
    folder: Path,
) -> None:
    """Write the overview, unless it is there as it is. Raises `OSError`.

    `letters` is what the manifest says after the run, `results` what became of those asked for.
    """
    glance = glance_of(edition)
    if glance is None:  # then no letter can be made, and an overview of before stays
        return
    by_slug = {result.slug: result for result in results}
    entries = [
        _entry(
            glance.letters[slug], found.steps[slug], by_slug.get(slug), letters.get(slug), folder
        )
        for slug in edition.slugs
    ]
    entries += [
        _stale(slug, names)
        for slug, names in found.stale.items()
        if slug in letters and slug not in found.steps
    ]
    overview = Overview(
        year=edition.folders.year,
        language=glance.language,
        title=f"Annual letters {edition.folders.year}",
        columns=glance.headers,
        draft=found.manifest.draft,
        entries=tuple(entries),
    )
    write_unless_there(folder / OVERVIEW_FILE, lambda: overview_page(overview))


def _entry(
    glance: LetterAtAGlance,
    step: Step,
    result: Result | None,
    made: ManifestEntry | None,
    folder: Path,
) -> OverviewEntry:
    status, reason = status_of(step, result)
    names = output_names(step.slug)
    if step.action is PlannedAction.NONE and made is not None:
        status, reason = "stale", f"gets no letter: {step.reason}"
    return OverviewEntry(
        slug=step.slug,
        name=glance.name,
        status=status,
        reason=reason,
        figures=glance.figures,
        inserts=glance.inserts,
        pages=made.pages if made else None,
        files={kind: name for kind, name in names.items() if (folder / name).is_file()},
    )


def status_of(step: Step, result: Result | None = None) -> tuple[str, str]:
    """How a letter stands, and why: after a run that had to do with it, or as it was planned."""
    if result is not None and result.status != "skipped":
        return result.status, result.reason
    match step.action:
        case PlannedAction.NONE:
            return NO_LETTER, step.reason
        case PlannedAction.FAIL:
            return "failed", step.reason
        case PlannedAction.KEEP:
            return "unchanged", ""
        case PlannedAction.MAKE:
            return ("not made", "") if step.is_new else ("out of date", step.reason)


def _stale(slug: str, names: Iterable[str]) -> OverviewEntry:
    kinds = {name.split("/")[0]: name for name in names}
    return OverviewEntry(slug, slug, "stale", "no longer in the edition", kinds)
