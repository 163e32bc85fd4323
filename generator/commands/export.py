"""`letters export`: all authorities' figures as open data, ready to be published."""

from pathlib import Path

from generator.batch.files import write_all_whole
from generator.commands.session import Session
from generator.console import shown_path
from generator.exporting.complete import complete
from generator.exporting.open_data import export_files
from generator.loading.load import load_data
from generator.problems import Place, Problem


def export(session: Session, to: Path | None) -> int:
    """Write the figures of the edition into a folder, that of its letters unless said."""
    data = load_data(session.folders)
    authorities, problems = complete(data)
    problems += session.warnings_of_edition()
    folder = to or session.folders.output()
    written: list[Path] = []
    if data.edition is not None and authorities:
        files = export_files(data.edition, authorities)
        try:
            write_all_whole({folder / name: content for name, content in files.items()})
            written = [folder / name for name in files]
        except OSError as error:
            path = Path(error.filename or folder)
            message = f"cannot be written: {error.strerror or error}"
            problems.append(Problem(Place(path), message))
    session.console.problems(problems)
    left = len(data.files) - len(authorities)
    number = f"{len(authorities)} authorit{'y' if len(authorities) == 1 else 'ies'}"
    left_out = f"; {left} left out" if left else ""
    if written:
        names = " and ".join(path.name for path in written)
        session.console.result(f"{number} exported to {shown_path(folder)}, {names}{left_out}.")
    else:
        session.console.result("Nothing was exported.")
    session.report([], problems, files=[shown_path(path) for path in written])
    return session.exit_code(problems)
