"""What all pages of the desk have in common: their templates, and what stands around each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.assets.page_templates import environment_of
from generator.messages import counted
from generator.preview.impact import PageCount
from generator.preview.preview_state import PreviewState
from generator.problems import Place, Problem, errors

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


@dataclass(frozen=True)
class ShownProblem:
    """A problem as it is shown."""

    severity: str
    where: str
    message: str
    place: ShownPlace


def shown_problem(problem: Problem, desk: PreviewState) -> ShownProblem:
    """A problem, with a place that an editor can be asked to open."""
    place = shown_place(problem.place, desk)
    return ShownProblem(problem.severity.value, problem.where, problem.message, place)


def render(name: str, desk: PreviewState, **values: Any) -> str:
    """A page of the desk; `values` are its own. Everything inserted is escaped."""
    template = environment_of("generator.preview").get_template(f"templates/{name}.html.jinja")
    return template.render(page=name, **_around(desk), **values)


def _around(desk: PreviewState) -> Mapping[str, Any]:
    problems = desk.problems
    return {
        "year": desk.folders.year,
        "editors": EDITORS,
        "busy": desk.busy,
        "trouble": desk.internal_error,
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
