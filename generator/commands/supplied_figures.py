"""`letters import`, `export`, `trace`: figures from spreadsheets, as open data, and back again."""

import datetime
from functools import cache
from pathlib import Path

from generator.commands.session import INTERRUPTED, Session
from generator.commands.writing import writing
from generator.console import shown_path
from generator.edition.comparisons import compared_columns
from generator.edition.edition import Edition
from generator.edition.load import load_data
from generator.edition.origins import origins_of
from generator.files.transaction import HalfWrittenError, not_written
from generator.lineage.earlier_years import load_edition
from generator.lineage.figure_provenance import find_pages, trail_of
from generator.lineage.ledger import ledger_csv, ledger_of
from generator.plain_text import single_spaced
from generator.problems import Problem, counted, did_you_mean, errors
from generator.processes.cancellation import stop_on_signals
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import with_problems_of_drafts
from generator.project.write_scopes import data_scope, export_scope
from generator.reports.import_report import (
    COLUMN_HEADERS,
    change_lines,
    column_rows,
    letters_data,
    name_lines,
    outcome,
    plan_data,
    sheet_lines,
)
from generator.reports.trail_report import (
    FIGURE_HEADERS,
    entry_data,
    figure_row,
    ledger_summary,
    trail_data,
    trail_lines,
)
from generator.spreadsheets.authority_matching import NameOverrides
from generator.spreadsheets.import_plan import ImportRequest, Plan, plan_import
from generator.spreadsheets.open_data import complete, export_files
from generator.workspace import UsageError


def import_figures(
    session: Session, asked: ImportRequest, today: datetime.date, *, apply: bool
) -> int:
    """Show what these files would change; write it where that is asked for and nothing is wrong."""
    if not apply:
        plan = plan_import(session.folders, asked, today)
        _show(session, plan)
        return _account_for(session, plan, list(plan.problems), [])
    with writing(session, data_scope(session.folders.workspace)) as store:
        plan = plan_import(session.folders, asked, today)
        problems = list(plan.problems)
        _show(session, plan)
        written: list[Path] = []
        half = False
        with stop_on_signals() as stop:
            if not errors(problems) and not stop.requested:
                try:
                    store.write("import", session.folders.year, plan.contents)
                    written = list(plan.contents)
                except OSError as error:
                    half = isinstance(error, HalfWrittenError)
                    place, unless_half = session.folders.data, "nothing was changed"
                    problems.append(not_written(error, place, unless_half))
                    session.console.problems(problems[-1:])
            code = _account_for(session, plan, problems, written, half=half)
    return INTERRUPTED if stop.requested else code


def _show(session: Session, plan: Plan) -> None:
    """Say what was read, what it would change, and what is wrong with it."""
    if not session.options.quiet:
        for line in sheet_lines(plan):
            session.console.result(line)
        columns = column_rows(plan)
        if columns:
            session.console.table(COLUMN_HEADERS, columns)
        for line in name_lines(plan):
            session.console.result(line)
    for line in change_lines(plan):
        session.console.result(line)
    session.console.problems(plan.problems)


def _account_for(
    session: Session,
    plan: Plan,
    problems: list[Problem],
    written: list[Path],
    *,
    half: bool = False,
) -> int:
    """Say what came of it. Gives the exit code."""
    warnings = session.warnings_of_edition()
    session.console.problems(warnings)
    problems = [*problems, *warnings]
    session.console.result(outcome(plan, len(errors(problems)), written, half=half))
    letters = list(letters_data(plan))
    return session.report(problems, letters, applied=bool(written), **plan_data(plan))


