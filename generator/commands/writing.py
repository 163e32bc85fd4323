"""What commands write besides letters, and how: one at a time, in order, all or none.

A command that writes first finishes or undoes what was cut off before, and says so. Those that
write data have the data to themselves from before they read them until they have written.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.batch.build_letters import sweep
from generator.commands.session import Session
from generator.edition.origins import ORIGINS_FILE
from generator.files.parts import BusyError, parts_below, parts_in
from generator.files.recovery import JournalScope, Recovered, Store, open_store, recover
from generator.problems import Place, Problem, system_message
from generator.workspace import EditionFolders, Workspace

EXPORTED_FILES = {"csv": "figures.csv", "workbook": "figures.xlsx"}


class NotWrittenError(Exception):
    """A command could not begin to write; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def data_scope(workspace: Workspace) -> JournalScope:
    """All that is written in `data/` and `templates/`, under one lock."""

    def paths(year: int, slug: str) -> Mapping[str, Path]:
        folders = EditionFolders(workspace, year)
        return {
            "data": folders.data,
            "templates": folders.templates,
            "origins": folders.data / ORIGINS_FILE,
            "confirmed": folders.confirmed_file,
            "edition schema": workspace.schemas / "edition.schema.json",
            "authority schema": workspace.schemas / f"authority-{year}.schema.json",
            **({"authority": folders.authorities / f"{slug}.yaml"} if slug else {}),
        }

    def parts() -> list[Path]:
        return [*parts_below(workspace.data), *parts_below(workspace.templates)]

    return JournalScope(workspace.data, paths, parts)


def export_scope(folder: Path) -> JournalScope:
    """The open data that is written into a folder, where other things may lie."""
    paths = {sort: folder / name for sort, name in EXPORTED_FILES.items()}
    patterns = [f".{name}.*.part" for name in EXPORTED_FILES.values()]
    return JournalScope(folder, lambda _year, _slug: paths, lambda: parts_in(folder, patterns))


def page_scope(path: Path) -> JournalScope:
    """A page that is written where the user wants it."""
    return JournalScope(
        path.parent, lambda _y, _s: {}, lambda: parts_in(path.parent, [f".{path.name}.*.part"])
    )


def recover_all(session: Session, *, but: Path | None = None) -> None:
    """Put in order, as far as possible, what was cut off in the workspace, and say so.

    But for the folder that the command puts in order itself, once it has its lock.
    """
    workspace = session.folders.workspace
    scopes = [
        data_scope(workspace),
        export_scope(session.folders.output()),
        page_scope(workspace.folder / "*.htm*"),
    ]
    for scope in scopes:
        if scope.folder != but:
            _tell(session, recover(scope))
    for draft in (False, True):
        sweep(session.folders.output(draft=draft))


@contextmanager
def writing(session: Session, scope: JournalScope) -> Iterator[Store]:
    """Have what is to be written to oneself, in order. Raises `NotWrittenError`.

    Whoever changes what is there already reads it inside, so that nobody changes it meanwhile.
    """
    recover_all(session, but=scope.folder)
    with ExitStack() as stack:
        try:
            store = stack.enter_context(open_store(scope))
        except BusyError as error:
            message = f"{error} is writing here; wait until it has ended, or stop it"
            raise NotWrittenError(Problem(Place(scope.folder), message)) from error
        except OSError as error:
            message = f"cannot be written: {system_message(error)}"
            raise NotWrittenError(Problem(Place(scope.folder), message)) from error
        _tell(session, store.recovered)
        yield store


def _tell(session: Session, recovered: Recovered) -> None:
    for sentence in recovered.said:
        session.console.failure(sentence)
    session.console.problems(recovered.problems)
    session.found.extend(recovered.problems)
