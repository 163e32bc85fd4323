"""`letters new-edition YEAR`: start next year's edition from this one."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.batch.prepare import prepare
from generator.commands.session import Session
from generator.composing.formats import long_date
from generator.console import shown_path
from generator.problems import Place, Problem, warning
from generator.starting.next_year import LeftOut
from generator.starting.plan import NewEdition, plan_edition
from generator.starting.write import write_edition, write_edition_schemas
from generator.workspace import EditionFolders, UsageError

SATURDAY = 5


def start_edition(session: Session, year: str, start_from: str | None) -> int:
    """Start the edition of `year` from the newest, or from that of `start_from`."""
    source = session.folders
    if start_from is not None:
        source = source.workspace.edition(_number(start_from, "--from"))
    try:
        new, problems = plan_edition(source, _number(year, "YEAR"))
    except OSError as error:
        path = Path(error.filename or source.data)
        new, problems = None, [Problem(Place(path), f"cannot be read: {error.strerror or error}")]
    made: list[str] = []
    if new is None:
        session.console.problems(problems)
        session.console.result(f"Nothing was started: mend edition {source.year} first.")
    else:
        problems, made = _write(new)
        session.console.problems(problems)
        if made:
            _tell(session, new)
    folders = new.folders if new else source
    left_out = new.left_out if new else ()
    replace(session, folders=folders).report(
        [], problems, start_from=source.year, files=made, left_out=[_entry(o) for o in left_out]
    )
    return session.exit_code(problems)


def _number(said: str, what: str) -> int:
    if not re.fullmatch("[0-9]{4}", said):
        raise UsageError(f'{what} "{said}": expected a year, such as 2019.')
    return int(said)


def _write(new: NewEdition) -> tuple[list[Problem], list[str]]:
    """Write the edition; what is wrong with it then, and the folders made."""
    try:
        write_edition(new)
    except OSError as error:
        place = Place(new.folders.data)
        return [Problem(place, f"cannot be written: {error.strerror or error}")], []
    problems = []
    try:
        write_edition_schemas(new)
    except OSError as error:
        message = f'cannot be written: {error.strerror or error}; run "letters schema" later'
        problems.append(Problem(Place(new.folders.workspace.schemas), message))
    problems += _problems_of(new.folders)
    return sorted(problems), [shown_path(new.folders.data), shown_path(new.folders.templates)]


def _problems_of(folders: EditionFolders) -> list[Problem]:
    """What is wrong with drafts of the edition, but for what hangs on figures: it has none yet."""
    found = prepare(folders, draft=True)
    problems = [p for p in found.problems if p.kind not in ("undecided-insert", "unused-insert")]
    if found.edition is not None:
        day = found.edition.letter_date
        if day.weekday() >= SATURDAY:
            place = found.edition.place("letter_date")
            message = f"{long_date(day, 'en-GB')} is a {day:%A}; change it if no letters go then"
            problems.append(warning(place, message, "letter_date", kind="weekend"))
    return problems


def _tell(session: Session, new: NewEdition) -> None:
    data, templates = shown_path(new.folders.data), shown_path(new.folders.templates)
    say = session.console.result
    dates = (f"{day:%A} {long_date(day, 'en-GB')}" for day in (new.letter_date, new.period_end))
    say(
        f"Edition {new.folders.year} is started from {new.before.year}, in {data} and {templates}: "
        f"{new.authorities} {'authority' if new.authorities == 1 else 'authorities'}, "
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
