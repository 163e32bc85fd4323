"""`letters diff`: what changed since last year, in which letters, and why."""

from collections.abc import Sequence
from pathlib import Path

from generator.batch.run import Result
from generator.commands.session import Session
from generator.commands.writing import NotWrittenError, recover_all, writing
from generator.console import shown_path
from generator.files.transaction import atomic_write, not_written
from generator.lineage.earlier_years import load_edition
from generator.lineage.last_year import LastYear, find_last_year
from generator.problems import Problem, errors
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import with_problems_of_drafts
from generator.project.write_scopes import page_scope
from generator.reports.descriptions import any_difference
from generator.reports.edition_diff import compare_edition
from generator.reports.report_model import html_report, report_of
from generator.reports.report_text import (
    UNFIT,
    json_comparison,
    json_letters,
    json_unfit,
    stat_rows,
    text_report,
)
from generator.workspace import UsageError

DIFFERENT = 3


def diff(
    session: Session,
    names: list[str],
    *,
    against: Path | None,
    html: Path | None,
    stat: bool,
    exit_code: bool,
) -> int:
    """Compare these letters, or all, with last year's; say what differs, or write it as a page."""
    if html is not None:
        check_page(html)
        recover_all(session)
    loaded = with_problems_of_drafts(load_edition(session.folders))
    slugs = choose_slugs(loaded, names)
    found = loaded.problems_of_all(slugs)
    problems = [*errors(found), *session.warnings(found)]
    session.console.problems(problems)
    if loaded.edition is None:
        return session.report(problems, json_unfit(slugs))
    workspace, year = session.folders.workspace, session.folders.year
    last_year = find_last_year(workspace, year, against, loaded)
    if last_year.one_letter and not set(slugs) & set(last_year.versions):
        raise UsageError(_anothers(against, last_year, slugs))
    compared = compare_edition(loaded, slugs, last_year, against)
    comparison = compared.comparison
    report = report_of(comparison)
    later = list(last_year.problems)
    unwritten = write_page(session, html, html_report(report).encode()) if html is not None else []
    later += unwritten
    session.console.problems(later)
    if stat:
        session.console.table(*stat_rows(comparison))
    if html is not None or stat:
        session.console.result(report.summary)
        if html is not None and not unwritten:
            session.console.result(f"Changes written to {shown_path(html)}.")
    else:
        session.console.lines(text_report(report))
    unfit = [Result(slug, "failed", UNFIT) for slug in compared.unfit]
    session.say_undone("not compared", unfit, len(slugs))
    letters = [*json_letters(report), *json_unfit(compared.unfit)]
    code = session.report([*problems, *later], letters, **json_comparison(report))
    return code or (DIFFERENT if exit_code and any_difference(comparison) else 0)


def check_page(
    path: Path, option: str = "--html", endings: tuple[str, ...] = (".html", ".htm")
) -> None:
    """Refuse what is no name of a page, before anything is done. Raises `UsageError`."""
    if path.suffix.lower() not in endings:
        what = "a page" if option == "--html" else "a PDF"
        raise UsageError(f"{option} {path}: the name of {what} must end in {endings[0]}.")
    if not path.parent.is_dir():
        raise UsageError(f"{option} {path}: no folder {path.parent}; create it, or name another.")


def _anothers(against: Path | None, last_year: LastYear, slugs: Sequence[str]) -> str:
    whose = ", ".join(last_year.versions)
    return (
        f"Nothing to compare with: {against} is the letter of {last_year.one_letter} ({whose}), "
        f"not of {' or '.join(slugs)}."
    )


def write_page(session: Session, path: Path, page: bytes) -> list[Problem]:
    """Write the page; what is wrong with that."""
    try:
        with writing(session, page_scope(path)):
            atomic_write(path, page)
    except NotWrittenError as refused:
        return [refused.problem]
    except OSError as error:
        return [not_written(error, path)]
    return []
