"""`letters init`, `new-edition`, `schema`: what people work on, set up for them."""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.commands.session import INTERRUPTED, Options, Session
from generator.commands.writing import NotWrittenError, writing
from generator.console import Console, shown_path
from generator.edition.formats import long_date
from generator.edition.load import read_edition
from generator.edition.schemas import schema_files
from generator.files.parts import parts_in
from generator.files.recovery import WRITING, JournalScope, Store
from generator.files.transaction import not_written
from generator.lineage.earlier_years import load_edition
from generator.lineage.new_files import (
    LeftOut,
    NewEdition,
    NewWorkspace,
    edition_contents,
    plan_edition,
)
from generator.problems import Place, Problem, counted, system_message
from generator.processes.cancellation import stop_on_signals
from generator.project.load_edition import with_problems_of_drafts
from generator.project.write_scopes import data_scope
from generator.workspace import CLONE_VARIABLE, EditionFolders, UsageError, Workspace

_INIT = "init"
_MOST_NAMED = 3


def begin_workspace(options: Options, folder: Path, new: NewWorkspace) -> int:
    """Write a new workspace into a folder that is empty or not there yet; all of it or nothing.

    Raises `UsageError` where there is anything in the folder.
    """
    console = Console(as_json=options.as_json, quiet=options.quiet, colour=not options.no_colour)
    folders = EditionFolders(Workspace(folder), new.newest_year)
    session = Session(_INIT, options, console, folders)
    problems = _write_workspace(session, folder, new)
    console.problems(problems)
    if not problems:
        _tell_what_next(console, folders)
    files = [] if problems else [shown_path(folder / name) for name in sorted(new.files)]
    return session.report(problems, files=files)


