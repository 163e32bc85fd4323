"""`letters export`: all authorities' figures as open data, ready to be published."""

from pathlib import Path

from generator.commands.session import INTERRUPTED, Session
from generator.commands.writing import export_scope, writing
from generator.console import shown_path
from generator.edition.load import load_data
from generator.files.transaction import HalfWrittenError, not_written
from generator.messages import counted
from generator.processes.cancellation import stop_on_signals
from generator.spreadsheets.open_data import complete, export_files


def export(session: Session, to: Path | None) -> int:
    """Write the figures of the edition into a folder, that of its letters unless said."""
    folder = to or session.folders.output()
    written: list[Path] = []
    half = False
    with writing(session, export_scope(folder)) as store, stop_on_signals() as stop:
        data = load_data(session.folders)
        authorities, problems = complete(data)
        if data.edition is not None and authorities and not stop.requested:
            files = export_files(data.edition, authorities)
            try:
                contents = {folder / name: content for name, content in files.items()}
                store.write("export", session.folders.year, contents)
                written = list(contents)
            except OSError as error:
                half = isinstance(error, HalfWrittenError)
                problems.append(not_written(error, folder))
    problems += session.warnings_of_edition()
    session.console.problems(problems)
    left = len(data.files) - len(authorities)
    number = counted(len(authorities), "authority", "authorities")
    left_out = f"; {left} left out" if left else ""
    if written:
        names = " and ".join(path.name for path in written)
        session.console.result(f"{number} exported to {shown_path(folder)}, {names}{left_out}.")
    else:
        session.console.result(f"{'Only some of it' if half else 'Nothing'} was exported.")
    session.report([], problems, files=[shown_path(path) for path in written])
    return INTERRUPTED if stop.requested else session.exit_code(problems)
