"""`letters init [DIR]`: begin a workspace, with a first letter or with an example."""

import os
from collections.abc import Mapping
from pathlib import Path

from generator.commands.session import Options, Session
from generator.commands.writing import NotWrittenError, writing
from generator.console import Console, shown_path
from generator.files.parts import parts_in
from generator.files.recovery import WRITING, JournalScope
from generator.files.transaction import not_written
from generator.lineage.new_files import NewWorkspace
from generator.problems import Problem
from generator.workspace import CLONE_VARIABLE, EditionFolders, UsageError, Workspace

_COMMAND = "init"
_MOST_NAMED = 3


def begin_workspace(options: Options, folder: Path, new: NewWorkspace) -> int:
    """Write a new workspace into a folder that is empty or not there yet; all of it or nothing.

    Raises `UsageError` where there is anything in the folder.
    """
    console = Console(as_json=options.as_json, quiet=options.quiet, colour=not options.no_colour)
    folders = EditionFolders(Workspace(folder), new.newest_year)
    session = Session(_COMMAND, options, console, folders)
    problems = _write(session, folder, new)
    console.problems(problems)
    if not problems:
        _tell_what_next(console, folders)
    files = [] if problems else [shown_path(folder / name) for name in sorted(new.files)]
    session.report([], problems, files=files)
    return session.exit_code(problems)


def _write(session: Session, folder: Path, new: NewWorkspace) -> list[Problem]:
    """Write it, unless an earlier `init` was cut off and this one could finish it."""
    contents = new.contents(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{shown_path(folder)} is no folder; name one that is empty or new.")
    try:
        with writing(session, _scope(folder, contents)) as store:
            if not any(journal.command == _COMMAND for journal in store.recovered.finished):
                _require_empty(folder)
                store.write(_COMMAND, new.newest_year, contents)
    except NotWrittenError as refused:
        return [refused.problem]
    except OSError as error:
        return [not_written(error, folder)]
    return []


def _scope(folder: Path, contents: Mapping[Path, object]) -> JournalScope:
    """What stands in a workspace's own folder, where nothing else may lie."""
    paths = {path.stem.lower(): path for path in contents}
    patterns = [f".{path.name}.*.part" for path in contents]
    return JournalScope(folder, lambda _year, _slug: paths, lambda: parts_in(folder, patterns))


def _require_empty(folder: Path) -> None:
    there = sorted({entry.name for entry in os.scandir(folder)} - {WRITING})
    if there:
        named = ", ".join(there[:_MOST_NAMED])
        more = f" and {len(there) - _MOST_NAMED} more" if there[_MOST_NAMED:] else ""
        raise UsageError(
            f"{shown_path(folder)} is not empty: there is {named}{more}. "
            "Nothing is ever overwritten; name a folder that is empty or new."
        )


def _tell_what_next(console: Console, folders: EditionFolders) -> None:
    folder = folders.workspace.folder
    where = shown_path(folder)
    home = os.environ.get(CLONE_VARIABLE)
    letters = shown_path(Path(home) / "letters") if home else "letters"
    letters = f"./{letters}" if letters == "letters" and home else letters
    there = "" if where == "." else f" --workspace {where}"
    steps = {
        f"{letters} build{there}": f"makes the letters, into {shown_path(folders.output())}",
        f"{letters} preview{there}": "shows them in the browser while you write",
        shown_path(folder / "README.md"): "says what is what, and what to replace",
    }
    width = max(map(len, steps))
    console.result(f"A workspace is begun in {'this folder' if where == '.' else where}. Next:")
    for step, what in steps.items():
        console.result(f"  {step:<{width}}  {what}")
