"""The contact sheet: all letters of an edition on one page, to see at a glance and open any.

The page is one file that works from disk: its styles and its script are inside, its security policy
allows those two and nothing else, and without the script it is a plain table. Its own words are
English; the edition's language decides how names are sorted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.edition.authority import Authority
from generator.edition.edition import Column, Edition
from generator.letter import formats
from generator.letter.compose import typeset
from generator.pages.page import page_template
from generator.verification.output_formats import output_formats

TEMPLATE = "contact_sheet.html.jinja"


@dataclass(frozen=True)
class SheetFigure:
    """A figure in a row: its printed text, and the number to sort by (None where there is none)."""

    text: str
    value: int | None


@dataclass(frozen=True)
class SheetEntry:
    """One letter: what became of it, and where its files are."""

    slug: str
    name: str
    """The authority's name; the slug where its file cannot be read."""
    status: str
    """Such as written, unchanged, failed, out of date, not made, stale; any short text will do."""
    reason: str
    """Why, or nothing."""
    figures: tuple[SheetFigure, ...]
    """As many as the sheet has columns, or none."""
    inserts: tuple[str, ...]
    pages: int | None
    files: Mapping[str, str]
    """By format, in their order: addresses relative to the sheet, of what exists."""


@dataclass(frozen=True)
class Overview:
    """All letters of an edition."""

    year: int
    language: str
    title: str
    columns: tuple[str, ...]
    """The heads of the figures, as `head_at_a_glance` words them."""
    draft: bool
    entries: tuple[SheetEntry, ...]


@dataclass(frozen=True)
class Look:
    """How a status is shown: how far up, in which style of the sheet, and with which sign."""

    urgency: int
    tone: str
    sign: str = ""


LOOKS = {
    "failed": Look(0, "bad", "\N{MULTIPLICATION SIGN}"),
    "out of date": Look(1, "doubtful", "!"),
    "stale": Look(2, "doubtful", "!"),
    "not made": Look(3, "missing"),
    "written": Look(5, "good"),
    "unchanged": Look(6, "good"),
}
OTHER = Look(4, "missing")


@dataclass(frozen=True)
class _Row:
    entry: SheetEntry
    look: Look
    figures: tuple[SheetFigure, ...]


def contact_sheet(sheet: Overview) -> str:
    """The whole page: what needs a look first, then the letters in the order given."""
    rows = sorted((_row(entry, sheet) for entry in sheet.entries), key=lambda row: row.look.urgency)
    counts = Counter(row.entry.status for row in rows)
    return page_template("generator.batch", TEMPLATE).render(
        sheet=sheet,
        heads=[head.rpartition(": ") for head in sheet.columns],
        rows=rows,
        counts=[(status, count, _look(status)) for status, count in counts.items()],
        kinds={each.name: each.label for each in output_formats()},
        has_inserts=any(entry.inserts for entry in sheet.entries),
        table_rem=46 + 6 * len(sheet.columns),
        window_rem=50 + 6 * len(sheet.columns),
    )


def figures_at_a_glance(edition: Edition) -> tuple[Column, ...]:
    """The figures that a sheet shows: the sums and rates of each group; its counts if it has none.

    So that a year with other figures has a sheet of its own without a word about it.
    """
    shown: list[Column] = []
    for group in edition.groups:
        worked_out = [column for column in group.columns if not column.kind.is_given]
        shown += worked_out or group.columns
    return tuple(shown)


def head_at_a_glance(column: Column, edition: Edition) -> str:
    """The head of a figure on the sheet: its group and its label, as the letter prints them."""
    title = next(group.title for group in edition.groups if group.id == column.group)
    return f"{typeset(title)}: {typeset(column.label)}"


def authority_at_a_glance(authority: Authority, edition: Edition) -> tuple[SheetFigure, ...]:
    """An authority's figures on the sheet, one for each of `figures_at_a_glance`."""
    shown = [authority.figure(column.group, column.id) for column in figures_at_a_glance(edition)]
    return tuple(
        SheetFigure(formats.figure(figure, edition.language), figure.value) for figure in shown
    )


def _look(status: str) -> Look:
    return LOOKS.get(status, OTHER)


def _row(entry: SheetEntry, sheet: Overview) -> _Row:
    figures = entry.figures or (SheetFigure("", None),) * len(sheet.columns)
    if len(figures) != len(sheet.columns):
        raise ValueError(f"{entry.slug}: {len(figures)} figures for {len(sheet.columns)} columns")
    return _Row(entry, _look(entry.status), figures)
