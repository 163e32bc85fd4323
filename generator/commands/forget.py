"""`letters forget`: what may identify people is deleted when it has served."""

from pathlib import Path

from generator.commands.session import Session
from generator.commands.writing import recover_all
from generator.console import shown_path
from generator.files.transaction import not_written
from generator.problems import Problem, counted


def forget(session: Session, *, sure: bool) -> int:
    """Delete the messages and enclosures of an edition; without being `sure`, only list them."""
    recover_all(session)
    folders = [session.folders.mail, session.folders.enclosures]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if not _holds(path)]
    for path in files:
        session.console.result(f"{'deleted' if sure else 'to delete'}  {shown_path(path)}")
    problems = _delete(files, folders) if sure else []
    session.console.problems(problems)
    said = f"{counted(len(files) - len(problems), 'file')} {'deleted' if sure else 'to delete'}"
    session.console.result(f"{said}{'' if sure or not files else '; use --yes to delete them'}.")
    return session.report(problems, files=[str(path) for path in files], deleted=sure)


def _holds(path: Path) -> bool:
    """Whether it is a folder, and no link to one, which is deleted as a file is."""
    return path.is_dir() and not path.is_symlink()


def _delete(files: list[Path], folders: list[Path]) -> list[Problem]:
    """Delete the files, and the folders where nothing is left in them."""
    inner = [path for folder in folders for path in folder.rglob("*") if _holds(path)]
    problems = []
    for path in [*files, *sorted(inner, reverse=True), *filter(_holds, folders)]:
        try:
            path.rmdir() if _holds(path) else path.unlink()
        except OSError as error:
            problems.append(not_written(error, path))
    return problems
