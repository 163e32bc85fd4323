"""Actions: all that the desk can be asked to do, each by its name, and how one changes files.

An action is asked for with a typed request in which no path can be said: a function turns it into
files, found by what they are in the edition. They are written as commands write, under the same
lock, all or none, and only where each is as it was when it was opened.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from generator.console import problem_data
from generator.files.bounded_read import Sort, read_bytes
from generator.files.parts import BusyError, Content
from generator.files.recovery import JournalScope, Sha256, Store, digest_at, open_store
from generator.files.transaction import not_written
from generator.preview.desk_sessions import DeskSession, Undo
from generator.problems import Place, Problem, system_message
from generator.project.write_scopes import data_scope
from generator.workspace import EditionFolders

if TYPE_CHECKING:
    from generator.preview.preview_state import PreviewState

MOST_BYTES = 2 * Sort.TEXT.value
"""So long a request may be, unless its action says otherwise: a file of wording, in JSON."""
_BUSY_S = 5.0
"""So long it is waited for a command that is writing."""


class ActionRequest(BaseModel):
    """What is asked for; each action has one of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    expected: dict[str, Sha256] = Field(default_factory=dict)
    """The digest that each file had which is to be changed, as the desk named it; one that is to
    be made is not listed."""

    @property
    def yours(self) -> str:
        """What was to be written, for who is told that somebody else was quicker."""
        return ""


@dataclass(frozen=True)
class Reply:
    """What came of an action."""

    status: int = 200
    problems: Sequence[Problem] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[Path, Content] = field(default_factory=dict)
    """The files that were written."""

    def data(self, folders: EditionFolders) -> Mapping[str, Any]:
        """It for the page, as JSON has it."""
        shown = folders.workspace.shown_path
        problems = [problem_data(problem, shown) for problem in self.problems]
        return {"ok": self.status == 200, "problems": problems, **self.more}


class ActionRefusedError(Exception):
    """An action cannot be done; the problems say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.message for problem in problems))
        self.problems = problems


class ChangedError(Exception):
    """A file is not as it was when it was opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def file_name(path: Path, folders: EditionFolders) -> str:
    """What the desk calls a file: its path in the workspace. It is told, and never opened by it."""
    return path.relative_to(folders.workspace.folder).as_posix()


@dataclass(frozen=True)
class OpenedFiles:
    """The files of an edition for an action: each is given only as it was when it was opened."""

    folders: EditionFolders
    expected: Mapping[str, str]
    session: DeskSession

    def read(self, path: Path) -> bytes:
        """A file that is to be changed. Raises `ChangedError`, or `ActionRefusedError`."""
        self.require(path, self.expected.get(file_name(path, self.folders)))
        try:
            return read_bytes(path, Sort.TEXT)
        except OSError as error:
            raise ActionRefusedError(Problem(Place(path), system_message(error))) from error

    def require(self, path: Path, digest: str | None) -> None:
        """Raise `ChangedError` unless a file has this digest, `ActionRefusedError` for a link."""
        if path.is_symlink():
            message = "a link; what it leads to can be changed there, not here"
            raise ActionRefusedError(Problem(Place(path), message))
        if digest_at(path) != digest:
            raise ChangedError(path)


@dataclass(frozen=True)
class Edits:
    """What an action writes."""

    said: str
    """What it did, in a few words: "A paragraph changed"."""
    contents: Mapping[Path, Content]
    """By path, the new bytes; None: the file is to go."""
    problems: Sequence[Problem] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    expected: Mapping[Path, str | None] | None = None
    """What its files must have been, where the request cannot say it."""
    is_guarded: bool = True
    """Whether its files must be as they were; not where what is asked for guards itself, as a key
    does that is made of what somebody has seen."""
    year: int | None = None
    """Of which edition the files are, where it is another than the one that is shown."""
    finish: Callable[[], Iterable[Problem]] = tuple
    """What follows once all is written, in other folders; and what is wrong with that."""


Asked = TypeVar("Asked", bound=ActionRequest)


