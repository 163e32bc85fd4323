"""`letters schema`: write the JSON Schemas that editors underline mistyped keys with."""

from generator.commands.session import INTERRUPTED, Session
from generator.commands.writing import data_scope, writing
from generator.console import shown_path
from generator.edition.load import read_edition
from generator.edition.schemas import schema_files
from generator.files.transaction import not_written
from generator.processes.cancellation import stop_on_signals


def write_schemas(session: Session) -> int:
    """Write the schemas of this edition into `data/schemas/`."""
    written: list[str] = []
    scope = data_scope(session.folders.workspace)
    with writing(session, scope) as store, stop_on_signals() as stop:
        edition, problems = read_edition(session.folders)
        if edition is not None and not stop.requested:
            files = schema_files(session.folders.workspace, edition)
            contents = {path: text.encode() for path, text in files.items()}
            try:
                store.write("schema", edition.year, contents)
                written = [shown_path(path) for path in contents]
            except OSError as error:
                problems.append(not_written(error, session.folders.workspace.schemas))
    problems += session.warnings_of_edition()
    session.console.problems(problems)
    for name in written:
        session.console.result(name)
    session.report([], problems, files=written)
    return INTERRUPTED if stop.requested else session.exit_code(problems)
