"""What all pages of the desk have in common: their templates, and what stands around each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.assets.page_templates import ListFilter, environment_of
from generator.batch.overview_page import (
    OverviewFigure,
    authority_at_a_glance,
    figures_at_a_glance,
    header_at_a_glance,
)
from generator.batch.run import NO_LETTER
from generator.preview.edition_snapshot import EditionSnapshot, ListedLetter
from generator.preview.impact import PageCount, outliers
from generator.preview.preview_state import PreviewState
from generator.problems import Place, counted, errors, told_once
from generator.reports.report_model import NAMES

EDITORS = {"vscode": ("Visual Studio Code", "vscode://file/{path}:{line}:{column}")}
"""Editors that can be asked to open a file: their names, and the addresses that ask them."""


@dataclass(frozen=True)
class ShownPlace:
    """A place in a file, as a link to an editor needs it, and as it is read."""

    path: str
    line: int
    column: int
    text: str


def shown_place(place: Place, desk: PreviewState) -> ShownPlace:
    """A place as it is shown: from the workspace; its file's beginning, where no line is known."""
    path, workspace = place.path.absolute(), desk.folders.workspace.folder.absolute()
    short = path.relative_to(workspace) if path.is_relative_to(workspace) else path
    text = f"{short}:{place.line}" if place.line else f"{short}"
    return ShownPlace(str(path), max(place.line, 1), max(place.column, 1), text)


def render(name: str, desk: PreviewState, **values: Any) -> str:
    """A page of the desk; `values` are its own. Everything inserted is escaped."""
    template = environment_of("generator.preview").get_template(f"templates/{name}.html.jinja")
    return template.render(page=name, **_around(desk), **values)


def _around(desk: PreviewState) -> Mapping[str, Any]:
    problems = desk.problems
    return {
        "year": desk.folders.year,
        "shown_place": partial(shown_place, desk=desk),
        "editors": EDITORS,
        "busy": desk.busy,
        "internal_error": desk.internal_error,
        "errors": len(errors(problems)),
        "warnings": len(problems) - len(errors(problems)),
        "impact": impact_in_words(desk),
        "growing": [],
        "grown": [],
        **pages_in_words(desk.page_count),
    }


def impact_in_words(desk: PreviewState) -> list[str]:
    """What the last save changed, in a few sentences; none before the first."""
    if desk.save is None:
        return []
    impact = desk.save.impact
    sentences = []
    if impact.changed:
        kinds = ", ".join(f"{count:,} {what}" for what, count in impact.kinds())
        changed = counted(len(impact.changed), "letter")
        sentences.append(f"The last save changes {changed}: {kinds}.")
    others = {
        "can no longer be made": impact.broken,
        "can be made again": impact.mended,
        "came in": impact.new,
        "left": impact.gone,
    }
    sentences += [f"{counted(len(of), 'letter')} {what}." for what, of in others.items() if of]
    return sentences


def pages_in_words(count: PageCount | None) -> Mapping[str, list[str]]:
    """How the letters' pages grow: what is said as it comes, and what is so in the end.

    Only the end is to be read out, by a program that reads out what is new on a page.
    """
    if count is None or not count.of:
        return {}
    said = [
        f"{len(change.slugs):,} {_grow(change.before, change.after, len(change.slugs))} "
        f"to {change.after} pages."
        for change in count.changes
    ]
    if count.counted < count.of:
        return {"growing": [*said, f"Pages counted in {count.counted:,} of {count.of:,}."]}
    return {"grown": said or ["None has more or fewer pages."]}


def _grow(before: int, after: int, number: int) -> str:
    verb = "grow" if after > before else "shrink"
    return f"{verb}s" if number == 1 else verb


FILTERS = {
    "ready": "ready",
    "has problems": "with problems",
    "figures missing": "with figures missing",
    "to be confirmed": "to be confirmed",
    "insert": "with an insert",
    "changed": "changed since last year",
    "up to date": "up to date",
    "out of date": "out of date",
    "not made": "not made",
    NO_LETTER: "without a letter",
}
"""What can be asked for, and how that is said of letters; the keys are the tags of rows."""

