"""The pages about all letters together: what changed, what is wrong, what the last save did."""

from functools import partial

from generator.messages import counted, told_once
from generator.preview.edition_snapshot import EditionSnapshot
from generator.preview.impact import outliers
from generator.preview.pages import render, shown_problem
from generator.preview.preview_state import PreviewState
from generator.reports.report_html import NAMES

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
        problems=[shown_problem(problem, desk) for problem in problems],
        confirmed=[shown_problem(problem, desk) for problem in reading.loaded.confirmed],
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