def said_about_names(match: list[str], new: list[str]) -> NameOverrides:
    """What `--match` and `--new` say. Raises `UsageError`."""
    pairs = {}
    for said in match:
        name, sign, authority = said.rpartition("=")
        if not sign or not name.strip() or not authority.strip():
            raise UsageError(
                f'--match "{said}": expected a row\'s name and its authority, such as '
                '--match "St Helens=st-helens-metropolitan-borough-council".'
            )
        pairs[single_spaced(name)] = authority.strip()
    return NameOverrides(pairs, frozenset(single_spaced(name) for name in new))


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
        session.console.result(f"{'Only part' if half else 'Nothing'} was exported.")
    code = session.report(problems, files=[shown_path(path) for path in written])
    return INTERRUPTED if stop.requested else code


def trace(session: Session, name: str, figure: str | None) -> int:
    """Follow one figure of an authority, or show in one table where all of its figures are from."""
    loaded = with_problems_of_drafts(load_edition(session.folders))
    slugs = choose_slugs(loaded, [name])
    slug = slugs[0]
    origins, problems = origins_of(session.folders, loaded.data)
    problems += session.warnings(loaded.problems_of(slug))
    if loaded.edition is None or slug not in loaded.authorities:
        problems += errors(loaded.problems_of(slug))
        return session.give_up(
            problems, "Nothing can be traced; correct the file first.", trails=[]
        )
    addresses = _addresses(loaded.edition, figure)
    letters = slugs if figure else slugs[:1]  # the figures are the same in all languages
    trails = [trail_of(loaded, origins, each, *at) for each in letters for at in addresses]
    session.console.problems(problems)
    made = [find_pages(session.folders.output(), trail) for trail in trails if figure]
    for trail, pages in zip(trails, made, strict=False):
        for line in trail_lines(trail, pages):
            session.console.result(line)
    if not figure:
        session.console.table(FIGURE_HEADERS, [*map(figure_row, trails)])
    return session.report(problems, trails=[*map(trail_data, trails)])


Address = tuple[str, str, str]
"""A figure: its group, its id, and the comparator whose it is, blank for the authority's own."""


def _addresses(edition: Edition, said: str | None) -> list[Address]:
    """The figures meant: by group and id, by the id alone, or by any start of one of them.

    Or, by the name that it has in wording, what one is compared with: each with its comparator.
    """
    own = {f"{c.group}.{c.id}": (c.group, c.id, "") for c in edition.columns()}
    if said is None:
        return list(own.values())
    known = own | {
        name: (column.group, column.id, comparator)
        for name, comparator, column in compared_columns(edition)
    }
    exact = [key for key, (_, id_, _) in own.items() if said == id_]
    starts = [
        key for key, (_, id_, _) in own.items() if key.startswith(said) or id_.startswith(said)
    ]
    compared = [key for key in known if key.startswith(said)]
    found = ([said] if said in known else []) or exact or starts or compared
    if len(found) == 1:
        return [known[found[0]]]
    if found:
        raise UsageError(f'"{said}" could be {" or ".join(found)}; type one of them in full.')
    hint = did_you_mean(said, known) or did_you_mean(said, (id_ for _, id_, _ in own.values()))
    known_ones = ", ".join(own)
    raise UsageError(f'No figure "{said}"{hint or f"; available: {known_ones}."}')


def trace_all(session: Session) -> int:
    """Write the ledger of the edition to stdout; how many numbers there are, to stderr."""
    loaded = with_problems_of_drafts(load_edition(session.folders))
    origins, problems = origins_of(session.folders, loaded.data)
    due = [slug for slug in loaded.slugs if slug not in loaded.without_letter]
    left = [slug for slug in due if slug not in loaded.letters]
    problems += [*errors(p for slug in left for p in loaded.problems_of(slug))]
    if loaded.edition is None:
        problems = errors(loaded.problems)
    problems = sorted({*problems, *session.warnings(loaded.problems)})
    entries = list(ledger_of(loaded, origins))
    session.console.problems(problems)
    session.console.whole(ledger_csv(entries, cache(shown_path)))
    session.console.progress_line(ledger_summary(entries, len(loaded.letters)))
    return session.report(problems, numbers=[*map(entry_data, entries)])
