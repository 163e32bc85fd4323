"""Importing at the desk: spreadsheets that were dropped there, planned and applied as commands do.

What is applied is the plan that was shown: it is made anew from the same bytes, under the lock,
and refused where it would write anything else.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

from generator.console import problem_data
from generator.edition.load import read_edition
from generator.files.bounded_read import Sort
from generator.files.parts import scratch_folder
from generator.preview.actions import (
    Action,
    ActionRefusedError,
    DeskAction,
    Edits,
    FileAction,
    OpenedFiles,
    Reply,
)
from generator.preview.data_actions import AuthoritySlug
from generator.preview.desk_sessions import DeskSession
from generator.preview.planned_actions import PlannedRequest, contents_digest, require_as_shown
from generator.problems import Place, Problem, errors, system_message
from generator.reports.import_report import outcome, sheet_lines
from generator.spreadsheets.authority_matching import NameOverrides
from generator.spreadsheets.import_plan import ImportRequest, Plan, plan_import
from generator.spreadsheets.questions import Question
from generator.workspace import EditionFolders, UsageError

if TYPE_CHECKING:
    from generator.preview.preview_state import PreviewState

_MOST_BYTES = Sort.SPREADSHEET.value * 4 // 3 + 1_000_000
_RowName = Annotated[str, Field(min_length=1, max_length=300)]


class DroppedFile(BaseModel):
    """A spreadsheet as it was dropped: its name, which is kept as the origin of figures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[
        str,
        Field(
            max_length=120,
            pattern=r"^[^./\\:\x00-\x1f\x7f][^/\\:\x00-\x1f\x7f]*\.([xX][lL][sS][xX]|[cC][sS][vV])$",
        ),
    ]
    content: Base64Bytes


class DroppedRequest(PlannedRequest):
    """What was dropped, and what a person has answered to what was asked about it."""

    files: Annotated[list[DroppedFile], Field(min_length=1, max_length=5)]
    accept: frozenset[Question] = frozenset()
    match: Annotated[dict[_RowName, AuthoritySlug], Field(default_factory=dict, max_length=1000)]
    new: Annotated[list[_RowName], Field(default_factory=list, max_length=1000)]
    leave_out: Annotated[list[_RowName], Field(default_factory=list, max_length=1000)]
    blank_is_zero: bool = False
    corrections: bool = False


def _planned(folders: EditionFolders, asked: DroppedRequest) -> Plan:
    """What the import would do. Raises `ActionRefusedError`."""
    names = [file.name for file in asked.files]
    if len({name.casefold() for name in names}) < len(names):
        message = "two files of the same name; rename one, so that figures can be followed back"
        raise ActionRefusedError(Problem(Place(Path(names[0])), message))
    with scratch_folder() as scratch:
        try:
            for file in asked.files:
                (Path(scratch) / file.name).write_bytes(file.content)
            request = ImportRequest(
                tuple(Path(scratch) / name for name in names),
                said=NameOverrides(asked.match, frozenset(asked.new)),
                leave_out=tuple(asked.leave_out),
                blank_is_zero=asked.blank_is_zero,
                accept=frozenset(asked.accept),
                corrections=asked.corrections,
            )
            return plan_import(folders, request, datetime.date.today())
        except UsageError as error:
            raise ActionRefusedError(Problem(Place(Path(names[0])), str(error))) from error
        except OSError as error:
            raise ActionRefusedError(
                Problem(Place(Path(names[0])), system_message(error))
            ) from error


async def _show(desk: "PreviewState", _session: DeskSession, asked: DroppedRequest) -> Reply:
    """The plan, as a page shows it; nothing is written."""

    def work() -> Reply:
        try:
            plan = _planned(desk.folders, asked)
        except ActionRefusedError as refused:
            return Reply(422, refused.problems)
        return Reply(more=plan_shown(plan, desk.folders))

    return await desk.tasks.do("importing", work)


def _apply(files: OpenedFiles, asked: DroppedRequest) -> Edits:
    plan = _planned(files.folders, asked)
    wrong = errors(plan.problems)
    if wrong:
        raise ActionRefusedError(*map(_in_short, wrong))
    require_as_shown(plan.contents, asked, files.folders)
    said = outcome(plan, 0, list(plan.contents)).partition(" Written")[0]
    names = ", ".join(file.name for file in asked.files)
    return Edits(f"{names}: {said}", plan.contents, is_guarded=False)


def plan_shown(plan: Plan, folders: EditionFolders) -> Mapping[str, Any]:
    """A plan as a page shows it: each change with its cell, each problem, each question."""
    edition, _ = read_edition(folders)
    columns = edition.columns() if edition else ()
    titles = {group.id: group.name for group in edition.groups} if edition else {}
    labels = {".".join(c.address): f"{titles[c.group]}: {c.label}" for c in columns}
    named = {name: slug for name, (slug, _) in plan.matched.items()}
    wrong = errors(plan.problems)
    return {
        "sheets": [_as_dropped(line, plan) for line in sheet_lines(plan)],
        "changes": [
            {
                "authority": change.slug,
                "what": labels.get(change.name, change.name),
                "before": "" if change.before == "null" else change.before,
                "after": change.after,
                "cell": _cell(change.cell),
                "follows": change.follows,
                "byHand": change.by_hand,
            }
            for change in plan.changes
        ],
        "new": [{"slug": slug, "name": name} for slug, name in plan.new.items()],
        "problems": [
            {**problem_data(_in_short(problem), str), "at": _cell(problem.place)}
            for problem in plan.problems
        ],
        "questions": [
            {"accept": problem.kind, "said": _in_short(problem).message, "at": _cell(problem.place)}
            for problem in plan.problems
            if problem.kind in set(Question)
        ],
        "unknown": list(_unknown(plan, named)),
        "outcome": outcome(plan, len(wrong), []).partition(" Nothing was written")[0],
        "files": len(plan.contents),
        "plan": contents_digest(plan.contents, folders) if plan.contents and not wrong else None,
    }


def _unknown(plan: Plan, named: Mapping[str, str]) -> Iterator[str]:
    """The names of rows that mean no authority for certain."""
    rows = plan.gathered.rows if plan.gathered else []
    names = dict.fromkeys(row.name for row in rows)
    return (name for name in names if name not in named and name not in plan.left_out)


def _cell(place: Place) -> str:
    return place.shown(place.path.name)


def _as_dropped(line: str, plan: Plan) -> str:
    """A line about a file, by its name alone."""
    for file in plan.gathered.files if plan.gathered else ():
        folder, _, _ = line.rpartition(file.path.name)
        line = line.removeprefix(folder) if file.path.name in line else line
    return line


def _in_short(problem: Problem) -> Problem:
    """A problem as a page tells it: by the file's name, without options of the command."""
    place = replace(problem.place, path=Path(problem.place.path.name))
    return replace(problem, place=place, message=problem.said)


ACTIONS: tuple[Action, ...] = (
    DeskAction("plan-import", DroppedRequest, _show, most_bytes=_MOST_BYTES),
    FileAction("import", DroppedRequest, _apply, most_bytes=_MOST_BYTES),
)
