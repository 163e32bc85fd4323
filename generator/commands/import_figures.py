"""`letters import FILE…`: figures from spreadsheets; a plan first, and with `--apply` the files."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.commands.session import Session
from generator.console import shown_path
from generator.importing.changes import Change
from generator.importing.matching import How, Said
from generator.importing.plan import Asked, Plan, plan_import
from generator.importing.rows import Rows
from generator.importing.sheets import cell_name
from generator.importing.write import write_import
from generator.problems import Place, Problem, errors
from generator.tracing.origins import ORIGINS_FILE
from generator.workspace import UsageError


def import_figures(session: Session, asked: Asked, today: datetime.date, *, apply: bool) -> int:
    """Show what these files would change; write it where that is asked for and nothing is wrong."""
    plan = plan_import(session.folders, asked, today)
    problems = list(plan.problems)
    written: list[Path] = []
    if not session.options.quiet:
        _tell_what_was_read(session, plan)
    _tell_what_changes(session, plan)
    session.console.problems(problems)
    if apply and not errors(problems):
        try:
            written = write_import(plan)
        except OSError as error:
            path = Path(error.filename or session.folders.data)
            message = f"cannot be written: {error.strerror or error}; nothing was changed"
            problems.append(Problem(Place(path), message))
            session.console.problems(problems[-1:])
    session.console.result(_outcome(plan, problems, written))
    session.report(
        list(_letters(plan)),
        problems,
        applied=bool(written),
        **_as_data(plan),
    )
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


def _tell_what_was_read(session: Session, plan: Plan) -> None:
    say = session.console.result
    if plan.gathered is None:
        return
    for rows in plan.gathered.tables:
        say(f"{_named(rows.table.sheet.place())}: {_found(rows)}.")
    for place in plan.gathered.without_table:
        say(f"{_named(place)}: no table, not read.")
    columns = [
        (_named(_head(rows, column.number)), column.label, column.target or "-")
        for rows in plan.gathered.tables
        for column in sorted(
            [*rows.table.columns.values(), *rows.table.others], key=lambda column: column.number
        )
    ]
    if columns:
        session.console.table(
            ("COLUMN", "LABEL", "HOLDS"),
            [(where, label, _holds(target)) for where, label, target in columns],
        )
    for name, (slug, how) in plan.matched.items():
        if how in (How.FORM, How.PERSON):
            why = "as you say" if how is How.PERSON else "the same name in another form"
            say(f'"{name}" is taken for {slug}: {why}.')


def _holds(target: str) -> str:
    return "nothing that is imported" if target == "ignore" else target


def _found(rows: Rows) -> str:
    number = len(rows.authorities)
    said = [f"heads in row {rows.table.header_row}"]
    if rows.authorities:
        first, last = rows.authorities[0].number, rows.authorities[-1].number
        noun = "authority" if number == 1 else "authorities"
        said.append(f"{number} {noun} in rows {first} to {last}")
    else:
        said.append("no authority")
    if rows.total:
        said.append(f"total in row {rows.total}")
    if rows.notes:
        plural = "s" if len(rows.notes) > 1 else ""
        said.append(f"words alone in row{plural} {', '.join(map(str, rows.notes))}")
    return ", ".join(said)


def _head(rows: Rows, column: int) -> Place:
    return rows.table.sheet.place(rows.table.header_row, column)


def _named(place: Place) -> str:
    return place.shown(shown_path(place.path)) if place.cell_name else shown_path(place.path)


def _tell_what_changes(session: Session, plan: Plan) -> None:
    for slug, name in plan.new.items():
        session.console.result(f"new        {slug}: {name}")
    for slug, changes in _by_authority(plan).items():
        for line in _lines(slug, changes):
            session.console.result(line)


def _lines(slug: str, changes: list[Change]) -> Iterator[str]:
    """What changes in one file: each value, but figures that were not there before in one line."""
    supplied = [c for c in changes if c.supplies and not c.follows and _is_figure(c)]
    if len(supplied) > 1:
        cells = f"{_named(supplied[0].cell)} and on"
        yield f"supplied   {slug}: {len(supplied)} figures ({cells})"
    for change in changes:
        if len(supplied) > 1 and change in supplied:
            continue
        if change.follows:
            if not change.supplies:
                yield f"follows    {slug}: {change.name} {change.before} → {change.after}"
            continue
        by_hand = ", which was changed by hand" if change.by_hand else ""
        before = change.before or "nothing"
        values = f"{before}{by_hand} → {change.after}"
        yield f"changed    {slug}: {change.name} {values} ({_named(change.cell)})"


def _is_figure(change: Change) -> bool:
    return change.steps[0] != "addressee"


def _by_authority(plan: Plan) -> dict[str, list[Change]]:
    by_slug: dict[str, list[Change]] = {}
    for change in plan.changes:
        by_slug.setdefault(change.slug, []).append(change)
    return by_slug


def _outcome(plan: Plan, problems: list[Problem], written: list[Path]) -> str:
    """What came of it, or would, in one line."""
    figures = [c for c in plan.changes if _is_figure(c) and not c.follows]
    texts = [c for c in plan.changes if not _is_figure(c)]
    changed = "changed" if written else "to change"
    said = [_counted(len(plan.new), "new authority", "new authorities")] if plan.new else []
    if figures or not said:
        said.append(f"{len(figures)} of {_counted(plan.figures, 'figure', 'figures')} {changed}")
    if texts:
        said.append(f"{_counted(len(texts), 'text', 'texts')} about addressees {changed}")
    if plan.left_out:
        said.append(f"left out: {', '.join(plan.left_out)}")
    wrong = len(errors(problems))
    files = _counted(len(plan.contents), "file", "files")
    if len(plan.contents) == 1 and all(path.name == ORIGINS_FILE for path in plan.contents):
        files = f"{ORIGINS_FILE}, which says where the figures come from"
    if wrong:
        end = f"Nothing was written, for {_counted(wrong, 'error', 'errors')}."
    elif written:
        end = f"Written: {files}."
    elif not plan.contents:
        end = "There is nothing to write."
    else:
        end = f"Nothing was written; --apply writes {files}."
    return f"{'; '.join(said)}. {end}"


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _letters(plan: Plan) -> Iterator[dict[str, Any]]:
    """Each authority whose file is new or changes, for programs."""
    paths = {path.stem: shown_path(path) for path in plan.contents if path.name != ORIGINS_FILE}
    changes = _by_authority(plan)
    for slug in sorted({*plan.new, *changes}):
        names = ", ".join(change.name for change in changes.get(slug, ()) if not change.follows)
        yield {
            "slug": slug,
            "status": "new" if slug in plan.new else "changed",
            "reason": names,
            "files": [paths[slug]] if slug in paths else [],
        }


def _as_data(plan: Plan) -> dict[str, Any]:
    gathered = plan.gathered
    return {
        "files": [
            {"path": shown_path(file.path), "sha256": file.sha256}
            for file in (gathered.files if gathered else ())
        ],
        "tables": [
            {
                "sheet": _named(rows.table.sheet.place()),
                "header_row": rows.table.header_row,
                "authorities": len(rows.authorities),
                "total_row": rows.total,
                "columns": {
                    cell_name(rows.table.header_row, column.number): target
                    for target, column in rows.table.columns.items()
                },
            }
            for rows in (gathered.tables if gathered else ())
        ],
        "matched": {
            name: {"slug": slug, "how": how.value} for name, (slug, how) in plan.matched.items()
        },
        "new": dict(plan.new),
        "left_out": list(plan.left_out),
        "changes": [
            {
                "slug": change.slug,
                "name": change.name,
                "before": change.before,
                "after": change.after,
                "cell": _named(change.cell),
                "follows": change.follows,
                "by_hand": change.by_hand,
            }
            for change in plan.changes
        ],
    }