_TONES = {"has problems": "bad", "figures missing": "doubtful", "out of date": "doubtful"}


@dataclass(frozen=True)
class Row:
    """One letter."""

    letter: ListedLetter
    tags: tuple[str, ...]
    figures: tuple[OverviewFigure, ...]
    pages: int | None


def list_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """All letters, in alphabetical order."""
    edition = reading.loaded.edition
    if edition is None:  # the figures are shown as they last were
        known = (letter.edition for letter in reading.letters.values())
        edition = next((e for e in known if e is not None), None)
    columns = figures_at_a_glance(edition) if edition else ()
    headers = [header_at_a_glance(c, edition).rpartition(": ") for c in columns] if edition else []
    changed = changed_letters(desk)
    rows = [_row(letter, desk, reading, changed) for letter in reading.letters.values()]
    counts = Counter(tag for row in rows for tag in row.tags)
    return render(
        "list",
        desk,
        rows=rows,
        headers=headers,
        tags=[
            ListFilter(tag, counts[tag], said, _TONES.get(tag, ""))
            for tag, said in FILTERS.items()
            if counts[tag]
        ],
    )


def changed_letters(desk: PreviewState) -> frozenset[str]:
    """The letters that are known to say something else than last year's."""
    report = desk.compared.report if desk.compared else None
    compared = report.comparison.letters if report else ()
    return frozenset(each.slug for each in compared if each.changes)


def tags_of(letter: ListedLetter, changed: frozenset[str]) -> tuple[str, ...]:
    """By what a letter can be found among all."""
    tags = [letter.status]
    if letter.composed and letter.composed.inserts:
        tags.append("insert")
    if letter.slug in changed:
        tags.append("changed")
    made = "out of date" if letter.made == "stale" else letter.made
    return (*tags, *([made] if made in FILTERS else []))


def _row(
    letter: ListedLetter, desk: PreviewState, reading: EditionSnapshot, changed: frozenset[str]
) -> Row:
    figures: tuple[OverviewFigure, ...] = ()
    if letter.authority is not None and letter.edition is not None:
        figures = authority_at_a_glance(letter.authority, letter.edition)
    key = reading.keys.get(letter.slug)
    pages = desk.render_cache.pages(key) if key else None
    return Row(letter, tags_of(letter, changed), figures, pages)


_MOST_LINKS = 12


def changes_page(desk: PreviewState, _reading: EditionSnapshot) -> str:
    """What changed since last year: shared changes once, then what is peculiar to each letter."""
    compared = desk.compared
    return render(
        "changes",
        desk,
        report=compared.report if compared else None,
        why_not=compared.why_not if compared else "",
        most_names=NAMES,
    )


def problems_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """Every problem of the edition, as `letters check` finds them; the errors first."""
    problems = told_once(sorted(desk.problems, key=lambda problem: not problem.is_error))
    return render(
        "problems",
        desk,
        problems=problems,
        confirmed=reading.loaded.confirmed,
        checked=desk.is_checked,
    )


def impact_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """What the last save changed, and which letters stand out."""
    names = {slug: letter.name for slug, letter in reading.letters.items()}
    impact = desk.save.impact if desk.save else None
    count = desk.page_count
    pages = count.changes if count else ()
    kinds: dict[str, list[str]] = {}
    for slug, what in impact.changed.items() if impact else ():
        kinds.setdefault(" and ".join(what), []).append(slug)
    groups = [
        (f"{what.capitalize()} changed", slugs)
        for what, slugs in sorted(kinds.items(), key=lambda kind: -len(kind[1]))
    ]
    if impact is not None:
        groups = [
            ("Can no longer be made", list(impact.broken)),
            ("Can be made again", list(impact.mended)),
            ("New", list(impact.new)),
            ("Gone", list(impact.gone)),
            *((f"{c.before} pages before, now {c.after}", list(c.slugs)) for c in pages),
            *groups,
        ]
    found = outliers(reading, desk.render_cache.pages)
    return render(
        "impact",
        desk,
        names=names,
        groups=[(what, slugs) for what, slugs in groups if slugs],
        outliers=found,
        most_links=_MOST_LINKS,
        letters=partial(counted, noun="letter"),
    )