def _write_workspace(session: Session, folder: Path, new: NewWorkspace) -> list[Problem]:
    """Write it, unless an earlier `init` was cut off and this one could finish it."""
    contents = new.contents(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{shown_path(folder)} is not a folder; name an empty or new one.")
    try:
        with writing(session, _scope(folder, contents)) as store:
            if not any(journal.command == _INIT for journal in store.recovered.finished):
                _require_empty(folder)
                store.write(_INIT, new.newest_year, contents)
    except NotWrittenError as refused:
        return [refused.problem]
    except OSError as error:
        return [not_written(error, folder)]
    return []


def _scope(folder: Path, contents: Mapping[Path, object]) -> JournalScope:
    """What stands in a workspace's own folder, where nothing else may lie."""
    paths = {path.stem.lower().lstrip("."): path for path in contents}
    patterns = [f".{path.name}.*.part" for path in contents]
    return JournalScope(folder, lambda _year, _slug: paths, lambda: parts_in(folder, patterns))


def _require_empty(folder: Path) -> None:
    there = sorted({entry.name for entry in os.scandir(folder)} - {WRITING})
    if there:
        named = ", ".join(there[:_MOST_NAMED])
        more = f" and {len(there) - _MOST_NAMED} more" if there[_MOST_NAMED:] else ""
        raise UsageError(
            f"{shown_path(folder)} is not empty: it has {named}{more}. Name an empty or new folder."
        )


def _tell_what_next(console: Console, folders: EditionFolders) -> None:
    folder = folders.workspace.folder
    where = shown_path(folder)
    home = os.environ.get(CLONE_VARIABLE)
    letters = shown_path(Path(home) / "letters") if home else "letters"
    letters = f"./{letters}" if letters == "letters" and home else letters
    there = "" if where == "." else f" --workspace {where}"
    steps = {
        f"{letters} build{there}": f"builds the letters, into {shown_path(folders.output())}",
        f"{letters} preview{there}": "shows them in the browser while you write",
        shown_path(folder / "README.md"): "tells what each file is for and what to replace",
    }
    width = max(map(len, steps))
    console.result(f"Workspace created in {'this folder' if where == '.' else where}. Next:")
    for step, what in steps.items():
        console.result(f"  {step:<{width}}  {what}")


_NEW_EDITION = "new-edition"


def new_edition(session: Session, new_year: str, start_from: str | None) -> int:
    """Start an edition of this year from another, the session's unless said."""
    source = session.folders
    if start_from is not None:
        source = source.workspace.edition(_number(start_from, "--from"))
    with writing(session, data_scope(source.workspace)) as store:
        try:
            finished = _is_finished(store, _number(new_year, "YEAR"))
            source = (
                _edition_before(source) if finished and source.year == int(new_year) else source
            )
            new, problems = plan_edition(source, _number(new_year, "YEAR"), may_be_there=finished)
        except OSError as error:
            path = Path(error.filename or source.data)
            why = f"cannot be read: {system_message(error)}"
            new, problems = None, [Problem(Place(path), why)]
        with stop_on_signals() as stop:
            made: list[str] = []
            if new is None:
                session.console.problems(problems)
                session.console.result(
                    f"No edition was started; correct edition {source.year} first."
                )
            else:
                problems, made = _write_edition(new, None if finished else store)
                session.console.problems(problems)
                if made:
                    _tell(session, new)
            folders = new.folders if new else source
            left_out = new.left_out if new else ()
            code = replace(session, folders=folders).report(
                problems,
                start_from=source.year,
                files=made,
                left_out=[_entry(left) for left in left_out],
            )
    return INTERRUPTED if stop.requested else code


def _is_finished(store: Store, year: int) -> bool:
    """Whether this very edition was cut off when it was started before, and is there now."""
    return any((j.command, j.year) == (_NEW_EDITION, year) for j in store.recovered.finished)


def _edition_before(there: EditionFolders) -> EditionFolders:
    """The one from which an edition was started that is the newest itself by now."""
    earlier = [year for year in there.workspace.years() if year < there.year]
    return there.workspace.edition(max(earlier))


def _number(said: str, what: str) -> int:
    if not re.fullmatch("[0-9]{4}", said):
        raise UsageError(f'{what} "{said}": expected a year, such as 2019.')
    return int(said)


def _write_edition(new: NewEdition, store: Store | None) -> tuple[list[Problem], list[str]]:
    """Write the edition, unless it is there; what is wrong with it then, and the folders made."""
    try:
        if store is not None:
            store.write(_NEW_EDITION, new.folders.year, edition_contents(new))
    except FileExistsError as error:
        there = Path(error.filename)  # another was quicker, which knows of no lock
        raise UsageError(f"{there.name} already exists in {there.parent.name}.") from error
    except OSError as error:
        return [not_written(error, new.folders.data)], []
    problems = sorted(_problems_of(new.folders))
    return problems, [shown_path(new.folders.data), shown_path(new.folders.templates)]


def _problems_of(folders: EditionFolders) -> list[Problem]:
    """What is wrong with drafts of the edition, but for what hangs on figures: it has none yet."""
    found = with_problems_of_drafts(load_edition(folders))
    return [p for p in found.problems if p.kind not in ("undecided-insert", "unused-insert")]


def _tell(session: Session, new: NewEdition) -> None:
    data, templates = shown_path(new.folders.data), shown_path(new.folders.templates)
    say = session.console.result
    dates = (f"{day:%A} {long_date(day, 'en-GB')}" for day in (new.letter_date, new.period_end))
    say(
        f"Edition {new.folders.year} was started from {new.before.year}, in {data} and "
        f"{templates}: {counted(new.authorities, 'authority', 'authorities')}, "
        "no figures yet."
    )
    say("Letter date: {}. Period end: {}.".format(*dates))
    if new.left_out:
        say("Not carried over:")
    for left in new.left_out:
        say(f"  {_where(left)}: {left.what}")
    say('Check what was carried over: "letters confirm" lists it.')


def _where(left: LeftOut) -> str:
    return left.place.shown(shown_path(left.place.path))


def _entry(left: LeftOut) -> dict[str, Any]:
    place = left.place
    return {"path": shown_path(place.path), "line": place.line or None, "what": left.what}


def schema(session: Session) -> int:
    """Write the schemas of the workspace and of its edition."""
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
    code = session.report(problems, files=written)
    return INTERRUPTED if stop.requested else code
