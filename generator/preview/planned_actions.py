"""Actions of many files: what they would write is shown first, and just that is then applied.

The plan is made anew under the lock, and refused where it would write anything else by then.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.edition.edit_yaml import SpliceError
from generator.files.parts import Content
from generator.files.recovery import Sha256
from generator.preview.actions import (
    Action,
    ActionRefusedError,
    ActionRequest,
    DeskAction,
    Edits,
    FileAction,
    OpenedFiles,
    Reply,
    file_name,
    replying,
)
from generator.preview.desk_sessions import DeskSession
from generator.problems import Place, Problem, system_message
from generator.workspace import EditionFolders, UsageError

if TYPE_CHECKING:
    from generator.preview.preview_state import PreviewState


class PlannedRequest(ActionRequest):
    """What is asked for, and which plan was seen of it."""

    plan: Sha256 | None = None
    """The digest of the plan that was shown, where it is to be applied."""


@dataclass(frozen=True)
class PlannedEdits:
    """What would be written, and how that is told before it is."""

    said: str
    """What was done, once it is: "Ambridge is now Ambridge Vale"."""
    rows: Sequence[tuple[str, str]]
    """What would change, each with its name: ("File", "a.yaml is now b.yaml")."""
    contents: Mapping[Path, Content]
    more: Mapping[str, Any] = field(default_factory=dict)
    year: int | None = None
    """Of which edition the files are, where it is another than the one that is shown."""
    finish: Callable[[], Iterable[Problem]] = tuple
    """What follows once all is written, in other folders."""


Planned = TypeVar("Planned", bound=PlannedRequest)
Plan = Callable[[EditionFolders, Planned], PlannedEdits]
"""From what is asked for to what would be written. Raises `ActionRefusedError`, `UsageError`,
`SpliceError` and `OSError`."""


def contents_digest(contents: Mapping[Path, Content], folders: EditionFolders) -> str:
    """What tells one plan from another: all that it would write."""
    found = hashlib.sha256()
    for path, content in sorted(contents.items()):
        parts = content if isinstance(content, Mapping) else {"": content}
        for name, part in sorted(parts.items()):
            digest = "gone" if part is None else hashlib.sha256(part).hexdigest()
            found.update(f"{file_name(path, folders)} {name} {digest}\n".encode())
    return found.hexdigest()


def require_as_shown(
    contents: Mapping[Path, Content], asked: PlannedRequest, folders: EditionFolders
) -> None:
    """Raise `ActionRefusedError` where another plan was shown than this."""
    if contents_digest(contents, folders) != asked.plan:
        message = (
            "not the plan that you saw: something was saved meanwhile, or that was of another "
            "edition; look at it again"
        )
        raise ActionRefusedError(Problem(Place(folders.data), message, "plan"))


def planned_actions(name: str, request: type[Planned], plan: Plan[Planned]) -> tuple[Action, ...]:
    """The two actions of something that is planned: one that shows it, one that does it."""

    def planned(folders: EditionFolders, asked: Planned) -> PlannedEdits:
        try:
            return plan(folders, asked)
        except (UsageError, SpliceError) as error:
            raise ActionRefusedError(Problem(Place(folders.data), str(error))) from error
        except OSError as error:
            place = Place(Path(error.filename or folders.data))
            raise ActionRefusedError(Problem(place, system_message(error))) from error

    async def show(desk: "PreviewState", _session: DeskSession, asked: Planned) -> Reply:
        def work() -> Reply:
            found = planned(desk.folders, asked)
            digest = contents_digest(found.contents, desk.folders)
            return Reply(more={"rows": found.rows, "plan": digest})

        return await desk.tasks.do("importing", replying, desk.folders, asked, work)

    def apply(files: OpenedFiles, asked: Planned) -> Edits:
        found = planned(files.folders, asked)
        require_as_shown(found.contents, asked, files.folders)
        return Edits(
            found.said,
            found.contents,
            more=found.more,
            is_guarded=False,
            year=found.year,
            finish=found.finish,
        )

    return DeskAction(f"plan-{name}", request, show), FileAction(name, request, apply)
