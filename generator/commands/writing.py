"""What commands write besides letters, and how: one at a time, in order, all or none.

A command that writes first finishes or undoes what was cut off before, and says so. Those that
write data have the data to themselves from before they read them until they have written.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.batch.build_letters import sweep
from generator.commands.session import Session
from generator.files.parts import BusyError
from generator.files.recovery import JournalScope, Recovered, Store, open_store, recover
from generator.files.transaction import not_written
from generator.problems import Place, Problem, system_message
from generator.project.write_scopes import data_scope, decision_scopes, export_scope, page_scope


class NotWrittenError(Exception):
    """A command could not write; the problem says why, the sentence what came of it."""

    def __init__(self, problem: Problem, sentence: str = "Nothing was written.") -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.sentence = sentence


def recover_all(session: Session, *, but: Path | None = None) -> None:
    """Put in order, as far as possible, what was cut off in the workspace, and say so.

    But for the folder that the command puts in order itself, once it has its lock.
    """
    workspace = session.folders.workspace
    scopes = [
        data_scope(workspace),
        export_scope(session.folders.output()),
        page_scope(workspace.folder / "*.htm*"),
        *decision_scopes(session.folders),
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
            message = f"{error} is writing here; wait until it ends, or stop it"
            raise NotWrittenError(Problem(Place(scope.folder), message)) from error
        except OSError as error:
            message = f"cannot be written: {system_message(error)}"
            raise NotWrittenError(Problem(Place(scope.folder), message)) from error
        _tell(session, store.recovered)
        yield store


@contextmanager
def all_or_none(folder: Path, sentence: str) -> Iterator[None]:
    """Say so where what belongs together cannot be written. Raises `NotWrittenError`.

    For what is written without being read first, and so needs no lock.
    """
    try:
        yield
    except OSError as error:
        raise NotWrittenError(not_written(error, folder), sentence) from error


def _tell(session: Session, recovered: Recovered) -> None:
    for sentence in recovered.said:
        session.console.failure(sentence)
    session.tell(recovered.problems)
