"""The overview page: all letters of an edition on one page, to see at a glance and open any.

The page is one file that works from disk: its styles and its script are inside, its security policy
allows those two and nothing else, and without the script it is a plain table. Its own words are
English; the edition's language decides how names are sorted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.assets.page_templates import ListFilter, page_template
from generator.batch.run import NO_LETTER, Result
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.figure_kind import Quantity
from generator.edition.groups import Column
from generator.files.bounded_read import holds
from generator.files.transaction import atomic_write
from generator.letter.figures_in_letters import typeset
from generator.outputs.manifest import ManifestEntry, output_names
from generator.outputs.plan import OutputState, PlannedAction, Step
from generator.project.load_edition import LoadedEdition
from generator.verification.output_formats import output_formats

TEMPLATE = "overview_page.html.jinja"


@dataclass(frozen=True)
class OverviewFigure:
    """A figure in a row: its printed text, and the number to sort by (None where there is none)."""

    text: str
    value: Quantity | None


@dataclass(frozen=True)
class OverviewEntry:
    """One letter: what became of it, and where its files are."""

    slug: str
    name: str
    """The authority's name; the slug where its file cannot be read."""
    status: str
    """Such as written, unchanged, failed, out of date, not made, stale; any short text will do."""
    reason: str
    """Why, or nothing."""
    figures: tuple[OverviewFigure, ...]
    """As many as the overview has columns, or none."""
    inserts: tuple[str, ...]
    pages: int | None
    files: Mapping[str, str]
    """By format, in their order: addresses from the overview, of what exists."""


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


@dataclass(frozen=True)
class _Row:
    entry: OverviewEntry
    style: StatusStyle
    figures: tuple[OverviewFigure, ...]


def overview_page(overview: Overview) -> str:
    """The whole page: what needs a look first, then the letters in the order given."""
    rows = sorted(
        (_row(entry, overview) for entry in overview.entries), key=lambda row: row.style.urgency
    )
    counts = Counter(row.entry.status for row in rows)
    return page_template("generator.batch", TEMPLATE).render(
        overview=overview,
        headers=[header.rpartition(": ") for header in overview.columns],
        rows=rows,
        counts=[_filter(status, count) for status, count in counts.items()],
        kinds={each.name: each.label for each in output_formats()},
        has_inserts=any(entry.inserts for entry in overview.entries),
        table_rem=46 + 6 * len(overview.columns),
        window_rem=50 + 6 * len(overview.columns),
    )


def figures_at_a_glance(edition: Edition) -> tuple[Column, ...]:
    """What an overview shows: the sums and rates of each group; its counts if it has none.

    So that a year with other figures has an overview of its own without a word about it.
    """
    shown: list[Column] = []
    for group in edition.groups:
        worked_out = [column for column in group.columns if not column.kind.is_given]
        shown += worked_out or group.columns
    return tuple(shown)


def header_at_a_glance(column: Column, edition: Edition) -> str:
    """The header of a figure on the overview: its group and its label, as letters print them."""
    return f"{typeset(edition.figures[column.group].name)}: {typeset(column.label)}"


def authority_at_a_glance(authority: Authority, edition: Edition) -> tuple[OverviewFigure, ...]:
    """An authority's figures on the overview, one for each of `figures_at_a_glance`."""
    shown = [authority.figure(column.group, column.id) for column in figures_at_a_glance(edition)]
    return tuple(OverviewFigure(figure.printed(edition.language), figure.value) for figure in shown)


def _style(status: str) -> StatusStyle:
    return STATUS_STYLES.get(status, OTHER_STYLE)


def _filter(status: str, count: int) -> ListFilter:
    style = _style(status)
    return ListFilter(status, count, tone=style.tone, character=style.character)


def _row(entry: OverviewEntry, overview: Overview) -> _Row:
    figures = entry.figures or (OverviewFigure("", None),) * len(overview.columns)
    return _Row(entry, _style(entry.status), figures)


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
    entries += [
        _stale(slug, names)
        for slug, names in found.stale.items()
        if slug in letters and slug not in found.steps
    ]
    overview = Overview(
        year=edition.year,
        language=edition.language,
        title=f"Annual letters {edition.year}",
        columns=tuple(header_at_a_glance(c, edition) for c in figures_at_a_glance(edition)),
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
    authority = loaded.authorities.get(slug)
    composed = loaded.letters.get(slug)
    status, reason = status_of(step, result)
    names = output_names(slug)
    if step.action is PlannedAction.NONE and made is not None:
        status, reason = "stale", f"gets no letter: {step.reason}"
    shown: tuple[OverviewFigure, ...] = ()
    if authority is not None:
        shown = authority_at_a_glance(authority, loaded.editions[slug])
    return OverviewEntry(
        slug=slug,
        name=loaded.called(slug),
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