@dataclass(frozen=True)
class FileAction(Generic[Asked]):
    """An action that changes files."""

    name: str
    request: type[Asked]
    run: Callable[[OpenedFiles, Asked], Edits]
    """From what is asked for to the files; it reads them itself, and runs under the lock."""
    scope: Callable[[EditionFolders], JournalScope] = lambda folders: data_scope(folders.workspace)
    most_bytes: int = MOST_BYTES

    async def perform(self, desk: "PreviewState", session: DeskSession, asked: Asked) -> Reply:
        """Do it, in turn with others."""
        return await desk.tasks.do("writing", self._write, desk.folders, session, asked)

    def _write(self, folders: EditionFolders, session: DeskSession, asked: Asked) -> Reply:
        scope = self.scope(folders)

        def write() -> Reply:
            with open_store(scope, patience_s=_BUSY_S) as store:
                return self._write_to(store, OpenedFiles(folders, asked.expected, session), asked)

        try:
            return replying(folders, asked, write)
        except BusyError as error:
            message = f"{error} is writing here; wait until it ends, then save again"
            return Reply(503, [Problem(Place(scope.folder), message)])
        except OSError as error:
            return Reply(500, [not_written(error, scope.folder, "nothing was changed")])

    def _write_to(self, store: Store, files: OpenedFiles, asked: Asked) -> Reply:
        folders, session = files.folders, files.session
        edits = self.run(files, asked)
        year = edits.year or folders.year
        for path in edits.contents:
            store.scope.sort_and_slug(year, path)  # raises: nothing else is ever written
        before = {path: _bytes_at(path) for path in edits.contents}
        contents = {p: new for p, new in edits.contents.items() if new != before[p]}
        if edits.is_guarded:
            for path in contents:
                named = asked.expected.get(file_name(path, folders))
                files.require(path, named if edits.expected is None else edits.expected[path])
        if not contents:
            return Reply(200, edits.problems, {"said": "Nothing changed.", **edits.more})
        store.write("preview", year, contents)
        after = {path: digest_at(path) for path in contents}
        digests = {file_name(path, folders): digest for path, digest in after.items()}
        more = {"said": edits.said, "files": digests, **edits.more}
        if not any(isinstance(new, Mapping) for new in contents.values()):  # folders stay
            was = {path: (before[path], after[path]) for path in contents}
            more["undo"] = session.remember(Undo(edits.said, was, year))
        problems = [*store.recovered.problems, *edits.problems, *edits.finish()]
        return Reply(200, problems, more, contents)


@dataclass(frozen=True)
class DeskAction(Generic[Asked]):
    """An action that changes no file: it sets something down at the desk, or begins some work."""

    name: str
    request: type[Asked]
    perform: Callable[["PreviewState", DeskSession, Asked], Awaitable[Reply]]
    """Runs in the event loop; what takes long it gives to the desk's tasks."""
    most_bytes: int = MOST_BYTES


Action = FileAction[Any] | DeskAction[Any]


def _bytes_at(path: Path) -> bytes | None:
    try:
        return read_bytes(path, Sort.RECORD)
    except FileNotFoundError:
        return None


def replying(folders: EditionFolders, asked: ActionRequest, work: Callable[[], Reply]) -> Reply:
    """What comes of some work, or why it cannot be done. Raises `OSError` and `BusyError`."""
    try:
        return work()
    except ActionRefusedError as refused:
        return Reply(422, refused.problems)
    except ChangedError as changed:
        return _reply_changed(changed.path, folders, asked)


def _reply_changed(path: Path, folders: EditionFolders, asked: ActionRequest) -> Reply:
    """Both texts: what stands there now, and what was to be written."""
    content = _bytes_at(path)
    now = None if content is None else content.decode("utf-8", "replace")
    name = file_name(path, folders)
    changed = {"file": name, "digest": digest_at(path), "now": now}
    other = None if name in asked.expected else _other_year(asked.expected, folders)
    message = "not as it was when you opened it: somebody saved it meanwhile; nothing was written"
    if other is not None:
        message = f"not opened here, but in edition {other}; save it there; nothing was written"
    return Reply(409, [Problem(Place(path), message)], {"changed": changed, "yours": asked.yours})


def _other_year(opened: Iterable[str], folders: EditionFolders) -> int | None:
    """The edition in which files were opened, where that is another; by their names."""
    found = (re.match("[a-z]+/([0-9]{4})/", name) for name in opened)
    years = (int(each[1]) for each in found if each)
    return next((year for year in years if year != folders.year), None)


class UndoRequest(ActionRequest):
    """By what was said when it was done."""

    undo: Annotated[str, Field(max_length=100)]


def _undo(files: OpenedFiles, asked: UndoRequest) -> Edits:
    """Give files the bytes that they had before an action of the same session, at any edition."""
    undo = files.session.undos.get(asked.undo)
    if undo is None:
        message = "this can no longer be taken back from here"
        raise ActionRefusedError(Problem(Place(files.folders.data), message))
    for path, (_, digest) in undo.files.items():
        files.require(path, digest)
    contents = {path: before for path, (before, _) in undo.files.items()}
    where = f" in edition {undo.year}" if undo.year != files.folders.year else ""
    return Edits(
        f"Taken back{where}: {undo.said}",
        contents,
        expected={path: digest for path, (_, digest) in undo.files.items()},
        year=undo.year,
    )


class NameRequest(ActionRequest):
    """Who sits at this browser."""

    name: Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]


async def _name(desk: "PreviewState", session: DeskSession, asked: NameRequest) -> Reply:
    """Set down who sits there, by their own word."""
    session.name = " ".join(asked.name.split())
    desk.notify()
    return Reply(more={"name": session.name})


UNDO = FileAction("undo", UndoRequest, _undo)
NAME = DeskAction("name", NameRequest, _name)
