"""What all pages of the desk have in common: their templates, and what stands around each."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.assets.page_templates import environment_of
from generator.preview.access import EDITIONS
from generator.preview.edition_snapshot import EditionSnapshot
from generator.preview.impact import Impact, PageCount
from generator.preview.preview_state import PreviewState
from generator.problems import Place, Problem, counted, errors, told_once
from generator.reports.report_model import NAMES
from generator.workspace import UsageError


@dataclass(frozen=True)
class ToConfirm:
    """Something that a person may accept as it is."""

    digest: str
    problem: Problem


EDITORS = {"vscode": ("Visual Studio Code", "vscode://file/{path}:{line}:{column}")}
"""Editors that can be asked to open a file: their names, and the addresses that ask them."""

SCRIPTS = (
    *("lists.js", "memory.js", "page.js", "act.js", "draft.js", "browsing.js", "build.js"),
    *("forms.js", "authority.js", "import.js", "plan.js", "keys.js"),
)
"""The scripts of every page, in the order in which they are run; after them comes `desk.js`."""

_EDIT = (("e",), "edit the paragraph that is chosen, or choose one")
_KEYS = {
    "list": (
        (("Down", "Up"), "go from letter to letter"),
        (("Enter",), "opens the letter"),
        (("Esc",), "goes back to the search"),
    ),
    "letter": (
        (("n", "Right"), "next letter"),
        (("p", "Left"), "previous letter"),
        (("f",), "its addressee and figures, to be filled in"),
        _EDIT,
    ),
}
"""The keys of a page, with what they do; its parts name them in `aria-keyshortcuts`."""
_KEYS_OF_ALL = (
    (("/",), "search the letters"),
    (("a",), "review and approve"),
    (("?",), "shows these keys"),
)


@dataclass(frozen=True)
class ShownPlace:
    """A place in a file, as a link to an editor needs it, and as it is read."""

    path: str
    line: int
    column: int
    text: str


def shown_place(place: Place, desk: PreviewState) -> ShownPlace:
    """A place as it is shown: from the workspace; its file's beginning, where no line is known."""
    short = desk.folders.workspace.shown_path(place.path)
    text = f"{short}:{place.line}" if place.line else short
    return ShownPlace(str(place.path.absolute()), max(place.line, 1), max(place.column, 1), text)


def render(name: str, desk: PreviewState, **values: Any) -> str:
    """A page of the desk; `values` are its own. Everything inserted is escaped."""
    template = environment_of("generator.preview").get_template(f"templates/{name}.html.jinja")
    keys = [
        each
        for each in (*_KEYS.get(name, ()), *_KEYS_OF_ALL)
        if each != _EDIT or not desk.read_only
    ]
    return template.render(page=name, keys=keys, **_around(desk), **values)


def _around(desk: PreviewState) -> Mapping[str, Any]:
    problems = desk.problems
    return {
        "year": desk.folders.year,
        "root": desk.root,
        "base": desk.base,
        "editions": [*_beside(desk)],
        "read_only": desk.read_only,
        "shown_place": partial(shown_place, desk=desk),
        "editors": EDITORS,
        "scripts": SCRIPTS,
        "busy": desk.busy,
        "build": desk.build,
        "internal_error": desk.internal_error,
        "errors": len(errors(problems)),
        "warnings": len(problems) - len(errors(problems)),
        "impact": impact_in_words(desk.save.impact, "The last save") if desk.save else [],
        "growing": [],
        "grown": [],
        **pages_in_words(desk.page_count),
    }


def impact_in_words(impact: Impact, what: str) -> list[str]:
    """What a save changes, in a few sentences; `what` is the subject of the first."""
    sentences = []
    if impact.changed:
        kinds = ", ".join(f"{count:,} {what}" for what, count in impact.kinds())
        changed = counted(len(impact.changed), "letter")
        sentences.append(f"{what} changes {changed}: {kinds}.")
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
    if count.unknown:
        said.append(f"How many pages {count.unknown:,} had before was not counted.")
    if count.counted < count.of:
        return {"growing": [*said, f"Pages counted in {count.counted:,} of {count.of:,}."]}
    return {"grown": said or ["None has more or fewer pages."]}


def _grow(before: int, after: int, number: int) -> str:
    verb = "grow" if after > before else "shrink"
    return f"{verb}s" if number == 1 else verb


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
        to_confirm=to_confirm(reading),
        confirmed=reading.confirmable.confirmed.values(),
        checked=desk.is_checked,
    )


def to_confirm(reading: EditionSnapshot, slug: str | None = None) -> list[ToConfirm]:
    """What is open of an edition, or of one letter, by its kind."""
    found = reading.confirmable
    open_ = found.open if slug is None else found.among(reading.loaded.letters_of(slug) or [slug])
    return [ToConfirm(digest, problem) for digest, problem in open_.items()]


def import_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """Where spreadsheets are dropped; what they would change is filled in by its script."""
    names = {slug: reading.loaded.called(slug) for slug in reading.loaded.data.files}
    return render("import", desk, names=names)


def edition_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """What concerns all letters of a year: a new column in its tables, and the next edition."""
    edition = reading.loaded.edition
    return render(
        "edition",
        desk,
        groups=edition.groups if edition else (),
        languages=edition.languages if edition else (),
    )


def _beside(desk: PreviewState) -> Iterator[tuple[int, str]]:
    """The editions before and after this one, with where each begins."""
    years: list[int] = []
    with suppress(UsageError):
        years = desk.folders.workspace.years()
    year = desk.folders.year
    for other in (*[y for y in years if y < year][-1:], *[y for y in years if y > year][:1]):
        yield other, f"{desk.base}{EDITIONS}{other}/"


def missing_page(desk: PreviewState, sentence: str) -> str:
    """What is shown where there is nothing at an address: why, and the ways back."""
    return render("missing", desk, sentence=sentence)
