"""`letters schema`: write the JSON Schemas that editors underline mistyped keys with."""

from generator.batch.files import write_whole
from generator.commands.session import Session
from generator.console import shown_path
from generator.loading.edition import read_edition
from generator.loading.schemas import schema_files
from generator.problems import Place, Problem


def write_schemas(session: Session) -> int:
    """Write the schemas of this edition into `data/schemas/`."""
    edition, problems = read_edition(session.folders)
    written = []
    if edition is not None:
        for path, text in schema_files(session.folders.workspace, edition).items():
            try:
                write_whole(path, text.encode())
            except OSError as error:
                message = f"cannot be written: {error.strerror or error}"
                problems.append(Problem(Place(path), message))
                continue
            written.append(shown_path(path))
    problems += session.warnings_of_edition()
    session.console.problems(problems)
    for name in written:
        session.console.result(name)
    session.report([], problems, files=written)
    return session.exit_code(problems)
