"""`letters diff`: what changed since last year, in which letters, and why."""

from collections.abc import Sequence
from pathlib import Path

from generator.commands.session import Session
from generator.commands.writing import NotWrittenError, page_scope, recover_all, writing
from generator.console import shown_path
from generator.files.transaction import atomic_write, not_written
from generator.lineage.earlier_years import load_edition
from generator.lineage.last_year import LastYear, find_last_year
from generator.problems import Problem, errors
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import with_problems_of_drafts
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
        _check_page(html)
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
    unwritten = _write_page(session, html, html_report(report)) if html is not None else []
    later += unwritten
    session.console.problems(later)
    if stat:
        session.console.table(*stat_rows(comparison))
    if html is not None or stat:
        session.console.result(report.summary)
        if html is not None and not unwritten:
            session.console.result(f"What changed is in {shown_path(html)}.")
    else:
        session.console.lines(text_report(report))
    for slug in compared.unfit:
        session.console.failure(f"not compared  {slug}: {UNFIT}")
    letters = [*json_letters(report), *json_unfit(compared.unfit)]
    code = session.report([*problems, *later], letters, **json_comparison(report))
    return code or (DIFFERENT if exit_code and any_difference(comparison) else 0)


def _check_page(path: Path) -> None:
    """Refuse what is no name of a page, before anything is done. Raises `UsageError`."""
    if path.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"--html {path}: the name of a page ends in .html.")
    if not path.parent.is_dir():
        raise UsageError(
            f"--html {path}: there is no folder {path.parent}; make it, or name another."
        )


def _anothers(against: Path | None, last_year: LastYear, slugs: Sequence[str]) -> str:
    whose = ", ".join(last_year.versions)
    return (
        f"Nothing to compare with: {against} is the letter of {last_year.one_letter} ({whose}), "
        f"not of {' or '.join(slugs)}."
    )


def _write_page(session: Session, path: Path, page: str) -> list[Problem]:
    """Write the page; what is wrong with that."""
    try:
        with writing(session, page_scope(path)):
            atomic_write(path, page.encode())
    except NotWrittenError as refused:
        return [refused.problem]
    except OSError as error:
        return [not_written(error, path)]
    return []
