"""`letters import FILE…`: figures from spreadsheets; a plan first, and with `--apply` the files."""

import datetime
from pathlib import Path

from generator.commands.session import Session
from generator.importing.matching import Said
from generator.importing.plan import Asked, plan_import
from generator.importing.write import write_import
from generator.problems import Place, Problem, errors
from generator.reporting.import_report import (
    COLUMN_HEADS,
    change_lines,
    column_rows,
    letters_data,
    name_lines,
    outcome,
    plan_data,
    sheet_lines,
)
from generator.workspace import UsageError


def import_figures(session: Session, asked: Asked, today: datetime.date, *, apply: bool) -> int:
    """Show what these files would change; write it where that is asked for and nothing is wrong."""
    plan = plan_import(session.folders, asked, today)
    problems = list(plan.problems)
    written: list[Path] = []
    if not session.options.quiet:
        for line in sheet_lines(plan):
            session.console.result(line)
        columns = column_rows(plan)
        if columns:
            session.console.table(COLUMN_HEADS, columns)
        for line in name_lines(plan):
            session.console.result(line)
    for line in change_lines(plan):
        session.console.result(line)
    session.console.problems(problems)
    if apply and not errors(problems):
        try:
            written = write_import(plan)
        except OSError as error:
            path = Path(error.filename or session.folders.data)
            message = f"cannot be written: {error.strerror or error}; nothing was changed"
            problems.append(Problem(Place(path), message))
            session.console.problems(problems[-1:])
    warnings = session.warnings_of_edition()
    session.console.problems(warnings)
    problems += warnings
    session.console.result(outcome(plan, len(errors(problems)), written))
    session.report(list(letters_data(plan)), problems, applied=bool(written), **plan_data(plan))
    return session.exit_code(problems)


def said_about_names(match: list[str], new: list[str]) -> Said:
    """What `--match` and `--new` say. Raises `UsageError`."""
    pairs = {}
    for said in match:
        name, sign, authority = said.rpartition("=")
        if not sign or not name.strip() or not authority.strip():
            raise UsageError(
                f'--match "{said}": expected a row\'s name and its authority, such as '
                '--match "St Helens=st-helens-metropolitan-borough-council".'
            )
        pairs[" ".join(name.split())] = authority.strip()
    return Said(pairs, frozenset(" ".join(name.split()) for name in new))
