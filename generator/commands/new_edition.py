"""`letters new-edition YEAR`: start next year's edition from this one."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.commands.session import INTERRUPTED, Session
from generator.commands.writing import data_scope, writing
from generator.console import shown_path
from generator.edition.formats import long_date
from generator.files.recovery import Store
from generator.files.transaction import not_written
from generator.lineage.new_files import LeftOut, NewEdition, edition_contents, plan_edition
from generator.messages import counted, system_message
from generator.problems import Place, Problem
from generator.processes.cancellation import stop_on_signals
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders, UsageError

_COMMAND = "new-edition"


def start_edition(session: Session, year: str, start_from: str | None) -> int:
    """Start the edition of `year` from the newest, or from that of `start_from`."""
    source = session.folders
    if start_from is not None:
        source = source.workspace.edition(_number(start_from, "--from"))
    with writing(session, data_scope(source.workspace)) as store:
        try:
            finished = _is_finished(store, _number(year, "YEAR"))
            source = _edition_before(source) if finished and source.year == int(year) else source
            new, problems = plan_edition(source, _number(year, "YEAR"), may_be_there=finished)
        except OSError as error:
            path = Path(error.filename or source.data)
            why = f"cannot be read: {system_message(error)}"
            new, problems = None, [Problem(Place(path), why)]
        with stop_on_signals() as stop:
            made: list[str] = []
            if new is None:
                session.console.problems(problems)
                session.console.result(f"Nothing was started: mend edition {source.year} first.")
            else:
                problems, made = _write(new, None if finished else store)
                session.console.problems(problems)
                if made:
                    _tell(session, new)
            folders = new.folders if new else source
            left_out = new.left_out if new else ()
            replace(session, folders=folders).report(
                [],
                problems,
                start_from=source.year,
                files=made,
                left_out=[_entry(left) for left in left_out],
            )
    return INTERRUPTED if stop.requested else session.exit_code(problems)


def _is_finished(store: Store, year: int) -> bool:
    """Whether this very edition was cut off when it was started before, and is there now."""
    return any((j.command, j.year) == (_COMMAND, year) for j in store.recovered.finished)


def _edition_before(there: EditionFolders) -> EditionFolders:
    """The one from which an edition was started that is the newest itself by now."""
    earlier = [year for year in there.workspace.years() if year < there.year]
    return there.workspace.edition(max(earlier))


def _number(said: str, what: str) -> int:
    if not re.fullmatch("[0-9]{4}", said):
        raise UsageError(f'{what} "{said}": expected a year, such as 2019.')
    return int(said)


def _write(new: NewEdition, store: Store | None) -> tuple[list[Problem], list[str]]:
    """Write the edition, unless it is there; what is wrong with it then, and the folders made."""
    try:
        if store is not None:
            store.write(_COMMAND, new.folders.year, edition_contents(new))
    except FileExistsError as error:
        there = Path(error.filename)  # another was quicker, which knows of no lock
        raise UsageError(f"{there.name} is there already in {there.parent.name}.") from error
    except OSError as error:
        return [not_written(error, new.folders.data)], []
    problems = sorted(_problems_of(new.folders))
    return problems, [shown_path(new.folders.data), shown_path(new.folders.templates)]


def _problems_of(folders: EditionFolders) -> list[Problem]:
    """What is wrong with drafts of the edition, but for what hangs on figures: it has none yet."""
    found = load_edition(folders, draft=True)
    return [p for p in found.problems if p.kind not in ("undecided-insert", "unused-insert")]


def _tell(session: Session, new: NewEdition) -> None:
    data, templates = shown_path(new.folders.data), shown_path(new.folders.templates)
    say = session.console.result
    dates = (f"{day:%A} {long_date(day, 'en-GB')}" for day in (new.letter_date, new.period_end))
    say(
        f"Edition {new.folders.year} is started from {new.before.year}, in {data} and {templates}: "
        f"{counted(new.authorities, 'authority', 'authorities')}, "
        "none of their figures supplied yet."
    )
    say("Letter date: {}. Period end: {}.".format(*dates))
    if new.left_out:
        say("Left out:")
    for left in new.left_out:
        say(f"  {_where(left)}: {left.what}")
    say('What is last year\'s waits to be corrected or confirmed: run "letters confirm".')


def _where(left: LeftOut) -> str:
    return left.place.shown(shown_path(left.place.path))


def _entry(left: LeftOut) -> dict[str, Any]:
    place = left.place
    return {"path": shown_path(place.path), "line": place.line or None, "what": left.what}
